"""Reads the JSON items of AP's Media API: an item, or what a feed or a search answers with."""

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
    return read_each(objects_in(copy, _ENVELOPES), lambda one: read_item(one, copy), is_text)


def _is_item(document: JsonObject) -> bool:
    ids = document.get("altids")
    return isinstance(ids, dict) and "itemid" in ids
