"""Reads dpa's notes by their roles: what editors must know, and the little that readers may."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.ingest.formats.embargo_line import read_embargo_line
from services.ingest.formats.json_fields import Fields
from services.ingest.formats.service_copy import has_service_mark, is_service_headline
from services.ingest.formats.signs import CORRECTION, signal_in
from services.ingest.formats.xhtml import plain_paragraphs
from shared.story import Status

_FOR_READERS: Final = "correction_consumerready"
_CORRECTIONS: Final = frozenset(("correction", "correctionshort", _FOR_READERS))
_EMBARGO: Final = frozenset(("embargo", "embargoed", "embargonote"))
_GENRE: Final = "genrenote"
_PICTURE: Final = "picture"


@dataclass(frozen=True, slots=True)
class EdNotes:
    """The notes of one entry, as (role, text); `of_pictures` is what dpa's text wires print of them."""

    notes: tuple[tuple[str, str], ...]
    notepad: tuple[str, ...]
    of_pictures: str | None = None

    def signal(self, headline: str) -> str | None:
        """Read the kind of version from roles, notes and headline (wire-rules 5.5, 5.6)."""
        if any(role in _CORRECTIONS for role, _ in self.notes):
            return CORRECTION
        return signal_in((headline, *(text for _, text in self.notes)))

    @property
    def is_service(self) -> bool:
        """Whether the entry is for editors only (wire-rules 10.2)."""
        genres = [text for role, text in self.notes if role == _GENRE]
        return has_service_mark(genres) or any(map(is_service_headline, genres))

    @property
    def for_readers(self) -> str | None:
        """The one note that may be shown to readers (wire-rules 5.2)."""
        return "\n".join(text for role, text in self.notes if role == _FOR_READERS) or None

    @property
    def for_editors(self) -> str | None:
        """Everything else, each once; the notepad if there are no notes by role."""
        texts = dict.fromkeys(text for role, text in self.notes if role != _FOR_READERS)
        return "\n".join(texts or self.notepad) or None

    def embargo(self, item: Fields, received_at: datetime) -> tuple[datetime | None, Status]:
        """Read the embargo, from its field or its note; one not understood withholds."""
        until = item.moment("embargoed", zone=None)
        texts = [text for role, text in self.notes if role in _EMBARGO]
        if until or not texts:
            return until, Status.USABLE
        opening = "" if "sperrfrist" in texts[0].lower()[:20] else "Sperrfrist "
        line = read_embargo_line(f"{opening}{texts[0]}", received_at)
        understood = line is not None and line.understood
        told = "read" if understood else "not understood, the story is withheld"
        item.notes.append(f"embargo in a note: {told}")
        return line.until if line else None, Status.USABLE if understood else Status.WITHHELD


def read_ednotes(item: Fields) -> EdNotes:
    """Read the notes, and the notepad that repeats them for people."""
    told = [
        (entry, _role(entry), text)
        for entry in item.objects("ednotes")
        if (text := entry.text("ednote") or entry.text("text"))
    ]
    notes = tuple((role, text) for _, role, text in told)
    pictures = [
        text
        for entry, role, text in told
        if role == _PICTURE and entry.plain("is_publishable") is not False
    ]
    pad = None if notes else item.within("notepad")
    lines = [
        line
        for name in ("public_html", "nonpublic_html")
        for line in plain_paragraphs(pad.text(name) or "" if pad else "")
    ]
    return EdNotes(notes, tuple(lines), next(iter(pictures), None))


def _role(entry: Fields) -> str:
    return (entry.line("role") or "").rpartition(":")[2].lower()
