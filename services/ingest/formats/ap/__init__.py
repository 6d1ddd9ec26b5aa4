"""Reads the JSON items of AP's Media API: an item, or what a feed or a search answers with."""

from typing import cast

from services.ingest.formats.ap.item import is_text, read_item
from services.ingest.formats.json_documents import JsonObject, objects_in, read_each
from services.ingest.formats.labels import Kind
from services.ingest.formats.reading import ReadStory
from services.ingest.formats.wire_copy import Copy

__all__ = ["KIND", "looks_like", "parse"]

KIND = Kind.JSON
_ENVELOPES = ("data", "items", "item")


def looks_like(copy: Copy) -> bool:
    """Recognise AP's own ids: its items look like ninjs otherwise."""
    return any(_is_item(document) for _, document in objects_in(copy, _ENVELOPES))


def parse(copy: Copy) -> tuple[ReadStory, ...]:
    """Read every item that is text, or all if none is. Raises Unreadable with a JSON pointer."""
    body = _body_beside(copy)
    return read_each(
        objects_in(copy, _ENVELOPES), lambda one: read_item(_with_body(one, body), copy), is_text
    )


def _body_beside(copy: Copy) -> str | None:
    """Find the text that some clients put beside the item which only links to it."""
    text: object = (copy.document or {}).get("nitf")
    if isinstance(text, dict):
        text = cast("JsonObject", text).get("body_html")
    return text if isinstance(text, str) else None


def _with_body(document: JsonObject, body: str | None) -> JsonObject:
    return {"body_html": body, **document} if body else document


def _is_item(document: JsonObject) -> bool:
    if "$standard" in document or "standard" in document:  # ninjs, which has `altids` too
        return False
    ids = document.get("altids")
    return isinstance(ids, dict) and "itemid" in ids
