"""Which characters the bytes spell: the bytes are believed before any declaration."""

import codecs
import re
from typing import Final

NOT_UTF8: Final = "not UTF-8: read as"

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# A fixed table, not codecs.lookup: a desk's header must not choose among all of Python's codecs.
# Latin 1 is read as Windows 1252, as the web does (WHATWG Encoding, 4.2).
_DECLARED = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "iso-8859-15": "iso8859-15",
    "iso-8859-2": "iso8859-2",
    "windows-1250": "cp1250",
    "ibm437": "cp437",
    "cp437": "cp437",
    "ibm850": "cp850",
    "cp850": "cp850",
    "macintosh": "mac-roman",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "utf-16": "utf-16-le",
}
# Without a byte order mark, the first sign tells UTF-16 apart from UTF-8 (XML 1.0, appendix F).
_FIRST_SIGNS: Final = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_SIGNED: Final = tuple(mark for mark, _ in (*_MARKS, *_FIRST_SIGNS))
_XML_DECLARATION: Final = re.compile(
    rb"""<\?xml[^>]{1,100}?\sencoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']""", re.IGNORECASE
)
_DOS_LETTERS: Final = re.compile(rb"[A-Za-z][\x81\x82\x84\x94\xe1](?=[a-z])|\b[fFm]\x81r\b")
_WINDOWS_LETTERS: Final = re.compile(rb"[A-Za-z][\xe0\xe4\xe8\xe9\xf6\xfc\xdf](?=[a-z])")
_SURE: Final = 2
_DECLARED_WITHIN: Final = 700  # bytes; junk may stand above the declaration


def declared_in_xml(body: bytes) -> str | None:
    """Find the charset an XML declaration names, in lower case."""
    found = _XML_DECLARATION.search(body, 0, _DECLARED_WITHIN)
    return found[1].decode("ascii", errors="replace").lower() if found else None


def decode(body: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    """Decode by byte order mark, as UTF-8, as declared, as Windows 1252 (wire-rules 11.3).

    Returns the text and what had to be mended; plain UTF-8 needs no mending.
    """
    if body.startswith(_SIGNED):
        return _decode_by_first_sign(body)
    try:
        return body.decode(), ()
    except UnicodeDecodeError:
        return _decode_by_declaration(body, declared)


def _decode_by_first_sign(body: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, charset in _MARKS:
        if body.startswith(mark):
            text = body[len(mark) :].decode(charset, errors="replace")
            return text, (f"byte order mark: read as {charset}",)
    charset = next(charset for sign, charset in _FIRST_SIGNS if body.startswith(sign))
    return body.decode(charset, errors="replace"), (f"read as {charset} without its mark",)


def _is_dos(body: bytes) -> bool:
    """Tell whether letters of DOS (ü ä ö ß é, the same in cp437 and cp850) stand within words, and none of Windows."""
    dos = len(_DOS_LETTERS.findall(body))
    return dos >= _SURE and not _WINDOWS_LETTERS.search(body)


def _decode_by_declaration(body: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    charset = _DECLARED.get(declared or "")
    if charset is None and _is_dos(body):
        return body.decode("cp850", errors="replace"), (f"{NOT_UTF8} cp850, for its umlauts",)
    if charset:
        try:
            return body.decode(charset), (f"{NOT_UTF8} the declared {declared}",)
        except UnicodeDecodeError:
            pass
    return body.decode("cp1252", errors="replace"), (f"{NOT_UTF8} windows-1252",)
