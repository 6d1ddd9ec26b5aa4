"""Reads the times that agencies write; never asks a clock."""

import re
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

BERLIN: Final = ZoneInfo("Europe/Berlin")
_LAST_DAY: Final = 29
_MINUTE: Final = timedelta(minutes=1)
_GERMAN_MOMENT: Final = re.compile(
    r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})"
    r"(?:,?\s{1,2}(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:\sUhr)?)?"
)
# BusinessWire's `2013-06-12T15:29.00.00Z`: dots where colons belong.
_DOTTED: Final = re.compile(r"^([\d-]{8,10}T\d\d)[:.](\d\d)\.(\d\d)(?:\.\d{1,6})?(?=Z|[+-]|$)")


def iso_moment(text: str) -> datetime:
    """Read an ISO 8601 date and time; it may lack an offset. Raises ValueError."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        upper = text.upper()  # RFC 3339 allows "t" and "z"
        moment = datetime.fromisoformat(_DOTTED.sub(r"\1:\2:\3", upper, count=1))
    if moment.year == MINYEAR:
        raise ValueError("a time that was never set")
    return showable(moment)


def showable(moment: datetime) -> datetime:
    """Put the calendar's last days, which mean "for ever", where every zone can show them."""
    is_last = (moment.year, moment.month) == (MAXYEAR, 12) and moment.day > _LAST_DAY
    return moment.replace(day=_LAST_DAY) if is_last else moment


def in_zone(local: datetime, zone: ZoneInfo) -> datetime:
    """Give a time without an offset the offset that a zone's clocks showed."""
    offset = local.replace(tzinfo=zone).utcoffset() or timedelta()
    # Before 1893 clocks were set by the sun, to seconds; in JSON an offset has none.
    return local.replace(tzinfo=timezone(offset - offset % _MINUTE))


def in_berlin(local: datetime) -> datetime:
    """Give a time without an offset the offset that Berlin's clocks showed."""
    return in_zone(local, BERLIN)


def berlin_day(moment: datetime) -> date:
    """Tell which day it was in Berlin; a time without an offset counts as UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(BERLIN).date()


def german_moment(text: str) -> datetime | None:
    """Read `21.05.2019` or `21.05.2019, 18:12 Uhr` as Berlin's time; a bare day is its midnight.

    None if it is not of this form; raises ValueError if there is no such day or hour.
    """
    found = _GERMAN_MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    hour, minute = int(found["hour"] or 0), int(found["minute"] or 0)
    return in_berlin(showable(datetime(year, month, day, hour, minute)))  # noqa: DTZ001 - Berlin's follows
