"""Fixtures that every test may use: a real Redis, emptied before each test that asks for it."""

# redis-py leaves its **kwargs untyped:
# pyright: reportUnknownMemberType=false

from collections.abc import AsyncGenerator, Generator

import pytest
from redis.asyncio import Redis

from tests.support.redis_server import RunningRedis, a_redis

_REDIS = pytest.StashKey[RunningRedis]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "container: needs a Docker engine")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    used = terminalreporter.config.stash.get(_REDIS, None)
    if used is not None:
        terminalreporter.write_line(f"Redis of the tests: {used.origin}")


@pytest.fixture(scope="session")
def redis_url(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Generator[str]:
    with a_redis(tmp_path_factory.mktemp("redis")) as running:
        pytestconfig.stash[_REDIS] = running
        yield running.url


@pytest.fixture
async def redis(redis_url: str) -> AsyncGenerator[Redis]:
    client = Redis.from_url(redis_url)
    await client.flushall()
    yield client
    await client.aclose()
