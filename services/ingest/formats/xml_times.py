"""Reads the times in XML from the wires: ISO 8601, extended or basic, with or without an offset."""

import re
from datetime import datetime, timedelta
from typing import Final

from services.ingest.formats.times import BERLIN, iso_moment
from services.ingest.sources import zone_of

_DIGITS: Final = re.compile(
    r"(\d{4})[.:/-]?(\d\d)[.:/-]?(\d\d)(?:[T ]?(\d\d)[:.]?(\d\d)[:.]?(\d\d)?)?"
)
_BLANK_BEFORE_OFFSET: Final = re.compile(r"(?<!\s)\s++(?=[+-]\d\d:?\d\d$|Z$)", re.IGNORECASE)
_MINUTE: Final = timedelta(minutes=1)
_LONGEST: Final = 100
_MIDNIGHT: Final = "000000"


def xml_moment(
    text: str | None, *, where: str, notes: list[str], provider: str | None = None
) -> datetime | None:
    """Read a time; one without an offset is by the provider's clocks, else Berlin's, and noted.

    A day alone is its midnight. What is no time is noted and left out. `where` names the field.
    """
    text = text.strip() if text else None
    if not text:
        return None
    moment = _read(text) if len(text) <= _LONGEST else None
    zone = None
    if moment is not None and moment.tzinfo is None:
        zone = zone_of(provider) or BERLIN
        # A fixed offset, so that the moment reads the same wherever it travels.
        moment = datetime.fromisoformat(moment.replace(tzinfo=zone).isoformat())
    if moment is None or _is_torn(moment):
        notes.append(f"{where}: not a time, left out: {text[:40]}")
        return None
    if zone:
        notes.append(f"{where}: no offset, read as {zone.key}")
    return moment


def _is_torn(moment: datetime) -> bool:
    """Tell two times run together, or one long ago: no clock of ours is off by seconds."""
    offset = moment.utcoffset()
    return offset is not None and bool(offset % _MINUTE)


def _read(text: str) -> datetime | None:
    try:
        return iso_moment(_BLANK_BEFORE_OFFSET.sub("", text) if len(text.split()) > 1 else text)
    except ValueError:
        found = _DIGITS.fullmatch(text)
    if found is None:
        return None
    day, clock = "".join(found.groups("")[:3]), "".join(found.groups("")[3:])
    try:
        return iso_moment(f"{day}T{(clock + _MIDNIGHT)[:6]}")
    except ValueError:
        return None
