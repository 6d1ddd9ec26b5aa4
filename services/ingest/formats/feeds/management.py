"""Reads what AP's feeds say beyond Atom: management id, sequence, status, headline, priority.

Feeds of others that bear a `pubStatus` are obeyed, too: a recall must never be overlooked (wire-rules 6.2).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from services.ingest.formats.feeds.names import Parts, first, parts_of, text_of
from services.ingest.formats.signs import status_of
from services.ingest.formats.urgency import urgency_of
from services.ingest.formats.xml_document import Element
from shared.story import Status

_STATUSES: Final = frozenset(("publishingstatus", "pubstatus"))


@dataclass(frozen=True, slots=True)
class Managed:
    """What an entry says of its story; all None and usable where it says nothing."""

    story_id: str | None = None
    version: str | None = None
    headline: str | None = None
    slug: str | None = None
    urgency: int | None = None
    status: Status = Status.USABLE


def read_management(parts: Parts, notes: list[str]) -> Managed:
    """Read the extensions of an entry, if there are any."""
    management, content = (
        _below(parts, "apnm:NewsManagement"),
        _below(parts, "apcm:ContentMetadata"),
    )
    found = next(chain(_statuses(management), _statuses(parts)), None)
    priority = first(content, "apcm:Priority")
    return Managed(
        text_of(first(management, "apnm:ManagementId")),
        text_of(first(management, "apnm:ManagementSequenceNumber")),
        text_of(first(content, "apcm:HeadLine")),
        text_of(first(content, "apcm:SlugLine")),
        urgency_of(priority.get("Numeric") if priority is not None else None, notes),
        status_of(text_of(found), where="pubStatus", notes=notes),
    )


def _below(parts: Parts, name: str) -> Parts:
    found = first(parts, name)
    return parts_of(found) if found is not None else {}


def _statuses(parts: Parts) -> Iterator[Element]:
    """Find the status under any namespace: `pubStatus`, `x:pubstatus`."""
    for name, found in parts.items():
        if name.rpartition(":")[2].lower() in _STATUSES:
            yield from found
