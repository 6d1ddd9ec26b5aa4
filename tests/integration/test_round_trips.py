"""Round trips on a real Redis: together where they can be, each with its own answer."""

import asyncio
from typing import Any

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisGone
from redis.exceptions import ResponseError

from services.publish.round_trips import RoundTrips
from services.publish.scripts import Call, Script


async def test_what_is_asked_in_one_turn_goes_in_one_round_trip(redis: Redis) -> None:
    trips = RoundTrips(redis)
    await redis.mset({f"k{n}": n for n in range(10)})
    before: Any = await redis.info("stats")

    answers = await asyncio.gather(*(trips.ask("GET", f"k{n}") for n in range(10)))

    after: Any = await redis.info("stats")
    assert answers == [str(n).encode() for n in range(10)]
    # One read brings all ten; the other is the question about the statistics.
    assert after["total_reads_processed"] - before["total_reads_processed"] <= 3


async def test_a_read_that_several_ask_for_goes_out_once(redis: Redis) -> None:
    trips = RoundTrips(redis)
    await redis.hset("h", "f", "1")
    await redis.config_resetstat()

    same = await asyncio.gather(*(trips.ask("HGET", "h", "f") for _ in range(5)))
    again = await trips.ask("HGET", "h", "f")

    stats: Any = await redis.info("commandstats")
    assert (same, again) == ([b"1"] * 5, b"1")
    assert stats["cmdstat_hget"]["calls"] == 2


async def test_an_error_reaches_only_who_asked_for_it(redis: Redis) -> None:
    trips = RoundTrips(redis)

    answers: Any = await asyncio.gather(
        trips.ask("SET", "k", "1"),
        trips.ask("HGET", "k", "no hash"),
        trips.ask("GET", "k"),
        return_exceptions=True,
    )

    good, bad, late = answers
    assert isinstance(bad, ResponseError)
    assert (bool(good), late) == (True, b"1")


async def test_whoever_gives_up_does_not_keep_the_others_from_their_answer(redis: Redis) -> None:
    trips = RoundTrips(redis)
    impatient = asyncio.create_task(trips.ask("GET", "k"))
    patient = asyncio.create_task(trips.ask("ECHO", "here"))
    await asyncio.sleep(0)

    impatient.cancel()

    assert await patient == b"here"
    assert impatient.cancelled()


async def test_all_hear_that_redis_is_away() -> None:
    trips = RoundTrips(Redis(host="127.0.0.1", port=1))

    answers = await asyncio.gather(
        trips.ask("PING"), trips.ask_all([("PING",), ("PING",)]), return_exceptions=True
    )

    assert all(isinstance(answer, RedisGone) for answer in answers)


async def test_a_script_is_told_again_after_redis_forgot_it(redis: Redis) -> None:
    script = Script(RoundTrips(redis), "push/renew.lua")
    await script.run(Call(("lease",), ("me", 60_000)))

    await redis.script_flush()

    assert await script.run(Call(("lease",), ("me", 60_000))) == 1
    await redis.script_flush()
    with pytest.raises(ResponseError):
        await RoundTrips(redis).ask("EVALSHA", "0" * 40, 0)
    assert await script.run_all([Call(("lease",), ("you", 1))], ("GET", "lease")) == [0]
