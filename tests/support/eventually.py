"""Waits for what comes about by itself, up to a deadline; the only place where tests sleep."""

import asyncio
import inspect
import time
from collections.abc import Callable
from typing import Any

_STEP = 0.01


async def eventually(condition: Callable[[], Any], within: float = 5.0) -> Any:
    """Ask `condition` (plain or async) until it is true; return what it said.

    Raises AssertionError, with its last answer, after `within` seconds.
    """
    deadline = time.monotonic() + within
    while True:
        asked = condition()
        answer = await asked if inspect.isawaitable(asked) else asked
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within} s: {condition}; last answer: {answer!r}")
        await asyncio.sleep(_STEP)
