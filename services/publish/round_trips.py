"""What is asked of Redis in one turn of the event loop goes there in one round trip.

Ten partners that get a story each ask for the same few things; a round trip costs a process
ten times as much as one more command in it.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from redis.asyncio import Redis

Command = tuple[bytes | str | int | float, ...]
READS = frozenset({"HGET"})


class RoundTrips:
    """Gathers commands and sends them together; each asker gets its own answer or error.

    Partners that get the same story look up the same things: the same read goes out once.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._waiting: list[tuple[Command, list[asyncio.Future[Any]]]] = []
        self._reads: dict[Command, list[asyncio.Future[Any]]] = {}
        self._under_way: set[asyncio.Task[None]] = set()

    async def ask(self, *command: bytes | str | float) -> Any:
        """Return the answer to one command; raises RedisError."""
        return await self._add(command)

    async def ask_all(self, commands: Sequence[Command]) -> list[Any]:
        """Return the answers in order; raises the first error, when all have been answered."""
        futures = [self._add(command) for command in commands]
        answers: list[Any] = await asyncio.gather(*futures, return_exceptions=True)
        for answer in answers:
            if isinstance(answer, BaseException):
                raise answer
        return answers

    def _add(self, command: Command) -> asyncio.Future[Any]:
        loop = asyncio.get_running_loop()
        if not self._waiting:
            loop.call_soon(self._depart)
        future: asyncio.Future[Any] = loop.create_future()
        if command in self._reads:
            self._reads[command].append(future)
            return future
        askers = [future]
        self._waiting.append((command, askers))
        if command[0] in READS:
            self._reads[command] = askers
        return future

    def _depart(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._reads = {}
        task = asyncio.create_task(self._travel(waiting))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _travel(
        self, waiting: Sequence[tuple[Command, Sequence[asyncio.Future[Any]]]]
    ) -> None:
        try:
            async with self._redis.pipeline(transaction=False) as pipe:
                for command, _ in waiting:
                    pipe.execute_command(*command)
                answers: list[Any] = await pipe.execute(raise_on_error=False)
        except Exception as fault:  # noqa: BLE001 - whoever asked must hear of it
            answers = [fault] * len(waiting)
        for (_, askers), answer in zip(waiting, answers, strict=True):
            for future in askers:
                _answer(future, answer)


def _answer(future: asyncio.Future[Any], answer: Any) -> None:
    if future.done():  # its asker was cancelled
        return
    if isinstance(answer, Exception):
        future.set_exception(answer)
    else:
        future.set_result(answer)
