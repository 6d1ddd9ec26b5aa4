"""Embargoed revisions: held whole in Redis, released when their time has come."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import structlog
from pydantic_core import to_json
from redis.exceptions import RedisError

from services.publish.dispatches import Dispatch, Rules
from services.publish.embargo import Hold
from services.publish.round_trips import RoundTrips
from services.publish.scripts import Call, Script
from shared.events import Lane
from shared.keys import all_partitions, partition_of
from shared.record import Routing

log = structlog.get_logger()

RELEASE_EVERY_S = 0.5
RELEASE_AT_ONCE = 100


class Held:
    """Holds revisions and releases them; a restart changes nothing about either."""

    def __init__(self, trips: RoundTrips, partitions: int) -> None:
        self._partitions = partitions
        self._hold = Script(trips, "hold.lua")
        self._release = Script(trips, "release.lua")

    async def hold(self, dispatches: Sequence[Dispatch], rules: Rules, now: datetime) -> None:
        """Keep each until its embargo ends, unless something newer of the story is known."""
        answers = await self._hold.run_all([self._holding(one, rules, now) for one in dispatches])
        for one, newer in zip(dispatches, answers, strict=True):
            revision = one.classified.revision
            log.info(
                "story_held",
                story_id=revision.story_id,
                version=revision.version,
                until=one.classified.story.embargoed,
                superseded_by=newer.decode() or None,
            )

    def _holding(self, one: Dispatch, rules: Rules, now: datetime) -> Call:
        c, verdict = one.classified, one.verdict
        if not isinstance(verdict, Hold):
            raise TypeError(verdict)
        revision, fields = c.revision, c.entry.fields
        partition = partition_of(revision.story_id, self._partitions)
        routing = Routing(at=now, partners_digest=rules.book.digest)
        head = routing.model_dump_json(include={"at", "partners_digest"}).removesuffix("}")
        return Call(
            (partition.held, partition.held_entries, partition.story(revision.story_id)),
            (
                revision.story_id,
                revision.version,
                int(verdict.until.timestamp() * 1000),
                head,
                to_json(verdict.until),
                fields[b"revision"],
                fields[b"story"],
                fields[b"tags"],
            ),
        )

    async def release_due(self, now: datetime) -> int:
        """Put what may leave at `now` back before publish; returns how many."""
        answers = await self._release.run_all(
            [
                Call(
                    (p.held, p.held_entries, p.classified(Lane.URGENT)),
                    (int(now.timestamp() * 1000), RELEASE_AT_ONCE),
                )
                for p in all_partitions(self._partitions)
            ]
        )
        return sum(answers)

    async def keep_releasing(self) -> None:
        """Release for ever; Redis may come and go."""
        while True:
            try:
                released = await self.release_due(datetime.now(UTC))
            except RedisError as away:
                log.warning("release_postponed", why=str(away))
                released = 0
            if released < RELEASE_AT_ONCE:
                await asyncio.sleep(RELEASE_EVERY_S)
