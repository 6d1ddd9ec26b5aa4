"""Reads itemMeta: who the item is, its status, embargo, times, kind of change and family."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.ingest.formats.newscodes import qcode
from services.ingest.formats.newsml_g2.items import Item
from services.ingest.formats.newsml_g2.notes import EditorsNotes
from services.ingest.formats.reading import Unreadable
from services.ingest.formats.signs import (
    CORRECTION,
    REPEAT,
    UPDATE,
    signal_in,
    signal_in_notes,
    status_of,
    stricter,
)
from services.ingest.formats.xml_elements import Node
from services.ingest.formats.xml_times import xml_moment
from services.ingest.sources import Identity, identify
from shared.story import Status

_OLDER: Final = frozenset(
    (
        "previousversion",
        "evolvedfrom",
        "replaces",
        "isupdateof",
        "updateof",
        "corrects",
        "supersedes",
    )
)
_REMOVES: Final = frozenset(("remove", "delete", "kill", "cancel", "withdraw"))
_EDITORIAL_STATES: Final = {"u": UPDATE, "c": CORRECTION}  # Reuters' edStat
_ORDER: Final = (CORRECTION, REPEAT, UPDATE)


@dataclass(frozen=True, slots=True)
class Times:
    """The times of an item, with offsets. An embargo that cannot be read is `unclear`."""

    version_created: datetime | None
    first_created: datetime | None
    embargoed: datetime | None
    expires: datetime | None
    unclear: bool


def provider_of(meta: Node) -> str | None:
    """Name the provider: its literal, the name of its code (`nprov:AFP`), else its name."""
    provider = meta.child("provider")
    code = provider.get("qcode")
    named = code.rpartition(":")[2] if code else None
    return provider.get("literal") or named or provider.line("name") or provider.line()


def read_identity(item: Item, provider: str | None) -> Identity:
    """Read guid and version (wire-rules 1.1, 1.3). Raises Unreadable without a guid."""
    if item.guid is None:
        raise Unreadable("a newsItem needs its guid", f"line {_line(item)}, column 1")
    return identify(item.guid, provider, item.node.get("version"))


def read_times(meta: Node, provider: str | None, notes: list[str]) -> Times:
    """Read the times; an empty `embargoed` is none, and noted."""

    def moment(name: str) -> datetime | None:
        return xml_moment(meta.line(name.lower()), where=name, notes=notes, provider=provider)

    said, embargoed = meta.child("embargoed"), moment("embargoed")
    if said and not said.line():
        notes.append("embargoed: empty, read as none")
    unclear = bool(said.line()) and embargoed is None
    return Times(
        moment("versionCreated"), moment("firstCreated"), embargoed, moment("expires"), unclear
    )


def read_status(meta: Node, times: Times, notes: list[str], *, signals: Sequence[str]) -> Status:
    """Read the status: the graver of what field and signals say (wire-rules 6.2, 6.12)."""
    field = meta.child("pubstatus")
    word = field.get("qcode") or field.get("uri") or field.get("literal") or field.line()
    status = status_of(word, where="pubStatus", notes=notes, embargoed=times.embargoed)
    if any(map(_removes, signals)):
        notes.append("a signal takes the story back")
        status = Status.CANCELED
    if times.unclear:
        notes.append("embargo not understood, the story is withheld")
        return stricter(status, Status.WITHHELD)
    return status


def read_signal(
    signals: Sequence[str], headline: str, slug: str | None, remarks: EditorsNotes
) -> str | None:
    """Read the kind of change: by role of the notes, signals, headline and slug (wire-rules 5.4-5.6)."""
    found = [CORRECTION] if remarks.corrects else []
    found += filter(None, map(_signal_named, signals))
    lines = (headline, *remarks.lines, *_tails(slug))
    found += filter(None, (signal_in(lines), signal_in_notes(remarks.lines)))
    return min(found, key=lambda s: _ORDER.index(s) if s in _ORDER else len(_ORDER), default=None)


def signals_in(meta: Node) -> tuple[str, ...]:
    """Give the codes of the signals."""
    codes = (s.get("qcode") or s.get("uri") or s.get("literal") for s in meta.all("signal"))
    return tuple(qcode(code) for code in codes if code)


def family_of(item: Item, own_id: str, provider: str | None) -> str | None:
    """Find the story that this one takes up under an id of its own (wire-rules 1.5)."""
    for raw_id in _older_ids(item.node):
        family = identify(raw_id, provider).story_id
        if family != own_id:
            return family
    return None


def _older_ids(node: Node) -> Iterator[str]:
    for link in node.child("itemmeta").all("link"):
        rel = (link.get("rel") or "").replace("/", ":").rpartition(":")[2].lower()
        raw_id = link.get("residref") or link.get("guidref") or link.get("href")
        if rel in _OLDER and raw_id:
            yield raw_id
    guid = node.get("guid") or ""
    for other in node.child("contentmeta").all("altid"):
        # TT refers to the replaced story by its number alone.
        text = other.get("id") or other.line()
        if text and (other.get("type") or "").lower().endswith(":refuno"):
            yield f"{guid.rpartition(':20')[0]}:{text}" if ":20" in guid else text


def _removes(code: str) -> bool:
    prefix, _, name = code.lower().rpartition(":")
    return (prefix != "edstat" and name in _REMOVES) or (prefix, name) == ("edstat", "d")


def _signal_named(code: str) -> str | None:
    prefix, _, name = code.lower().rpartition(":")
    if prefix == "edstat":
        return _EDITORIAL_STATES.get(name)
    if name.startswith("correct"):
        return CORRECTION
    if name.startswith("repeat"):
        return REPEAT
    if name.startswith(("update", "replace", "append")) or prefix == "update":
        return UPDATE
    return f"sig:{name}" if prefix == "sig" else None


def _tails(slug: str | None) -> tuple[str, ...]:
    """`..., 2nd Ld-Writethru` and `.../ (UPDATE 1)`: what a slug ends with."""
    return (slug.rpartition(", ")[2], slug.rpartition("(")[2]) if slug else ()


def _line(item: Item) -> int:
    return (item.node.element.sourceline or 1) if item.node.element is not None else 1
