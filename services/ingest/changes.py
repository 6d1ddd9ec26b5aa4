"""What changed from one version of a story to the next, for partners and the trace. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from shared.story import Status, Story


class Change(StrEnum):
    """A part of a story that another version may have changed."""

    STATUS = "status"
    HEADLINE = "headline"
    FACTS = "facts"  # numbers or names in the text
    WORDING = "wording"  # the text, but no number and no name in it
    NOTE = "note"
    EMBARGO = "embargo"
    PICTURES = "pictures"
    METADATA = "metadata"


# German writes every noun with a capital: a changed one is a changed fact often enough to say so.
_FACTS: Final = re.compile(r"\d(?:[\d.,:]*\d)?|[A-ZÄÖÜ][\wÄÖÜäöüß-]*")
_METADATA: Final = (
    *("signal", "urgency", "expires", "language", "kicker", "breadcrumb", "slug", "dateline"),
    *("credit", "byline", "teaser", "picture_note", "subjects", "keywords", "copyright_notice"),
    *("usage_terms", "family_id"),
)


def changes(before: Story, after: Story) -> tuple[Change, ...]:
    """Name what differs, the gravest first; a recall has no text, so that is no change of it."""
    return tuple(_changes(before, after))


def _changes(before: Story, after: Story) -> Iterator[Change]:
    if before.status != after.status:
        yield Change.STATUS
    if before.headline != after.headline:
        yield Change.HEADLINE
    if after.status is Status.USABLE and before.body_text != after.body_text:
        same_facts = _facts(before.body_text) == _facts(after.body_text)
        yield Change.WORDING if same_facts else Change.FACTS
    if (before.ed_note, before.correction_note) != (after.ed_note, after.correction_note):
        yield Change.NOTE
    if before.embargoed != after.embargoed:
        yield Change.EMBARGO
    if after.status is Status.USABLE and before.pictures != after.pictures:
        yield Change.PICTURES
    if any(getattr(before, name) != getattr(after, name) for name in _METADATA):
        yield Change.METADATA


def _facts(text: str) -> Counter[str]:
    return Counter(_FACTS.findall(text))
