"""The Redis that tests run on: a given one, one in a container, or an embedded one.

With DEPESCHE_REQUIRE_DOCKER=1, as in CI, a container that does not start is an error.
"""

# docker-py has no types:
# pyright: reportUnknownMemberType=false

import gc
import os
import warnings
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from docker.errors import DockerException  # type: ignore[import-untyped]  # it has no types
from redis.exceptions import ConnectionError as RedisConnectionError
from testcontainers.community.redis import RedisContainer
from testcontainers.core.docker_client import DockerClient

from depesche.embedded_redis import EmbeddedRedis

_ENGINE_SECONDS = 5
_PORT = 6379


@dataclass(frozen=True, slots=True)
class RunningRedis:
    """Where it answers, and which it is, for the end of the test report."""

    url: str
    origin: str


class NoContainer(Exception):  # noqa: N818  # it reads as what it says
    """No Docker engine answers, or it cannot run the image."""


def docker_is_required() -> bool:
    return os.environ.get("DEPESCHE_REQUIRE_DOCKER") == "1"


def why_no_engine() -> str | None:
    """Say why no Docker engine can be used, or None when one answers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # docker-py leaves its socket open
        try:
            client = DockerClient(timeout=_ENGINE_SECONDS).client
            client.ping()
            client.close()
        except DockerException as error:
            return f"no Docker engine answers: {error}"
        finally:
            gc.collect()
    return None


@contextmanager
def a_redis(folder: Path) -> Generator[RunningRedis]:
    """Run the Redis of this test session; `folder` takes the data of an embedded one."""
    given = os.environ.get("DEPESCHE_TEST_REDIS_URL")
    with ExitStack() as stack:
        if given:
            yield RunningRedis(given, "DEPESCHE_TEST_REDIS_URL")
            return
        try:
            running = stack.enter_context(a_container())
        except NoContainer as reason:
            if docker_is_required():
                raise
            embedded = stack.enter_context(an_embedded_redis(folder))
            running = RunningRedis(embedded.url, f"embedded, since {reason}")
        yield running


@contextmanager
def a_container() -> Generator[RunningRedis]:
    """Run a container of DEPESCHE_TEST_REDIS_IMAGE. Raises NoContainer."""
    reason = why_no_engine()
    if reason:
        raise NoContainer(reason)
    image = os.environ.get("DEPESCHE_TEST_REDIS_IMAGE", "redis:8.2")
    container = RedisContainer(image)
    try:
        try:
            container.start()
        except (DockerException, RedisConnectionError, TimeoutError) as error:
            raise NoContainer(f"{image} does not start in Docker: {error}") from error
        host, port = container.get_container_host_ip(), container.get_exposed_port(_PORT)
        yield RunningRedis(f"redis://{host}:{port}/0", f"container of {image}")
    finally:
        container.stop()


@contextmanager
def an_embedded_redis(folder: Path) -> Generator[EmbeddedRedis]:
    embedded = EmbeddedRedis(folder)
    embedded.start()
    try:
        yield embedded
    finally:
        embedded.stop()
