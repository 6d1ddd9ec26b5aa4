"""The latency run: Depesche with ten webhooks, and the same POST straight to the receiver."""

import json
import time
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

from bench import services
from bench.contenders.contender import PYTHON
from bench.ground import Ground, free_ports
from bench.latency.percentiles import Waits, waits
from bench.processes import Crew, Unfinished, read_line, say
from bench.redis_client import connect
from bench.stories import WARM_UP_FROM

RATE = 50  # stories a second
PARTNERS = 10
WARM_UP = 3.0  # seconds
PATIENCE = 10.0  # seconds, for what is still on its way at the end


@dataclass(frozen=True, slots=True)
class Latency:
    """Through Depesche to ten partners, and one hop of plain HTTP in the same run."""

    depesche: Waits
    one_hop: Waits


def measure(ground: Ground, seconds: float) -> Latency:
    """Post for `seconds` through Depesche, then for a third of it straight to the receiver.

    Raises Unfinished where a process dies or answers with an error.
    """
    (port,) = free_ports(1)
    services.write_config(ground.config, [_partner(n, port) for n in range(1, PARTNERS + 1)])
    with (
        connect(ground.redis_url) as redis,
        Crew(ground.folder, ground.environment()) as crew,
    ):
        redis.flushall()
        crew.start("receiver", (PYTHON, "-m", "bench.latency.receiver", str(port)))
        for name, command in services.commands(ground).items():
            crew.start(name, command)
        services.await_ready(ground, crew.check)
        run = _Run(crew, port)
        desk = f"http://127.0.0.1:{ground.ports[0]}/v1/stories"
        through = run.post_and_wait("desk", desk, seconds, PARTNERS)
        straight = run.post_and_wait("straight", f"http://127.0.0.1:{port}/p0", seconds / 3, 1)
    return Latency(through, straight)


def _partner(number: int, port: int) -> services.Partner:
    secret = b64encode(f"a secret of partner {number:010d}".encode()).decode()
    url = f"http://127.0.0.1:{port}/p{number}"
    return {
        "id": f"p{number}",
        "name": f"Partner {number}",
        "format": "ninjs-3.1",
        "webhook": {"url": url, "secret": f"whsec_{secret}"},
    }


@dataclass(frozen=True, slots=True)
class _Run:
    crew: Crew
    port: int

    def post_and_wait(self, name: str, url: str, seconds: float, partners: int) -> Waits:
        """Warm up, forget that, post, and give what arrived once all has or PATIENCE is over."""
        self._post(f"{name}-warm-up", url, WARM_UP, WARM_UP_FROM)
        self._settle(int(WARM_UP * RATE) * partners)
        self._get("/report")
        moments = self._post(name, url, seconds, 0)
        self._settle(len(moments) * partners)
        return waits(moments, self._get("/report"), partners)

    def _post(self, name: str, url: str, seconds: float, first: int) -> Mapping[str, int]:
        count = str(max(1, int(seconds * RATE)))
        command = (PYTHON, "-m", "bench.latency.poster", url, str(RATE), str(first), count)
        poster = self.crew.start(name, command, talks=True)
        read_line(poster, PATIENCE)
        say(poster, "go")
        read_line(poster, PATIENCE)
        told = read_line(poster, seconds + PATIENCE)
        self.crew.check()
        if not told:
            poster.wait()
            self.crew.check()
        moments: Mapping[str, int] = json.loads(told)
        return moments

    def _settle(self, expected: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while self._get("/count") < expected and time.monotonic() < deadline:
            self.crew.check()
            time.sleep(0.05)

    def _get(self, path: str) -> Any:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            return json.load(connection.getresponse())
        except OSError as error:
            raise Unfinished(f"the receiver does not answer: {error}") from error
        finally:
            connection.close()
