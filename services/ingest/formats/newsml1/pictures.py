"""Finds the pictures in a news item, each with its caption, credit and widest file."""

from collections.abc import Iterator, Sequence
from typing import Final

from services.ingest.formats.newsml1.content import line_in
from services.ingest.formats.newsml1.elements import child, children, line_of, within
from services.ingest.formats.newsml1.tree import Node
from services.ingest.formats.xml_document import Element
from shared.story import Picture

_SMALL: Final = frozenset(("thumbnail", "quicklook", "preview", "icon"))
_NO_PICTURES: Final = frozenset(("logo", "icon"))
_WIDTHS: Final = frozenset(("width", "pixelwidth", "imagewidth"))


def pictures_in(root: Node) -> tuple[Picture, ...]:
    """Find the pictures; those parts that are renditions of one picture make one."""
    return tuple(dict.fromkeys(_pictures(root, ())))


def _pictures(node: Node, above: tuple[Element, ...]) -> Iterator[Picture]:
    if not node.has_picture or node.role in _NO_PICTURES:
        return
    parts = [part for part in node.parts if part.has_picture]
    if node.has_body or sum(map(_is_whole, parts)) > 1:
        if node.pictures:
            yield _picture(Node(node.component, node.role, pictures=node.pictures), above)
        for part in parts:
            yield from _pictures(part, (*above, node.component))
    else:
        yield _picture(node, above)


def _is_whole(node: Node) -> bool:
    """Whether a part is a picture in its own right: it has a caption or a headline of its own."""
    has_line = any(line_of(found) for found in within((node.component,), "NewsLines", "HeadLine"))
    return has_line or next(node.captions(), None) is not None


def _picture(node: Node, above: Sequence[Element]) -> Picture:
    inner = tuple(each.component for each in node.walk())
    caption = next((text for each in node.captions() if (text := line_in(each.texts[0]))), None)
    return Picture(
        caption=caption or _line(inner, "HeadLine"),
        credit=_credit(inner) or _line(above, "CreditLine"),
        href=_widest(node),
    )


def _credit(components: Sequence[Element]) -> str | None:
    lines = (_line(components, name) for name in ("CreditLine", "ByLine", "CopyrightLine"))
    return next(filter(None, lines), None)


def _line(components: Sequence[Element], name: str) -> str | None:
    found = (line_of(line) for line in within(components, "NewsLines", name))
    return next(filter(None, found), None)


def _widest(node: Node) -> str | None:
    best: tuple[bool, int] | None = None
    href: str | None = None
    for each in node.walk():
        for item in each.pictures:
            size = each.role not in _SMALL, _width(item)
            if item.get("Href") and (best is None or size > best):
                best, href = size, item.get("Href")
    return href


def _width(item: Element) -> int:
    for found in children(child(item, "Characteristics"), "Property"):
        value = (found.get("Value") or "").strip()
        if (
            (found.get("FormalName") or "").lower() in _WIDTHS
            and value.isascii()
            and value.isdigit()
        ):
            return int(value[:9])
    return 0
