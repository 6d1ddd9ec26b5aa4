"""Finds the embargo that German copy writes into its text: `Sperrfrist 23. Januar 19.00 Uhr`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from services.ingest.datelines import DAY_IN_WORDS, copy_day, read_dateline
from services.ingest.formats.times import berlin_day, in_berlin
from shared.story import Status

_OPENING: Final = re.compile(r"\W{0,10}(?:achtung\W{1,5})?sperrfrist\b[:\s]*", re.IGNORECASE)
_UNTIL: Final = re.compile(
    r"(?:bis\s|für\s)?(?:[a-z]{3,7}tag|mittwoch)?,?\s{0,2}"
    rf"(?:{DAY_IN_WORDS}|(?P<today>heute))?,?\s{{0,2}}(?:um\s|-\s)?"
    r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?(?:\s{0,2}Uhr|(?<=[.:]\d\d))\W{0,5}",
    re.IGNORECASE,
)
_LIFTED: Final = re.compile(r"(?:ist\s)?(?:aufgehoben|frei)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EmbargoLine:
    """What the line says. `until` is None if it is lifted or not `understood`."""

    until: datetime | None
    understood: bool
    rest: str


def read_embargo_line(paragraph: str, received_at: datetime) -> EmbargoLine | None:
    """Read an embargo at the head of a paragraph (wire-rules 7.4), in Berlin's time.

    A day without a year is the one nearest to `received_at`; without a day, that day itself.
    """
    opening = _OPENING.match(paragraph)
    if opening is None:
        return None
    found = _UNTIL.match(paragraph, opening.end())
    if found is None:
        lifted = _LIFTED.match(paragraph, opening.end()) is not None
        return EmbargoLine(None, lifted, "")
    until = _moment(found, berlin_day(received_at))
    return EmbargoLine(until, until is not None, paragraph[found.end() :])


def without_embargo(
    blocks: Sequence[str], received_at: datetime, notes: list[str]
) -> tuple[tuple[str, ...], datetime | None, Status]:
    """Take the embargo line out; one that cannot be read withholds, so that nothing is early."""
    for at, block in enumerate(blocks):
        line = read_embargo_line(block, received_at)
        if line is None:
            continue
        status = Status.USABLE if line.understood else Status.WITHHELD
        told = "read" if line.understood else "not understood, the story is withheld"
        notes.append(f"embargo in the text: {told}")
        rest = (left,) if (left := _without_note(block, line.rest)) else ()
        return (*blocks[:at], *rest, *blocks[at + 1 :]), line.until, status
    return tuple(blocks), None, Status.USABLE


def _without_note(block: str, rest: str) -> str:
    """Take off what explains the embargo on its own line or within its brackets."""
    if block.startswith("("):
        return rest.partition(")")[2].strip()
    line, parted, below = rest.partition("\n")
    if read_dateline(line):
        return rest
    explains = bool(parted) or "beachten" in line.lower()
    return below if explains else rest


def _moment(found: re.Match[str], today: date) -> datetime | None:
    named = copy_day(found)
    day = named.nearest_to(today) if named else today
    try:
        clock = time(int(found["hour"]), int(found["minute"] or 0))
    except ValueError:
        return None
    return in_berlin(datetime.combine(day, clock)) if day else None
