"""Who sent it: finds an agency's row, parts the version from its ids, tells its clock."""

import re
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from services.ingest.source_table import COMMON, SOURCES, Source, ids

__all__ = ["Identity", "Source", "identify", "identify_by", "source_of", "zone_of"]

_INT64_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class Identity:
    """The id that all versions of a story share, and which version this is."""

    story_id: str
    version: int | str | None = None


_BY_NAME: Final = {name: source for source in SOURCES for name in source.names}
_BY_ID: Final = tuple(source for source in SOURCES if source.raw_id)
# One pattern for all rows: its groups are theirs, in their order.
_TELLING_ID: Final = ids("|".join(f"({each.raw_id})" for each in _BY_ID))
_NAME_IN_ID: Final = re.compile(
    r"(?:urn:newsml:(?:www\.)?|urn:publicid:|tag:(?:www\.)?|https?://(?:www\.)?|\d{8}:)([\w.-]{2,60})",
    re.IGNORECASE,
)
_LONGEST_ID: Final = 400


def identify(
    raw_id: str, provider: str | None = None, version: int | str | None = None
) -> Identity:
    """Part an id into the story's own and the version in it (wire-rules 1.2, 1.3).

    A version that the document gives beside it counts, unless the one in the id is a greater
    number: some agencies raise only their ids and leave the other at 1 for ever.
    """
    return identify_by(source_of(provider, raw_id), raw_id, version)


def identify_by(source: Source | None, raw_id: str, version: int | str | None = None) -> Identity:
    """Part an id of an agency whose row is at hand."""
    story_id, found = raw_id, None
    rules = (*COMMON, source.split) if source and source.split else COMMON
    for rule in rules if len(raw_id) <= _LONGEST_ID else ():
        if match := rule.fullmatch(story_id):
            parts = {n.removesuffix("_1"): t for n, t in match.groupdict().items() if t}
            story_id = parts["story"] + (f"-{parts['part']}" if "part" in parts else "")
            found = parts["version"]
    return Identity(story_id, _greater(_number(version), _number(found)))


def source_of(provider: str | None, raw_id: str | None = None) -> Source | None:
    """Find the row of an agency: by an id that only it makes, by its name, by the name in the id."""
    if raw_id and (telling := _TELLING_ID.match(raw_id)):
        return _BY_ID[(telling.lastindex or 1) - 1]
    return _named(provider) or _named_in(raw_id)


def zone_of(provider: str | None, raw_id: str | None = None) -> ZoneInfo | None:
    """Tell whose clock dates copy that gives no offset; None for an agency without a row."""
    source = source_of(provider, raw_id)
    return ZoneInfo(source.zone) if source else None


def _named(provider: str | None) -> Source | None:
    if not provider:
        return None
    name = " ".join(provider.lower().split()).removeprefix("www.")
    return _BY_NAME.get(name) or _BY_NAME.get(name.partition("/")[0].strip())


def _named_in(raw_id: str | None) -> Source | None:
    found = _NAME_IN_ID.match(raw_id) if raw_id else None
    return _BY_NAME.get(found[1].lower()) if found else None


def _number(version: int | str | None) -> int | str | None:
    if isinstance(version, str):
        text = version.strip()
        is_number = text.isascii() and text.isdigit() and len(text) <= _INT64_DIGITS
        return int(text) if is_number else text or None
    return version


def _greater(told: int | str | None, found: int | str | None) -> int | str | None:
    if isinstance(told, int) and isinstance(found, int):
        return max(told, found)
    return found if told is None else told
