"""Turns the tables of HTML bodies into lines, one a row, so that readers can read them."""

import html
import re
from collections.abc import Callable, Iterator
from typing import Final

_ROW: Final = re.compile(r"<tr\b[^<>]{0,300}>", re.IGNORECASE)
_CELL: Final = re.compile(r"<t[dh]\b[^<>]{0,300}>", re.IGNORECASE)
_CAPTIONED: Final = re.compile(r"<figure\b[^<>]{0,200}\btable\b[^<>]{0,200}>", re.IGNORECASE)


def with_tables_as_lines(markup: str, line_of: Callable[[str], str]) -> str:
    """Replace each table by a paragraph of lines, cells parted by ` | `; `line_of` reads a cell."""
    # A table within a figure is text, unlike a picture.
    return "".join(_parts(_CAPTIONED.sub("", markup), line_of))


def _parts(markup: str, line_of: Callable[[str], str]) -> Iterator[str]:
    folded = markup.lower() if markup.isascii() else _folded(markup)
    at = 0
    while (start := folded.find("<table", at)) >= 0:
        end = folded.find("</table", start)
        if end < 0:
            break
        yield markup[at:start]
        yield _lines(markup[start:end], line_of)
        at = end
    yield markup[at:]


def _folded(markup: str) -> str:
    # Not str.lower: it makes some letters longer, and offsets must stay.
    return re.sub(r"<(/?)TABLE", r"<\1table", markup, flags=re.IGNORECASE)


def _lines(table: str, line_of: Callable[[str], str]) -> str:
    rows = (
        " | ".join(text for cell in _CELL.split(row)[1:] if (text := line_of(cell)))
        for row in _ROW.split(table)[1:]
    )
    return f"<p>{'<br/>'.join(html.escape(row) for row in rows if row)}</p>"
