"""Parts a body into its messages, and a message into header, keywords, text and trailer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from services.ingest.formats.controls import without_controls
from services.ingest.formats.iptc7901.header import Header, read_header
from services.ingest.formats.iptc7901.trailer import Trailer, find_trailer

_SOH, _STX, _ETX, _EOT = "\x01", "\x02", "\x03", "\x04"
# What stands before the header: DEL and NUL for slow printers, bells for the urgent, telex words.
_BEFORE: Final = re.compile(r"[\s\x00\x07\x0e-\x1f\x7f]*(?:ZCZC[^\n]{0,40}\n\s*)?")
_AFTER: Final = frozenset(("NNNN", "++++"))
# dpa ends them in a slash, APA has them bare.
_KEYWORDS: Final = re.compile(r"/?[^\s/][^\n]{0,300}/\s*|[^\s/]{2,40}(?:/[^\s/]{2,40}){1,9}\s*")
_LONGEST_THEME: Final = 60


@dataclass(frozen=True, slots=True)
class Message:
    """One message, in parts; the text has no control characters any more."""

    header: Header
    keywords: tuple[str, ...]
    text: str
    trailer: Trailer | None


def messages_in(raw: str) -> Iterator[Message]:
    """Find the messages in a body, in their order; none if the first thing is no header."""
    for at, part in enumerate(_parts(raw)):
        message = _message(part)
        if message is None and at == 0:
            return
        if message is not None:
            yield message


def _parts(raw: str) -> list[str]:
    if raw.count(_SOH) > 1:
        return [part for part in raw.split(_SOH) if without_controls(part).strip()]
    if raw.count(_EOT) > 1:
        return [part for part in raw.split(_EOT) if without_controls(part).strip()]
    return [raw.partition(_SOH)[2] if _SOH in raw[:200] else raw]


def _message(part: str) -> Message | None:
    part = part.partition(_EOT)[0].replace("\r\n", "\n").replace("\r", "\n")
    start = _BEFORE.match(part)
    line, _, rest = part[start.end() if start else 0 :].partition("\n")
    within_line, mark, behind = line.partition(_STX)
    if mark:
        line, rest = within_line, f"{_STX}{behind}\n{rest}"
    header = read_header(without_controls(line))
    if header is None:
        return None
    above, mark, text = rest.partition(_STX)
    keywords, text = (above, text) if mark else _without_keywords(rest)
    text, mark, ending = text.partition(_ETX)
    text = without_controls(_without_end(text)).rstrip()
    trailer = find_trailer(without_controls(ending)) if mark else None
    if trailer is None and (trailer := find_trailer(text)):
        text = text[: trailer.start]
    return Message(header, _words(without_controls(keywords)), text, trailer)


def _without_end(text: str) -> str:
    above, _, last = text.rstrip().rpartition("\n")
    return above if last.strip() in _AFTER else text


def _without_keywords(rest: str) -> tuple[str, str]:
    """Without STX: the first line is the keywords if it ends in a slash."""
    text = rest.lstrip("\n ")
    line, _, below = text.partition("\n")
    if _KEYWORDS.fullmatch(without_controls(line)):
        return line, below
    # ATS: the theme on a line of its own, then the headline up to ` =`.
    block = below.strip("\n ").partition("\n\n")[0]
    stands_alone = below.lstrip(" ").startswith("\n") and "=" not in line
    if stands_alone and block.rstrip().endswith("=") and len(line) < _LONGEST_THEME:
        return line, below
    return "", text


def _words(line: str) -> tuple[str, ...]:
    words = (" ".join(word.split()) for word in re.split(r"[/\n]", line))
    return tuple(dict.fromkeys(word for word in words if word))
