"""Which revision of a story stands? Pure: standing and incoming in, a decision out."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import blake2b

from shared.events import Lane
from shared.record import StandingVersion
from shared.story import Status, Story

URGENT_UP_TO = 2  # Blitz and Eil (wire-rules 8.2)


class Standing(StandingVersion):
    """The newest revision of a story that was accepted, as far as judging needs it."""

    agency_version: int | str | None = None
    version_created: datetime | None = None


@dataclass(frozen=True, slots=True)
class Accept:
    """The incoming revision is the newest; Depesche's own number for it."""

    version: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same revision was accepted before, under this version."""

    version: int


@dataclass(frozen=True, slots=True)
class Superseded:
    """A newer revision stands, so this one is never sent (wire-rules 2.6)."""

    by: int


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Same version and time, other content: for an editor to decide (wire-rules 3.3)."""

    version: int


Decision = Accept | Duplicate | Superseded | Contradiction


class Order(Enum):
    """How an incoming revision lies to the standing one."""

    NEWER = 1
    SAME = 0
    OLDER = -1


def judge(standing: Standing | None, seen: int | None, story: Story) -> Decision:
    """Decide about `story`; `seen` is the version under which the same content was accepted."""
    if seen is not None:
        return Duplicate(seen)
    if standing is None:
        own = _own_version(story)
        return Accept(1 if own is None else own)
    match order(standing, story):
        case Order.NEWER:
            return Accept(_next_version(standing, story))
        case Order.OLDER:
            return Superseded(standing.version)
        case Order.SAME:
            return _break_tie(standing, story)


def order(standing: Standing, story: Story) -> Order:
    """Compare by (version, version_created), then by arrival (wire-rules 2.1 to 2.4)."""
    by_version = _compare(standing.agency_version, story.agency_version)
    if by_version not in (None, Order.SAME):
        return by_version
    by_time = _compare(standing.version_created, story.version_created)
    if by_time not in (None, Order.SAME):
        return by_time
    return Order.NEWER if by_version is None else Order.SAME


def _compare(standing: object, incoming: object) -> Order | None:
    """None where the two cannot be compared: one is missing, or a text beside a number."""
    match standing, incoming:
        case (int(), int()) | (datetime(), datetime()):
            if incoming == standing:
                return Order.SAME
            return Order.NEWER if incoming > standing else Order.OLDER  # type: ignore[operator] # the case says so
        case (str(), str()) if standing == incoming:
            return Order.SAME
        case _:
            return None


def _break_tie(standing: Standing, story: Story) -> Decision:
    """Of two contents of one version, a kill wins in whichever order they come (wire-rules 6.1)."""
    if standing.status is not Status.CANCELED and story.status is Status.CANCELED:
        return Accept(standing.version + 1)
    if standing.status is Status.CANCELED and story.status is not Status.CANCELED:
        return Superseded(standing.version)
    return Contradiction(standing.version)


def _own_version(story: Story) -> int | None:
    version = story.agency_version
    return version if isinstance(version, int) and version >= 0 else None


def _next_version(standing: Standing, story: Story) -> int:
    own = _own_version(story)
    return own if own is not None and own > standing.version else standing.version + 1


def stands_as(story: Story, version: int) -> Standing:
    """Return what is remembered of an accepted revision."""
    return Standing(
        version=version,
        agency_version=story.agency_version,
        version_created=story.version_created,
        status=story.status,
    )


def lane_of(story: Story) -> Lane:
    """Flash, urgent, corrections, kills and holds go ahead of the backlog (wire-rules 8.2)."""
    urgent = story.urgency is not None and story.urgency <= URGENT_UP_TO
    corrects = (story.signal or "").endswith("correction")  # `sig:correction`, or the bare word
    ordered = story.status is not Status.USABLE or corrects
    return Lane.URGENT if urgent or ordered else Lane.ROUTINE


def digest(story_json: bytes) -> str:
    """Return what tells two contents of one story apart; 24 hex digits."""
    return blake2b(story_json, digest_size=12).hexdigest()
