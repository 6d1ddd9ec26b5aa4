"""Times the formats and their bare parsers in turns."""

import time
from collections.abc import Callable, Sequence

from bench.parsing.timings import Timing
from bench.parsing.wires import Wire, read_one

REPEATS = 15
LONG_ENOUGH = 0.02  # seconds of CPU one measurement takes, so that the clock's steps do not show


def measure(wires: Sequence[Wire], repeats: int = REPEATS) -> list[Timing]:
    """Time each format, then its bare parser, then the next, and all that again.

    CPU seconds of this process: a neighbour may slow them, but is not counted among them.
    """
    courses = [_Course(wire) for wire in wires]
    for _ in range(repeats):
        for course in courses:
            course.run()
    return [course.timing() for course in courses]


class _Course:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._read: list[float] = []
        self._bare: list[float] = []
        self._loops = _loops(read_one, wire)
        self._bare_loops = _loops(wire.bare.parse, wire) if wire.bare else 0

    def run(self) -> None:
        self._read.append(_microseconds(read_one, self._wire, self._loops))
        if self._wire.bare:
            self._bare.append(_microseconds(self._wire.bare.parse, self._wire, self._bare_loops))

    def timing(self) -> Timing:
        return Timing(self._wire, tuple(self._read), tuple(self._bare))


def _loops(parse: Callable[[bytes], object], wire: Wire) -> int:
    """How often the bodies are gone through in one measurement; this warms up, too."""
    once = _microseconds(parse, wire, 3) * wire.stories / 1e6
    return max(1, round(LONG_ENOUGH / max(once, 1e-6)))


def _microseconds(parse: Callable[[bytes], object], wire: Wire, loops: int) -> float:
    begun = time.process_time_ns()
    for _ in range(loops):
        for body in wire.bodies:
            parse(body)
    return (time.process_time_ns() - begun) / 1e3 / loops / wire.stories
