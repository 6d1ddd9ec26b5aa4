"""Reads ninjs 1.x, 2.x and 3.x (IPTC) and what agencies made of it: one story, or a list of them."""

from services.ingest.formats.json_documents import objects_in, read_each
from services.ingest.formats.labels import Kind
from services.ingest.formats.ninjs.story import read_story
from services.ingest.formats.reading import ReadStory
from services.ingest.formats.wire_copy import Copy

__all__ = ["KIND", "looks_like", "parse"]

KIND = Kind.JSON
_ENVELOPES = ("_items", "items", "item", "hits", "data", "search")


def looks_like(copy: Copy) -> bool:
    """Claim any JSON objects, as long as no other JSON format claims them first."""
    return copy.document is not None or bool(copy.documents)


def parse(copy: Copy) -> tuple[ReadStory, ...]:
    """Read the ninjs documents in a body. Raises Unreadable with a JSON pointer."""
    return read_each(objects_in(copy, _ENVELOPES), lambda document: read_story(document, copy))
