"""Finds the embargo that copy tells in words: `Sperrfrist 23. Januar 19.00 Uhr` in its text, or in a note."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from services.ingest.datelines import DAY_IN_WORDS, copy_day, read_dateline
from services.ingest.formats.times import BERLIN, berlin_day, in_berlin, in_zone
from shared.story import Status

_OPENING: Final = re.compile(r"\W{0,10}(?:achtung\W{1,5})?sperrfrist\b[:\s]*", re.IGNORECASE)
_UNTIL: Final = re.compile(
    r"(?:bis\s|für\s)?(?:[a-z]{3,7}tag|mittwoch)?,?\s{0,2}"
    rf"(?:{DAY_IN_WORDS}|(?P<today>heute))?,?\s{{0,2}}(?:um\s|-\s)?"
    r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?(?:\s{0,2}Uhr|(?<=[.:]\d\d))\W{0,5}",
    re.IGNORECASE,
)
_LIFTED: Final = re.compile(r"(?:ist\s)?(?:aufgehoben|frei)\W*$", re.IGNORECASE)
# PA: `Embargoed to 0001 Tuesday June 03`.
_NOTE: Final = re.compile(
    r"\bembargoed?\s(?:to|until|till)\s(?P<hour>\d{2})[.:]?(?P<minute>\d{2})(?:\shours)?,?"
    rf"\s(?:on\s)?(?:[a-z]{{3,6}}day,?\s)?{DAY_IN_WORDS}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class EmbargoLine:
    """What the line says. `until` is None if it is lifted or not `understood`."""

    until: datetime | None
    understood: bool
    rest: str


def read_embargo_line(paragraph: str, received_at: datetime) -> EmbargoLine | None:
    """Read an embargo at the head of a paragraph (wire-rules 7.4), in Berlin's time.

    A day without a year is the one nearest to `received_at`; without a day, that day itself.
    """
    opening = _OPENING.match(paragraph)
    if opening is None:
        return None
    found = _UNTIL.match(paragraph, opening.end())
    if found is None:
        lifted = _LIFTED.match(paragraph, opening.end()) is not None
        return EmbargoLine(None, lifted, "")
    until = _moment(found, berlin_day(received_at))
    return EmbargoLine(until, until is not None, paragraph[found.end() :])


def embargo_in_notes(
    lines: Iterable[str | None], near: datetime, zone: ZoneInfo | None
) -> datetime | None:
    """Read the embargo in notes to editors, by the clocks of the agency."""
    for line in lines:
        found = _NOTE.search(line) if line else None
        until = _local(found, near.date()) if found else None
        if until:
            return in_zone(until, zone or BERLIN)
    return None


def without_embargo(
    blocks: Sequence[str], received_at: datetime, notes: list[str]
) -> tuple[tuple[str, ...], datetime | None, Status]:
    """Take the embargo line out; one that cannot be read withholds, so that nothing is early."""
    for at, block in enumerate(blocks):
        line = read_embargo_line(block, received_at)
        if line is None:
            continue
        status = Status.USABLE if line.understood else Status.WITHHELD
        told = "read" if line.understood else "not understood, the story is withheld"
        notes.append(f"embargo in the text: {told}")
        rest = (left,) if (left := _without_note(block, line.rest)) else ()
        return (*blocks[:at], *rest, *blocks[at + 1 :]), line.until, status
    return tuple(blocks), None, Status.USABLE


def _without_note(block: str, rest: str) -> str:
    """Take off what explains the embargo on its own line or within its brackets."""
    if block.startswith("("):
        return rest.partition(")")[2].strip()
    line, parted, below = rest.partition("\n")
    if read_dateline(line):
        return rest
    explains = bool(parted) or "beachten" in line.lower()
    return below if explains else rest


def _moment(found: re.Match[str], today: date) -> datetime | None:
    until = _local(found, today)
    return in_berlin(until) if until else None


def _local(found: re.Match[str], today: date) -> datetime | None:
    named = copy_day(found)
    day = named.nearest_to(today) if named else today
    try:
        clock = time(int(found["hour"]), int(found["minute"] or 0))
    except ValueError:
        return None
    return datetime.combine(day, clock) if day else None
