"""Reads NITF 3.x (IPTC), whatever its case and namespace: one story a document."""

from typing import Final

from services.ingest.formats.labels import Kind
from services.ingest.formats.nitf.story import story_of
from services.ingest.formats.reading import ReadStory, Unreadable
from services.ingest.formats.wire_copy import Copy
from services.ingest.formats.xml_elements import Node, local_name

KIND: Final = Kind.XML
_FORMAT: Final = "nitf"


def looks_like(copy: Copy) -> bool:
    """Recognise the root."""
    return copy.root is not None and local_name(copy.root) == _FORMAT


def parse(copy: Copy) -> tuple[ReadStory, ...]:
    """Read one NITF document. Raises Unreadable if it holds no text and calls none back."""
    if copy.root is None:
        raise Unreadable("not XML")
    return (ReadStory(_FORMAT, story_of(Node(copy.root), copy)),)
