"""Finds who signs a story and from where: the text's own dateline before what fields say of it."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from services.ingest.datelines import agency_of, read_dateline, read_dateline_line
from services.ingest.sources import source_of
from shared.story import Dateline

_DATELINE_WITHIN: Final = 3  # paragraphs: a subheading or a note may stand above it
_LONGEST_CREDIT: Final = 40
_LONGEST_SIGNATURE: Final = 8  # dpa-infocom is a firm
_AROUND: Final = " /-–—.:"
_ONLY_A_TIME: Final = re.compile(r"\s*\d")


def sign(
    body: Sequence[str], *, line: str | None, place: str | None, names: Iterable[str | None]
) -> tuple[Dateline, str | None]:
    """Find dateline and credit: as the text has it, else the dateline `line`, else place and names.

    A full name or a domain becomes what the agency signs with: "EFE" for "Agencia EFE".
    """
    found = next(filter(None, map(read_dateline, body[:_DATELINE_WITHIN])), None)
    told = read_dateline_line(line) if line and not _ONLY_A_TIME.match(line) else None
    where = (found.place if found else None) or (told.place if told else None) or place
    credit = (found.credit if found else None) or (told.credit if told else None) or None
    dateline = Dateline(place=where, credit=credit)
    if credit is None:
        return dateline, _first_name(names)
    # A signature stays as it is written ("dpa-AFX"), but for one in words: "BUSINESS WIRE".
    return dateline, _first_name((credit,)) if " " in credit else agency_of(credit)


def _first_name(names: Iterable[str | None]) -> str | None:
    for name in names:
        text = name.strip(_AROUND) if name else ""
        if text and len(text) <= _LONGEST_CREDIT:
            return _signature(text)
    return None


def _signature(name: str) -> str:
    """Write a full name, a domain or a firm as the agency signs; "dpa-AFX" and "sda" are signatures."""
    source = source_of(name)
    is_signature = len(name) <= _LONGEST_SIGNATURE and "." not in name and " " not in name
    is_same = source is not None and name.lower() == source.name.lower()
    return source.name if source and (is_same or not is_signature) else name
