"""Reads what ninjs says about a story: status, signal, subjects and the pictures that go with it."""

from datetime import datetime
from typing import Final

from services.ingest.formats.json_fields import Fields
from services.ingest.formats.newscodes import qcode
from services.ingest.formats.ninjs.texts import caption_of
from services.ingest.formats.signs import (
    CORRECTION,
    chief_signal,
    signal_in,
    signal_in_notes,
    status_of,
)
from shared.story import Picture, Status, Subject

_NEWSCODES: Final = "cv.iptc.org/newscodes/"


def item_status(item: Fields, embargoed: datetime | None = None) -> Status:
    """Read the status of a story or of a picture that goes with it."""
    name, word = "pubstatus", item.line("pubstatus")
    if word is None and isinstance(status := item.plain("status"), str):
        name, word = "status", status  # Fingerpost's name for it
    return status_of(word, where=lambda: item.pointer(name), notes=item.notes, embargoed=embargoed)


def signal_of(item: Fields, headline: str, note: str | None) -> str | None:
    """Read the kind of change: as told, else by headline and note (wire-rules 5.4 to 5.6)."""
    told = [qcode(text) for text in (*_signals(item, "signal"), *_signals(item, "signals"))]
    seen = signal_in([headline, note or ""]) or signal_in_notes([note or ""])
    if seen == CORRECTION or not told:
        return seen
    return chief_signal(told)


def subjects_of(item: Fields) -> tuple[Subject, ...]:
    """Read the subjects as supplied, each once; IPTC's become QCodes (`medtop:20001065`)."""
    found: list[tuple[str | None, str | None]] = []
    for name in ("subject", "subjects"):
        if (codes := item.codes(name)) is not None:
            found += [(qcode(code), None) for code in codes]
        else:
            found += [(_code(entry), entry.line("name")) for entry in item.objects(name)]
    return tuple(
        Subject(code=code, name=name) for code, name in dict.fromkeys(found) if code or name
    )


def pictures_of(item: Fields) -> tuple[Picture, ...]:
    """Read the pictures that go with the story and may be used; a picture story is its own."""
    items = item.objects("associations")
    if item.line("type") == "picture":
        items.insert(0, item)
    return tuple([_picture(entry) for entry in items if _is_usable_picture(entry)])


def _code(entry: Fields) -> str | None:
    code = entry.line("code")
    if code is None:
        found = entry.line("uri") or entry.line("qcode") or entry.line("literal")
        return qcode(found) if found else None
    scheme = entry.line("scheme")
    if scheme and _NEWSCODES in scheme:
        return qcode(f"{scheme.rstrip('/')}/{code}")
    return qcode(code)


def _signals(item: Fields, name: str) -> tuple[str, ...]:
    if not item.holds_objects(name):
        return item.texts(name)
    codes = [_code(entry) or entry.line("name") for entry in item.objects(name)]
    return tuple(code for code in codes if code)


def _is_usable_picture(entry: Fields) -> bool:
    return entry.line("type") == "picture" and item_status(entry) is Status.USABLE


def _picture(entry: Fields) -> Picture:
    credit = entry.line("byline") or entry.line("by") or entry.line("copyrightholder")
    return Picture(caption=caption_of(entry), credit=credit, href=_widest(entry))


def _widest(entry: Fields) -> str | None:
    best: tuple[int, str] | None = None
    for rendition in entry.objects("renditions"):
        href, width = rendition.line("href"), rendition.number_or_text("width")
        pixels = width if isinstance(width, int) else 0
        if href and (best is None or pixels > best[0]):
            best = pixels, href
    return best[1] if best else None
