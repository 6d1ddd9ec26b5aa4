"""Reads the header line of IPTC 7901: `bdt0657 3 pl 339  dpa 1234` (wire-rules 11.2)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.ingest.formats.urgency import urgency_of_letter
from services.ingest.sources import Source, source_of

# Words may be missing or 0. Services of dpa's may bear names: `apwire0000`.
HEADER: Final = re.compile(
    r"(?P<service>[A-Za-z]{2,4}(?=[ ]?\d)|[A-Za-z][A-Za-z-]{4,24}(?=\d{4}[ ]))[ ]?(?P<number>\d{3,5})"
    r"[ \t]{1,3}(?P<priority>[1-9UuRrBbFf])"
    r"(?:[ \t]{1,6}(?P<category>(?!\d)[\w-]{1,5}))?"
    r"(?:[ \t]{1,6}(?P<words>\d{1,5})\b)?"
    r"(?P<rest>[ \t][^\n]{0,120})?[ \t]{0,9}"
)
# Behind the agency: its own number (ALFD), then the one of the item referred to (BEZU), if any.
_NUMBERS: Final = re.compile(
    r"(?:^|\s)(?:(?P<own>\d{3,5})\s+)?(?P<service>[A-Za-z]{2,4})?(?P<number>\d{3,5})\s*$"
)
# KNA: `170123-89-00065#2`, the day, the desk, the story, the version.
_OWN_ID: Final = re.compile(
    r"(?:^|\s)(?P<text>(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)-\d{2,4}-\d{4,8})(?:[#/](?P<version>\d{1,4}))?(?=\s|$)"
)
_MOST_WORDS: Final = 4
_DATED: Final = re.compile(r"\d{1,2}[./]\s?(?:[A-Za-zä]{3}|\d{1,2})[./ ]")


@dataclass(frozen=True, slots=True)
class OwnId:
    """The id that an agency's own system gave the story, with its day and version (wire-rules 1.3)."""

    text: str
    day: date
    version: int | None


@dataclass(frozen=True, slots=True)
class Header:
    """The header, taken apart; `refers_to` is the service and number of another item (BEZU)."""

    service: str
    number: str
    priority: int
    category: str | None
    agency: str | None
    keyword: str | None
    refers_to: tuple[str, str] | None
    own_id: OwnId | None = None

    @property
    def is_numbered(self) -> bool:
        """Whether the number tells items apart: 0000 is what copy without a number bears."""
        return bool(self.number.strip("0"))

    @property
    def source(self) -> Source | None:
        """The agency, as the header names it, or by the letters of its service."""
        return source_of(self.agency) or source_of(self.service)


def read_header(line: str) -> Header | None:
    """Read one line; None if it is no header."""
    found = HEADER.fullmatch(line.strip(" \t\r\x00\x01\x07\x7f"))
    if found is None or not (found["category"] or found["words"]):
        return None
    service = found["service"].lower()
    rest = (found["rest"] or "").strip()
    own_id, rest = _own_id(rest)
    numbers = None if _DATED.search(rest) else _NUMBERS.search(rest)
    rest = (rest[: numbers.start()] if numbers else rest).strip()
    agency = _agency(rest)
    source = source_of(agency) or source_of(service)
    # Others put numbers of their own there: only dpa's is the item referred to.
    is_dpa = source is not None and source.name == "dpa"
    refers = _referred_to(numbers, service, found["number"]) if numbers and is_dpa else None
    rest = "" if _DATED.search(rest) else " ".join(rest.split())
    agency = _agency(rest)
    priority = found["priority"]
    return Header(
        service=service,
        number=found["number"],
        priority=int(priority) if priority.isdigit() else urgency_of_letter(priority) or 4,
        category=(found["category"] or "").lower() or None,
        agency=agency if source_of(agency) else None,
        keyword=rest if rest and not source_of(agency) else None,
        refers_to=refers,
        own_id=own_id,
    )


def _agency(rest: str) -> str:
    """Take the word that names the agency: the first, else one behind what else KNA tells."""
    words = [word.strip("/,;") for word in rest.split()[:_MOST_WORDS]]
    first = next(iter(words), "")
    if source_of(first):
        return first
    return next((word for word in words if word.isupper() and source_of(word)), first)


def _own_id(rest: str) -> tuple[OwnId | None, str]:
    found = _OWN_ID.search(rest)
    if found is None:
        return None, rest
    try:
        day = date(2000 + int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None, rest
    version = int(found["version"]) if found["version"] else None
    left = f"{rest[: found.start()]} {rest[found.end() :]}".strip()
    return OwnId(found["text"], day, version), left


def _referred_to(numbers: re.Match[str], service: str, own: str) -> tuple[str, str] | None:
    """Take the item referred to, never the agency's own number for one.

    The agency counts the messages of all its services, so that its number is no lower than the
    service's: a number alone is the reference only if it is lower, or bears a service's letters.
    """
    number = numbers["number"]
    is_certain = bool(numbers["own"] or numbers["service"])
    if not number.strip("0") or not (is_certain or int(number) < int(own)):
        return None
    return (numbers["service"] or service).lower(), number
