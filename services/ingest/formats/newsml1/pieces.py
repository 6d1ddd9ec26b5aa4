"""Finds the stories in a news item: a package may hold several, in several languages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from services.ingest.formats.markup_pictures import pictures_in
from services.ingest.formats.newsml1.content import content_rank, inner_line, line_in, paragraphs_of
from services.ingest.formats.newsml1.elements import line_of, within
from services.ingest.formats.newsml1.metadata import language_of
from services.ingest.formats.newsml1.tree import Node
from services.ingest.formats.reading import Unreadable
from services.ingest.formats.xml_document import Element
from shared.story import Picture

_SIDE_ROLES: Final = frozenset(
    ("supporting", "supplementary", "complementary", "sidebar", "background", "related")
)


_MOST_STORIES: Final = 30


@dataclass(frozen=True, slots=True)
class Piece:
    """One story within an item: the components it lies in, the outermost first, and its node."""

    chain: tuple[Element, ...]
    node: Node

    @property
    def components(self) -> tuple[Element, ...]:
        """All components that say something of this story, the outermost first."""
        body = next(self.node.bodies(), self.node)
        return (*self.chain, *_path(self.node, body))


def pieces_in(root: Node) -> tuple[Piece, ...]:
    """Find the stories: parts with headlines of their own are stories of their own.

    Raises Unreadable where there are more than any agency packs together.
    """
    pieces = tuple(_split((), root)) if root.has_body else (Piece((), root),)
    if len(pieces) > _MOST_STORIES:
        raise Unreadable(f"more than {_MOST_STORIES} stories in one NewsItem")
    return pieces


def body_of(piece: Piece, notes: list[str]) -> tuple[str, ...]:
    """Read the paragraphs: of several renditions the best, of several parts all in their order."""
    nodes = list(piece.node.bodies())
    mains = [node for node in nodes if node.role not in _SIDE_ROLES]
    if mains and len(mains) < len(nodes):
        notes.append("supporting texts left out")
    texts = [paragraphs_of(min(n.texts, key=content_rank), notes) for n in mains or nodes]
    if len(texts) > 1:
        texts = list({"".join("".join(text).split()): text for text in texts}.values())
    return tuple(paragraph for text in texts for paragraph in text)


def stand_in_of(piece: Piece, notes: list[str]) -> tuple[str, ...]:
    """Read what may stand in for a missing body: the abstract, else the caption, and note it."""
    for name, nodes in (("abstract", piece.node.abstracts()), ("caption", piece.node.captions())):
        for node in nodes:
            if paragraphs := paragraphs_of(node.texts[0], notes):
                notes.append(f"no body: the {name} stands in")
                return paragraphs
    return ()


def headline_of(piece: Piece) -> str | None:
    """Choose the headline: of the lines nearest to the text, else of a text that is a headline."""
    for path in (("NewsLines", "HeadLine"), ("NewsLines", "NewsLine", "HeadLine")):
        for found in within(piece.components, *path):
            if line := line_of(found):
                return line
    for node in piece.node.titles():
        if line := line_in(node.texts[0]):
            return line
    return inner_line_of(piece, "hl1", "hedline")


def inner_line_of(piece: Piece, *names: str) -> str | None:
    """Give a line that the NITF of a story has of its own."""
    texts = (text for node in piece.node.bodies() for text in node.texts)
    return next(filter(None, (inner_line(text, *names) for text in texts)), None)


def inner_pictures_of(piece: Piece) -> tuple[Picture, ...]:
    """Give the pictures that lie within the text itself, in NITF or XHTML."""
    texts = (text for node in piece.node.bodies() for text in node.texts)
    return tuple(picture for text in texts for picture in pictures_in(text))


def _split(chain: tuple[Element, ...], node: Node) -> Iterable[Piece]:
    parts = [part for part in node.parts if part.has_body]
    below = (*chain, node.component)
    split = [tuple(_split(below, part)) for part in parts]
    if len(parts) > 1 and not node.texts:
        pieces = [piece for found in split for piece in found]
        if node.holds_alternatives or len(pieces) > len(parts) or all(map(_is_headed, parts)):
            return _without_renditions(pieces)
    elif len(split) == 1 and len(split[0]) > 1:
        return split[0]
    return (Piece(chain, node),)


def _is_headed(node: Node) -> bool:
    has_line = any(
        line_of(found)
        for each in node.walk()
        for found in within((each.component,), "NewsLines", "HeadLine")
    )
    return has_line or next(node.titles(), None) is not None


def _without_renditions(pieces: Sequence[Piece]) -> Iterable[Piece]:
    """Keep one of several that are the same story in the same language, the best rendition."""
    kept: dict[tuple[str | None, str | None], Piece] = {}
    for piece in pieces:
        key = language_of(piece.components), headline_of(piece)
        standing = kept.get(key)
        if standing is None or _rank(piece) < _rank(standing):
            kept[key] = piece
    return kept.values()


def _rank(piece: Piece) -> int:
    return min(
        (content_rank(text) for node in piece.node.bodies() for text in node.texts), default=0
    )


def _path(node: Node, goal: Node) -> tuple[Element, ...]:
    if node is goal:
        return (node.component,)
    for part in node.parts:
        if below := _path(part, goal):
            return (node.component, *below)
    return ()
