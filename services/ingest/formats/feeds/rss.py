"""Reads RSS: 2.0, 1.0 (RDF) and 0.9x, with the namespaces that feeds borrow from."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from services.ingest.formats.feeds.entry import Entry, Feed, story_of, tags_of
from services.ingest.formats.feeds.management import read_management
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
from shared.story import Story

_BODIES: Final = (
    "content:encoded",
    "xhtml:body",
    "xhtml:div",
    "fulltext",
    "content",
    "description",
    "summary",
)
_MODIFIED: Final = ("dcterms:modified", "updated", "modified", "lastmodified", "lastBuildDate")
_PUBLISHED: Final = (
    "pubDate",
    "pubdate",
    "dc:date",
    "dcterms:issued",
    "dcterms:created",
    "published",
    "date",
)
_RDF_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_MAILED: Final = re.compile(r"[^\s@]++@[^\s@(]++\s{0,3}\((?P<name>[^()]+)\)")


def stories_in(root: Element, received_at: datetime, repairs: Sequence[str]) -> Iterator[Story]:
    """Read each item, inside the channel (2.0, 0.9x) or beside it (1.0)."""
    channel = first(parts_of(root), "channel")
    feed = _feed(channel) if channel is not None else Feed(language=language_of(root))
    for place in (channel, root):
        for found in place if place is not None else ():
            if name_of(found) == "item":
                notes = list(repairs)
                yield story_of(_entry(found, notes), feed, received_at, notes)
    if name_of(root) == "item":
        notes = list(repairs)
        yield story_of(_entry(root, notes), feed, received_at, notes)


def _feed(channel: Element) -> Feed:
    parts = parts_of(channel)
    return Feed(
        title=title_line(first(parts, "title")),
        authors=tuple(_authors(parts, "dc:publisher", "dc:creator", "managingEditor")),
        rights=title_line(first(parts, "copyright", "dc:rights", "rights")),
        language=text_of(first(parts, "language", "dc:language")) or language_of(channel),
    )


def _entry(element: Element, notes: list[str]) -> Entry:
    parts = parts_of(element)
    subjects, keywords = tags_of(parts)
    updated, published = _moment(parts, _MODIFIED, notes), _moment(parts, _PUBLISHED, notes)
    return Entry(
        raw_id=_id(element, parts),
        title=title_line(first(parts, "title", "dc:title", "media:title")),
        body=_body(parts, notes),
        updated=updated,
        published=published,
        language=language_of(element) or text_of(first(parts, "dc:language", "language")),
        authors=tuple(_authors(parts, "author", "dc:creator", "itunes:author")),
        sources=tuple(
            filter(None, map(text_of, each(parts, "dc:source", "source", "dc:publisher")))
        ),
        subjects=subjects,
        keywords=keywords,
        pictures=pictures_of(parts),
        rights=title_line(first(parts, "dc:rights", "copyright", "rights")),
        managed=read_management(parts, notes),
    )


def _id(element: Element, parts: Parts) -> str | None:
    """Choose the id: the guid, else `rdf:about`, which is RSS 1.0's own, else a link."""
    links = (text_of(link) or link.get("href") for link in each(parts, "link"))
    about = element.get(_RDF_ABOUT)
    named = text_of(first(parts, "dc:identifier"))
    names = (text_of(first(parts, "guid", "id")), about, named, *links)
    return next((name for name in names if name), None)


def _body(parts: Parts, notes: list[str]) -> tuple[str, ...]:
    bodies = (paragraphs_of(found, notes) for found in each(parts, *_BODIES))
    return next(filter(None, bodies), ())


def _moment(parts: Parts, names: Sequence[str], notes: list[str]) -> datetime | None:
    found = first(parts, *names)
    return (
        feed_moment(text_of(found), where=name_of(found), notes=notes)
        if found is not None
        else None
    )


def _authors(parts: Parts, *names: str) -> Iterator[str]:
    """Give the names of authors: RSS wants `desk@example.org (Desk)`, few feeds obey."""
    for found in each(parts, *names):
        line = text_of(first(parts_of(found), "name")) or text_of(found)
        mailed = _MAILED.fullmatch(line) if line else None
        if mailed:
            yield mailed["name"].strip()
        elif line and "@" not in line:
            yield line
