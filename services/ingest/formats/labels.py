"""What a content type promises. It is a hint only: the bytes decide (wire-rules 11.3)."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_XML = frozenset(
    ("application/xml", "text/xml", "application/nitf", "text/nitf", "text/vnd.iptc.nitf")
)


class Kind(StrEnum):
    """What a body is said to be."""

    JSON = "json"
    XML = "xml"
    TEXT = "text"
    UNSAID = "unsaid"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Label:
    """A content type, taken apart: media type in lower case, and its charset if it names one."""

    kind: Kind
    media: str = ""
    charset: str | None = None


@lru_cache(maxsize=64)  # a desk sends the same few labels all day
def label_of(content_type: str | None) -> Label:
    """Take a Content-Type header apart (RFC 9110, 8.3); none at all promises nothing."""
    if not content_type:
        return Label(Kind.UNSAID)
    media, _, parameters = content_type.lower().partition(";")
    media = media.strip()
    return Label(_kind(media), media, _charset(parameters) if parameters else None)


def _kind(media: str) -> Kind:
    if media in {"application/json", "text/json"} or media.endswith("+json"):
        return Kind.JSON
    # application/vnd.iptc.g2.newsitem+xml, application/rss+xml; some say vnd.iptc.g2.newsitem alone.
    if media in _XML or media.endswith("+xml") or media.startswith("application/vnd.iptc.g2."):
        return Kind.XML
    if media == "text/plain":
        return Kind.TEXT
    return Kind.UNSAID if media in {"", "application/octet-stream"} else Kind.OTHER


def _charset(parameters: str) -> str | None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip() == "charset":
            return value.strip().strip('"') or None
    return None
