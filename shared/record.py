"""What is kept of a story and of its way to each partner, so that anyone can account for it.

A story's hash holds `standing`, and per version `rev:N`, `tags:N`, `routed:N`; a partner's
deliveries hash holds a Delivery per story and version.
"""

from datetime import datetime
from enum import StrEnum

from shared.story import Frozen, Status


class State(StrEnum):
    """Where one revision is with one partner (invariant 7)."""

    OPEN = "open"  # in the partner's log, to be pushed
    SENT = "sent"  # pushed and taken; or in the log of a partner that pulls
    SUPERSEDED = "superseded"
    FILTERED = "filtered"
    HELD = "held"
    DEAD = "dead"


class StandingVersion(Frozen):
    """The newest accepted revision of a story: field `standing` of its hash. Ingest adds to it."""

    version: int
    status: Status = Status.USABLE


class Routing(Frozen):
    """Who a revision was routed to, decided once: field `routed:N` of the story's hash.

    Partners known under `partners_digest` and not in `to` were filtered.
    """

    at: datetime
    to: tuple[str, ...] = ()
    superseded_by: int | None = None
    held_until: datetime | None = None
    why_nobody: str | None = None
    partners_digest: str


class Delivery(Frozen):
    """One revision's way to one partner; `attempts` counts pushes, times are UTC."""

    state: State
    entry: str
    at: datetime
    attempts: int = 0
    next_at: datetime | None = None
    why: str | None = None


def revision_field(version: int) -> str:
    return f"rev:{version}"


def tags_field(version: int) -> str:
    return f"tags:{version}"


def routed_field(version: int) -> str:
    return f"routed:{version}"


def delivery_field(story_id: str, version: int) -> str:
    """Return the field of the deliveries hash; the version stands first, ids may hold anything."""
    return f"{version} {story_id}"
