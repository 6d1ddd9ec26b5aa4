"""Reads the notes to editors, and what may be shown to readers of them (wire-rules 5.2, 10.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from services.ingest.formats.markup import body_paragraphs
from services.ingest.formats.xml_elements import Node

_FOR_READERS: Final = "correction_consumerready"
_CORRECTIONS: Final = frozenset(("correction", "correctionshort", _FOR_READERS))
_NOTEPAD: Final = "notepad"


@dataclass(frozen=True, slots=True)
class EditorsNotes:
    """The notes of an item, each once; `corrects` tells whether one is a correction by its role."""

    lines: tuple[str, ...]
    for_readers: str | None
    corrects: bool


def read_notes(meta: Node, framed: Iterable[str] = ()) -> EditorsNotes:
    """Read the edNotes in itemMeta; dpa's notepad only repeats what stands in the others.

    `framed` are notes that stood in the text.
    """
    notes = [("", note) for note in framed]
    for note in meta.all("ednote"):
        role = (note.get("role") or "").replace("/", ":").rpartition(":")[2].lower()
        text = _text(note)
        if text:
            notes.append((role, text))
    plain = [text for role, text in notes if role not in {_NOTEPAD, _FOR_READERS}]
    plain = plain or [text for role, text in notes if role == _NOTEPAD]
    ready = [text for role, text in notes if role == _FOR_READERS]
    return EditorsNotes(
        tuple(dict.fromkeys(plain)),
        "\n".join(ready) or None,
        any(role in _CORRECTIONS for role, _ in notes),
    )


def _text(note: Node) -> str:
    if note.element is not None and len(note.element):
        return "\n".join(body_paragraphs(note.element, []))
    return note.line() or ""
