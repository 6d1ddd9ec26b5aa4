"""Waits for what comes about by itself, up to a deadline; the only place where tests sleep."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

_STEP = 0.01

T = TypeVar("T")


async def eventually(condition: Callable[[], T | Awaitable[T]], within: float = 5.0) -> T:
    """Ask `condition` (plain or async) until it is true; return what it said.

    Raises AssertionError, with its last answer, after `within` seconds.
    """
    deadline = time.monotonic() + within
    while True:
        asked = condition()
        answer = await cast("Awaitable[T]", asked) if inspect.isawaitable(asked) else asked
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within} s: {condition}; last answer: {answer!r}")
        await asyncio.sleep(_STEP)
