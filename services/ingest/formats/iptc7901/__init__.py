"""Reads IPTC 7901, the text wire of dpa, ATS, AFP, APA, Belga and others: one message or several."""

from services.ingest.formats.iptc7901.header import Header, read_header
from services.ingest.formats.iptc7901.message import Message, messages_in
from services.ingest.formats.iptc7901.telling import read_message
from services.ingest.formats.iso646 import REPAIR, with_umlauts
from services.ingest.formats.labels import Kind
from services.ingest.formats.reading import ReadStory, bounded
from services.ingest.formats.wire_copy import Copy

__all__ = ["KIND", "Header", "Message", "looks_like", "parse", "read_header"]

KIND = Kind.TEXT


def looks_like(copy: Copy) -> bool:
    """Recognise the header line; its control characters may have been lost on the way."""
    if copy.is_json or copy.is_xml:
        return False
    return next(messages_in(copy.raw), None) is not None


def parse(copy: Copy) -> tuple[ReadStory, ...]:
    """Read every message in the body. Never raises: what has a header has a headline."""
    umlauts = with_umlauts(copy.raw)
    if umlauts:
        copy = copy._replace(raw=umlauts, repairs=(*copy.repairs, REPAIR))
    return tuple(
        ReadStory("iptc7901", read_message(m, copy)) for m in bounded(messages_in(copy.raw))
    )
