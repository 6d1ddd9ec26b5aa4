"""Counts the stories the last stage has seen: one byte each in a file, from any process.

An appended byte costs about a microsecond, so that counting favours nobody; a counter in Redis
would cost those contenders most that handle one story a call.
"""

import os
from pathlib import Path


class Tally:
    """The last stage's end of it; opened once by each process."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def mark(self, stories: int = 1) -> None:
        os.write(self._file, b"." * stories)


def count(path: Path) -> int:
    """How many stories were marked so far; 0 before the first."""
    return path.stat().st_size if path.exists() else 0
