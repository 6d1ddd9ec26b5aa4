"""Reads the lines of an article page that say when it was published and updated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.ingest.datelines import month_number
from services.ingest.formats.times import german_moment

_SAID: Final = re.compile(
    r"(?P<updated>(?:zuletzt |letzte )?(?:aktualisier\w{1,4}|update)|stand|geändert)(?: (?:am|vom|um))?[: ]{1,3}"
    r"|(?:veröffentlicht|erstellt|publiziert|erschienen|datum|vom|am)(?: am)?[: ]{1,3}",
    re.IGNORECASE,
)
_WEEKDAY: Final = re.compile(
    r"(?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend|(?:Mo|Di|Mi|Do|Fr|Sa|So)\.?),?\s{1,2}"
)
_IN_WORDS: Final = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>[A-Za-zä]{3,9})\.?\s(?=\d{4}\b)")
_BEFORE_HOUR: Final = re.compile(r"(?<=\d{4}),?\s{1,2}(?:um|[-–])\s{1,2}(?=\d)")
_HOUR_APART: Final = re.compile(
    r"(?<=\d{4})\s{1,3}\|\s{1,3}(?=\d{1,2}[:.]\d\d(?:\s?Uhr)?\s{0,3}(?:\||$))"
)
_READING: Final = re.compile(
    r"(?:lesezeit|lesedauer)\W.{0,30}|\d{1,3} min\.?(?: lesezeit)?", re.IGNORECASE
)
_MOST_PARTS: Final = 4


@dataclass(frozen=True, slots=True)
class PageTime:
    """One moment that a page tells; `is_said` if words say which it is."""

    moment: datetime
    is_update: bool
    is_said: bool


def page_times(line: str) -> tuple[PageTime, ...] | None:
    """Read a line of nothing but times: `21.05.2019 | Stand 21. Mai 2019, 18:12 Uhr`; None if it is none.

    Raises ValueError if it has the form, but there is no such day.
    """
    times = list(_times(line))
    return None if not times or None in times else tuple(time for time in times if time)


def is_reading_time(line: str) -> bool:
    """Recognise `Lesedauer: 3 Minuten`."""
    return _READING.fullmatch(line) is not None


def _times(line: str) -> Iterator[PageTime | None]:
    for part in _HOUR_APART.sub(", ", line).split("|", _MOST_PARTS):
        text = part.strip()
        if is_reading_time(text):
            continue
        said = _SAID.match(text)
        bare = _WEEKDAY.sub("", text[said.end() if said else 0 :], count=1)
        moment = german_moment(_BEFORE_HOUR.sub(", ", _IN_WORDS.sub(_numbered, bare)))
        is_update = said is not None and said["updated"] is not None
        yield PageTime(moment, is_update, said is not None) if moment else None


def _numbered(found: re.Match[str]) -> str:
    number = month_number(found["month"])
    return f"{found['day']}.{number}." if number else found[0]
