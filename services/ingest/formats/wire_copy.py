"""Opens a body: which characters, which label, JSON or XML or neither. It never judges the story in it."""

import re
from datetime import datetime
from typing import Final, NamedTuple, cast

from pydantic_core import from_json

from services.ingest.formats.charsets import NOT_UTF8, declared_in_xml, decode
from services.ingest.formats.controls import REMOVED, may_escape_controls, scrub, without_controls
from services.ingest.formats.labels import Kind, Label, label_of
from services.ingest.formats.reading import UnknownFormat, Unreadable
from services.ingest.formats.xml_document import Element, looks_like_xml, open_xml

# Pictures, PDF, ZIP and gzip: whatever the label says, no story can be read from these.
_NO_COPY: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF-", b"PK\x03\x04", b"\x1f\x8b")
_MOST_LINES: Final = 100_000
# No wire has a use for these; of random bytes they are a twelfth.
_NOISE: Final = re.compile(r"[\x00\x05\x06\x08\x0e-\x15\x18-\x1f]")
_LEAST_NOISE, _MOST_NOISE = 20, 0.02
_JSON: Final = re.compile(r'\s*(?:\{\s*["}]|\[\s*[{\]])')
_UTF8: Final = frozenset(("utf-8", "utf8"))
_POSITION: Final = re.compile(r"(?P<why>.*?) at line (?P<line>\d+) column (?P<column>\d+)$")

Objects = list[dict[str, object]]
_TYPE_NAMES: Final[dict[type, str]] = {
    dict: "an object",
    list: "an array",
    str: "text",
    bool: "a truth value",
    type(None): "null",
}


class Copy(NamedTuple):
    """A body, opened.

    `document` is the JSON object it holds, if it does; `documents` are the objects of a JSON
    array or of lines of JSON; `root` is the first element of its XML; `broken` says why JSON or
    XML could not be read. `raw` is the text with its control characters, which frame old wires.
    `plain` tells whether every byte made sense as text. `repairs` tells what was mended.
    """

    text: str
    label: Label
    received_at: datetime
    document: dict[str, object] | None = None
    documents: tuple[dict[str, object], ...] = ()
    root: Element | None = None
    broken: Unreadable | None = None
    plain: bool = True
    repairs: tuple[str, ...] = ()
    raw: str = ""

    @property
    def is_json(self) -> bool:
        """Whether the bytes are JSON, be it broken; a label alone does not make it so."""
        return bool(self.document is not None or self.documents) or (
            self.broken is not None and self.text.lstrip().startswith(("{", "["))
        )

    @property
    def is_xml(self) -> bool:
        """Whether the bytes are XML, be it broken; a label alone does not make it so."""
        return self.root is not None or (
            self.broken is not None and self.text.lstrip().startswith("<")
        )


def name_of(value: object) -> str:
    """Name a JSON value's type for an error: "an array", "a number"."""
    kind: type = type(value)
    return _TYPE_NAMES.get(kind, "a number")


def open_copy(body: bytes, content_type: str | None, received_at: datetime) -> Copy:
    """Open a body. Raises Unreadable if it is empty, UnknownFormat if it is no text at all."""
    if body.startswith(_NO_COPY):
        raise UnknownFormat("the body is a picture, a PDF or an archive, not wire copy")
    label = label_of(content_type)
    in_xml = declared_in_xml(body)
    raw_text, repairs = decode(body, in_xml or label.charset)
    text = without_controls(raw_text, None if repairs else body)
    mended = len(text) != len(raw_text)
    if mended:
        repairs = (*repairs, REMOVED)
    if not text or text.isspace():
        raise Unreadable("the body is empty")
    if label.kind is Kind.JSON or _JSON.match(text):
        return _open_json(text, label, received_at, repairs)
    if text.count("\n") > _MOST_LINES:
        raise Unreadable(f"not copy that a story needs: more than {_MOST_LINES} lines")
    plain = not mended and "\ufffd" not in text
    copy = Copy(text, label, received_at, plain=plain, repairs=repairs, raw=raw_text)
    if label.kind is Kind.XML or looks_like_xml(text):
        return _open_xml(copy, in_xml)
    if mended and len(_NOISE.findall(raw_text)) > _LEAST_NOISE + len(raw_text) * _MOST_NOISE:
        raise UnknownFormat("the bytes are no text, whatever their label says")
    return copy


def _open_xml(copy: Copy, declared: str | None) -> Copy:
    notes = _charset_notes(copy, declared)
    try:
        root, mends = open_xml(copy.text)
    except Unreadable as broken:
        return copy._replace(broken=broken, repairs=notes)
    return copy._replace(root=root, repairs=(*notes, *mends))


def _charset_notes(copy: Copy, declared: str | None) -> tuple[str, ...]:
    """A declaration that tells the truth is no repair, one that lies is (wire-rules 11.3)."""
    if declared and not copy.repairs and declared not in _UTF8 and not copy.text.isascii():
        return (f"declares {declared}, is UTF-8",)
    return tuple(note for note in copy.repairs if note != f"{NOT_UTF8} the declared {declared}")


def _open_json(text: str, label: Label, received_at: datetime, repairs: tuple[str, ...]) -> Copy:
    try:
        document: object = from_json(text, allow_inf_nan=False, cache_strings="keys")
    except ValueError as error:
        lines = _json_lines(text)
        if len(lines) < 2:  # noqa: PLR2004 - one object alone is no lines of JSON
            broken = _broken(text, str(error))
            return Copy(text, label, received_at, broken=broken, repairs=repairs)
        document = lines
    try:
        members = _objects(document)
    except Unreadable as broken:
        return Copy(text, label, received_at, broken=broken, repairs=repairs)
    if may_escape_controls(text) and (clean := cast("Objects", scrub(members))) != members:
        members = clean
        repairs = (*repairs, *(() if REMOVED in repairs else (REMOVED,)))
    if isinstance(document, dict):
        return Copy(text, label, received_at, document=members[0], repairs=repairs)
    return Copy(text, label, received_at, documents=tuple(members), repairs=repairs)


def _objects(document: object) -> Objects:
    if isinstance(document, dict):
        return [cast("dict[str, object]", document)]
    entries = cast("list[object]", document) if isinstance(document, list) else []
    for at, entry in enumerate(entries):
        if not isinstance(entry, dict):
            raise Unreadable(f"a story is one JSON object, found {name_of(entry)}", f"/{at}")
    if not entries:
        raise Unreadable(f"a story is one JSON object, found {name_of(document)}")
    return cast("Objects", entries)


def _json_lines(text: str) -> list[object]:
    """Read lines of JSON (NDJSON), each an object; nothing if any line is something else."""
    lines = [line for line in text.split("\n") if line.strip()]
    try:
        return [
            cast("object", from_json(line, allow_inf_nan=False, cache_strings="keys"))
            for line in (lines if all(line.lstrip().startswith("{") for line in lines) else ())
        ]
    except ValueError:
        return []


def _broken(text: str, error: str) -> Unreadable:
    found = _POSITION.match(error)
    if found is None:
        return Unreadable(f"not JSON: {error}")
    number, octets = int(found["line"]), int(found["column"])
    # The JSON reader counts bytes; people count characters.
    lines = text.encode().split(b"\n")
    line = lines[number - 1] if number <= len(lines) else b""
    column = max(1, len(line[:octets].decode(errors="ignore")))
    return Unreadable(f"not JSON: {found['why']}", f"line {number}, column {column}")
