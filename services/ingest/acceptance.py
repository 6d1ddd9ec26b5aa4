"""Accepting: compare with the standing revision, remember it, append it, in one atomic step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from redis.asyncio import Redis

from services.ingest.revisions import (
    Accept,
    Contradiction,
    Decision,
    Duplicate,
    Standing,
    Superseded,
    digest,
    judge,
    lane_of,
    stands_as,
)
from shared.dead_letters import RAW, DeadLetter, Kind, dead_fields
from shared.events import Lane, Revision
from shared.keys import Partition, partition_of
from shared.story import Story

ACCEPT = files("services.ingest").joinpath("accept.lua").read_text()


@dataclass(frozen=True, slots=True)
class Filed:
    """One story as a desk filed it, with the bytes it came in."""

    story: Story
    raw: bytes
    desk: str
    received_at: datetime


class Backlogged(Exception):  # noqa: N818 - a state of the wire, no fault
    """So much waits to be classified that routine copy must wait at the desk."""


@dataclass(frozen=True, slots=True)
class _Judged:
    filed: Filed
    story_json: bytes
    digest: str
    expected: bytes
    decision: Decision


class Acceptance:
    """The one way by which a story gets into Depesche."""

    def __init__(
        self, redis: Redis, *, partitions: int, copy_seconds: int, backlog_limit: int
    ) -> None:
        self._redis = redis
        self._partitions = partitions
        self._copy_seconds = copy_seconds
        self._backlog_limit = backlog_limit
        self._accept = redis.register_script(ACCEPT)

    async def accept(self, copy: Sequence[Filed]) -> list[Decision]:
        """Return what became of each, in order; everything accepted is stored when this returns.

        Raises redis.exceptions.RedisError if it may not be stored, Backlogged before any is.
        """
        await self._check_backlog(copy)
        decisions: dict[int, Decision] = {}
        waiting = list(range(len(copy)))
        while waiting:
            turn = _one_of_each_story(copy, waiting)
            judged = await self._judge([copy[at] for at in turn])
            settled = await self._carry_out(judged)
            decisions |= {
                at: j.decision for at, j, done in zip(turn, judged, settled, strict=True) if done
            }
            waiting = [at for at in waiting if at not in decisions]
        return [decisions[at] for at in range(len(copy))]

    async def _check_backlog(self, copy: Sequence[Filed]) -> None:
        routine = {
            partition_of(c.story.story_id, self._partitions).received(Lane.ROUTINE)
            for c in copy
            if lane_of(c.story) is Lane.ROUTINE
        }
        for stream in routine:
            if await self._redis.xlen(stream) > self._backlog_limit:
                raise Backlogged(stream)

    async def _judge(self, copy: Sequence[Filed]) -> list[_Judged]:
        jsons = [filed.story.model_dump_json(exclude_none=True).encode() for filed in copy]
        digests = [digest(story_json) for story_json in jsons]
        async with self._redis.pipeline(transaction=False) as pipe:
            for filed, mark in zip(copy, digests, strict=True):
                key = self._partition(filed).story(filed.story.story_id)
                pipe.hmget(key, "standing", f"seen:{mark}")
            known = await pipe.execute()
        return [
            _Judged(filed, story_json, mark, standing or b"", _decide(standing, seen, filed.story))
            for filed, story_json, mark, (standing, seen) in zip(
                copy, jsons, digests, known, strict=True
            )
        ]

    async def _carry_out(self, judged: Sequence[_Judged]) -> list[bool]:
        """Return which are settled; an accepted one is not where the story had moved on."""
        by_partition: dict[Partition, list[_Judged]] = {}
        for one in judged:
            if isinstance(one.decision, Accept):
                by_partition.setdefault(self._partition(one.filed), []).append(one)
        lost: set[int] = set()
        for partition, group in by_partition.items():
            stored = await self._append(partition, group)
            lost |= {id(one) for one, done in zip(group, stored, strict=True) if not done}
        await self._note_others(judged)
        return [id(one) not in lost for one in judged]

    async def _append(self, partition: Partition, group: Sequence[_Judged]) -> list[int]:
        keys: list[str] = []
        args: list[bytes | str | int] = [self._copy_seconds]
        for one in group:
            story, version = one.filed.story, one.decision.version  # type: ignore[union-attr] # all are Accept
            lane = lane_of(story)
            keys += [
                partition.story(story.story_id),
                partition.copy(story.story_id),
                partition.received(lane),
            ]
            args += [
                one.expected,
                stands_as(story, version).model_dump_json(exclude_none=True),
                version,
                one.digest,
                one.filed.raw,
                _revision(one, version, lane).model_dump_json(exclude_none=True),
                one.story_json,
            ]
        stored: list[int] = await self._accept(keys=keys, args=args)
        return stored

    async def _note_others(self, judged: Sequence[_Judged]) -> None:
        """Keep what came too late with the story, and contradictions with the dead letters."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for one in judged:
                partition, filed = self._partition(one.filed), one.filed
                match one.decision:
                    case Superseded(by):
                        pipe.hsetnx(
                            partition.story(filed.story.story_id),
                            f"late:{one.digest}",
                            _revision(one, by, lane_of(filed.story)).model_dump_json(),
                        )
                    case Contradiction(version):
                        pipe.xadd(partition.dead, _contradiction(one, version))  # type: ignore[arg-type] # bytes are fields too
                    case _:
                        pass
            if len(pipe):
                await pipe.execute()

    def _partition(self, filed: Filed) -> Partition:
        return partition_of(filed.story.story_id, self._partitions)


def _one_of_each_story(copy: Sequence[Filed], waiting: Sequence[int]) -> list[int]:
    first: dict[str, int] = {}
    for at in waiting:
        first.setdefault(copy[at].story.story_id, at)
    return list(first.values())


def _decide(standing: bytes | None, seen: bytes | None, story: Story) -> Decision:
    return judge(
        Standing.model_validate_json(standing) if standing else None,
        int(seen) if seen else None,
        story,
    )


def _revision(one: _Judged, version: int, lane: Lane) -> Revision:
    story = one.filed.story
    before = Standing.model_validate_json(one.expected).version if one.expected else None
    return Revision(
        story_id=story.story_id,
        version=version,
        previous_version=before,
        status=story.status,
        lane=lane,
        desk=one.filed.desk,
        received_at=one.filed.received_at,
    )


def _contradiction(one: _Judged, version: int) -> dict[bytes, bytes]:
    letter = DeadLetter(
        kind=Kind.CONTRADICTORY,
        why=f"version {version} was already accepted with other content",
        stage="ingest",
        desk=one.filed.desk,
        story_id=one.filed.story.story_id,
        version=version,
    )
    return dead_fields(letter, {RAW: one.filed.raw})


__all__ = [
    "Acceptance",
    "Backlogged",
    "Contradiction",
    "Duplicate",
    "Filed",
]
