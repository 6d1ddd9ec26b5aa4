"""Which section a story belongs in and which topics it has, and why. It never reads a clock."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from services.classify.automaton import Tagger, compile_taxonomy, find
from services.classify.copytext import FIELDS, CopyText, lay_out
from services.classify.scoring import (
    ELSEWHERE,
    LEAST_SECTION,
    NOTHING,
    SUPPLIED,
    Evidence,
    Hit,
    confidence,
    score,
    weigh,
)
from services.classify.supplied import Supplied, supplied
from services.classify.terms import whole_words
from shared.events import Tagging
from shared.story import Story

__all__ = ["Tagger", "compile_taxonomy", "tag", "tagging_fields"]

_MOST_REASONS = 8


class Choice(NamedTuple):
    """The section chosen, what speaks for it, and how sure that is (0 to 1)."""

    heading: int
    evidence: Evidence
    confidence: float


def tag(story: Story, tagger: Tagger) -> Tagging:
    """Tag a story: always exactly one section, and each topic that reaches its threshold.

    A reason's `at` counts the characters of its field as `copytext.field_texts` gives it.
    """
    return Tagging.model_validate(tagging_fields(story, tagger))


def tagging_fields(story: Story, tagger: Tagger) -> dict[str, Any]:
    """Give the fields of `tag`'s Tagging as they are written to the stream.

    Making the models of every reason only to write them out took a fifth of classify's time.
    """
    copy = lay_out(story)
    said = supplied(story, copy, tagger)
    evidence = _evidence(copy, said, tagger)
    chosen = _choose(evidence, said, tagger)
    sure = chosen.confidence
    topics = [
        _tag(heading, weighed, said, copy, tagger)
        for heading, weighed in _topics(evidence, said, chosen.heading, tagger).items()
    ]
    return {
        "section": _tag(chosen.heading, chosen.evidence, said, copy, tagger),
        "topics": sorted(topics, key=lambda each: (-each["score"], each["name"])),
        "confidence": sure,
        "needs_review": sure < tagger.review_below,
        "taxonomy": tagger.version,
    }


def _evidence(copy: CopyText, said: Supplied, tagger: Tagger) -> dict[int, Evidence]:
    evidence = weigh(find(copy, tagger.automaton), copy.lead_end)
    for at, hits in said.named.items():
        points, found = evidence.get(at, NOTHING)
        evidence[at] = (points + SUPPLIED, [*hits, *found])
    return evidence


def _topics(
    evidence: dict[int, Evidence], said: Supplied, section: int, tagger: Tagger
) -> dict[int, Evidence]:
    """Give the topics above their threshold, and the topics those belong to."""
    found: dict[int, Evidence] = {}
    for at, weighed in evidence.items():
        if at < tagger.sections:
            continue
        least = tagger.least[at] * (1 if tagger.homes[at] == section else ELSEWHERE)
        if at in said.named or weighed[0] >= least:
            found[at] = weighed
    for at in sorted(found):
        above = tagger.broader.get(at)
        while above is not None:
            found[above] = _stronger(found.get(above), found[at])
            above = tagger.broader.get(above)
    return found


def _stronger(one: Evidence | None, other: Evidence) -> Evidence:
    return one if one is not None and one[0] >= other[0] else other


def _choose(evidence: dict[int, Evidence], said: Supplied, tagger: Tagger) -> Choice:
    """Choose where a published page was placed, else the section with the most points."""
    lenders = _lenders(evidence, tagger)
    points = _section_points(evidence, lenders, tagger)
    ranked = sorted(points, key=lambda at: (-points[at], at))
    if said.placed is not None:
        best, sure = said.placed, 1.0
    elif ranked and points[ranked[0]] >= LEAST_SECTION:
        best = ranked[0]
        sure = confidence(points[best], points[ranked[1]] if len(ranked) > 1 else 0)
    else:
        best, sure = tagger.fallback, 0.0
    _, own = evidence.get(best, NOTHING)
    _, lent = evidence[lenders[best]] if best in lenders else NOTHING
    return Choice(best, (points.get(best, 0), [*own, *lent]), sure)


def _lenders(evidence: dict[int, Evidence], tagger: Tagger) -> dict[int, int]:
    """Give for each section the topic that lends it the most points."""
    lenders: dict[int, int] = {}
    for at in sorted(evidence):
        home = tagger.homes.get(at)
        if home is not None:
            before = lenders.get(home)
            if before is None or _lent(evidence, at, tagger) > _lent(evidence, before, tagger):
                lenders[home] = at
    return lenders


def _lent(evidence: dict[int, Evidence], at: int, tagger: Tagger) -> int:
    return int(evidence[at][0] * tagger.lends[at])


def _section_points(
    evidence: dict[int, Evidence], lenders: dict[int, int], tagger: Tagger
) -> dict[int, int]:
    points = {at: points for at, (points, _) in evidence.items() if at < tagger.sections}
    for home, at in lenders.items():
        points[home] = points.get(home, 0) + _lent(evidence, at, tagger)
    return {at: int(sum_ * tagger.emphasis[at]) for at, sum_ in points.items()}


def _tag(
    at: int, weighed: Evidence, said: Supplied, copy: CopyText, tagger: Tagger
) -> dict[str, Any]:
    heading = tagger.headings[at]
    code = {} if heading.code is None else {"code": heading.code}
    return {
        "name": heading.name,
        **code,
        "score": 1.0 if at in said.named else score(weighed[0]),
        "source": "supplied" if at in said.named else "rules",
        "reasons": _reasons(weighed[1], copy),
    }


def _reasons(hits: Iterable[Hit], copy: CopyText) -> list[dict[str, Any]]:
    """Give the strongest and then the earliest hits, each word once and whole."""
    reasons: dict[tuple[int, str], dict[str, Any]] = {}
    for _, first, last in sorted(hits):
        start, end = whole_words(copy.plain, first, last)
        field, term = copy.field_at(start), copy.plain[start:end]
        if (field, term) not in reasons:
            at = start - copy.starts[field]
            reasons[field, term] = {"term": term, "field": FIELDS[field], "at": at}
            if len(reasons) == _MOST_REASONS:
                break
    return list(reasons.values())
