"""Bytes become stories: finds the format and reads it. Pure; raises nothing but Unreadable."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.ingest.formats import (
    anpa,
    ap,
    article,
    digitalwires,
    feeds,
    iptc7901,
    newsml1,
    newsml_g2,
    ninjs,
    nitf,
    text,
)
from services.ingest.formats.headlines import with_headline_in_line
from services.ingest.formats.labels import Kind
from services.ingest.formats.reading import ReadStory, UnknownFormat, Unreadable
from services.ingest.formats.view import parsed_view
from services.ingest.formats.wire_copy import Copy, open_copy

__all__ = ["ReadStory", "UnknownFormat", "Unreadable", "parsed_view", "read"]


@dataclass(frozen=True, slots=True)
class _Format:
    """One row of the table: what label a format comes under, and its module's two functions."""

    kind: Kind
    looks_like: Callable[[Copy], bool]
    parse: Callable[[Copy], tuple[ReadStory, ...]]


_LONGEST_ID: Final = 2048  # it is part of keys, headers and addresses

# The first that recognises the copy reads it: the particular before the general.
_FORMATS: Final = (
    _Format(newsml_g2.KIND, newsml_g2.looks_like, newsml_g2.parse),
    _Format(nitf.KIND, nitf.looks_like, nitf.parse),
    _Format(newsml1.KIND, newsml1.looks_like, newsml1.parse),
    _Format(feeds.KIND, feeds.looks_like, feeds.parse),
    _Format(digitalwires.KIND, digitalwires.looks_like, digitalwires.parse),
    _Format(ap.KIND, ap.looks_like, ap.parse),
    _Format(ninjs.KIND, ninjs.looks_like, ninjs.parse),
    _Format(iptc7901.KIND, iptc7901.looks_like, iptc7901.parse),
    _Format(anpa.KIND, anpa.looks_like, anpa.parse),
    _Format(article.KIND, article.looks_like, article.parse),
    _Format(text.KIND, text.looks_like, text.parse),
)


_XML: Final = tuple(form for form in _FORMATS if form.kind is Kind.XML)
_JSON: Final = tuple(form for form in _FORMATS if form.kind is Kind.JSON)
_TEXT: Final = tuple(form for form in _FORMATS if form.kind is Kind.TEXT)


def read(body: bytes, *, content_type: str | None, received_at: datetime) -> tuple[ReadStory, ...]:
    """Read the stories in a body, by what its bytes are; its content type is a hint.

    `received_at` dates copy that bears no date. Raises Unreadable, which tells why and where,
    or UnknownFormat if neither label nor bytes tell what this is.
    """
    copy = open_copy(body, content_type, received_at)
    for form in _that_may_read(copy):
        if form.looks_like(copy):
            stories = form.parse(_noting_label(copy, form.kind))
            if not stories:
                raise Unreadable("there is no story in it")
            if any(len(each.story.story_id) > _LONGEST_ID for each in stories):
                raise Unreadable(f"an id of more than {_LONGEST_ID} characters")
            return tuple(map(with_headline_in_line, stories))
    raise copy.broken or UnknownFormat("neither the content type nor the bytes tell the format")


def _that_may_read(copy: Copy) -> tuple[_Format, ...]:
    if copy.root is not None:
        return _XML
    return _JSON if copy.document is not None or copy.documents else _TEXT


def _noting_label(copy: Copy, found: Kind) -> Copy:
    if copy.label.kind is Kind.UNSAID or copy.label.kind is found:
        return copy
    note = f"labelled {copy.label.media}, read as {found.value} for its bytes"
    return copy._replace(repairs=(*copy.repairs, note))
