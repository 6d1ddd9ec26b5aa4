"""Mends the slips that wires make in XML, in the source: junk, entities nobody declared, bare `&`."""

import re
from html import unescape
from html.entities import html5
from typing import Final

FIRST_TAG: Final = re.compile(r"<(?=[?!A-Za-z_])")
_SECTIONS: Final = r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)"
# Linear: each branch takes what it began, and gives nothing back.
_PROLOG: Final = re.compile(r"(?:\s++|<\?.*?(?:\?>|\Z)|<!--.*?(?:-->|\Z))*+", re.DOTALL)
_DOCTYPE: Final = re.compile(
    r"<!DOCTYPE(?:\"[^\"]*\"|'[^']*'|[^\[>\"'])*+"
    r"(?P<own>\[(?:\"[^\"]*\"|'[^']*'|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|[^\]\"'])*+\]\s*+)?+>",
    re.DOTALL | re.IGNORECASE,
)
_PREDEFINED: Final = frozenset(("amp", "lt", "gt", "quot", "apos"))
# Everything but the predefined and the plainly good numbers: &#8211; &#xE4;
_ODD_REFERENCE: Final = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#(?:3[2-9]|[4-9]\d|1[6-9]\d|[2-9]\d\d|[1-4]?\d{4})"
    r"|#x(?:[2-6a-fA-F][\da-fA-F]|[1-9a-fA-F][\da-fA-F]{2}|[1-9a-cA-C][\da-fA-F]{3}));)"
)
_REFERENCE: Final = re.compile(
    rf"(?P<section>{_SECTIONS})|(?P<bare>&+)(?![#A-Za-z])"
    r"|&(?:(?P<number>#(?:[0-9]{1,8}+|[xX][0-9a-fA-F]{1,6}+));"
    r"|(?P<name>[A-Za-z][A-Za-z0-9._-]{0,39}+);)?+",
    re.DOTALL,
)
_STRAY: Final = re.compile(rf"(?P<section>{_SECTIONS})|<(?=[\s\d=<,;.)])", re.DOTALL)
_NO_CHARACTER: Final = re.compile(r"[\ufffe\uffff]")
_C1: Final = {code: unescape(f"&#{code};") for code in range(0x80, 0xA0)}
_BARE: Final = "a bare & or an unknown entity read as text"
_HIGHEST: Final = 0x10FFFF


class SourceMender:
    """Mends one source and notes each kind of mend once."""

    __slots__ = ("notes", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.notes: list[str] = []

    def cut_junk(self) -> None:
        """Blank what stands above `<?xml` or the first tag, so that lines keep their numbers."""
        first = FIRST_TAG.search(self.text)
        start = first.start() if first else 0
        if start == 0:
            return
        if self.text[:start].strip():
            self._note("junk above the XML left out")
        # An XML declaration must begin its document; without it, blank lines may.
        if self.text.startswith("<?xml", start):
            start = max(start, self.text.find("?>", start) + 2)
        self.text = _blank(self.text[:start]) + self.text[start:]

    def cut_tail(self) -> None:
        """Cut what follows the last tag: trailers of old lines, `NNNN`."""
        end = self.text.rfind(">") + 1
        if end and self.text[end:].strip():
            self._note("junk below the XML left out")
            self.text = self.text[:end]

    def cut_doctype(self) -> None:
        """Take the DOCTYPE away: nothing is ever read from it, and no entity of its own declared."""
        prolog = _PROLOG.match(self.text)
        start = prolog.end() if prolog else 0
        found = _DOCTYPE.match(self.text, start)
        if found is None:
            return
        if found["own"] and "<!ENTITY" in found["own"]:
            self._note("entities declared in the DOCTYPE not expanded")
        self.text = self.text[:start] + _blank(found[0]) + self.text[found.end() :]

    def mend_references(self) -> None:
        """Write HTML's named entities as their characters; a bare `&` is one, in CDATA all are."""
        if "&" in self.text and _ODD_REFERENCE.search(self.text):
            self.text = _REFERENCE.sub(self._reference, self.text)

    def mend_stray_signs(self) -> None:
        """Read a `<` before a blank or a digit as a sign of the text."""
        self.text = _STRAY.sub(self._stray, self.text)
        self.text = _NO_CHARACTER.sub("", self.text)

    def _reference(self, found: re.Match[str]) -> str:
        section, bare, number, name = found.groups()
        if bare:
            self._note(_BARE)
            return "&amp;" * len(bare)
        if section or name in _PREDEFINED:
            return found[0]
        if number:
            return self._number(number[1:])
        character = html5.get(f"{name};") if name else None
        if character is None:
            self._note(_BARE)
            return f"&amp;{found[0][1:]}"
        self._note("HTML entities read without a DTD")
        return _escaped(character)

    def _number(self, digits: str) -> str:
        code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
        if code in {9, 10, 13} or 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800:  # noqa: PLR2004 - XML 1.0, 2.2
            return f"&#{code};"
        if 0xE000 <= code <= _HIGHEST and code not in {0xFFFE, 0xFFFF}:  # noqa: PLR2004 - as above
            return f"&#{code};"
        self._note("references to control characters mended")
        # As browsers do: &#150; means the dash of Windows 1252 (WHATWG HTML, 13.2.5.80).
        character = _C1.get(code, "")
        return character if character.isprintable() else ""

    def _stray(self, found: re.Match[str]) -> str:
        if found["section"]:
            return found[0]
        self._note("a bare < read as text")
        return "&lt;"

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


def in_place(text: str) -> str:
    """Overwrite what would be mended and move nothing, so that what else is wrong is found where it is."""
    for pattern in (_REFERENCE, _STRAY, _NO_CHARACTER):
        text = pattern.sub(_overwritten, text)
    return text


def _overwritten(found: re.Match[str]) -> str:
    return found[0] if found.groupdict().get("section") else "_" * len(found[0])


def _escaped(character: str) -> str:
    return {"<": "&lt;", "&": "&amp;"}.get(character, character)


def _blank(text: str) -> str:
    """As many blanks and line ends, so that errors keep their place."""
    return "\n".join(" " * len(line) for line in text.split("\n"))
