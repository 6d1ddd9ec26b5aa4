"""The desk's end of every contender: has its stories ready, waits for the word, then sends."""

import sys
import time
from collections.abc import Callable
from typing import TypeVar

Copy = TypeVar("Copy")


def produce(prepare: Callable[[int, int], Copy], send: Callable[[Copy], None]) -> None:
    """Make the stories that the last two arguments name, say so, and send them when told to.

    The moment of the first one (nanoseconds of the monotonic clock, which all processes of a
    machine share) goes to standard output.
    """
    first, count = map(int, sys.argv[-2:])
    copy = prepare(first, count)
    print("ready", flush=True)
    sys.stdin.readline()
    print(time.monotonic_ns(), flush=True)
    send(copy)
