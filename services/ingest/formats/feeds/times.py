"""Reads the times in feeds: RFC 822 as people write it, in German too, and ISO 8601."""

import re
from datetime import datetime, timedelta, timezone
from typing import Final

from services.ingest.datelines import month_number
from services.ingest.formats.times import showable
from services.ingest.formats.xml_times import xml_moment

_RFC_822: Final = re.compile(
    r"(?:[^\W\d]{2,10}\.?,?\s{1,3})?(?P<day>\d{1,2})\.?[ -]{1,3}(?P<month>[^\W\d]{3,9})\.?[ -]{1,3}"
    r"(?P<year>\d{2}|\d{4}),?(?:\s{1,3}(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?"
    r"(?:\s{0,3}(?P<zone>[A-Z]{1,5}|(?:GMT|UTC|UT)?[+-]\d{1,2}:?(?:\d{2})?))?(?:\s{1,3}\([^()]{0,40}\))?",
    re.IGNORECASE,
)
_OFFSET: Final = re.compile(r"(?:GMT|UTC|UT)?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?")
# RFC 822, 5.1, and what the clocks of Europe are called.
_ZONES: Final = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEZ": 0, "BST": 1, "WEST": 1, "WESZ": 1,
    "CET": 1, "MEZ": 1, "MET": 1, "CEST": 2, "MESZ": 2, "MEST": 2, "EET": 2, "OEZ": 2, "EEST": 3,
    "OESZ": 3, "MSK": 3, "IST": 5.5, "JST": 9, "AEST": 10, "AEDT": 11, "EST": -5, "EDT": -4,
    "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_CENTURY: Final = 100
_FIRST_OF_CENTURY: Final = 50  # RFC 2822, 4.3: years 00 to 49 are this century's


def feed_moment(
    text: str | None, *, where: str, notes: list[str], provider: str | None = None
) -> datetime | None:
    """Read a time in either form; one that cannot be read is none, and noted."""
    found = _RFC_822.fullmatch(text.strip()) if text else None
    if found is None:
        return xml_moment(text, where=where, notes=notes, provider=provider)
    local = _local(found)
    if local is None:
        notes.append(f"{where}: no such time: {text}")
        return None
    offset = _offset(found["zone"])
    if offset is None:
        return xml_moment(local.isoformat(), where=where, notes=notes, provider=provider)
    return local.replace(tzinfo=timezone(offset))


def _local(found: re.Match[str]) -> datetime | None:
    month, year = month_number(found["month"]), int(found["year"])
    if month is None:
        return None
    if year < _CENTURY:
        year += 2000 if year < _FIRST_OF_CENTURY else 1900
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    try:
        local = datetime(year, month, int(found["day"]), hour, minute, second)  # noqa: DTZ001 - its zone follows
    except ValueError:
        return None
    return showable(local)


def _offset(zone: str | None) -> timedelta | None:
    """None for a zone nobody knows: the agency's own clock is likelier than UTC."""
    if zone is None:
        return None
    hours = _ZONES.get(zone.upper())
    if hours is not None:
        return timedelta(hours=hours)
    found = _OFFSET.fullmatch(zone.upper())
    if found is None:
        return None
    span = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    return min(span if found["sign"] == "+" else -span, timedelta(hours=23), key=abs)
