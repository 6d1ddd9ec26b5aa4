"""Binds a child process to its parent, so that it ends when the parent ends, even by kill -9.

Run as a plain script without site-packages: it must start fast and import nothing of Depesche.
"""

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Sequence

_PR_SET_PDEATHSIG = 1  # <sys/prctl.h>
_LOOK_SECONDS = 0.2


def tethered(
    command: Sequence[str], death_signal: signal.Signals = signal.SIGTERM
) -> tuple[str, ...]:
    """Return `command` so wrapped that it gets `death_signal` when the calling process dies.

    The child keeps the pid that it was started with. Start it from the main thread: on Linux the
    kernel sends the signal when the starting *thread* ends (prctl(2), PR_SET_PDEATHSIG).
    """
    launcher = (sys.executable, "-I", "-S", "-E", __file__)
    return (*launcher, str(int(death_signal)), str(os.getpid()), *command)


def _ask_kernel(death_signal: int) -> bool:
    """Let the kernel send the signal; False where there is no such call."""
    if sys.platform != "linux":
        return False
    return bool(ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, death_signal, 0, 0, 0) == 0)


def _watch(child: int, parent: int, death_signal: int) -> None:
    """Look at both processes until one has gone; runs in a process of its own, below the child."""
    while os.getppid() == child:
        try:
            os.kill(parent, 0)
        except ProcessLookupError:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, death_signal)
            return
        time.sleep(_LOOK_SECONDS)


def _leave_watcher(parent: int, death_signal: int) -> None:
    """Fork a watcher; the caller keeps its pid and goes on to become the command."""
    child = os.getpid()
    if os.fork() == 0:
        _watch(child, parent, death_signal)
        os._exit(0)


def main(arguments: Sequence[str]) -> None:
    """Become the command: SIGNAL PARENT COMMAND...; does not return."""
    death_signal, parent, command = int(arguments[0]), int(arguments[1]), arguments[2:]
    if not _ask_kernel(death_signal):
        _leave_watcher(parent, death_signal)
    if os.getppid() != parent:  # it died before we were bound to it
        sys.exit(f"{command[0]}: not started, the parent process {parent} has gone")
    for ignored_by_python in (signal.SIGPIPE, signal.SIGXFSZ):  # exec would hand these down
        signal.signal(ignored_by_python, signal.SIG_DFL)
    try:
        os.execvp(command[0], list(command))  # noqa: S606  # no shell wanted: the command is a list
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}")


if __name__ == "__main__":
    main(sys.argv[1:])
