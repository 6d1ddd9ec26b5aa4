"""How much found words weigh: points in whole numbers, so that no order of adding matters."""

import math
from collections.abc import Iterable
from enum import IntEnum


class Strength(IntEnum):
    """How much a term says for its heading."""

    STRONG = 0
    TERM = 1
    WEAK = 2


class Place(IntEnum):
    """Where a word stands: the higher up, the more it says what the story is about."""

    HEADLINE = 0
    LABEL = 1
    LEAD = 2
    BODY = 3
    TAIL = 4


# One strong word in the body is worth 300 points; all else is measured against that.
_STRENGTHS = (300, 160, 60)
_PLACES = (2.4, 1.6, 1.4, 1.0, 0.6)
_AGAINST = 300

WEIGHTS = tuple(tuple(int(points * place) for points in _STRENGTHS) for place in _PLACES)

SUPPLIED = 1000
LEAST_SECTION = 200
# A topic that is at home in another section than the story's takes this much more to be one.
ELSEWHERE = 1.4
_WEAK_TOGETHER = 300
_SCALE = 400
# Words that stand close together ("der Streamingdienst DAZN") say one thing, not two.
_CLOSE = 40


# A term found: its span in the copy text, its number, what each strength weighs there, the
# headings it votes for with a strength, those it speaks against. Plain tuples, for speed.
Votes = tuple[tuple[int, int], ...]
Spot = tuple[int, int, int, tuple[int, ...], Votes, tuple[int, ...]]
# A place that speaks for a heading: minus its weight, and its span; so the heaviest sort first.
Hit = tuple[int, int, int]


# What speaks for one heading: its points, and where.
Evidence = tuple[int, list[Hit]]
NOTHING: Evidence = (0, [])


class _Tally:
    __slots__ = ("counted", "end", "hits", "sums", "times")

    def __init__(self) -> None:
        self.sums = [0, 0, 0]
        self.times: dict[int, int] = {}
        self.hits: list[Hit] = []
        self.end = -_CLOSE
        self.counted: tuple[int, int, int, int] = (0, 0, 0, 0)

    def take_back(self) -> None:
        _, added, strength, term = self.counted
        self.sums[strength] -= added
        self.times[term] -= 1
        self.hits.pop()


def weigh(spots: Iterable[Spot], lead_end: int) -> dict[int, Evidence]:
    """Add up for each heading what the spots say, given in the order of the text.

    Of spots that overlap the heaviest counts; below the lead, a spot close behind another
    counts half.
    """
    tallies: dict[int, _Tally] = {}
    against: dict[int, int] = {}
    for start, end, term, weights, votes, barred in spots:
        for heading, strength in votes:
            added = weight = weights[strength]
            tally = tallies.get(heading)
            if tally is None:
                tally = tallies[heading] = _Tally()
            elif start < tally.end:
                if weight <= tally.counted[0]:
                    continue
                tally.take_back()
            elif lead_end < tally.end > start - _CLOSE:
                added >>= 1
            times = tally.times.get(term, 0)
            tally.times[term] = times + 1
            # A word said again says half as much, each time.
            added >>= times
            tally.sums[strength] += added
            tally.end = end
            tally.counted = (weight, added, strength, term)
            tally.hits.append((-added, start, end))
        for heading in barred:
            against[heading] = against.get(heading, 0) + weights[0]
    return {
        heading: (_total(tally.sums, against.get(heading, 0)), tally.hits)
        for heading, tally in tallies.items()
    }


def _total(sums: list[int], against: int) -> int:
    strong, plain, weak = sums
    if against and against >= strong + plain // 2:
        return strong
    firm = strong + plain
    return firm + min(weak, firm, _WEAK_TOGETHER) if weak else firm


def score(points: int) -> float:
    """Turn points into a score, 0 to 1: 400 points give 0.63, and no sum reaches 1."""
    return min(round(1 - math.exp(-points / _SCALE), 3), 0.999)


def points_for(least: float) -> int:
    """Give the points that reach a score of `least`, 0 to 1."""
    return math.ceil(-_SCALE * math.log(1 - min(least, 0.999)))


def confidence(best: int, second: int) -> float:
    """How sure the choice of a section is, 0 to 1: enough points, and a lead over the second."""
    return 0.0 if best <= 0 else round(score(best) * best / (best + second), 3)
