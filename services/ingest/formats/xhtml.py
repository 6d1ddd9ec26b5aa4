"""Turns XHTML and HTML bodies into plain paragraphs; never fails, whatever the markup."""

import html
import re
from typing import Final

from services.ingest.formats.markup_tables import with_tables_as_lines

# Linear on any input (no quantifier gives back), which html.parser is not on unclosed tags; the price is an attribute
# with a raw ">" in it, whose tail is read as text.
_TOKEN: Final = re.compile(r"<(/?)([a-zA-Z][\w:-]*+)?+[^<>]*+>|[^<]++|<")
_BREAKS_PARAGRAPH_WORDS: Final = (
    "address article aside blockquote body dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hl1 hl2 hr html li main nav ol p pre section table td th tr ul"
)
_BREAKS_PARAGRAPH: Final = frozenset(_BREAKS_PARAGRAPH_WORDS.split())
_NO_TEXT: Final = frozenset(("figure", "head", "noscript", "script", "style", "svg", "template"))
# Bylines, TT's line of section and source, and notes to editors, which have fields of their own.
_NO_COPY: Final = re.compile(
    r"\sclass\s{0,2}=\s{0,2}[\"']?(?:bylines?|dat|notepad|np-(?:public|nonpublic))[\s\"'>]",
    re.IGNORECASE,
)
_SPACE: Final = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")  # a single blank needs no change


def plain_paragraphs(markup: str) -> tuple[str, ...]:
    """Read the text of a body in XHTML or HTML: one entry a paragraph, `<br/>` as a line end.

    Scripts, styles, the head and figures are left out: captions belong to their pictures.
    """
    if "<table" in markup or "<TABLE" in markup:
        markup = with_tables_as_lines(markup, plain_line)
    parts: list[list[str]] = [[]]
    silent_in: str | None = None
    for token in _TOKEN.finditer(_without_comments(markup)):
        name = (token[2] or "").lower()
        if silent_in:
            silent_in = None if token[1] and name == silent_in else silent_in
        elif name:
            silent_in = _opened_silence(token, name)
            _break(parts, name)
        elif token[1] is None:
            parts[-1].append(token[0])
    return tuple(text for part in parts if (text := _text("".join(part))))


def plain_line(markup: str) -> str:
    """Read the text of a headline in HTML, in one line."""
    return " ".join(" ".join(plain_paragraphs(markup)).split())


def _opened_silence(token: re.Match[str], name: str) -> str | None:
    if token[1] or token[0].endswith("/>"):
        return None
    is_silent = name in _NO_TEXT or ("class" in token[0] and _NO_COPY.search(token[0]))
    return name if is_silent else None


def _break(parts: list[list[str]], name: str) -> None:
    if name == "br":
        parts[-1].append("\v")  # cannot occur otherwise: control characters were taken out before
    elif name in _BREAKS_PARAGRAPH:
        parts.append([])


def _text(part: str) -> str:
    spaced = _SPACE.sub(" ", _unescaped(part))
    return "\n".join(line for piece in spaced.split("\v") if (line := piece.strip()))


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    try:
        return html.unescape(text)
    except ValueError:  # a character number of more than 4300 digits
        return text


def _without_comments(markup: str) -> str:
    if "<!--" not in markup:
        return markup
    kept: list[str] = []
    at = 0
    while (start := markup.find("<!--", at)) >= 0:
        kept.append(markup[at:start])
        end = markup.find("-->", start + 4)
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join((*kept, markup[at:]))
