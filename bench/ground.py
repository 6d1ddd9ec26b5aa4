"""Where one round takes place, and how its processes learn of it: by environment alone."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

REDIS_URL = "BENCH_REDIS_URL"
FOLDER = "BENCH_FOLDER"
PORTS = ("DEPESCHE_INGEST_PORT", "DEPESCHE_CLASSIFY_PORT", "DEPESCHE_PUBLISH_PORT")


def free_ports(count: int) -> tuple[int, ...]:
    """Ports of 127.0.0.1 that nobody listens on at this moment."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = tuple(int(probe.getsockname()[1]) for probe in probes)
    for probe in probes:
        probe.close()
    return ports


@dataclass(frozen=True, slots=True)
class Ground:
    """The one Redis of the run, a folder that is thrown away after the round, three free ports."""

    redis_url: str
    folder: Path
    ports: tuple[int, ...]

    @classmethod
    def new(cls, redis_url: str, folder: Path) -> Self:
        return cls(redis_url, folder, free_ports(len(PORTS)))

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """The same, read back inside a worker or producer."""
        ports = tuple(int(environment[port]) for port in PORTS)
        return cls(environment[REDIS_URL], Path(environment[FOLDER]), ports)

    @property
    def tally(self) -> Path:
        return self.folder / "tally"

    @property
    def config(self) -> Path:
        return self.folder / "config"

    def environment(self) -> dict[str, str]:
        """The environment of every process of the round."""
        ours = {REDIS_URL: self.redis_url, FOLDER: str(self.folder)}
        depesche = {
            "DEPESCHE_REDIS_URL": self.redis_url,
            "DEPESCHE_CONFIG": str(self.config),
            "DEPESCHE_LOG_LEVEL": "error",
            **dict(zip(PORTS, map(str, self.ports), strict=True)),
        }
        return {**os.environ, **ours, **depesche}
