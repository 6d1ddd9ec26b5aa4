"""Reads ANPA 1312, the text wire of AP, CP, Kyodo, AAP, NZPA and others: one message or several."""

from services.ingest.formats.anpa.message import messages_in
from services.ingest.formats.anpa.telling import read_message
from services.ingest.formats.labels import Kind
from services.ingest.formats.reading import ReadStory, bounded
from services.ingest.formats.wire_copy import Copy

__all__ = ["KIND", "looks_like", "parse"]

KIND = Kind.TEXT


def looks_like(copy: Copy) -> bool:
    """Recognise the two header lines; their control characters may have been lost on the way."""
    if copy.is_json or copy.is_xml:
        return False
    return next(messages_in(copy.raw), None) is not None


def parse(copy: Copy) -> tuple[ReadStory, ...]:
    """Read every message in the body. Never raises: what has a header has a slug."""
    return tuple(
        ReadStory("anpa-1312", read_message(m, copy)) for m in bounded(messages_in(copy.raw))
    )
