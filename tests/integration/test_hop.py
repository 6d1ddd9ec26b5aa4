"""The hop on a real Redis: once, whatever dies or comes twice."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from faststream.redis import RedisRouter
from redis.asyncio import Redis

from shared.broker import StreamBroker
from shared.dead_letters import LETTER, DeadLetter
from shared.events import StoryReceived
from shared.hop import Append, Entry, Hop, Stage, Unprocessable
from shared.settings import ServiceSettings
from tests.support.eventually import eventually

SETTINGS = ServiceSettings(reclaim_after_ms=100, fault_ceiling=3)


def copying(check: Callable[[bytes], None]) -> Stage:
    async def stage(batch: Sequence[Entry]) -> list[tuple[Append, ...]]:
        for entry in batch:
            check(entry.fields[b"n"])
        return [(Append("out", dict(entry.fields)),) for entry in batch]

    return stage


@asynccontextmanager
async def a_hop(url: str, stage: Stage, consumer: str = "one") -> AsyncGenerator[Hop]:
    broker = StreamBroker(url)
    hop = Hop("group", stage, broker.client(), SETTINGS, consumer=consumer)
    router = RedisRouter()
    hop.subscribe(router, "in", "dead", StoryReceived)
    broker.include_router(router)
    await hop.ensure_groups()
    await broker.start()
    try:
        yield hop
    finally:
        await broker.stop()


def fine(_: bytes) -> None:
    """Accept every entry."""


async def out(redis: Redis) -> list[bytes]:
    entries: Any = await redis.xrange("out")
    return [fields[b"n"] for _, fields in entries]


async def test_what_was_appended_before_the_first_start_is_read(
    redis: Redis, redis_url: str
) -> None:
    await redis.xadd("in", {"n": "early"})

    async with a_hop(redis_url, copying(fine)):
        await eventually(lambda: redis.xlen("out"))

    assert await out(redis) == [b"early"]
    assert await redis.xlen("in") == 0


async def test_what_a_dead_consumer_took_is_taken_over(redis: Redis, redis_url: str) -> None:
    await redis.xgroup_create("in", "group", id="0", mkstream=True)
    await redis.xadd("in", {"n": "left"})
    await redis.xreadgroup("group", "dead consumer", {"in": ">"})

    async with a_hop(redis_url, copying(fine)):
        await eventually(lambda: redis.xlen("out"))

    assert await out(redis) == [b"left"]


async def test_a_consumer_that_was_only_slow_cannot_double_an_entry(
    redis: Redis, redis_url: str
) -> None:
    await redis.xgroup_create("in", "group", id="0", mkstream=True)
    await redis.xadd("in", {"n": "once"})
    taken: Any = await redis.xreadgroup("group", "slow", {"in": ">"})
    entry = Entry("in", taken[0][1][0][0], {b"n": b"once"})

    async with a_hop(redis_url, copying(fine)) as hop:
        await eventually(lambda: redis.xlen("out"))
        await hop.finish([entry], [(Append("out", {b"n": b"once"}),)])

    assert await out(redis) == [b"once"]


async def test_one_bad_entry_is_buried_with_its_reason_and_holds_up_nobody(
    redis: Redis, redis_url: str
) -> None:
    def check(n: bytes) -> None:
        if n == b"bad":
            raise Unprocessable("no good")
        if n == b"faulty":
            raise ValueError("always")

    for n in ("1", "bad", "2", "faulty", "3"):
        await redis.xadd("in", {"n": n})

    async with a_hop(redis_url, copying(check)):

        async def two_are_dead() -> bool:
            return await redis.xlen("dead") == 2

        await eventually(two_are_dead, within=10)

    dead: Any = await redis.xrange("dead")
    letters = [DeadLetter.model_validate_json(f[LETTER]) for _, f in dead]
    assert sorted(await out(redis)) == [b"1", b"2", b"3"]
    assert [letter.why for letter in letters] == ["Unprocessable: no good", "ValueError: always"]
    assert dead[0][1][b"n"] == b"bad"


async def test_a_lost_group_is_made_again_and_nothing_new_is_missed(
    redis: Redis, redis_url: str
) -> None:
    async with a_hop(redis_url, copying(fine)):
        await redis.flushall()
        await redis.xadd("in", {"n": "after"})
        await eventually(lambda: redis.xlen("out"))

    assert await out(redis) == [b"after"]
