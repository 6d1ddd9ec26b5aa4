"""Parts text into paragraphs, and finds a sentence where a headline is missing."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

_NARROWEST: Final = 45
_WIDEST: Final = 100
_FEWEST_BREAKS: Final = 3
_LONGEST_HEADLINE: Final = 200

_SENTENCE_END: Final = re.compile(r"[.!?…][\"“”»«’']?(?=\s+[\"„“»«‚'(]?[A-ZÄÖÜÉ0-9]|\s*$)")
_NO_END: Final = re.compile(
    r"(?:\d|\b[A-Za-zÄÖÜäöü]|\b(?:Dr|Prof|St|Nr|Mio|Mrd|Abs|Art|bzw|ca|etc|evtl|ggf|vgl|usw|sog|Mr|Mrs"
    r"|Ms|No|vs|Jan|Feb|Aug|Sept|Okt|Nov|Dez))\.$"
)


def paragraphs(text: str) -> tuple[str, ...]:
    """Part text into its paragraphs, each as written, blank at neither end.

    Blank lines part paragraphs; without any, each line is one. Hard-wrapped copy is joined
    again: its lines have a common width (45 to 100 characters) and break because the next word
    would not have fitted, at three breaks or more and two thirds of all; or at fewer, if all do
    and one of them parts a sentence before a word in lower case.
    """
    lines = [line.strip() for line in text.splitlines()]
    if not any(map(_both, lines, lines[1:])):
        return tuple(filter(None, lines))
    blocks = list(_blocks(lines))
    width = max((len(line) for line in lines if " " in line), default=0)
    if _is_wrapped(blocks, width):
        blocks = [_joined(block, width) for block in blocks]
    if len(blocks) == 1:
        return tuple(blocks[0])
    return tuple("\n".join(block) for block in blocks)


def first_sentence(paragraph: str) -> str:
    """Take the first sentence, in at most 200 characters; `9. August` and `Dr.` end none."""
    text = " ".join(paragraph.split())
    for end in _SENTENCE_END.finditer(text[: _LONGEST_HEADLINE * 2]):
        upto_mark = text[: end.start() + 1]
        if not _NO_END.search(upto_mark, max(0, len(upto_mark) - 8)):
            text = text[: end.end()]
            break
    if len(text) <= _LONGEST_HEADLINE:
        return text
    return text[: _LONGEST_HEADLINE - 2].rpartition(" ")[0] + " …" if " " in text else text[:200]


def _both(line: str, following: str) -> bool:
    return bool(line and following)


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _is_wrapped(blocks: Sequence[Sequence[str]], width: int) -> bool:
    if not _NARROWEST <= width <= _WIDEST:
        return False
    breaks = [
        (line, following)
        for block in blocks
        for line, following in pairwise(block)
        if not _is_closed(line) and not _is_closed(following)
    ]
    forced = sum(_is_forced(line, following, width) for line, following in breaks)
    if forced >= _FEWEST_BREAKS:
        return 3 * forced >= 2 * len(breaks)
    parts_sentence = any(following[:1].islower() for _, following in breaks)
    return forced == len(breaks) and parts_sentence


def _is_forced(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.partition(" ")[0]) > width


def _joined(block: Sequence[str], width: int) -> list[str]:
    lines: list[list[str]] = []
    for line in block:
        if lines and _is_forced(lines[-1][-1], line, width) and not _ends(lines[-1]):
            lines[-1].append(line)
        else:
            lines.append([line])
    return [" ".join(parts) for parts in lines]


def _ends(parts: Sequence[str]) -> bool:
    """Tell whether the parts of a line make a whole that ends: a note over several lines, too."""
    return _is_closed(parts[0][:1] + parts[-1])


def _is_closed(line: str) -> bool:
    """Tell whether a line ends whatever the width: a note in brackets, a line of keywords."""
    return (line.startswith("(") and line.endswith((")", ") ="))) or line.endswith("/")
