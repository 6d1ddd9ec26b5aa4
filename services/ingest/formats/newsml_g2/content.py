"""Chooses the text of an item among its renditions, and reads it."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from services.ingest.formats.bylines import byline_in
from services.ingest.formats.framed_notes import framed_note
from services.ingest.formats.markup import body_paragraphs, text_paragraphs
from services.ingest.formats.markup_pictures import HOLDERS, pictures_in
from services.ingest.formats.xml_document import Element
from services.ingest.formats.xml_elements import Node, local_name
from shared.story import Picture

_BODIES: Final = ("body.content", "body")
_TITLES: Final = ("hl1", "rubrik", "h1", "title")
_NO_TEXT: Final = ("json", "csv", "image/", "video/", "audio/", "sports", "svg")


class Content(NamedTuple):
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
    by_name = _by_name(element)
    head = next(iter(_named(by_name, "body.head", "header")), None)
    body = next(iter(_named(by_name, *_BODIES)), element)
    titles = [Node(title).line() for title in _named(by_name, *_TITLES)]
    bylines = (byline_in(Node(byline)) for byline in _named(by_name, "byline"))
    return Content(
        body_paragraphs(body, notes),
        tuple(filter(None, titles)),
        next(filter(None, bylines), None),
        Node(head).line("dateline"),
        () if HOLDERS.isdisjoint(by_name) else pictures_in(element),
        tuple(note for e in _named(by_name, "pre") if (note := framed_note(Node(e).text()))),
    )


def _by_name(element: Element) -> Mapping[str, Sequence[Element]]:
    """Sort an element and all within it by their names, in one walk."""
    found: dict[str, list[Element]] = {}
    for each in element.iter():
        found.setdefault(local_name(each), []).append(each)
    return found


def _named(by_name: Mapping[str, Sequence[Element]], *names: str) -> Sequence[Element]:
    """Give the elements of these names, those of the first name first."""
    return [element for name in names for element in by_name.get(name, ())]


def _root_name(element: Element) -> str:
    return local_name(element[0])
