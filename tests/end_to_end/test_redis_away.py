"""Redis goes and comes back: desks are told, nothing is promised, and the next story goes through."""

import json
import time
from pathlib import Path
from typing import Any

from redis import Redis

from depesche.embedded_redis import EmbeddedRedis
from tests.support.system import System, a_configuration, a_ninjs, a_partner, a_system

WITHIN_S = 5.0


def in_the_feed(system: System) -> list[str]:
    _, page = system.get(f"{system.publish}/v1/feed", "token-alles")
    return [item["story_id"] for item in page["stories"]]


def post_until_accepted(system: System, story: dict[str, Any]) -> float:
    """Return after how many seconds a desk that tries again got its 202."""
    begun = time.monotonic()
    while system.post(json.dumps(story).encode())[0] != 202:
        assert time.monotonic() - begun < WITHIN_S
        time.sleep(0.05)
    return time.monotonic() - begun


def await_in_feed(system: System, story_id: str) -> None:
    deadline = time.monotonic() + WITHIN_S
    while story_id not in in_the_feed(system):
        assert time.monotonic() < deadline, story_id
        time.sleep(0.05)


def test_without_redis_a_desk_is_told_at_once_and_the_next_story_goes_through(
    tmp_path: Path,
) -> None:
    redis = EmbeddedRedis(tmp_path / "redis")
    redis.start()
    try:
        with a_system(a_configuration(tmp_path, [a_partner("alles")]), redis.url) as system:
            redis.stop()
            begun = time.monotonic()
            status, problem = system.post(json.dumps(a_ninjs("urn:lost", 1)).encode())
            took = time.monotonic() - begun
            redis.start()
            post_until_accepted(system, a_ninjs("urn:next", 1))

            await_in_feed(system, "urn:next")

            assert (status, problem["status"]) == (503, 503)
            assert took < 2
            assert "urn:lost" not in in_the_feed(system)
    finally:
        redis.stop()


def test_a_redis_that_was_emptied_carries_new_stories_within_five_seconds(tmp_path: Path) -> None:
    redis = EmbeddedRedis(tmp_path / "redis")
    redis.start()
    try:
        with a_system(a_configuration(tmp_path, [a_partner("alles")]), redis.url) as system:
            post_until_accepted(system, a_ninjs("urn:before", 1))
            await_in_feed(system, "urn:before")

            Redis.from_url(redis.url).flushall()
            post_until_accepted(system, a_ninjs("urn:after", 1))

            await_in_feed(system, "urn:after")
    finally:
        redis.stop()
