"""Reads dpa's digitalwires JSON: one entry, several, or what wireQ answers with."""

from services.ingest.formats.digitalwires.entry import is_text, read_entry
from services.ingest.formats.json_documents import JsonObject, objects_in, read_each
from services.ingest.formats.labels import Kind
from services.ingest.formats.reading import ReadStory
from services.ingest.formats.wire_copy import Copy

__all__ = ["KIND", "looks_like", "parse"]

KIND = Kind.JSON
_ENVELOPES = ("entries",)


def looks_like(copy: Copy) -> bool:
    """Recognise the format's name, or the fields that no other format has together."""
    objects = objects_in(copy, _ENVELOPES)
    return bool(objects) and _is_entry(objects[0][1])


def parse(copy: Copy) -> tuple[ReadStory, ...]:
    """Read every entry that is text, or all if none is. Raises Unreadable with a JSON pointer."""
    return read_each(objects_in(copy, _ENVELOPES), lambda one: read_entry(one, copy), is_text)


def _is_entry(document: JsonObject) -> bool:
    if str(document.get("format")).startswith("digitalwires"):
        return True
    return "urn" in document and not {"entry_id", "article_html", "version_created"}.isdisjoint(
        document
    )
