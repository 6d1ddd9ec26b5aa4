"""What the supplier itself says a story is: subject codes, breadcrumb, kicker. No words weighed."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from services.classify.automaton import Tagger
from services.classify.copytext import FIELDS, CopyText, subject_text
from services.classify.scoring import SUPPLIED, Hit
from shared.story import Story

_KICKER, _BREADCRUMB = FIELDS.index("kicker"), FIELDS.index("breadcrumb")
_SUBJECTS = FIELDS.index("subjects")
_MEDIA_TOPIC = re.compile(r"^https?://cv\.iptc\.org/newscodes/mediatopic/(?=\d{8}$)")


class Supplied(NamedTuple):
    """Headings the supplier named, each with where; `placed`: the section of a published page."""

    named: dict[int, list[Hit]]
    placed: int | None


def supplied(story: Story, copy: CopyText, tagger: Tagger) -> Supplied:
    """Find what the supplier named; of a page's channels the innermost is its section."""
    named: dict[int, list[Hit]] = {}
    placed: int | None = None
    for heading, start, size, trail in _named(story, copy, tagger):
        hit = (-SUPPLIED, start, start + size)
        named.setdefault(heading, []).append(hit)
        if trail:
            placed = _innermost(placed, heading, tagger)
            named.setdefault(placed, [hit])
    return Supplied(named, placed)


def _innermost(placed: int | None, heading: int, tagger: Tagger) -> int:
    """Choose between channels; one called like a topic only places where no section was named."""
    home = tagger.homes.get(heading)
    return heading if home is None else home if placed is None else placed


def _named(story: Story, copy: CopyText, tagger: Tagger) -> Iterator[tuple[int, int, int, bool]]:
    names = tagger.names
    if story.kicker and (heading := names.get(story.kicker.strip().lower())) is not None:
        yield heading, copy.starts[_KICKER], len(story.kicker), False
    at = copy.starts[_BREADCRUMB]
    for part in story.breadcrumb:
        if (heading := names.get(part.strip().lower())) is not None:
            yield heading, at, len(part), True
        at += len(part) + 2
    at = copy.starts[_SUBJECTS]
    for subject in story.subjects:
        code = _MEDIA_TOPIC.sub("medtop:", subject.code or "")
        heading = tagger.codes.get(code, names.get((subject.name or "").strip().lower()))
        if heading is not None:
            yield heading, at, len(subject.code or subject.name or ""), False
        at += len(subject_text(subject)) + 2
