"""Parts the hard-wrapped text of old wires into paragraphs: by blank lines or indents, lists by line."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from services.ingest.formats.paragraphs import paragraphs

_INDENT: Final = re.compile(r"^(?:[ ]{2,8}|[ ]{0,4}\t[ ]{0,8})(?=[^\s*+•-])", re.MULTILINE)
_ROW: Final = re.compile(r"^[ \t]{2,8}\S[^\n]{0,80}?\S[ ]{2,40}\S", re.MULTILINE)
_ENTRY: Final = re.compile(r"[ ]{0,4}[*•+] ")
_ENTRY_REST: Final = re.compile(r"[ ]{3,8}\S")
_CELL_MARK: Final = " | "
# What draws a table or a quotation, and says nothing: `|---|---|`, `>`.
_LAYOUT: Final = re.compile(r"\|[-|: ]{3,200}\||>")
_NARROWEST: Final = 50
_WIDE: Final = 58
_WIDEST: Final = 90
_FEWEST_INDENTS: Final = 2
_MOST_NOTE_LINES: Final = 4
_FEWEST_BREAKS: Final = 3


def text_blocks(text: str) -> tuple[str, ...]:
    """Part a text into paragraphs; lines that the wire's width broke are joined again."""
    text = with_blank_lines(text)
    rows = (line for line in text.split("\n") if not _LAYOUT.fullmatch(line))
    lines = [_row(line) if line.startswith("|") else line for line in rows]
    width = max((len(line.rstrip()) for line in lines if _is_prose(line)), default=0)
    fits = _NARROWEST <= width <= _WIDEST
    if not (_breaks_softly(lines) or (fits and _is_wrapped(lines, width))):
        return paragraphs("\n".join(lines))
    return tuple("\n".join(_joined(block, width)) for block in _blocks(lines))


def with_blank_lines(text: str) -> str:
    """Where paragraphs are only indented, put a blank line before each; rows of tables stay."""
    indents = len(_INDENT.findall(text))
    if indents < _FEWEST_INDENTS or "\n  * " in text or 2 * len(_ROW.findall(text)) > indents:
        return text
    return _INDENT.sub("\n", text)


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _is_wrapped(lines: Sequence[str], width: int) -> bool:
    breaks = _breaks(lines)
    forced = sum(_is_forced(line, following, width) for line, following in breaks)
    if forced >= _FEWEST_BREAKS:
        return 3 * forced >= len(breaks)
    return 0 < forced == len(breaks) and width >= _WIDE


def _breaks_softly(lines: Sequence[str]) -> bool:
    """Some wires leave a blank where they break a line."""
    breaks = _breaks(lines)
    return 2 * sum(line.endswith(" ") for line, _ in breaks) > len(breaks)


def _breaks(lines: Sequence[str]) -> list[tuple[str, str]]:
    pairs = pairwise(lines)
    return [(a, b) for a, b in pairs if a.strip() and b.strip() and _is_prose(a)]


def _joined(block: Sequence[str], width: int) -> list[str]:
    lines = [block[0].strip()]
    for at, (line, following) in enumerate(pairwise(block), 1):
        if _parts_word(line, following, width):
            lines[-1] += following.strip()
        elif _goes_on(line, following, width) and not _stands_alone(block, at, lines[-1]):
            lines[-1] += f" {following.strip()}"
        else:
            lines.append(following.strip())
    return lines


def _goes_on(line: str, following: str, width: int) -> bool:
    if _ENTRY.match(following) or not _is_prose(line):
        return False
    return bool(
        line.endswith(" ")
        or _is_forced(line, following, width)
        or (_ENTRY.match(line) and _ENTRY_REST.match(following))
        or (following[:1].islower() and 7 * len(line) > 6 * width)
    )


def _is_forced(line: str, following: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(following.strip().partition(" ")[0]) > width


def _stands_alone(block: Sequence[str], at: int, before: str) -> bool:
    """Tell whether a block ends in a note in brackets: where and when, in diaries."""
    is_note = block[at].startswith("(") and len(block) - at <= _MOST_NOTE_LINES
    if not is_note or _ENTRY.match(before):
        return False
    text = " ".join(line.strip() for line in block[at:])
    return text.endswith(")") and text.count("(") == text.count(")") == 1


def _parts_word(line: str, following: str, width: int) -> bool:
    """Tell whether a word is broken that fits no line: an address of the web."""
    word = line.rpartition(" ")[2] + following.strip().partition(" ")[0]
    return len(line) == width and len(word) > width


def _is_prose(line: str) -> bool:
    return " " in line.strip() and _CELL_MARK not in line


def _row(line: str) -> str:
    """Set a row of a table as others have it: `| a    | b |` is `a | b`."""
    cells = (" ".join(cell.split()) for cell in line.strip().strip("|").split("|"))
    return _CELL_MARK.join(cell for cell in cells if cell) or line
