"""Reads NewsML 1.0 to 1.2 (IPTC): each text in a message is a story, its pictures go with it."""

from collections.abc import Iterator, Sequence
from typing import Final

from services.ingest.formats.labels import Kind
from services.ingest.formats.newsml1.items import Item, read_envelope, read_item
from services.ingest.formats.newsml1.pictures import pictures_in
from services.ingest.formats.newsml1.pieces import Piece
from services.ingest.formats.newsml1.story import story_of
from services.ingest.formats.reading import ReadStory, Unreadable, bounded
from services.ingest.formats.wire_copy import Copy
from shared.story import Picture, Story

KIND: Final = Kind.XML
_FORMAT: Final = "newsml-1.2"
_ROOTS: Final = frozenset(("NewsML", "NEWSML", "newsml", "NewsItem"))


def looks_like(copy: Copy) -> bool:
    """Recognise a NewsML root; in NewsML-G2 the names begin with a small letter."""
    return copy.root is not None and str(copy.root.tag).rpartition("}")[2] in _ROOTS


def parse(copy: Copy) -> tuple[ReadStory, ...]:
    """Read the stories in a message. Raises Unreadable if it holds none."""
    root = copy.root
    if root is None:
        raise Unreadable("not XML")
    envelope = read_envelope(root)
    elements = root.iter("{*}NewsItem")  # a package holds others within its components
    items = [
        read_item(each, envelope, copy.received_at, copy.repairs) for each in bounded(elements)
    ]
    stories = list(_stories(items))
    if not stories:
        raise Unreadable(_why_none(items))
    return tuple(ReadStory(_FORMAT, story, envelope.delivery_id) for story in stories)


def _stories(items: Sequence[Item]) -> Iterator[Story]:
    """Tell the stories; pictures and films are stories only where the message holds no text."""
    texts = [item for item in items if item.is_story]
    others = [item for item in items if item.root is not None and not item.is_story]
    for item in texts or [item for item in others if item.has_media]:
        beside = tuple(picture for other in others if len(texts) == 1 for picture in other.pictures)
        pieces = item.pieces
        for number, (piece, own) in enumerate(zip(pieces, _shared_out(item, pieces), strict=True)):
            yield story_of(item, piece, number, own if number else (*own, *beside))


def _shared_out(item: Item, pieces: Sequence[Piece]) -> list[tuple[Picture, ...]]:
    """Share out the pictures of an item: each to the story it lies in, the others to the first."""
    if len(pieces) == 1:
        return [item.pictures]
    own = [pictures_in(piece.node) for piece in pieces[1:]]
    foreign = dict.fromkeys(picture for pictures in own for picture in pictures)
    return [tuple(picture for picture in item.pictures if picture not in foreign), *own]


def _why_none(items: Sequence[Item]) -> str:
    if any(item.only_changes for item in items):
        return "the message only changes a revision sent before, the whole of it is needed"
    return "the message holds no story"
