"""Reads Atom (RFC 4287): feeds, single entries, and the tombstones of RFC 6721."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from services.ingest.formats.feeds.entry import Entry, Feed, story_of, tags_of
from services.ingest.formats.feeds.management import Managed, read_management
from services.ingest.formats.feeds.media import pictures_of
from services.ingest.formats.feeds.names import (
    Parts,
    each,
    first,
    language_of,
    name_of,
    parts_of,
    text_of,
)
from services.ingest.formats.feeds.texts import paragraphs_of, title_line
from services.ingest.formats.feeds.times import feed_moment
from services.ingest.formats.xml_document import Element
from shared.story import Status, Story

_UPDATED = ("updated", "modified")  # `modified`, `issued` and `created` are Atom 0.3's
_PUBLISHED = ("published", "issued", "created", "dcterms:created")


def stories_in(root: Element, received_at: datetime, repairs: Sequence[str]) -> Iterator[Story]:
    """Read each entry, and each tombstone, of a feed or of a document that is one alone."""
    is_feed = name_of(root) == "feed"
    feed = read_feed(root) if is_feed else Feed()
    for found in root if is_feed else (root,):
        notes = list(repairs)
        if name_of(found) == "entry":
            yield story_of(_entry(found, notes), feed, received_at, notes)
        elif name_of(found) == "at:deleted-entry" and found.get("ref"):
            yield story_of(_tombstone(found, notes), feed, received_at, notes)


def read_feed(element: Element) -> Feed:
    """Read what a feed, or the `source` of an entry, says of itself."""
    parts = parts_of(element)
    return Feed(
        title=title_line(first(parts, "title")),
        authors=_authors(parts),
        rights=title_line(first(parts, "rights", "copyright", "dc:rights")),
        language=language_of(element) or text_of(first(parts, "dc:language", "language")),
    )


def _entry(element: Element, notes: list[str]) -> Entry:
    parts = parts_of(element)
    origin = _origin(parts)
    content = first(parts, "content")
    subjects, keywords = tags_of(parts)
    return Entry(
        raw_id=text_of(first(parts, "id")) or _link(parts),
        title=title_line(first(parts, "title")),
        body=_body(parts, notes),
        updated=_moment(parts, _UPDATED, notes),
        published=_moment(parts, _PUBLISHED, notes),
        language=language_of(element)
        or language_of(content)
        or text_of(first(parts, "dc:language"))
        or origin.language,
        authors=_authors(parts) or origin.authors,
        sources=tuple(_sources(parts, origin)),
        subjects=subjects,
        keywords=keywords,
        pictures=pictures_of(parts),
        rights=title_line(first(parts, "rights", "copyright", "dc:rights")) or origin.rights,
        managed=read_management(parts, notes),
        is_draft=_is_draft(parts),
    )


def _tombstone(element: Element, notes: list[str]) -> Entry:
    """Read a deleted entry (RFC 6721, 3): it names the entry, and often nothing else."""
    parts = parts_of(element)
    when = feed_moment(element.get("when"), where="when", notes=notes)
    return Entry(
        raw_id=(element.get("ref") or "").strip(),
        title=title_line(first(parts, "title")) or title_line(first(parts, "link")),
        body=(),
        updated=when,
        published=None,
        language=None,
        authors=(),
        sources=(),
        subjects=(),
        keywords=(),
        pictures=(),
        rights=None,
        managed=Managed(status=Status.CANCELED),
        ed_note=title_line(first(parts, "at:comment")),
    )


def _body(parts: Parts, notes: list[str]) -> tuple[str, ...]:
    if body := paragraphs_of(first(parts, "content", "content:encoded", "xhtml:body"), notes):
        return body
    if summary := paragraphs_of(first(parts, "summary"), notes):
        notes.append("no body: the summary stands in")
        return summary
    return ()


def _moment(parts: Parts, names: Sequence[str], notes: list[str]) -> datetime | None:
    found = first(parts, *names)
    return (
        feed_moment(text_of(found), where=name_of(found), notes=notes)
        if found is not None
        else None
    )


def _authors(parts: Parts) -> tuple[str, ...]:
    names = [
        text_of(first(parts_of(author), "name")) or _bare(author)
        for author in each(parts, "author")
    ]
    names += [text_of(creator) for creator in each(parts, "dc:creator")]
    return tuple(dict.fromkeys(name for name in names if name and "@" not in name))


def _bare(author: Element) -> str | None:
    return None if len(author) else text_of(author)


def _sources(parts: Parts, origin: Feed) -> Iterator[str]:
    for found in each(parts, "dc:source", "dc:publisher"):
        if line := text_of(found):
            yield line
    yield from origin.authors
    if origin.title:
        yield origin.title


def _origin(parts: Parts) -> Feed:
    source = first(parts, "source")
    return read_feed(source) if source is not None else Feed()


def _link(parts: Parts) -> str | None:
    links = [(link.get("rel") or "alternate", link.get("href")) for link in each(parts, "link")]
    return next((href for rel, href in links if href and rel in {"alternate", "self"}), None)


def _is_draft(parts: Parts) -> bool:
    control = first(parts, "app:control")
    draft = text_of(first(parts_of(control), "app:draft")) if control is not None else None
    return (draft or "").lower() == "yes"
