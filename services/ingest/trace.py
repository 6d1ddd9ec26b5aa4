"""Where a story is and why: read from what every stage wrote down, never guessed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from redis.asyncio import Redis

from services.ingest.revisions import Standing
from shared.events import Revision, Tagging
from shared.keys import PartnerKeys, partition_of
from shared.record import Delivery, Routing, State, delivery_field, routed_field, tags_field
from shared.story import Frozen, Status


class AtPartner(Frozen):
    """One revision at one partner."""

    partner: str
    state: State
    at: datetime | None = None
    attempts: int = 0
    next_at: datetime | None = None
    why: str | None = None


class RevisionTrace(Frozen):
    """One revision's way: received, tagged, routed, at each partner."""

    version: int
    status: Status
    desk: str
    received_at: datetime
    previous_version: int | None = None
    changed: tuple[str, ...] | None = None
    remarks: tuple[str, ...] = ()
    lane: str
    stage: str
    tags: Tagging | None = None
    routed_at: datetime | None = None
    superseded_by: int | None = None
    held_until: datetime | None = None
    why_nobody: str | None = None
    partners_digest: str | None = None
    partners: tuple[AtPartner, ...] = ()


class Trace(Frozen):
    """A story's whole way; `late` came when a newer version stood, and was never routed."""

    story_id: str
    version: int
    status: Status
    revisions: tuple[RevisionTrace, ...]
    late: tuple[Revision, ...] = ()


class TraceReader:
    """Reads traces; changes nothing."""

    def __init__(self, redis: Redis, partitions: int) -> None:
        self._redis = redis
        self._partitions = partitions

    async def read(self, story_id: str) -> Trace | None:
        """Return the story's way, or None if no revision of it was ever accepted."""
        key = partition_of(story_id, self._partitions).story(story_id)
        record: dict[bytes, bytes] = cast("Any", await self._redis.hgetall(key))
        if b"standing" not in record:
            return None
        standing = Standing.model_validate_json(record[b"standing"])
        revisions = sorted(_revisions(record, b"rev:"), key=lambda r: r.version)
        return Trace(
            story_id=story_id,
            version=standing.version,
            status=standing.status,
            revisions=tuple([await self._revision(record, r) for r in revisions]),
            late=tuple(_revisions(record, b"late:")),
        )

    async def _revision(self, record: Mapping[bytes, bytes], revision: Revision) -> RevisionTrace:
        tags = record.get(tags_field(revision.version).encode())
        routed = record.get(routed_field(revision.version).encode())
        routing = Routing.model_validate_json(routed) if routed else None
        return RevisionTrace(
            **revision.model_dump(exclude={"schema_version", "story_id"}),
            stage="routed" if routing else "on its way",
            tags=Tagging.model_validate_json(tags) if tags else None,
            routed_at=routing.at if routing else None,
            superseded_by=routing.superseded_by if routing else None,
            held_until=routing.held_until if routing else None,
            why_nobody=routing.why_nobody if routing else None,
            partners_digest=routing.partners_digest if routing else None,
            partners=tuple(
                [await self._at(partner, revision) for partner in (routing.to if routing else ())]
            ),
        )

    async def _at(self, partner: str, revision: Revision) -> AtPartner:
        field = delivery_field(revision.story_id, revision.version)
        row = await self._redis.hget(PartnerKeys(partner).deliveries, field)
        if row is None:
            return AtPartner(partner=partner, state=State.OPEN, why="not yet in the partner's log")
        delivery = Delivery.model_validate_json(row)
        return AtPartner(partner=partner, **delivery.model_dump(exclude={"entry"}))


def _revisions(record: Mapping[bytes, bytes], prefix: bytes) -> list[Revision]:
    return [
        Revision.model_validate_json(value)
        for field, value in record.items()
        if field.startswith(prefix)
    ]
