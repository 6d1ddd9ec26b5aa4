"""Starts processes and ends every one of them again, whatever happened in between."""

import os
import select
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import nan
from pathlib import Path
from types import TracebackType
from typing import Self

GRACE = 5.0  # seconds between asking a process to end and killing it
PROC = Path("/proc")


class Unfinished(Exception):  # noqa: N818 - a result that is reported, not a fault of the bench
    """A contender died, or took longer than it may; the message says which."""


@dataclass(slots=True)
class Crew:
    """Processes started together; leaving the `with` block ends them and all their children."""

    folder: Path
    environment: Mapping[str, str] | None = None
    members: dict[str, subprocess.Popen[bytes]] = field(
        default_factory=dict[str, subprocess.Popen[bytes]]
    )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        running = [member for member in self.members.values() if not _has_ended(member)]
        for member in running:
            _signal(member, signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for member in running:
            _wait(member, max(0.0, deadline - time.monotonic()))
            _signal(member, signal.SIGKILL)  # also for children that outlived their parent
            member.wait()
        for member in self.members.values():
            _close_pipes(member)

    def start(
        self, name: str, command: Sequence[str], *, talks: bool = False
    ) -> subprocess.Popen[bytes]:
        """Start a process in a session of its own; what it says goes to `folder`/`name`.log.

        One that `talks` is heard with `read_line` instead; its errors still go to the log.
        """
        with (self.folder / f"{name}.log").open("wb") as log:
            self.members[name] = subprocess.Popen(
                command,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if talks else log,
                stderr=log,
                start_new_session=True,
            )
        return self.members[name]

    def check(self) -> None:
        """Raise Unfinished if a process ended with an error."""
        for name, member in self.members.items():
            if _has_ended(member) and member.returncode:
                said = (self.folder / f"{name}.log").read_text(errors="replace").strip()
                raise Unfinished(f"{name} ended with {member.returncode}: {said[-400:]}")

    def cpu_seconds(self) -> float:
        """Seconds of CPU the members and their living children have used; nan without /proc."""
        if not PROC.is_dir():
            return nan
        sessions = {member.pid for member in self.members.values()}
        return sum(_cpu(stat, sessions) for stat in PROC.glob("[0-9]*/stat"))


def read_line(process: subprocess.Popen[bytes], seconds: float) -> str:
    """The next line a producer prints; Unfinished if none comes within `seconds`."""
    assert process.stdout is not None
    if not select.select([process.stdout], [], [], max(0.0, seconds))[0]:
        raise Unfinished("the producer does not answer")
    return process.stdout.readline().decode().strip()


def say(process: subprocess.Popen[bytes], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n".encode())
    process.stdin.flush()


def _cpu(stat: Path, sessions: set[int]) -> float:
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:  # it ended while we were looking
        return 0.0
    session, used = int(fields[3]), int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK") if session in sessions else 0.0


def _has_ended(member: subprocess.Popen[bytes]) -> bool:
    """Whether it has; what outlived it is killed at once, while its number is still its own."""
    if member.returncode is None and member.poll() is not None:
        _signal(member, signal.SIGKILL)
    return member.returncode is not None


def _signal(member: subprocess.Popen[bytes], what: signal.Signals) -> None:
    try:
        os.killpg(member.pid, what)
    except ProcessLookupError:
        return


def _close_pipes(member: subprocess.Popen[bytes]) -> None:
    for pipe in (member.stdin, member.stdout):
        if pipe is not None:
            pipe.close()


def _wait(member: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        member.wait(seconds)
    except subprocess.TimeoutExpired:
        return
