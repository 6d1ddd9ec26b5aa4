"""Reads feeds, Atom and RSS: each entry is a story, with an id and no version (wire-rules 2.4)."""

from typing import Final

from services.ingest.formats.feeds import atom, rss
from services.ingest.formats.feeds.names import name_of
from services.ingest.formats.labels import Kind
from services.ingest.formats.reading import ReadStory, Unreadable, bounded
from services.ingest.formats.wire_copy import Copy

KIND: Final = Kind.XML
_ATOM: Final = frozenset(("feed", "entry", "at:deleted-entry"))
_RSS: Final = frozenset(("rss", "RDF", "channel", "item"))


def looks_like(copy: Copy) -> bool:
    """Recognise the roots of Atom, of RSS, and of RDF with items in it."""
    return copy.root is not None and name_of(copy.root) in _ATOM | _RSS


def parse(copy: Copy) -> tuple[ReadStory, ...]:
    """Read the stories in a feed. Raises Unreadable if it holds none."""
    root = copy.root
    if root is None:
        raise Unreadable("not XML")
    is_atom = name_of(root) in _ATOM
    stories = (atom if is_atom else rss).stories_in(root, copy.received_at, copy.repairs)
    found = tuple(ReadStory("atom" if is_atom else "rss", story) for story in bounded(stories))
    if not found:
        raise Unreadable("the feed holds no story")
    return found
