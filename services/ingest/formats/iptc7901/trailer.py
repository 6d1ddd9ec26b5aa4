"""Reads the line below the text that says when it was sent: `242200 GMT Jun 17`."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from services.ingest.formats.times import BERLIN, in_zone, showable

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "janv", "gen"),
            ("feb", "fev", "fév", "févr", "fevr"),
            ("mar", "mär", "maer", "mrz", "mars", "mrt"),
            ("apr", "avr", "avri"),
            ("may", "mai", "mei", "maj", "mag"),
            ("jun", "juin", "juni", "june", "giu"),
            ("jul", "juil", "juli", "july", "lug"),
            ("aug", "aou", "aoû", "aout", "août", "ago"),
            ("sep", "sept", "set"),
            ("oct", "okt", "ott"),
            ("nov",),
            ("dec", "dez", "déc", "dic"),
        ),
        1,
    )
    for name in names
}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_TRAILER: Final = re.compile(
    rf"(?:^|\n)[^\S\n]{{0,9}}(?:[A-Za-z]{{2,8}}[-/ ]{{1,3}})?(?P<day>\d{{2}})(?P<hour>\d{{2}})(?P<minute>\d{{2}})"
    rf"(?:[^\S\n]?(?P<zone>GMT|UTC|Z|MEZ|MESZ|CET|CEST|BST))?[^\S\n]{{1,3}}(?P<month>{_MONTH})\.?"
    r"(?:[^\S\n]{1,3}(?P<year>\d{4}|\d{2}))?[^\S\n]*(?=\n\s*$|$)",
    re.IGNORECASE,
)
# APA: `APA0123 2024-06-03/12:34`, AFP: `abc/de  03JUN24 1234 GMT`.
_DATED: Final = re.compile(
    r"(?:^|\n)[^\n]{0,40}?\b(?P<year>\d{4})-(?P<month_number>\d\d)-(?P<day>\d\d)[/ ](?P<hour>\d\d):?(?P<minute>\d\d)"
    r"[^\S\n]*(?=\n\s*$|$)"
)
_JOINED: Final = re.compile(
    rf"(?:^|\n)[^\n]{{0,40}}?\b(?P<day>\d{{2}})[ ]?(?P<month>{_MONTH})[ ]?(?P<year>\d{{4}}|\d{{2}})"
    r"[ ](?P<hour>\d{2}):?(?P<minute>\d{2})[^\S\n]?(?P<zone>GMT|UTC|Z)?[^\S\n]*(?=\n\s*$|$)",
    re.IGNORECASE,
)
_OFFSETS: Final = {"mez": 1, "cet": 1, "bst": 1, "mesz": 2, "cest": 2}
_CENTURY: Final = 2000
_LAST_CHARACTERS: Final = 160


@dataclass(frozen=True, slots=True)
class Trailer:
    """The moment of sending in the parts that were given; it begins at offset `start`."""

    day: int
    month: int
    year: int | None
    hour: int
    minute: int
    zone: str | None
    start: int

    def moment(self, zone: ZoneInfo, received_at: datetime) -> datetime | None:
        """Tell the moment, by the agency's clock unless GMT is named; None if there is none such."""
        years = (self.year,) if self.year else (received_at.year, received_at.year - 1)
        for year in years:
            try:
                local = datetime(year, self.month, self.day, self.hour, self.minute)  # noqa: DTZ001
            except ValueError:
                continue
            moment = self._with_offset(showable(local), zone)
            if self.year or moment <= received_at + timedelta(days=2):
                return moment
        return None

    def near(self, received_at: datetime) -> datetime:
        """Tell roughly when, whosever clock it was: days without a year are near it."""
        return self.moment(BERLIN, received_at) or received_at

    def _with_offset(self, local: datetime, zone: ZoneInfo) -> datetime:
        if self.zone and (hours := _OFFSETS.get(self.zone.lower())):
            return local.replace(tzinfo=UTC) - timedelta(hours=hours)
        if self.zone:
            return local.replace(tzinfo=UTC)
        return in_zone(local, zone)


def find_trailer(text: str) -> Trailer | None:
    """Find the trailer at the end of a text."""
    offset = max(0, len(text) - _LAST_CHARACTERS)
    tail = text[offset:]
    for pattern in (_TRAILER, _DATED, _JOINED):
        if found := pattern.search(tail):
            return _trailer(found, offset)
    return None


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """Tell which day it was by the agency's clock, on which its numbers began anew."""
    return moment.astimezone(zone).date()


def _trailer(found: re.Match[str], offset: int) -> Trailer:
    parts = found.groupdict()
    month = parts.get("month_number")
    year = int(found["year"]) if found["year"] else None
    return Trailer(
        day=int(found["day"]),
        month=int(month) if month else _MONTHS[found["month"].lower()],
        year=year + _CENTURY if year is not None and year < _CENTURY / 20 else year,
        hour=int(found["hour"]),
        minute=int(found["minute"]),
        zone=parts.get("zone"),
        start=offset + found.start(),
    )
