"""Lays text out as dpa's text wires do: lines of 69 characters, entries of a list set in."""

import re
from collections.abc import Iterator
from textwrap import TextWrapper
from typing import Final

WIDTH: Final = 69
_LINE: Final = re.compile(rf"(.{{1,{WIDTH}}})(?: |$)")
_BLANKS: Final = re.compile(r"[ \t\v\f]{2,}|[\t\v\f]")
# Headlines break at hyphens, as dpa's do; its text does not.
_HEAD: Final = TextWrapper(WIDTH)
_TEXT: Final = TextWrapper(WIDTH, break_on_hyphens=False)
_LIST: Final = TextWrapper(WIDTH, break_on_hyphens=False, subsequent_indent="    ")
_ENTRY: Final = "* "
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def plain(text: str) -> str:
    """Set each control character to a blank: SOH to EOT would end the message where they stand."""
    return _CONTROLS.sub(" ", text)


def one_line(text: str) -> str:
    return " ".join(plain(text).split())


def head_line(text: str) -> str:
    """Wrap a line of the head."""
    return text if len(text) <= WIDTH else _HEAD.fill(text)


def body(text: str) -> str:
    """Wrap a body: paragraphs parted by a blank line, each line of one on a line of its own."""
    lines = plain(text).replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    return "\n".join(_wrapped(lines))


def _wrapped(lines: list[str]) -> Iterator[str]:
    for line in lines:
        told = line.strip(" ") if line.isprintable() and "  " not in line else _blanked(line)
        if told.startswith(_ENTRY):
            yield _LIST.fill(f"  {told}")
        elif len(told) <= WIDTH:
            yield told
        else:
            yield _filled(told)


def _blanked(line: str) -> str:
    return _BLANKS.sub(" ", line).strip(" ")


def _filled(line: str) -> str:
    """Fill lines with whole words, as one match each; only a longer word needs to be parted."""
    filled = "\n".join(_LINE.findall(line))
    return filled if len(filled) == len(line) else _TEXT.fill(line)
