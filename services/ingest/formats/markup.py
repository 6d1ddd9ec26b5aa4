"""Reads the text of marked-up bodies for all formats: NITF, XHTML, and what agencies made of them."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from services.ingest.formats.framed_notes import framed_note
from services.ingest.formats.paragraphs import paragraphs
from services.ingest.formats.reading import Unreadable
from services.ingest.formats.xhtml import plain_paragraphs
from services.ingest.formats.xml_document import Element, open_xml
from services.ingest.formats.xml_elements import local_name

# Blocks of NITF, of XHTML, and of TT's own NITF (`application/ttnitf+xml`).
_BLOCK_WORDS: Final = (
    "p hl1 hl2 hedline block bq lede lead body.content body.head body.end dl dt dd hr fn "
    "nitf-table address article aside blockquote body caption center div h1 h2 h3 h4 h5 h6 html main section "
    "ingress brodtext citat mellis rubrik text ruta br2"
)
_BLOCKS: Final = frozenset(_BLOCK_WORDS.split())
# No copy: captions belong to their pictures; headers repeat headline and subjects; notes are for editors.
_SILENT_WORDS: Final = (
    "media figure picture img svg video audio object map head script style noscript template nav "
    "header footer note byline dateline distributor copyrite abstract tobject key-list classifier datasource "
    "nitf-table-metadata custom-table series rights bild dat notepad"
)
_SILENT: Final = frozenset(_SILENT_WORDS.split())
_SILENT_CLASSES: Final = frozenset(
    (
        *("notepad", "np-public", "np-nonpublic", "np-constraint", "nonpublic", "closingline"),
        *("external-links", "byline", "bylines", "dat"),
    )
)
_ROW_GROUPS: Final = frozenset(("thead", "tbody", "tfoot"))
# Each list or table within another is read into lines again: deeper ones are running text.
_MOST_LEVELS: Final = 6
_MARKS: Final = ("- ", "– ", "• ", "* ")
_TAG: Final = re.compile(r"</?[a-zA-Z][\w:.-]{0,40}(?:\s[^<>]*+)?/?>")
_BLOCK_TAG: Final = re.compile(r"<(?:p|br|div)\b[^<>]{0,200}>", re.IGNORECASE)
_TWICE_ESCAPED: Final = re.compile(r"&(?:#\d{1,6}|#x[\da-fA-F]{1,5}|amp|quot|apos|nbsp|lt|gt);")
_MID_SENTENCE: Final = re.compile(r"(?<![.:!?])\n")
_BREAK: Final = "\v"  # cannot occur otherwise: control characters were taken out before
_RULE_SIGNS: Final = frozenset("-_=*")
_END_MARKS: Final = frozenset(
    ("ends", "end", "###", "# # #", "-30-", "-end-", "--end--", "mf", "___")
)
TWICE_ESCAPED: Final = "text escaped twice read as text"
END_MARK: Final = "mark of the end left out"


def body_paragraphs(body: Element, notes: list[str]) -> tuple[str, ...]:
    """Read the paragraphs of a body; a list or a table is one, its items and rows are lines."""
    if escaped := _escaped_markup(body):
        return text_paragraphs(escaped, notes)
    reader = _Reader()
    reader.read(body)
    blocks = [block for part in reader.parts() for block in _blocks(part)]
    return _tidied(blocks, notes)


def text_paragraphs(text: str, notes: list[str]) -> tuple[str, ...]:
    """Read the paragraphs of text that may hold escaped markup."""
    if not _TAG.search(text):
        return _tidied(paragraphs(_once(text, notes)), notes)
    try:
        root, _ = open_xml(f"<div>{text}</div>")
    except Unreadable:
        return _tidied(plain_paragraphs(text), notes)
    return body_paragraphs(root, notes)


def _escaped_markup(body: Element) -> str | None:
    """Give markup that stands in CDATA where elements belong; blocks may lie around it."""
    while len(body) == 1 and local_name(body[0]) in _BLOCKS and not (body.text or "").strip():
        body = body[0]
    return body.text if not len(body) and body.text and _BLOCK_TAG.search(body.text) else None


class _Reader:
    """Walks a body once. A part is a string of running text, or a tuple of ready lines."""

    __slots__ = ("_level", "_parts", "_pieces")

    def __init__(self, level: int = 0) -> None:
        self._level = level
        self._parts: list[str | tuple[str, ...]] = []
        self._pieces: list[str] = []

    def parts(self) -> list[str | tuple[str, ...]]:
        self._close()
        return self._parts

    def read(self, element: Element) -> None:
        """Read what is within an element. Its depth is bounded by the XML reader."""
        if text := element.text:
            self._pieces.append(text)
        for child in element[:]:
            self._child(child)
            if tail := child.tail:
                self._pieces.append(tail)

    def _child(self, child: Element) -> None:
        name = local_name(child)
        if name == "br":
            self._pieces.append(_BREAK)
        elif name in _SILENT or _is_silent(child):
            self._close_after(name)
        elif name in _READY and self._level < _MOST_LEVELS:
            self._close()
            self._parts += _READY[name](child, self._level + 1)
        elif name in _BLOCKS or name in _READY:
            self._close()
            self.read(child)
            self._close()
        else:
            self._inline(child, name)

    def _inline(self, child: Element, name: str) -> None:
        if name == "frac-den" and self._pieces:
            self._pieces.append("/")
        self.read(child)
        # AP's copy as dpa passes it on has nothing between the dateline and the text.
        if child.get("class") == "dateline" and (child.tail or "x")[0].isalnum():
            last = "".join(self._pieces[-2:])
            self._pieces.append("" if last[-1:].isspace() else " - ")

    def _close_after(self, name: str) -> None:
        if name != "img":
            self._close()

    def _close(self) -> None:
        if self._pieces:
            part = "".join(self._pieces)
            self._pieces = []
            if not part.isspace():
                self._parts.append(part)


def _is_silent(element: Element) -> bool:
    marks = (element.get("class") or element.get("style")) if element.keys() else None
    return marks is not None and not _SILENT_CLASSES.isdisjoint(marks.lower().split())


def _list(element: Element, level: int) -> list[tuple[str, ...]]:
    numbered = local_name(element) == "ol"
    lines: list[str] = []
    for item in element:
        if text := _line_of(item, level):
            mark = f"{len(lines) + 1}." if numbered else "-"
            lines.append(text if text.startswith(_MARKS) else f"{mark} {text}")
    return [tuple(lines)]


def _table(element: Element, level: int) -> list[tuple[str, ...]]:
    lines = (
        " | ".join(filter(None, (_line_of(cell, level) for cell in row))) for row in _rows(element)
    )
    return [tuple(line for line in lines if line)]


def _rows(table: Element) -> Iterator[Element]:
    """Give the table's own rows; a table within a cell is read as its text, once."""
    for child in table:
        if local_name(child) == "tr":
            yield child
        elif local_name(child) in _ROW_GROUPS:
            yield from child


def _pre(element: Element, _level: int) -> list[tuple[str, ...]]:
    text = "".join(str(text) for text in element.itertext())
    return [(paragraph,) for paragraph in paragraphs(text)] if framed_note(text) is None else []


_READY: Final = {"ul": _list, "ol": _list, "table": _table, "pre": _pre}


def _line_of(element: Element, level: int) -> str:
    reader = _Reader(level)
    reader.read(element)
    flat = (part if isinstance(part, str) else " ".join(part) for part in reader.parts())
    return " ".join(" ".join(flat).replace(_BREAK, " ").split())


def _blocks(part: str | tuple[str, ...]) -> list[str]:
    if isinstance(part, tuple):
        return ["\n".join(part)] if any(part) else []
    if "\n" not in part and _BREAK not in part:
        return [" ".join(part.split())]
    blocks = _typed(part)
    cleaned = (
        "\n".join(" ".join(line.split()) for line in block.split(_BREAK)) for block in blocks
    )
    return [text for block in cleaned if (text := block.strip())]


def _typed(part: str) -> list[str]:
    """Part text that was typed into one element at its blank lines and indented lines.

    Reuters and ANSA send so. Text that is indented throughout was laid out by a machine.
    """
    lines = part.strip("\n").rstrip().split("\n")
    following = [line for line in lines[1:] if line.strip()]
    was_typed = any(not line[0].isspace() for line in following)
    blocks: list[list[str]] = [[]]
    for line in lines:
        if not line.strip() or (was_typed and line[0].isspace()):
            blocks.append([])
        blocks[-1].append(line)
    return [" ".join(block) for block in blocks]


def _tidied(blocks: list[str] | tuple[str, ...], notes: list[str]) -> tuple[str, ...]:
    if any("\n" in block for block in blocks):
        blocks = _unwrapped(blocks)
    blocks = [_once(block, notes) for block in blocks]
    if blocks and (blocks[-1].strip("( )").lower() in _END_MARKS or _is_rule(blocks[-1])):
        notes.append(END_MARK)
        blocks.pop()
    return tuple(blocks)


def _is_rule(block: str) -> bool:
    return len(block) > 2 and _RULE_SIGNS.issuperset(block)  # noqa: PLR2004 - a dash alone may be copy


def _unwrapped(blocks: list[str] | tuple[str, ...]) -> list[str]:
    """Join lines that were broken by width, as AAP's `<br />` are; its first lines are indented."""
    # One more, since a paragraph alone would be parted at its lines.
    joined = paragraphs("\n\n".join((*blocks, "-")))[:-1]
    if len(joined) != len(blocks):
        return list(blocks)
    pairs = zip(blocks, joined, strict=True)
    return [new if new == old else _MID_SENTENCE.sub(" ", new) for old, new in pairs]


def _once(text: str, notes: list[str]) -> str:
    if "&" not in text or not _TWICE_ESCAPED.search(text):
        return text
    if TWICE_ESCAPED not in notes:
        notes.append(TWICE_ESCAPED)
    return unescape(text)
