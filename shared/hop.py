"""The hop: a stage reads entries, and its results are appended in the step that acknowledges them.

An entry is acknowledged once, so its results are appended once, however often it was taken
(invariant 2). What a dead consumer left is taken over; what keeps failing ends in the dead
letters with its reason. It never looks into a story.
"""

import os
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import structlog
from faststream import AckPolicy
from faststream.message import StreamMessage
from faststream.redis import RedisRouter, StreamSub
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisGone
from redis.exceptions import TimeoutError as RedisSlow

from shared.broker import ensure_group
from shared.dead_letters import DeadLetter, Kind, dead_fields
from shared.settings import ServiceSettings

log = structlog.get_logger()

ADVANCE = files("shared").joinpath("hop.lua").read_text()
RECLAIM_POLL_MS = 500
READ_BLOCK_MS = 1000
CONSUMER_GONE_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a stream; each field holds JSON."""

    stream: str
    id: bytes
    fields: Mapping[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Append:
    """What a stage wants appended to `stream`."""

    stream: str
    fields: Mapping[bytes, bytes]


class Unprocessable(Exception):  # noqa: N818 - a verdict on the entry, no fault of the program
    """This entry can never be processed; the text is the reason."""


Stage = Callable[[Sequence[Entry]], Awaitable[Sequence[tuple[Append, ...]]]]
"""A batch of entries in; for each of them, in the same order, what to append."""


class Hop:
    """One stage behind its streams: `group` names the stage, `dead` finds the dead letters."""

    def __init__(
        self,
        group: str,
        stage: Stage,
        redis: Redis,
        settings: ServiceSettings,
        *,
        consumer: str | None = None,
    ) -> None:
        self.group = group
        self.consumer = consumer or f"{socket.gethostname()}-{os.getpid()}"
        self._stage = stage
        self._redis = redis
        self._settings = settings
        self._advance = redis.register_script(ADVANCE)
        self._streams: list[str] = []

    async def ensure_groups(self) -> None:
        """Make the groups from the streams' beginning, and drop consumers that are long gone."""
        for stream in self._streams:
            await ensure_group(self._redis, stream, self.group)
            for consumer in await self._redis.xinfo_consumers(stream, self.group):
                if consumer["pending"] == 0 and consumer["idle"] > CONSUMER_GONE_MS:
                    await self._redis.xgroup_delconsumer(stream, self.group, consumer["name"])

    def subscribe(self, router: RedisRouter, stream: str, dead: str, payload: type[Any]) -> None:
        """Read `stream`, and take over what others left in it; `payload` documents its entries."""

        async def read(batch: Sequence[Entry]) -> None:
            await self._process(batch, dead)

        async def reclaim(batch: Sequence[Entry]) -> None:
            for entry in batch:
                await self._take_over(entry, dead)

        self._streams.append(stream)
        read.__annotations__["batch"] = payload  # what the AsyncAPI document shows
        common: Any = {"parser": _parse, "decoder": _decode, "ack_policy": AckPolicy.MANUAL}
        router.subscriber(
            stream=self._subscription(stream, READ_BLOCK_MS),
            title=f"{self.group} reads {stream}",
            **common,
        )(read)
        router.subscriber(
            stream=self._subscription(
                stream, RECLAIM_POLL_MS, min_idle_time=self._settings.reclaim_after_ms
            ),
            include_in_schema=False,
            **common,
        )(reclaim)

    def _subscription(self, stream: str, poll_ms: int, **options: Any) -> StreamSub:
        return StreamSub(
            stream,
            group=self.group,
            consumer=self.consumer,
            batch=True,
            max_records=self._settings.batch,
            polling_interval=poll_ms,
            **options,
        )

    async def _process(self, batch: Sequence[Entry], dead: str) -> None:
        try:
            results = await self._stage(batch)
            await self.finish(batch, results)
        except (RedisGone, RedisSlow) as away:  # the entries stay pending and are reclaimed
            log.warning("hop_interrupted", group=self.group, entries=len(batch), why=str(away))
            return
        except Exception as raised:  # noqa: BLE001 - whatever a stage raises, the entry is kept
            fault = raised
        else:
            return
        await self._apart(batch, dead, fault)

    async def _apart(self, batch: Sequence[Entry], dead: str, fault: Exception) -> None:
        """One bad entry must not hold up the others of its batch: try each by itself."""
        if len(batch) > 1:
            for entry in batch:
                await self._process([entry], dead)
            return
        entry = batch[0]
        taken = await self._times_taken(entry)
        final = isinstance(fault, Unprocessable) or taken >= self._settings.fault_ceiling
        log.error(
            "hop_failed", group=self.group, id=entry.id, taken=taken, final=final, exc_info=fault
        )
        if final:
            await self._bury(entry, dead, f"{type(fault).__name__}: {fault}")

    async def _take_over(self, entry: Entry, dead: str) -> None:
        taken = await self._times_taken(entry)
        log.info("entry_reclaimed", group=self.group, stream=entry.stream, id=entry.id, taken=taken)
        if taken > self._settings.crash_ceiling:
            await self._bury(entry, dead, f"taken {taken} times and never finished")
        else:
            await self._process([entry], dead)

    async def _times_taken(self, entry: Entry) -> int:
        pending = await self._redis.xpending_range(
            entry.stream, self.group, entry.id, entry.id, count=1
        )
        return int(pending[0]["times_delivered"]) if pending else 0

    async def _bury(self, entry: Entry, dead: str, why: str) -> None:
        letter = DeadLetter(kind=Kind.UNPROCESSABLE, why=why, stage=self.group, stream=entry.stream)
        append = Append(dead, dead_fields(letter, dict(entry.fields)))
        await self.finish([entry], [(append,)])

    async def finish(self, batch: Sequence[Entry], results: Sequence[tuple[Append, ...]]) -> None:
        """Acknowledge each entry and append its results, unless somebody did so before."""
        keys = [batch[0].stream, *dict.fromkeys(a.stream for done in results for a in done)]
        place = {key: at for at, key in enumerate(keys, start=1)}
        args: list[bytes | str | int] = [self.group]
        for entry, appends in zip(batch, results, strict=True):
            args += [entry.id, len(appends)]
            for append in appends:
                args += [place[append.stream], 2 * len(append.fields)]
                for name, content in append.fields.items():
                    args += [name, content]
        await self._advance(keys=keys, args=args)


async def _parse(raw: Any) -> StreamMessage[Any]:
    """Leave the entries as they are: FastStream's own envelope is not used (ADR 4)."""
    return StreamMessage(raw_message=raw, body=b"", content_type=None)


async def _decode(message: StreamMessage[Any]) -> list[Entry]:
    raw = message.raw_message
    return [
        Entry(raw["channel"], id_, fields)
        for id_, fields in zip(raw["message_ids"], raw["data"], strict=True)
    ]
