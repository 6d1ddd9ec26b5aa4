"""Reads the paragraphs of a ContentItem: NITF, XHTML, escaped HTML in CDATA, or plain text."""

import base64
from binascii import Error as NotBase64
from typing import Final

from services.ingest.formats.markup import body_paragraphs, text_paragraphs
from services.ingest.formats.newsml1.elements import child, formal_name, line_of
from services.ingest.formats.xml_document import Element

_RANKS: Final = (("nitf",), ("html",), ("xml",), ("plain", "text", "ascii"))


def holds_text(item: Element) -> bool:
    """Tell whether a ContentItem has any text within it."""
    content = _data(item)
    return content is not None and any(text.strip() for text in content.itertext())


def content_rank(item: Element) -> int:
    """Rank the renditions of one text: what keeps its paragraphs best comes first."""
    said = [formal_name(child(item, name)) or "" for name in ("Format", "MimeType")]
    content = _data(item)
    if content is not None and len(content):
        said.append("nitf" if child(content, "nitf") is not None else "html")
    words = " ".join(said).lower()
    return next(
        (at for at, names in enumerate(_RANKS) if any(n in words for n in names)), len(_RANKS)
    )


def paragraphs_of(item: Element, notes: list[str]) -> tuple[str, ...]:
    """Read the paragraphs of a ContentItem that holds text."""
    content = _data(item)
    if content is None:
        return ()
    if not len(content):
        return text_paragraphs(_decoded(item, content), notes)
    body = next(content.iter("{*}body.content"), None)
    if body is None:
        body = next(content.iter("{*}body"), content)
    return body_paragraphs(body, notes)


def line_in(item: Element) -> str:
    """Read a text that is but a line: a headline, a caption."""
    return " ".join(" ".join(paragraphs_of(item, [])).split())


def inner_line(item: Element, *names: str) -> str | None:
    """Give a line that NITF within a ContentItem has of its own: `hl1`, `byline`."""
    content = _data(item)
    if content is None or not len(content):
        return None
    found = (line_of(each) for name in names for each in content.iter(f"{{*}}{name}"))
    return next(filter(None, found), None)


def _data(item: Element) -> Element | None:
    found = child(item, "DataContent")
    return found if found is not None else child(item, "Encoding", "DataContent")


def _decoded(item: Element, content: Element) -> str:
    text = content.text or ""
    encoding = child(item, "Encoding")
    if encoding is None or "64" not in (encoding.get("Notation") or ""):
        return text
    try:
        return base64.b64decode(text, validate=False).decode("utf-8", errors="replace")
    except (NotBase64, ValueError):
        return text
