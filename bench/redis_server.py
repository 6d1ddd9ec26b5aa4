"""One Redis server for the whole run, on loopback, with its append-only file on."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from redis.exceptions import ConnectionError as NotThereYet

from bench.ground import free_ports
from bench.processes import Crew
from bench.redis_client import connect
from depesche.redis_binary import find_redis_server

SETTINGS = (
    *("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
    *("--auto-aof-rewrite-min-size", "256mb"),  # no contender is hit by a fork that others miss
)
PATIENCE = 10.0  # seconds


@contextmanager
def redis_server(folder: Path) -> Generator[str, None, None]:
    """Start a server that keeps its files in `folder`; gives its URL and ends it afterwards."""
    (port,) = free_ports(1)
    where = ("--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder))
    with Crew(folder) as crew:
        crew.start("redis", (find_redis_server().path, *where, *SETTINGS))
        url = f"redis://127.0.0.1:{port}/0"
        _wait_for(url)
        yield url


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    with connect(url) as client:
        while True:
            try:
                client.ping()
            except NotThereYet:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
            else:
                return
