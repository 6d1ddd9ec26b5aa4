"""Reads an urgency from 1 (most urgent) to 9 (wire-rules 8.1); another one is none, and noted."""

import re
from collections.abc import Iterable
from typing import Final

from services.ingest.formats.json_fields import Fields
from services.ingest.formats.reading import Unreadable

_LEAST: Final = 9
# Flash, bulletin, urgent, regular, deferred; bulletins and urgents go ahead alike (wire-rules 8.2).
# German desks and AFP's write it above a headline or before it (wire-rules 8.1).
_WORDS: Final = (
    (re.compile(r"\W{0,6}(?:blitz|flash)(?:meldung)?\W{0,6}(?:$|(?<=[:+–—-]) )", re.IGNORECASE), 1),
    (
        re.compile(
            r"\W{0,6}(?:eil|urgent|alert)(?:meldung)?\W{0,6}(?:$|(?<=[:+–—-]) )", re.IGNORECASE
        ),
        2,
    ),
)
_LETTERS: Final = {"f": 1, "b": 2, "u": 2, "r": 4, "d": 5, "s": 5, "h": 5}


def urgency_of(text: str | None, notes: list[str], where: str = "urgency") -> int | None:
    """Read the digit."""
    if text is None:
        return None
    if len(text) == 1 and text in "123456789":
        return int(text)
    notes.append(f"{where}: {text[:20]!r} is not from 1 to 9, left out")
    return None


def urgency_in(item: Fields, name: str = "urgency") -> int | None:
    """Take the urgency from a field of JSON."""
    urgency = item.number_or_text(name)
    if isinstance(urgency, str):
        raise Unreadable("a number from 1 to 9 is expected", item.pointer(name))
    if urgency is None or 1 <= urgency <= _LEAST:
        return urgency
    item.notes.append(f"{item.pointer(name)}: {urgency} is not from 1 to 9, left out")
    return None


def urgency_of_letter(letter: str | None) -> int | None:
    """Read the priority letter of ANPA and of AP's JSON."""
    return _LETTERS.get(letter.strip().lower()) if letter else None


def urgency_of_words(lines: Iterable[str]) -> int | None:
    """Read `EIL: `, `+++ EILMELDUNG +++` at the head of headlines and notes."""
    texts = list(lines)
    return next((u for words, u in _WORDS if any(map(words.match, texts))), None)
