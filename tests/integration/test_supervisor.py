# redis-py leaves its **kwargs untyped:
# pyright: reportUnknownMemberType=false

import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from depesche.embedded_redis import EmbeddedRedis, running_url
from tests.support import supervised
from tests.support.eventually import eventually
from tests.support.processes import is_alive

STEADY = "echo ready; while :; do sleep 0.02; done"
STUBBORN = f"trap '' TERM; {STEADY}"


@dataclass(frozen=True, slots=True)
class Supervised:
    process: subprocess.Popen[bytes]
    output: Path

    def logged(self, event: str, name: str) -> list[dict[str, object]]:
        lines = [line for line in self.output.read_text().splitlines() if line.endswith("}")]
        logs = [json.loads(line) for line in lines if line.startswith("{")]
        return [log for log in logs if log["event"] == event and log["name"] == name]

    async def started(self, name: str, times: int = 1) -> int:
        """Wait until it was started so many times; return its last pid."""
        starts = await eventually(
            lambda: (found := self.logged("service_started", name))[times - 1 :] and found
        )
        pid = starts[-1]["pid"]
        assert isinstance(pid, int)
        return pid

    async def ready(self) -> None:
        """Wait until a service has set its traps."""
        await eventually(lambda: "ready" in self.output.read_text())


class Run:
    """Starts supervised programs and leaves none behind."""

    def __init__(self, tmp_path: Path) -> None:
        self.data = tmp_path / "data"
        self._output = tmp_path / "output"
        self._processes: list[subprocess.Popen[bytes]] = []

    def __call__(
        self, *services: str, redis: bool = False, stop_patience: float = 10
    ) -> Supervised:
        data = str(self.data) if redis else ""
        with self._output.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, supervised.__file__, data, str(stop_patience), *services],
                stdout=output,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            )
        self._processes.append(process)
        return Supervised(process, self._output)

    def end(self) -> None:
        for process in self._processes:
            process.kill()
            process.wait()


@pytest.fixture
def run(tmp_path: Path) -> Generator[Run]:
    run = Run(tmp_path)
    yield run
    run.end()


async def test_a_killed_service_is_started_again_and_its_death_told(run: Run) -> None:
    program = run(f"classify={STEADY}", f"publish={STEADY}")
    first = await program.started("classify")

    os.kill(first, signal.SIGKILL)

    second = await program.started("classify", times=2)
    [death] = program.logged("service_died", "classify")
    assert second != first
    assert (death["pid"], death["signal"], death["pause"]) == (first, "SIGKILL", 0.0)
    assert len(program.logged("service_started", "publish")) == 1


async def test_a_service_that_keeps_dying_is_started_ever_more_slowly(run: Run) -> None:
    program = run("ingest=exit 3")

    await program.started("ingest", times=4)

    deaths = program.logged("service_died", "ingest")[:3]
    assert [death["pause"] for death in deaths] == [0.0, 0.1, 0.2]
    assert {death["exit_code"] for death in deaths} == {3}


async def test_a_killed_redis_is_back_on_the_same_socket_with_its_data(run: Run) -> None:
    program = run(f"ingest={STEADY}", redis=True)
    service = await program.started("ingest")
    url = running_url(run.data)
    assert url is not None
    with Redis.from_url(url) as client:
        client.xadd("depesche:{p0}:received", {"story": "1"})

    os.kill(await program.started("redis"), signal.SIGKILL)

    def entries() -> int:
        with suppress(RedisError), Redis.from_url(url) as client:
            return int(str(client.xlen("depesche:{p0}:received")))
        return 0

    await program.started("redis", times=2)
    assert await eventually(entries) == 1
    assert is_alive(service)
    assert len(program.logged("service_died", "ingest")) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_services_stop_first_and_redis_last(
    run: Run, tmp_path: Path, number: signal.Signals
) -> None:
    farewell = tmp_path / "farewell.py"
    url = EmbeddedRedis(run.data).url
    farewell.write_text(f"import redis; redis.from_url({url!r}).set('farewell', 1)")
    program = run(f"publish=trap '{sys.executable} {farewell}; exit' TERM; {STEADY}", redis=True)
    await program.ready()

    program.process.send_signal(number)

    assert program.process.wait(10) == 0
    assert running_url(run.data) is None
    redis = EmbeddedRedis(run.data)
    redis.start()
    with Redis.from_url(redis.url) as client:
        assert client.get("farewell") == b"1"
    redis.stop()


async def test_a_service_that_will_not_stop_is_killed_and_the_exit_code_tells(run: Run) -> None:
    program = run(f"publish={STUBBORN}", stop_patience=0.2)
    service = await program.started("publish")
    await program.ready()

    program.process.terminate()

    assert program.process.wait(5) == 1
    assert not is_alive(service)


async def test_all_die_with_a_supervisor_that_is_killed(run: Run) -> None:
    program = run(f"ingest={STEADY}", redis=True)
    pids = [await program.started("redis"), await program.started("ingest")]

    program.process.kill()

    await eventually(lambda: not any(is_alive(pid) for pid in pids))


async def test_a_redis_that_cannot_start_ends_the_supervisor(run: Run) -> None:
    (run.data / "appendonlydir").mkdir(parents=True)
    (run.data / "appendonlydir" / "appendonly.aof.manifest").write_text("no manifest\n")

    program = run(f"ingest={STEADY}", redis=True)

    assert program.process.wait(10) == 1
    assert program.logged("service_started", "ingest") == []
    assert running_url(run.data) is None
