"""Reads docdata: who the document is, what may be done with it and until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.ingest.formats.embargo_line import embargo_in_notes
from services.ingest.formats.signs import status_of
from services.ingest.formats.xml_elements import Node
from services.ingest.formats.xml_times import xml_moment
from services.ingest.sources import Identity, identify, source_of, zone_of
from shared.story import Status

_EMBARGOED: Final = "embargoed"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a document: docdata, what belongs to it wherever it stands, and the meta tags."""

    node: Node
    docdata: Node
    metas: dict[str, str]

    def meta(self, *names: str) -> str | None:
        """Give the first of these meta tags that says anything."""
        return next((text for name in names if (text := self.metas.get(name))), None)

    def first(self, name: str) -> Node:
        """Find an element in docdata, or beside it, where some agencies put it."""
        return self.docdata.child(name) or self.node.child(name)

    def every(self, name: str) -> Iterator[Node]:
        """Find all elements of this name in docdata and beside it."""
        yield from self.docdata.all(name)
        yield from self.node.all(name)


@dataclass(frozen=True, slots=True)
class Times:
    """When it was issued, when it may go out, until when it may be used."""

    version_created: datetime | None
    first_created: datetime | None
    embargoed: datetime | None
    expires: datetime | None


def read_head(document: Node) -> Head:
    """Open the head of a document."""
    node = document.child("head")
    metas = {
        name.lower(): content
        for meta in node.all("meta")
        if (name := meta.get("name")) and (content := meta.get("content"))
    }
    return Head(node, node.child("docdata") or document.child("docdata"), metas)


def names_of(head: Head, body_head: Node) -> Iterator[str | None]:
    """Give whoever may be credited, the likeliest first."""
    yield body_head.line("distributor")
    for source in head.first("del-list").all("from-src"):
        yield source.get("src-name")
    yield head.meta("ntbkilde")
    yield head.first("doc-id").get("regsrc")
    yield head.first("doc.copyright").get("holder")
    yield body_head.line("rights", "rights.owner")
    origin = head.meta("origin", "source", "provider")
    yield origin.partition(" - ")[0] if origin else None
    yield from (text for name, text in head.metas.items() if name.endswith("-source"))


def read_identity(head: Head, provider: str | None) -> Identity | None:
    """Read id and version; the version is the tail of the id (wire-rules 1.3), else the du-key's."""
    ids = ((found.get("id-string"), found.get("regsrc")) for found in head.every("doc-id"))
    raw_id, registrar = next((each for each in ids if each[0]), (head.meta("ntbid"), None))
    if raw_id is None:
        return None
    maker = registrar if source_of(registrar) else provider  # an id is shaped by who gave it
    identity = identify(raw_id, maker)
    if identity.version is not None:
        return identity
    told = head.first("du-key").get("version") or head.meta("article-revision", "revision")
    return identify(raw_id, maker, told)


def refers_to(head: Head) -> str | None:
    """Give the document that this one cancels, updates or corrects, where it names another."""
    return head.docdata.get("management-doc-idref") or head.first("correction").get("id-string")


def read_times(
    head: Head, body_head: Node, provider: str | None, received_at: datetime, notes: list[str]
) -> Times:
    """Read the times. A release after the issue is an embargo, an expiry never is (wire-rules 7.2)."""

    def moment(field: Node, name: str, attribute: str = "norm") -> datetime | None:
        return xml_moment(field.get(attribute), where=name, notes=notes, provider=provider)

    issued = moment(head.first("date.issue"), "date.issue")
    revised = [m for r in head.every("revision-history") if (m := _revision(r, provider))]
    if issued is None and not revised:
        issued = moment(head.first("pubdata"), "pubdata", "date.publication")
    if issued is None and not revised:
        issued = moment(body_head.child("dateline", "story.date"), "story.date")
    moments = [*revised, issued] if issued else revised
    latest = max(moments, default=None)
    release = moment(head.first("date.release"), "date.release")
    is_marked = (head.docdata.get("management-status") or "").lower() == _EMBARGOED
    if release is None and is_marked:
        messages = (message.get("info") for message in head.every("ed-msg"))
        release = embargo_in_notes(messages, latest or received_at, zone_of(provider))
    is_ahead = release is not None and release > (latest or received_at)
    return Times(
        version_created=latest,
        first_created=issued if issued != latest else None,
        embargoed=release if is_marked or is_ahead else None,
        expires=moment(head.first("date.expire"), "date.expire"),
    )


def read_status(head: Head, times: Times, notes: list[str]) -> Status:
    """Read the status; an embargo without a release that can be read withholds."""
    word = head.docdata.get("management-status")
    return status_of(word, where="management-status", notes=notes, embargoed=times.embargoed)


def _revision(revision: Node, provider: str | None) -> datetime | None:
    return xml_moment(revision.get("norm"), where="revision-history", notes=[], provider=provider)
