"""Reads NewsManagement: status, embargo, expiry, urgency and the times of a news item."""

from dataclasses import dataclass
from datetime import datetime

from services.ingest.formats.embargo_line import embargo_in_notes
from services.ingest.formats.newsml1.elements import child, children, formal_name, line_of
from services.ingest.formats.signs import status_of
from services.ingest.formats.urgency import urgency_of
from services.ingest.formats.xml_document import Element
from services.ingest.formats.xml_times import xml_moment
from services.ingest.sources import zone_of
from shared.story import Status


@dataclass(frozen=True, slots=True)
class Management:
    """What NewsManagement says; times bear an offset."""

    status: Status
    embargoed: datetime | None
    expires: datetime | None
    created: datetime | None
    first_created: datetime | None
    urgency: int | None
    kind: str | None


def read_management(
    item: Element, envelope: Element | None, provider: str | None, notes: list[str]
) -> Management:
    """Read the management data of an item; what the item leaves out, its envelope may tell."""
    found = child(item, "NewsManagement")
    word = formal_name(child(found, "Status"))
    future = _future_status(found)
    at = _change_moment(found, provider, notes)
    created = _moment(found, "ThisRevisionCreated", provider, notes)
    embargoed = None
    if (word or "").lower().endswith("embargoed"):
        embargoed = at if future is Status.USABLE else _told_in_words(item, created, provider)
    return Management(
        status=status_of(word, where="Status", notes=notes, embargoed=embargoed),
        embargoed=embargoed,
        expires=at if future in {Status.CANCELED, Status.WITHHELD} else None,
        created=created,
        first_created=_moment(found, "FirstCreated", provider, notes),
        urgency=_urgency(found, envelope, notes),
        kind=formal_name(child(found, "NewsItemType")),
    )


def _future_status(management: Element | None) -> Status | None:
    change = child(management, "StatusWillChange")
    if change is None:
        return None
    # The standard wants a future status; without one, a status that changes can but become usable.
    return status_of(formal_name(child(change, "FutureStatus")), where="FutureStatus", notes=[])


def _told_in_words(
    item: Element, created: datetime | None, provider: str | None
) -> datetime | None:
    """Read the time of an embargo from the comments, where PA writes it."""
    comments = map(line_of, item.iter("{*}Comment"))
    return embargo_in_notes(comments, created, zone_of(provider)) if created else None


def _change_moment(
    management: Element | None, provider: str | None, notes: list[str]
) -> datetime | None:
    text = line_of(child(management, "StatusWillChange", "DateAndTime"))
    return xml_moment(text, where="StatusWillChange", notes=notes, provider=provider)


def _moment(
    management: Element | None, name: str, provider: str | None, notes: list[str]
) -> datetime | None:
    return xml_moment(line_of(child(management, name)), where=name, notes=notes, provider=provider)


def _urgency(management: Element | None, envelope: Element | None, notes: list[str]) -> int | None:
    """1 (most urgent) to 9 (wire-rules 8.1); the priority stands in for a missing urgency."""
    places = (
        child(management, "Urgency"),
        child(management, "Priority"),
        child(envelope, "Priority"),
    )
    found = (urgency_of(formal_name(place), notes) for place in places)
    return next(filter(None, found), None)


def instructions_of(item: Element) -> tuple[str, ...]:
    """Give the instructions in NewsManagement: names like `Correction`, and their comments."""
    lines: list[str | None] = []
    for found in children(child(item, "NewsManagement"), "Instruction"):
        lines += [
            found.get("FormalName"),
            *(line_of(comment) for comment in children(found, "Comment")),
        ]
    return tuple(line for line in lines if line)
