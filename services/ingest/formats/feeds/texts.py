"""Reads the texts of feeds: plain, escaped HTML, XHTML, or NITF within."""

import re
from typing import Final

from services.ingest.formats.markup import body_paragraphs, text_paragraphs
from services.ingest.formats.xhtml import plain_line
from services.ingest.formats.xml_document import Element

_MARKUP: Final = re.compile(r"</?[a-z][a-z0-9]{0,9}(?:\s[^<>]*+)?/?>|&#?\w{2,8};", re.IGNORECASE)


def paragraphs_of(element: Element | None, notes: list[str]) -> tuple[str, ...]:
    """Read a body or a summary, by what it holds rather than by the type it names."""
    if element is None:
        return ()
    if not len(element):
        return text_paragraphs(element.text or "", notes)
    body = next(element.iter("{*}body.content"), None)
    if body is None:
        body = next(element.iter("{*}body"), element)
    return body_paragraphs(body, notes)


def title_line(element: Element | None) -> str | None:
    """Read a title in one line; many feeds escape its entities twice."""
    if element is None:
        return None
    text = "".join(element.itertext())
    if (element.get("type") or "").lower() != "text" and _MARKUP.search(text):
        text = plain_line(text)
    return " ".join(text.split()) or None
