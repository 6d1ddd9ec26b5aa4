"""Reading a partner's log: what it was sent, in order, with a cursor that misses nothing."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic_core import from_json
from redis.asyncio import Redis

from services.publish.formats import content_type_of
from services.publish.partner_log import parse_entry
from services.publish.wakes import Wakes
from shared.events import LogEntry
from shared.keys import PartnerKeys, partition_of
from shared.story import Frozen, Status

BEGINNING = "0-0"


class FeedItem(Frozen):
    """One entry of the log. `story` is the formatted story: an object for JSON, else a text.

    It is null where the story was called back since, or its copy has expired: `why` says so.
    """

    cursor: str
    story_id: str
    version: int
    status: Status
    section: str
    topics: tuple[str, ...]
    changed: tuple[str, ...] | None = None
    expires: datetime | None = None
    content_type: str
    story: Any = None
    why: str | None = None


class FeedPage(Frozen):
    """Stories in the order of the log; pass `next_cursor` as `after` to go on."""

    stories: tuple[FeedItem, ...]
    next_cursor: str


class Feeds:
    """Reads logs and copy; changes nothing."""

    def __init__(self, redis: Redis, wakes: Wakes, partitions: int) -> None:
        self._redis = redis
        self._wakes = wakes
        self._partitions = partitions

    async def page(self, partner_id: str, after: str, limit: int, wait_s: float) -> FeedPage:
        """Return what follows `after`, at most `limit`; waits up to `wait_s` if there is nothing.

        The ids of a stream rise whatever the clock does, so nothing can appear before a cursor.
        """
        entries = await self._entries(partner_id, after, limit)
        if not entries and wait_s > 0:
            entries = await self._wait_for(partner_id, after, limit, wait_s)
        items = await self._items(entries)
        return FeedPage(stories=tuple(items), next_cursor=items[-1].cursor if items else after)

    async def _entries(
        self, partner_id: str, after: str, limit: int
    ) -> list[tuple[bytes, dict[bytes, bytes]]]:
        log = PartnerKeys(partner_id).log
        found: Any = await self._redis.xrange(log, min=f"({after}", count=limit)
        return list(found)

    async def _wait_for(
        self, partner_id: str, after: str, limit: int, wait_s: float
    ) -> list[tuple[bytes, dict[bytes, bytes]]]:
        grown = asyncio.Event()
        self._wakes.listen(partner_id, grown.set)
        try:
            async with asyncio.timeout(wait_s):
                while not (entries := await self._entries(partner_id, after, limit)):
                    grown.clear()
                    await _first(grown, 1.0)
                return entries
        except TimeoutError:
            return []
        finally:
            self._wakes.forget(partner_id, grown.set)

    async def _items(self, entries: Sequence[tuple[bytes, dict[bytes, bytes]]]) -> list[FeedItem]:
        references = [(id_.decode(), parse_entry(fields)) for id_, fields in entries]
        copy = await self._copy([entry for _, entry in references])
        return [
            _item(id_, entry, body) for (id_, entry), body in zip(references, copy, strict=True)
        ]

    async def _copy(self, entries: Sequence[LogEntry]) -> list[bytes | None]:
        async with self._redis.pipeline(transaction=False) as pipe:
            for entry in entries:
                partition = partition_of(entry.story_id, self._partitions)
                pipe.hget(partition.copy(entry.story_id), entry.body)
            found: list[bytes | None] = await pipe.execute()
        return found

    async def story(self, partner_id: str, story_id: str) -> tuple[LogEntry, bytes | None] | None:
        """Return the latest revision in this partner's log with its copy; None if there is none."""
        keys = PartnerKeys(partner_id)
        standing: Any = await self._redis.hget(keys.standing, story_id)
        if standing is None:
            return None
        id_ = standing.split()[1].decode()
        entries: Any = await self._redis.xrange(keys.log, min=id_, max=id_)
        if not entries:
            return None
        entry = parse_entry(entries[0][1])
        (body,) = await self._copy([entry])
        return entry, body


async def _first(event: asyncio.Event, within_s: float) -> None:
    """Wait for the event; a wake-up can be lost, so look again after `within_s` anyway."""
    try:
        await asyncio.wait_for(event.wait(), within_s)
    except TimeoutError:
        return


def _item(cursor: str, entry: LogEntry, body: bytes | None) -> FeedItem:
    content_type = content_type_of(entry.body)
    return FeedItem(
        cursor=cursor,
        content_type=content_type,
        story=None if body is None else _shown(body, content_type),
        why="called back or expired" if body is None else None,
        **entry.model_dump(exclude={"body"}),
    )


def _shown(body: bytes, content_type: str) -> Any:
    return from_json(body) if "json" in content_type else body.decode()
