"""What the race needs to know of a contender."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench import tally
from bench.ground import Ground

Command = tuple[str, ...]
PYTHON = sys.executable


def _at_once(_: Ground, __: Callable[[], None]) -> None:
    return


def _tallied(ground: Ground, _: Any) -> int:
    return tally.count(ground.tally)


@dataclass(frozen=True, slots=True)
class Contender:
    """How to start it, how to feed it, and how to see how far it is.

    `target`: how many times as fast Depesche means to be; None for Depesche itself.
    `producer`: a command that takes the first story's number and the count as its last arguments.
    `workers`: the processes of a round by name, given its ground.
    `seen`: how many stories have come out at the far end, given a connection to Redis as well.
    `await_ready`: returns once the workers take work, where a warm-up alone does not show it;
    its second argument raises if one of them has ended.
    """

    name: str
    title: str
    target: float | None
    producer: Command
    workers: Callable[[Ground], dict[str, Command]]
    seen: Callable[[Ground, Any], int] = _tallied
    await_ready: Callable[[Ground, Callable[[], None]], None] = _at_once


def each_stage(command: Callable[[int], Command]) -> Callable[[Ground], dict[str, Command]]:
    """One process a stage, the stages numbered from 1 to 3."""
    return lambda _: {f"stage-{number}": command(number) for number in (1, 2, 3)}
