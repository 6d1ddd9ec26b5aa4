"""A Redis of our own, its data in one folder: for `depesche up`, the demo and the tests."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from enum import StrEnum
from pathlib import Path
from typing import IO

from depesche.aof_sync import AofSync
from depesche.data_folder import claim, release, running_url, socket_of, url_of
from depesche.redis_binary import find_redis_server
from depesche.tether import tethered

__all__ = ["Durability", "EmbeddedRedis", "RedisFailed", "running_url"]

_STOP_PATIENCE = 10.0
_LOOK_SECONDS = 0.003
_LAST_LINES = 8


class Durability(StrEnum):
    """What an answered write survives (ADR 2): any process's death, or a power cut as well."""

    PROCESS = "process"
    FSYNC = "fsync"


class RedisFailed(Exception):  # noqa: N818  # it reads as what it says
    """The redis-server ended while it was starting; the text ends with its last log lines."""


class EmbeddedRedis:
    """One redis-server on one data folder, reached by a unix socket that only its owner may use.

    `start` blocks until Redis answers. A supervisor calls `launch` instead, asks `answers`, and
    calls `launch` again when `process` has ended: the socket and `url` stay the same. Start it
    from the main thread: it dies with the thread that started it (see `tether`).
    """

    def __init__(self, data: Path, *, durability: Durability = Durability.PROCESS) -> None:
        self.data = data.resolve()
        self.durability = durability
        self.socket = socket_of(self.data)
        self.url = url_of(self.socket)
        self.process: subprocess.Popen[bytes] | None = None
        self._program: str | None = None
        self._lock: IO[bytes] | None = None
        self._sync: AofSync | None = None

    def start(self) -> None:
        """Launch and wait until loaded. Raises NoRedisServer, DataFolderTaken, RedisFailed."""
        self.launch()
        try:
            while not self.answers():
                time.sleep(_LOOK_SECONDS)
        except BaseException:
            self.stop()
            raise

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the process, without waiting for it. Raises NoRedisServer, DataFolderTaken."""
        self._program = self._program or find_redis_server().path
        self._lock = self._lock or claim(self.data)
        self.process = subprocess.Popen(  # noqa: S603  # a program found by us
            tethered((self._program, *settings(self.data, self.socket, self.durability))),
            stdin=subprocess.DEVNULL,
            pass_fds=[self._lock.fileno()],  # an orphan holds the folder until it has ended
            process_group=0,  # Ctrl-C is for the supervisor, which stops Redis last
        )
        if self._sync is None and self.durability is Durability.PROCESS:
            self._sync = AofSync(self.data / "appendonlydir")
            self._sync.start()
        return self.process

    def answers(self) -> bool:
        """Ask whether Redis is up and has loaded its data. Raises RedisFailed if it has ended."""
        if self.process is None or self.process.poll() is not None:
            raise RedisFailed(f"redis-server on {self.data} ended:\n{_last_lines(self.data)}")
        return _ping(self.socket)

    def stop(self) -> None:
        """End Redis with its data on disk and give up the folder; harmless when nothing runs."""
        if self.process is not None:
            _end(self.process)
            self.process = None
        if self._sync is not None:
            self._sync.stop()
            self._sync = None
        if self._lock is not None:
            release(self.data, self._lock)
            self._lock = None


def settings(data: Path, socket: Path, durability: Durability) -> tuple[str, ...]:
    """Give redis-server's arguments; ADR 2 says why `appendfsync` is never `everysec`."""
    return (
        *("--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--dir", str(data), "--logfile", str(data / "redis.log"), "--daemonize", "no"),
        *("--save", "", "--appendonly", "yes", "--aof-load-truncated", "yes"),
        *("--appendfsync", "always" if durability is Durability.FSYNC else "no"),
        *("--auto-aof-rewrite-min-size", "256mb"),  # small runs never fork
    )


def _ping(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection, contextlib.suppress(OSError):
        connection.settimeout(1.0)
        connection.connect(os.fspath(path))
        connection.sendall(b"PING\r\n")
        return connection.recv(64).startswith(b"+PONG")  # while loading: -LOADING
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_STOP_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _last_lines(data: Path) -> str:
    with contextlib.suppress(FileNotFoundError):
        lines = (data / "redis.log").read_text(errors="replace").splitlines()
        return "\n".join(lines[-_LAST_LINES:])
    return "it left no log"
