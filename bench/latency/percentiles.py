"""Percentiles of waits. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

Arrival = tuple[str, str, int]
"""Partner, story id, and when: nanoseconds of the monotonic clock."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Milliseconds from the scheduled POST to the handler, and how many never came or came twice."""

    p50: float
    p90: float
    p99: float
    longest: float
    arrived: int
    missing: int
    twice: int


def percentile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1] of them do not exceed (nearest rank)."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def waits(moments: Mapping[str, int], arrivals: Iterable[Arrival], partners: int) -> Waits:
    """Measure each (story, partner) by its first arrival; stories not in `moments` do not count.

    Raises ValueError where nothing arrived at all.
    """
    first: dict[tuple[str, str], int] = {}
    counted = 0
    for partner, story, when in arrivals:
        if story in moments:
            counted += 1
            first[story, partner] = min(when, first.get((story, partner), when))
    if not first:
        raise ValueError("nothing arrived")
    ordered = sorted((when - moments[story]) / 1e6 for (story, _), when in first.items())
    p50, p90, p99 = (percentile(ordered, share) for share in (0.5, 0.9, 0.99))
    expected = len(moments) * partners
    missing, twice = expected - len(first), counted - len(first)
    return Waits(p50, p90, p99, ordered[-1], len(first), missing, twice)
