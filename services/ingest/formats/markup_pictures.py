"""Finds the pictures within a body: NITF's media, HTML's figures, TT's own."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from services.ingest.formats.xml_document import Element
from services.ingest.formats.xml_elements import Node, local_name
from shared.story import Picture

HOLDERS: Final = frozenset(("media", "figure", "bild"))
_MOST_PICTURES: Final = 500
_MOST_LEVELS: Final = 4  # galleries hold figures, but each level is searched again
_NO_PICTURE: Final = frozenset(("text", "audio", "video", "data"))


def pictures_in(body: Element) -> tuple[Picture, ...]:
    """Find the pictures that lie in a body, each once."""
    holders = (element for element in body.iter() if local_name(element) in HOLDERS)
    found = list(islice(holders, _MOST_PICTURES))
    kinds = {str(element.tag) for element in found}
    pictures = (
        picture
        for element in found
        if len(list(element.iterancestors(*kinds))) < _MOST_LEVELS
        for picture in _pictures(Node(element))
    )
    return tuple(dict.fromkeys(pictures))


def _pictures(holder: Node) -> Iterator[Picture]:
    if (holder.get("media-type") or "image").lower() in _NO_PICTURE:
        return
    caption = holder.line("media-caption") or holder.line("figcaption") or holder.line("bildtext")
    credit = holder.line("media-producer") or holder.line("bildskapare")
    picture = Picture(caption=caption, credit=credit, href=_href(holder))
    if picture != Picture():
        yield picture


def _href(holder: Node) -> str | None:
    references = list(holder.all("media-reference"))
    if references:
        return max(references, key=_width).get("source")
    images = (
        (Node(e) for e in holder.element.iter() if local_name(e) == "img")
        if holder.element is not None
        else ()
    )
    return next((src for image in images if (src := image.get("src"))), None) or holder.line(
        "bildfil"
    )


def _width(reference: Node) -> int:
    width = reference.get("width") or ""
    return int(width) if width.isascii() and width.isdigit() and len(width) < 7 else 0  # noqa: PLR2004 - pixels
