"""One round of one contender: from the first story sent to the last one out at the far end."""

import subprocess
import time
from dataclasses import dataclass
from typing import Any

from bench.contenders.contender import Contender
from bench.ground import Ground
from bench.processes import Crew, Unfinished, read_line, say
from bench.redis_client import connect
from bench.stories import WARM_UP_FROM

LIMIT = 120.0  # seconds a round may take
LOOK_EVERY = 0.005  # seconds


@dataclass(frozen=True, slots=True)
class Round:
    """What one round came to; CPU in seconds a story, of the workers and of Redis."""

    rate: float
    cpu: float
    redis_cpu: float


def run_round(contender: Contender, ground: Ground, count: int) -> Round:
    """Start the contender, warm it up, and time `count` stories through it.

    Raises Unfinished where a process dies or the round takes longer than LIMIT.
    """
    deadline = time.monotonic() + LIMIT
    with (
        connect(ground.redis_url) as redis,
        Crew(ground.folder, ground.environment()) as workers,
        Crew(ground.folder, ground.environment()) as desk,
    ):
        redis.flushall()
        for name, command in contender.workers(ground).items():
            workers.start(name, command)
        contender.await_ready(ground, workers.check)
        course = _Course(contender, ground, redis, (workers, desk), deadline)
        warm = max(200, count // 10)
        warm_up = course.producer("warm-up", WARM_UP_FROM, warm)
        timed = course.producer("timed", 0, count)  # ready before, so that no worker falls asleep
        _go(warm_up, deadline)
        course.until_seen(warm)
        before = _used(workers, redis)
        begun = _go(timed, deadline)
        course.until_seen(warm + count)
        seconds = time.monotonic() - begun
        after = _used(workers, redis)
    cpu, redis_cpu = ((then - now) / count for now, then in zip(before, after, strict=True))
    return Round(count / seconds, cpu, redis_cpu)


@dataclass(frozen=True, slots=True)
class _Course:
    contender: Contender
    ground: Ground
    redis: Any
    crews: tuple[Crew, Crew]
    deadline: float

    def producer(self, name: str, first: int, count: int) -> subprocess.Popen[bytes]:
        """Start a producer and wait until its stories lie ready."""
        command = (*self.contender.producer, str(first), str(count))
        producer = self.crews[1].start(name, command, talks=True)
        read_line(producer, self.deadline - time.monotonic())
        return producer

    def until_seen(self, stories: int) -> None:
        while (seen := self.contender.seen(self.ground, self.redis)) < stories:
            for crew in self.crews:
                crew.check()
            if time.monotonic() > self.deadline:
                raise Unfinished(f"{seen} of {stories} stories after {LIMIT:.0f} s")
            time.sleep(LOOK_EVERY)


def _go(producer: subprocess.Popen[bytes], deadline: float) -> float:
    """Let a producer begin; gives the moment it did, in seconds of the monotonic clock."""
    say(producer, "go")
    return int(read_line(producer, deadline - time.monotonic())) / 1e9


def _used(workers: Crew, redis: Any) -> tuple[float, float]:
    """CPU seconds so far: the workers', and those of Redis."""
    info = redis.info("cpu")
    return workers.cpu_seconds(), info["used_cpu_user"] + info["used_cpu_sys"]
