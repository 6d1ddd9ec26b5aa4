"""Reads how urgent a story is: 1 (most urgent) to 9 (wire-rules 8.1)."""

from typing import Final

from services.ingest.formats.json_fields import Fields
from services.ingest.formats.reading import Unreadable

_LEAST: Final = 9
# Flash, bulletin, urgent, regular, deferred; bulletins and urgents go ahead alike (wire-rules 8.2).
_LETTERS: Final = {"f": 1, "b": 2, "u": 2, "r": 4, "d": 5, "s": 5, "h": 5}


def urgency_of(item: Fields, name: str = "urgency") -> int | None:
    """Take the urgency of a JSON story; a number beyond the scale is none, and noted."""
    urgency = item.number_or_text(name)
    if isinstance(urgency, str):
        raise Unreadable("a number from 1 to 9 is expected", item.pointer(name))
    if urgency is None or 1 <= urgency <= _LEAST:
        return urgency
    item.notes.append(f"{item.pointer('urgency')}: {urgency} is not from 1 to 9, left out")
    return None


def urgency_of_letter(letter: str | None) -> int | None:
    """Read the priority letter of ANPA and of AP's JSON."""
    return _LETTERS.get(letter.strip().lower()) if letter else None
