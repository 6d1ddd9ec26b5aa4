"""Finds the embargoes of a 7901 message: above its headline, in its notes, in the block for editors."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from services.ingest.formats.embargo_line import read_embargo_line, without_embargo
from services.ingest.formats.signs import stricter
from shared.story import Status

Embargo = tuple[datetime | None, Status]
_IN_NOTE: Final = re.compile(r"\bSperrfrist\b")
_MOST_LINES: Final = 8


def embargo_above(text: str, near: datetime, notes: list[str]) -> tuple[str, Embargo]:
    """Take the embargo out of the lines above the headline (wire-rules 7.4)."""
    lines = text.split("\n")
    for at, line in enumerate(lines[:_MOST_LINES]):
        if "sperrfrist" in line.lower()[:30] or "embargo" in line.lower()[:12]:
            bare = line.strip().strip("()").rstrip("= ")
            bare = bare if "sperrfrist" in bare.lower() else f"Sperrfrist {bare[7:].lstrip(': ')}"
            found = read_embargo_line(bare, near)
            if found is None or found.rest:
                continue  # it opens a note or a paragraph of the body, which is joined first
            _, until, status = without_embargo([bare], near, notes)
            return "\n".join((*lines[:at], *lines[at + 1 :])), (until, status)
    return text, (None, Status.USABLE)


def latest_embargo(
    found: Iterable[Embargo], in_notes: Iterable[str], near: datetime, notes: list[str]
) -> Embargo:
    """Give the latest of all embargoes, so that nothing is early: copy may tell several.

    `(Zusammenfassung Sperrfrist 23. Januar 19.00 Uhr - Bitte beachten.)` is a note of dpa's, and
    the block for editors says it again.
    """
    embargoes = list(found)
    for note in in_notes:
        start = _IN_NOTE.search(note)
        line = read_embargo_line(note[start.start() :], near) if start else None
        if line and line.until:
            notes.append("embargo in a note: read")
            embargoes.append((line.until, Status.USABLE))
    latest = max((until for until, _ in embargoes if until), default=None)
    status = Status.USABLE
    for _, other in embargoes if latest is None else ():
        status = stricter(status, other)
    return latest, status
