"""Keeps the services and their Redis running until told to stop. Knows nothing of stories."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog

from depesche.embedded_redis import EmbeddedRedis
from depesche.restarts import deaths_in_a_row, next_pause
from depesche.tether import tethered
from depesche.wake_ups import WakeUps, listening

_STOP_PATIENCE = 10.0  # seconds; then SIGKILL
_LOADING_LOOK = 0.003

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Child:
    """A program to keep running; `env` is its whole environment."""

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str]


class Supervisor:
    """Runs the children, restarts what dies, and stops services first and Redis last."""

    def __init__(
        self,
        children: Sequence[Child],
        redis: EmbeddedRedis | None,
        *,
        stop_patience: float = _STOP_PATIENCE,
    ) -> None:
        self._redis = redis
        self._stop_patience = stop_patience
        self._services = [_Kept(child.name, _launcher(child)) for child in children]

    def run(self) -> int:
        """Block until SIGTERM or SIGINT; return 0, or 1 if a service had to be killed at the end.

        Call it from the main thread. Raises what `EmbeddedRedis.start` raises.
        """
        with listening() as wake_ups:
            try:
                self._keep_running(wake_ups)
            finally:
                killed = _stop(self._services, wake_ups, self._stop_patience)
                if self._redis is not None:
                    self._redis.stop()
        return 1 if killed else 0

    def _keep_running(self, wake_ups: WakeUps) -> None:
        kept = [*self._await_redis(wake_ups), *self._services]
        while not wake_ups.told_to_stop:
            for one in kept:
                one.tend(time.monotonic())
            due = min((one.due for one in kept if one.process is None), default=None)
            wake_ups.wait(None if due is None else max(0.0, due - time.monotonic()))

    def _await_redis(self, wake_ups: WakeUps) -> Iterable["_Kept"]:
        """Services come up when Redis has loaded; a Redis that cannot start is an error."""
        redis = self._redis
        if redis is None:
            return []
        kept = _Kept("redis", redis.launch, process=redis.process)
        kept.tend(time.monotonic())
        while not wake_ups.told_to_stop and not redis.answers():
            wake_ups.wait(_LOADING_LOOK)
        return [kept]


@dataclass(slots=True)
class _Kept:
    """One child over all its lives."""

    name: str
    launch: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    due: float = field(default=0.0)

    def tend(self, now: float) -> None:
        """Note a death, and start what is due."""
        if self.process is not None and self.process.poll() is not None:
            self._bury(self.process, now)
        if self.process is None and now >= self.due:
            self.process, self.started = self.launch(), now
            _log.info("service_started", name=self.name, pid=self.process.pid)

    def _bury(self, process: subprocess.Popen[bytes], now: float) -> None:
        self.deaths = deaths_in_a_row(self.deaths, now - self.started)
        pause = next_pause(self.deaths)
        self.process, self.due = None, now + pause
        _log.error("service_died", name=self.name, pid=process.pid, pause=pause, **_end_of(process))


def _end_of(process: subprocess.Popen[bytes]) -> dict[str, int | str]:
    code = process.returncode
    return {"signal": signal.Signals(-code).name} if code < 0 else {"exit_code": code}


def _launcher(child: Child) -> Callable[[], subprocess.Popen[bytes]]:
    def launch() -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  # the commands are our own
            tethered(child.command),
            env=dict(child.env),
            stdin=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C is for the supervisor, which passes it on in order
        )

    return launch


def _stop(services: Iterable[_Kept], wake_ups: WakeUps, patience: float) -> bool:
    """Ask all to end, kill who does not; say whether any was killed."""
    running = [one.process for one in services if one.process is not None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + patience
    while any(process.poll() is None for process in running) and time.monotonic() < deadline:
        wake_ups.wait(deadline - time.monotonic())
    stubborn = [process for process in running if process.poll() is None]
    for process in stubborn:
        process.kill()
        process.wait()
    return bool(stubborn)
