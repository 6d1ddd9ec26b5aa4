"""Which revision of a story stands? Pure: standing and incoming in, a decision out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import blake2b

from shared.events import Lane
from shared.record import StandingVersion
from shared.story import Status, Story

_MOST_DIGITS = 100
URGENT_UP_TO = 2  # Blitz and Eil (wire-rules 8.2)


class Standing(StandingVersion):
    """The newest revision of a story that was accepted, as far as judging needs it."""

    agency_version: int | str | None = None
    version_created: datetime | None = None
    embargoed: datetime | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Accept:
    """The incoming revision is the newest; Depesche's own number for it.

    `remarks` say what an editor should look at, though it is obeyed.
    """

    version: int
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same revision was accepted before, under this version."""

    version: int


@dataclass(frozen=True, slots=True)
class Superseded:
    """A newer revision stands, so this one is never sent (wire-rules 2.6)."""

    by: int


@dataclass(frozen=True, slots=True)
class Foreign:
    """The story is another agency's, under whose credit the desk may not post."""

    credit: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Same version and time, other content: for an editor to decide (wire-rules 3.3)."""

    version: int


Decision = Accept | Duplicate | Superseded | Contradiction | Foreign


class Order(Enum):
    """How an incoming revision lies to the standing one."""

    NEWER = 1
    SAME = 0
    OLDER = -1
    UNTOLD = None  # neither bears what could be compared: only the order of arrival is left


# How much a status takes back; of two that claim one place the graver stands (wire-rules 6.1).
_GRAVITY = {Status.USABLE: 0, Status.WITHHELD: 1, Status.CANCELED: 2}


def judge(standing: Standing | None, seen: int | None, story: Story) -> Decision:
    """Decide about `story`; `seen` is the version under which the same copy was accepted.

    A kill of a story nobody knows stands like any revision: the late original is older
    (wire-rules 6.11). What nothing proves to be newer never revives what was called back (2.7).
    """
    if seen is not None:
        return Duplicate(seen)
    if standing is None:
        own = _own_version(story)
        return Accept(1 if own is None else own)
    relation = order(standing, story)
    revives = _GRAVITY[story.status] < _GRAVITY[standing.status]
    if relation is Order.SAME or _is_kill_of_this_version(standing, story):
        return _break_tie(standing, story)
    if relation is Order.OLDER or (relation is Order.UNTOLD and revives):
        return Superseded(standing.version)
    return Accept(_next_version(standing, story), tuple(_remarks(standing, story)))


def _is_kill_of_this_version(standing: Standing, story: Story) -> bool:
    """Whether one of two under one version is a kill: only a higher number undoes it (2.7)."""
    told = _counted(story.agency_version)
    if not isinstance(told, int) or told != _counted(standing.agency_version):
        return False
    return (standing.status is Status.CANCELED) != (story.status is Status.CANCELED)


def order(standing: Standing, story: Story) -> Order:
    """Compare by (version, version_created); what lacks both by arrival (wire-rules 2.1 to 2.4)."""
    by_version = _compare(standing.agency_version, story.agency_version)
    if by_version in (Order.NEWER, Order.OLDER):
        return by_version
    by_time = _compare(standing.version_created, story.version_created)
    if by_time in (Order.NEWER, Order.OLDER):
        return by_time
    return by_version


def _compare(standing: object, incoming: object) -> Order:
    """Untold where the two cannot be compared: one is missing, or a text beside a number."""
    standing, incoming = _counted(standing), _counted(incoming)
    match standing, incoming:
        case (int(), int()) | (datetime(), datetime()):
            if incoming == standing:
                return Order.SAME
            return Order.NEWER if incoming > standing else Order.OLDER  # type: ignore[operator] # the case says so
        case (str(), str()) if standing == incoming:
            return Order.SAME
        case _:
            return Order.UNTOLD


def _counted(told: object) -> object:
    """Read digits as a number, however many: some agencies count in more than 64 bits (2.2)."""
    is_number = isinstance(told, str) and told.isascii() and told.isdigit()
    return int(str(told)[:_MOST_DIGITS]) if is_number else told


def _break_tie(standing: Standing, story: Story) -> Decision:
    """Of two contents of one version, the graver stands, whichever came or was made first."""
    graver = _GRAVITY[story.status] - _GRAVITY[standing.status]
    if graver > 0:
        return Accept(standing.version + 1)
    return Superseded(standing.version) if graver < 0 else Contradiction(standing.version)


def _remarks(standing: Standing, story: Story) -> Iterator[str]:
    created, before = story.version_created, standing.version_created
    if created is not None and before is not None and created < before:
        yield "a higher version that was created earlier: the agency's clock is wrong (2.3)"
    if standing.embargoed is None or story.embargoed is not None:
        return
    if story.status is Status.USABLE and (created is None or standing.embargoed > created):
        until = standing.embargoed.isoformat()
        yield f"the embargo until {until} is gone in this version, so it is lifted (7.1)"


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
        embargoed=story.embargoed,
        credit=story.credit,
    )


def lane_of(story: Story) -> Lane:
    """Flash, urgent, corrections, kills and holds go ahead of the backlog (wire-rules 8.2).

    A repeat is no news, however urgent it was (3.4).
    """
    if story.status is not Status.USABLE:
        return Lane.URGENT
    kind = (story.signal or "").rpartition(":")[2]  # `sig:correction`, or the bare word
    urgent = story.urgency is not None and story.urgency <= URGENT_UP_TO and kind != "repeat"
    return Lane.URGENT if urgent or kind == "correction" else Lane.ROUTINE


def digest(story: Story, story_json: bytes) -> str:
    """Return what tells two contents of one story apart; 24 hex digits.

    What had to be mended on the way in is no content: a re-send in another charset is the same.
    """
    told = story_json
    if story.repairs:
        told = story.model_copy(update={"repairs": ()}).model_dump_json(exclude_none=True).encode()
    return blake2b(told, digest_size=12).hexdigest()
