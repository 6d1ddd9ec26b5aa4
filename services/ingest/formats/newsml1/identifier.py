"""Reads who a news item is: provider, date and id make the story, the revision is its version."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from services.ingest.formats.newsml1.elements import child, children, line_of
from services.ingest.formats.xml_document import Element
from services.ingest.sources import identify

_NO_ID: Final = frozenset(("", "0"))
_OWN_SCHEME: Final = re.compile(r"(?:urn|tag|https?):\S+", re.IGNORECASE)
_REVISION: Final = re.compile(r"(\d{1,18})[NUA]?", re.IGNORECASE)
_BARE_URN: Final = re.compile(r"[\w.-]+:\d{8}[^:]*:\S+")
_FEWEST_PARTS: Final = 5  # urn:newsml:provider:date:id


@dataclass(frozen=True, slots=True)
class Identifier:
    """The parts of a NewsIdentifier; `story_id` is None where the item has none.

    `update` is N (whole item), U (holds Update elements) or A (holds management data only).
    """

    story_id: str | None
    version: int | str | None
    provider: str | None
    update: str


def read_identifier(item: Element, notes: list[str]) -> Identifier:
    """Read the identifier of an item (wire-rules 1.2): the triple, else what else names it."""
    found = child(item, "Identification", "NewsIdentifier")
    provider = line_of(child(found, "ProviderId"))
    revision = child(found, "RevisionId")
    raw_id = _raw_id(item, found, provider, notes)
    identity = identify(raw_id, provider, _revision(revision)) if raw_id else None
    return Identifier(
        identity.story_id if identity else None,
        identity.version if identity else _revision(revision),
        provider,
        ((revision.get("Update") if revision is not None else None) or "N").strip().upper(),
    )


def family_of(item: Element, own_id: str | None) -> str | None:
    """Find the story that this one comes from or goes with, under an id of its own (wire-rules 1.5)."""
    management = child(item, "NewsManagement")
    for name in ("DerivedFrom", "AssociatedWith"):
        for link in children(management, name):
            raw_id = (link.get("NewsItem") or "").strip()
            raw_id = f"urn:newsml:{raw_id}" if _BARE_URN.fullmatch(raw_id) else raw_id
            family = identify(raw_id).story_id if raw_id else None
            if family and family != own_id:
                return family
    return None


def _raw_id(
    item: Element, found: Element | None, provider: str | None, notes: list[str]
) -> str | None:
    name = line_of(child(found, "NewsItemId")) or ""
    date = line_of(child(found, "DateId"))
    if _OWN_SCHEME.fullmatch(name):
        return name
    if name not in _NO_ID and provider and date:
        return f"urn:newsml:{provider}:{date}:{name}"
    instead = next(_other_ids(item, found, provider), None)
    if instead is None and name not in _NO_ID:
        instead = ":".join(("urn:newsml", *filter(None, (provider, date)), name))
    if instead:
        notes.append(f"NewsIdentifier is not whole: {instead} stands in")
    return instead


def _other_ids(item: Element, found: Element | None, provider: str | None) -> Iterator[str]:
    public = line_of(child(found, "PublicIdentifier"))
    if public and public.count(":") >= _FEWEST_PARTS - 1:
        yield public
    for guid in item.iter("{*}guid"):
        if line := line_of(guid):
            yield f"urn:newsml:{provider}:{line}" if provider else line
    for component in children(item, "NewsComponent"):
        name = (component.get("Duid") or component.get("Euid") or "").strip()
        if name not in _NO_ID and provider:
            yield f"urn:newsml:{provider}:{name}"


def _revision(revision: Element | None) -> int | str | None:
    line = line_of(revision)
    number = _REVISION.fullmatch(line) if line else None
    return int(number[1]) if number else line
