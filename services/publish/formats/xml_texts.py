"""Writes the parts of XML that several formats share: escaped text, elements, times, paragraphs."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Final
from urllib.parse import quote

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
NMTOKEN: Final = re.compile(r"[A-Za-z0-9._:-]+")
# XML 1.0 has no way to write these, not even escaped.
_NO_CHARACTERS: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT: Final = "\ufffd"
_PARAGRAPHS: Final = re.compile(r"\n\s*\n")
_MINUTE: Final = timedelta(minutes=1)
_WIDEST_OFFSET: Final = timedelta(hours=14)


def text(value: str) -> str:
    """Escape for an element or an attribute; what XML cannot hold becomes U+FFFD."""
    # All that is printable can be held; asking that is faster than searching.
    held = value if value.isprintable() else _NO_CHARACTERS.sub(_REPLACEMENT, value)
    return escape(held)


def line(value: str | None) -> str:
    """Escape as one line."""
    return text(" ".join(value.split())) if value else ""


def identifier(story_id: str) -> str:
    """Give an id that reads the same wherever it is written; one with odd blanks goes into a URN."""
    is_plain = story_id.isprintable() and " ".join(story_id.split()) == story_id != ""
    return story_id if is_plain else f"urn:depesche:{quote(story_id, safe='')}"


def attributes(values: Mapping[str, str | None]) -> str:
    """Write attributes, each beginning with a blank; those without a value are left out."""
    given = ((name, line(value)) for name, value in values.items())
    return "".join(f' {name}="{value}"' for name, value in given if value)


def empty(name: str, values: Mapping[str, str | None]) -> str:
    """Write an element that has only attributes; nothing if none has a value."""
    told = attributes(values)
    return f"<{name}{told}/>" if told else ""


def element(name: str, value: str | None, values: Mapping[str, str | None] | None = None) -> str:
    """Write an element with one line of text; nothing if there is none."""
    told = line(value)
    return f"<{name}{attributes(values) if values else ''}>{told}</{name}>" if told else ""


def within(name: str, content: str) -> str:
    """Wrap what is written already; nothing if there is none."""
    return f"<{name}>{content}</{name}>" if content else ""


def paragraphs(body: str) -> Iterator[str]:
    """Write each paragraph of a body; its lines are parted by `<br/>`."""
    for paragraph in _PARAGRAPHS.split(body):
        lines = (line(each) for each in paragraph.split("\n"))
        if told := "<br/>".join(filter(None, lines)):
            yield f"<p>{told}</p>"


def moment(value: datetime | None) -> str | None:
    """Write a time with its offset; one that XML has none for is written in UTC."""
    if value is None:
        return None
    offset = value.utcoffset()
    if offset is None or offset % _MINUTE or abs(offset) > _WIDEST_OFFSET:
        value = value.astimezone(UTC)
    return value.isoformat()
