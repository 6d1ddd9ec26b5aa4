"""Proof that testcontainers runs a Redis in Docker here, and not something that looks like it."""

# redis-py leaves its **kwargs untyped:
# pyright: reportUnknownMemberType=false

from collections.abc import Generator
from contextlib import ExitStack

import docker  # type: ignore[import-untyped]  # it has no types
import pytest
from redis import Redis

from tests.support.redis_server import NoContainer, a_container, docker_is_required

pytestmark = pytest.mark.container


@pytest.fixture(scope="module")
def container_url() -> Generator[str]:
    with ExitStack() as stack:
        try:
            url = stack.enter_context(a_container()).url
        except NoContainer as reason:
            if docker_is_required():
                raise
            pytest.skip(str(reason))
        yield url


def test_a_redis_in_a_container_keeps_what_it_is_given(container_url: str) -> None:
    with Redis.from_url(container_url) as client:
        client.xadd("proof", {"headline": "Leuchtturm wieder in Betrieb"})

        assert client.xlen("proof") == 1


def test_the_redis_that_answers_is_the_first_process_of_a_container(container_url: str) -> None:
    with Redis.from_url(container_url) as client:
        info = client.info("server")

    assert info["process_id"] == 1
    assert int(info["redis_version"].split(".")[0]) >= 7


def test_the_engine_publishes_the_port_of_that_very_redis(container_url: str) -> None:
    port = container_url.rpartition(":")[2].partition("/")[0]
    with Redis.from_url(container_url) as client:
        run_id = client.info("server")["run_id"]

    engine = docker.from_env()
    [container] = [one for one in engine.containers.list() if f"'{port}'" in str(one.ports)]
    told = str(container.exec_run("redis-cli info server").output)
    engine.close()

    assert f"run_id:{run_id}" in told
