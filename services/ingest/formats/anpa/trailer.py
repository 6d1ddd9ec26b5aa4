"""Reads the last line, which says when it was sent: `AP-NY-12-01-13 1234EST<`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from services.ingest.datelines import CopyDay
from services.ingest.formats.times import in_zone, showable

_TRAILER: Final = re.compile(
    r"^[^\S\n]*\^?(?P<agency>[A-Z]{2,6})[- ](?:[A-Z]{2,4}[- ])?(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d|\d{4})"
    r"[ ]{1,3}(?P<hour>\d\d):?(?P<minute>\d\d)[ ]?(?P<zone>[A-Z]{1,4})?[ <=]{0,4}$",
    re.MULTILINE,
)
# Reuters: `Reut12:34 06-03-24`.
_REUTERS: Final = re.compile(
    r"^[^\S\n]*\^?(?P<agency>Reut(?:ers?)?)[ ]?(?P<hour>\d\d):(?P<minute>\d\d)[ ]{1,3}"
    r"(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d|\d{4})(?P<zone>)[ <=]{0,4}$",
    re.MULTILINE | re.IGNORECASE,
)
# Kyodo: `KWS-21:37-09-12-18`, day before month.
_KYODO: Final = re.compile(
    r"^[^\S\n]*(?P<agency>KWS|KYODO)-(?P<hour>\d\d):(?P<minute>\d\d)-(?P<day>\d\d)-(?P<month>\d\d)"
    r"-(?P<year>\d\d|\d{4})(?P<zone>)[ <=]{0,4}$",
    re.MULTILINE,
)
_HOURS: Final = {
    zone: hours
    for hours, zones in (
        *(
            (-8, "PST"),
            (-7, "PDT MST"),
            (-6, "CST MDT"),
            (-5, "EST CDT"),
            (-4, "EDT AST"),
            (-3, "ADT"),
        ),
        *((0, "GMT UTC Z"), (1, "BST CET"), (2, "CEST"), (8, "HKT"), (9, "JST"), (10, "AEST")),
        *((11, "AEDT"), (12, "NZST"), (13, "NZDT")),
    )
    for zone in zones.split()
}
_CENTURY: Final = 2000


@dataclass(frozen=True, slots=True)
class Trailer:
    """Who sent it and when; the moment lacks its offset if no zone was named."""

    agency: str
    local: datetime
    start: int

    def moment(self, zone: ZoneInfo | None) -> datetime:
        """Tell the moment; without a zone in it, by the agency's clock."""
        if self.local.tzinfo:
            return self.local
        return in_zone(self.local, zone or ZoneInfo("UTC"))


def find_trailer(text: str) -> Trailer | None:
    """Find the last such line of a text, if it names a real moment."""
    for pattern in (_TRAILER, _REUTERS, _KYODO):
        if found := list(pattern.finditer(text)):
            return _trailer(found[-1])
    return None


def filing_day(month: int | None, day: int | None, near: date) -> date | None:
    """Tell the day of the header's `11-13`, which lacks its year: the nearest to the sending.

    Kyodo puts the day before the month.
    """
    if month is None or day is None:
        return None
    days = [CopyDay(day, month).nearest_to(near), CopyDay(month, day).nearest_to(near)]
    return min(filter(None, days), key=lambda found: abs(found - near), default=None)


def _trailer(found: re.Match[str]) -> Trailer | None:
    year = int(found["year"])
    year = year if year >= _CENTURY // 20 else year + _CENTURY
    hours = _HOURS.get((found["zone"] or "").upper())
    zone = timezone(timedelta(hours=hours)) if hours is not None else None
    try:
        local = datetime(
            year,
            int(found["month"]),
            int(found["day"]),
            int(found["hour"]),
            int(found["minute"]),
            tzinfo=zone,
        )
    except ValueError:
        return None
    agency = "Reuters" if found["agency"].lower().startswith("reut") else found["agency"]
    return Trailer(agency, showable(local), found.start())
