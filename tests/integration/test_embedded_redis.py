# redis-py leaves its **kwargs untyped:
# pyright: reportUnknownMemberType=false

import asyncio
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import pytest
from faststream.redis import RedisBroker
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.exceptions import ConnectionError as RedisConnectionError

from depesche.data_folder import DataFolderTaken
from depesche.embedded_redis import Durability, EmbeddedRedis, RedisFailed, running_url
from tests.support.eventually import eventually
from tests.support.processes import is_alive

STREAM = "depesche:{p0}:received"
PROGRAM = """
import sys, time
from pathlib import Path
from depesche.embedded_redis import EmbeddedRedis
embedded = EmbeddedRedis(Path(sys.argv[1]))
embedded.start()
print(embedded.process.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def embedded(tmp_path: Path) -> Generator[EmbeddedRedis]:
    embedded = EmbeddedRedis(tmp_path / "data")
    embedded.start()
    yield embedded
    embedded.stop()


def increment(data: Path) -> Path:
    [path] = (data / "appendonlydir").glob("*.incr.aof")
    return path


async def test_redis_py_and_faststream_accept_its_url(embedded: EmbeddedRedis) -> None:
    client = AsyncRedis.from_url(embedded.url)

    async with RedisBroker(embedded.url) as broker:
        await broker.publish("Deich hält", stream=STREAM)

    assert await client.xlen(STREAM) == 1
    await client.aclose()


def test_only_its_owner_may_use_it_and_no_port_is_open(embedded: EmbeddedRedis) -> None:
    with Redis.from_url(embedded.url) as client:
        assert client.config_get("port") == {"port": "0"}

    assert embedded.socket.stat().st_mode & 0o777 == 0o700
    assert embedded.data.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("durability", "appendfsync"), [(Durability.PROCESS, "no"), (Durability.FSYNC, "always")]
)
def test_nothing_is_answered_before_it_is_written(
    tmp_path: Path, durability: Durability, appendfsync: str
) -> None:
    embedded = EmbeddedRedis(tmp_path, durability=durability)
    embedded.start()

    with Redis.from_url(embedded.url) as client:
        asked = client.config_get("appendfsync", "appendonly", "save")

    embedded.stop()
    assert asked == {"appendfsync": appendfsync, "appendonly": "yes", "save": ""}


def test_a_stopped_one_starts_again_with_its_data(embedded: EmbeddedRedis) -> None:
    with Redis.from_url(embedded.url) as client:
        client.xadd(STREAM, {"story": "1"})

    embedded.stop()
    embedded.start()

    with Redis.from_url(embedded.url) as client:
        assert client.xlen(STREAM) == 1


async def test_kill_9_amid_writes_loses_nothing_that_was_answered(embedded: EmbeddedRedis) -> None:
    answered = 0

    async def write(client: AsyncRedis) -> None:
        nonlocal answered
        with suppress(RedisConnectionError):
            while True:
                await client.xadd(STREAM, {"story": "x" * 500})
                answered += 1

    clients = [AsyncRedis.from_url(embedded.url) for _ in range(8)]
    writers = [asyncio.create_task(write(client)) for client in clients]
    await eventually(lambda: answered > 2000)
    assert embedded.process is not None
    embedded.process.kill()
    await asyncio.gather(*writers)
    embedded.process.wait()

    embedded.launch()
    await eventually(embedded.answers)

    assert answered <= await clients[0].xlen(STREAM) <= answered + len(clients)
    for client in clients:
        await client.aclose()


def test_an_append_only_file_that_ends_amid_a_command_is_loaded(embedded: EmbeddedRedis) -> None:
    with Redis.from_url(embedded.url) as client:
        client.xadd(STREAM, {"story": "1"})
    embedded.stop()
    with increment(embedded.data).open("ab") as file:
        file.write(b"*3\r\n$3\r\nSET\r\n$4\r\nhal")

    embedded.start()

    with Redis.from_url(embedded.url) as client:
        assert client.xlen(STREAM) == 1


def test_one_that_cannot_start_says_why_and_gives_up_the_folder(embedded: EmbeddedRedis) -> None:
    embedded.stop()
    increment(embedded.data).write_bytes(b"no append-only file\r\n*1\r\n$4\r\nPING\r\n")

    with pytest.raises(RedisFailed, match="Bad file format"):
        embedded.start()

    assert running_url(embedded.data) is None


def test_a_folder_has_one_redis_only(
    embedded: EmbeddedRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("depesche.data_folder.claim.__kwdefaults__", {"patience": 0})

    with pytest.raises(DataFolderTaken, match=str(embedded.data)):
        EmbeddedRedis(embedded.data).start()

    assert running_url(embedded.data) == embedded.url


def test_a_deep_folder_starts_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/tmp")  # noqa: S108  # pytest's is too long
    embedded = EmbeddedRedis(tmp_path / ("tief" * 30))

    embedded.start()

    with Redis.from_url(embedded.url) as client:
        assert client.ping()
    embedded.stop()
    embedded.socket.parent.rmdir()


def test_it_dies_with_its_program_even_by_kill_9_and_the_folder_is_free(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    redis = int(program.stdout.readline())
    assert is_alive(redis)

    program.kill()
    program.wait()
    program.stdout.close()
    successor = EmbeddedRedis(tmp_path)
    successor.start()

    assert not is_alive(redis), "the successor waited until the folder was free"
    successor.stop()


def test_its_start_takes_less_than_a_second(tmp_path: Path) -> None:
    signal.setitimer(signal.ITIMER_REAL, 1.0)

    embedded = EmbeddedRedis(tmp_path)
    embedded.start()

    assert signal.setitimer(signal.ITIMER_REAL, 0)[0] > 0
    embedded.stop()
