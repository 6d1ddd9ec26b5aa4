"""Finds which other item of a numbered wire a text is about: `zu bdt0657`, `KILL bdt0657 vom 24.9.`."""

import re
from datetime import date, timedelta
from typing import Final

from services.ingest.datelines import DAY_IN_WORDS, copy_day

_NUMBER: Final = re.compile(
    r"\b(?P<service>[A-Za-z]{2,4})(?P<gap>[ -]?)(?P<number>\d{3,5})\b(?![.,:]\d)", re.IGNORECASE
)
_DAY: Final = re.compile(
    rf"\b(?:vom|von|of|du|van|dated|le)\s{{1,2}}(?i:{DAY_IN_WORDS})", re.IGNORECASE
)
# `zu 0657`, but not `zu 5000 Euro Strafe`: no word follows but the one before a day.
_NAMELESS: Final = re.compile(
    r"\b(?:nr|no|nummer|number|numéro|numero|meldung|item|story|dépêche|depeche|bezu|zu)\.?[: ]{1,3}(?P<number>\d{3,5})\b"
    r"(?![.,:]\d|\s{1,3}(?!(?:vom|von|of|du|van|dated|le)\b)\w)",
    re.IGNORECASE,
)


def reference_in(text: str, service: str) -> tuple[str, str] | None:
    """Find (service, number) of the item named; of this service, or with letters of the same kind."""
    for found in _NUMBER.finditer(text):
        letters = found["service"].lower()
        is_kin = len(letters) == len(service) and letters[0] == service[0] and not found["gap"]
        if letters == service or is_kin:
            return letters, found["number"]
    nameless = _NAMELESS.search(text)
    return (service, nameless["number"]) if nameless else None


def day_referred_to(text: str, own_number: str, number: str, today: date) -> date:
    """Tell the day of the item: as named, else today, or yesterday if today's are not as many yet."""
    named = _DAY.search(text)
    day = copy_day(named) if named else None
    if day and (found := day.nearest_to(today)):
        return found
    is_ahead = own_number.strip("0") != "" and int(number) > int(own_number)
    return today - timedelta(days=1) if is_ahead else today
