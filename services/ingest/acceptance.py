"""Accepting: compare with the standing revision, remember it, append it, in one atomic step."""

import time
from collections.abc import Iterable, Sequence
from importlib.resources import files

from redis.asyncio import Redis

from services.ingest.filing import (
    UNKNOWN,
    Filed,
    Judged,
    Known,
    Prepared,
    contradiction,
    judged,
    prepared,
    revision,
)
from services.ingest.revisions import Accept, Contradiction, Decision, Superseded, stands_as
from shared.events import Lane
from shared.keys import Partition, all_partitions

ACCEPT = files("services.ingest").joinpath("accept.lua").read_text()
BACKLOG_KNOWN_S = 0.5


class Backlogged(Exception):  # noqa: N818 - a state of the wire, no fault
    """So much waits to be classified that routine copy must wait at the desk."""


class Acceptance:
    """The one way by which a story gets into Depesche."""

    def __init__(
        self, redis: Redis, *, partitions: int, copy_seconds: int, backlog_limit: int
    ) -> None:
        self._redis = redis
        self._partitions = partitions
        self._copy_seconds = copy_seconds
        self._backlog_limit = backlog_limit
        self._backlog_known_at = 0.0
        self._backlogged = False
        self._accept = redis.register_script(ACCEPT)

    async def accept(self, copy: Sequence[Filed]) -> list[Decision]:
        """Return what became of each, in order; everything accepted is stored when this returns.

        Most stories are new, so each is first tried as new; the script says what stands where
        one is not, and it is judged again with that. Raises redis.exceptions.RedisError if it
        may not be stored, Backlogged before any is.
        """
        ready = [prepared(filed, self._partitions) for filed in copy]
        await self._check_backlog(ready)
        known: dict[int, Known] = {}
        decisions: dict[int, Decision] = {}
        waiting = list(range(len(ready)))
        while waiting:
            turn = [
                (at, judged(ready[at], known.get(at, UNKNOWN)))
                for at in _one_of_each_story(ready, waiting)
            ]
            moved = await self._carry_out(turn)
            known |= moved
            decisions |= {at: one.decision for at, one in turn if at not in moved}
            waiting = [at for at in waiting if at not in decisions]
        return [decisions[at] for at in range(len(ready))]

    async def _check_backlog(self, ready: Iterable[Prepared]) -> None:
        if not any(one.lane is Lane.ROUTINE for one in ready):
            return
        now = time.monotonic()
        if now - self._backlog_known_at > BACKLOG_KNOWN_S:
            partitions = all_partitions(self._partitions)
            longest = max([await self._redis.xlen(p.received(Lane.ROUTINE)) for p in partitions])
            self._backlogged = longest > self._backlog_limit
            self._backlog_known_at = now
        if self._backlogged:
            raise Backlogged

    async def _carry_out(self, turn: Sequence[tuple[int, Judged]]) -> dict[int, Known]:
        """Return what stands for those whose story had moved on."""
        by_partition: dict[Partition, list[tuple[int, Judged]]] = {}
        for at, one in turn:
            if isinstance(one.decision, Accept):
                by_partition.setdefault(one.ready.partition, []).append((at, one))
        moved: dict[int, Known] = {}
        for partition, group in by_partition.items():
            answers = await self._append(partition, [one for _, one in group])
            moved |= {at: known for (at, _), known in zip(group, answers, strict=True) if known}
        others = [one for _, one in turn if not isinstance(one.decision, Accept)]
        if others:
            await self._note(others)
        return moved

    async def _append(self, partition: Partition, group: Sequence[Judged]) -> list[Known | None]:
        keys: list[str] = []
        args: list[bytes | str | int] = [self._copy_seconds]
        for one in group:
            ready, version = one.ready, one.decision.version  # type: ignore[union-attr] # all are Accept
            story = ready.filed.story
            keys += [
                partition.story(story.story_id),
                partition.copy(story.story_id),
                partition.received(ready.lane),
            ]
            args += [
                one.known.standing,
                stands_as(story, version).model_dump_json(exclude_none=True),
                version,
                ready.digest,
                ready.filed.delivery_id or "",
                ready.filed.raw,
                revision(one, version).model_dump_json(exclude_none=True),
                ready.story_json,
            ]
        answers: list[bytes | list[bytes]] = await self._accept(keys=keys, args=args)
        return [Known(*answer) if isinstance(answer, list) else None for answer in answers]

    async def _note(self, others: Iterable[Judged]) -> None:
        """Keep what came too late with the story, and contradictions with the dead letters."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for one in others:
                ready, partition = one.ready, one.ready.partition
                match one.decision:
                    case Superseded(by):
                        pipe.hsetnx(
                            partition.story(ready.filed.story.story_id),
                            f"late:{ready.digest}",
                            revision(one, by).model_dump_json(),
                        )
                    case Contradiction(version):
                        pipe.xadd(partition.dead, contradiction(ready, version))  # type: ignore[arg-type] # bytes are fields too
                    case _:
                        pass
            if len(pipe):
                await pipe.execute()


def _one_of_each_story(ready: Sequence[Prepared], waiting: Iterable[int]) -> list[int]:
    """A later version in the same request is judged against what the earlier one left."""
    first: dict[str, int] = {}
    for at in waiting:
        first.setdefault(ready[at].filed.story.story_id, at)
    return list(first.values())
