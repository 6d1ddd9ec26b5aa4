"""Waits for what a supervisor waits for: a child's death, a wish to stop, or a time."""

import select
import signal
import socket
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

_STOPPING = (signal.SIGTERM, signal.SIGINT)
_HEARD = (*_STOPPING, signal.SIGCHLD)


class WakeUps:
    """What came in by signal; valid within `listening`."""

    def __init__(self, inbox: socket.socket) -> None:
        self._inbox = inbox
        self.told_to_stop = False

    def wait(self, seconds: float | None) -> None:
        """Return at the next signal, or after `seconds`."""
        if select.select([self._inbox], [], [], seconds)[0]:
            self._inbox.recv(4096)

    def note(self, number: int, _frame: FrameType | None) -> None:
        self.told_to_stop = self.told_to_stop or number in _STOPPING


@contextmanager
def listening() -> Generator[WakeUps]:
    """Take over SIGTERM, SIGINT and SIGCHLD of the main thread; give them back afterwards."""
    inbox, outbox = socket.socketpair()
    inbox.setblocking(False)
    outbox.setblocking(False)
    wake_ups = WakeUps(inbox)
    before = {number: signal.signal(number, wake_ups.note) for number in _HEARD}
    earlier = signal.set_wakeup_fd(outbox.fileno(), warn_on_full_buffer=False)
    try:
        yield wake_ups
    finally:
        signal.set_wakeup_fd(earlier)
        for number, handler in before.items():
            signal.signal(number, handler)
        inbox.close()
        outbox.close()
