"""Chooses the text of an item among its renditions, and reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from services.ingest.formats.bylines import byline_in
from services.ingest.formats.framed_notes import framed_note
from services.ingest.formats.markup import body_paragraphs, text_paragraphs
from services.ingest.formats.markup_pictures import pictures_in
from services.ingest.formats.xml_document import Element
from services.ingest.formats.xml_elements import Node, local_name
from shared.story import Picture

_BODIES: Final = ("body.content", "body")
_NO_TEXT: Final = ("json", "csv", "image/", "video/", "audio/", "sports", "svg")


@dataclass(frozen=True, slots=True)
class Content:
    """The text of an item; `titles`, `byline` and `framed` notes are what the markup says beside it."""

    body: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    byline: str | None = None
    dateline: str | None = None
    pictures: tuple[Picture, ...] = ()
    framed: tuple[str, ...] = ()


def read_content(item: Node, notes: list[str]) -> Content:
    """Read the rendition that keeps the paragraphs best, of those that hold a text."""
    content = item.child("contentset")
    renditions = sorted(content.all("inlinexml", "inlinedata"), key=_rank)
    first = Content()
    for rendition in renditions:
        own: list[str] = []
        read = _read(rendition, own)
        if read.body:
            notes += own
            return read
        first = first if first.titles else read
    return first


def _rank(rendition: Node) -> int:
    kind = (rendition.get("contenttype") or "").lower()
    if any(word in kind for word in _NO_TEXT):
        return 4
    if rendition.element is not None and len(rendition.element):
        return 0 if _root_name(rendition.element) in {"nitf", "html"} else 2
    return 3 if "xml" in kind else 1


def _read(rendition: Node, notes: list[str]) -> Content:
    element = rendition.element
    if element is None:
        return Content()
    if not len(element):
        return Content(text_paragraphs(element.text or "", notes))
    head = next(_named(element, "body.head", "header"), None)
    body = next(_named(element, *_BODIES), None)
    titles = [Node(e).line() for e in _named(element, "hl1", "rubrik", "h1", "title")]
    head_node = Node(head)
    return Content(
        body_paragraphs(element if body is None else body, notes),
        tuple(title for title in titles if title),
        _byline(element),
        head_node.line("dateline"),
        pictures_in(element),
        tuple(note for e in element.iter("{*}pre") if (note := framed_note(Node(e).text()))),
    )


def _named(element: Element, *names: str) -> Iterator[Element]:
    """Give the elements of these names, those of the first name first."""
    found: dict[str, list[Element]] = {name: [] for name in names}
    for child in element.iter():
        name = local_name(child)
        if name in found:
            found[name].append(child)
    for elements in found.values():
        yield from elements


def _byline(element: Element) -> str | None:
    return next((line for e in _named(element, "byline") if (line := byline_in(Node(e)))), None)


def _root_name(element: Element) -> str:
    return local_name(element[0])
