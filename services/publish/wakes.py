"""Wake-ups: whoever waits for a partner's log is told at once when it has grown."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.keys import WAKE

log = structlog.get_logger()

Listener = Callable[[], None]


class Wakes:
    """One subscription for the whole process. A wake-up may be lost, so listeners look again too."""

    def __init__(self, redis: Redis) -> None:
        self.name = uuid4().hex
        self._redis = redis
        self._listeners: dict[str, list[Listener]] = {}
        self._others: dict[str, list[Listener]] = {}

    def listen(self, partner_id: str, listener: Listener) -> None:
        """Call `listener` whenever this partner's log grows."""
        self._listeners.setdefault(partner_id, []).append(listener)

    def listen_to_others(self, partner_id: str, listener: Listener) -> None:
        """Call `listener` when another process has made the log grow; ours is told directly."""
        self._others.setdefault(partner_id, []).append(listener)

    def forget(self, partner_id: str, listener: Listener) -> None:
        """Call it no more."""
        for listeners in (self._listeners, self._others):
            if listener in listeners.get(partner_id, ()):
                listeners[partner_id].remove(listener)

    async def run(self) -> None:
        """Listen for ever; after a lost connection everybody is woken, for nobody knows."""
        while True:
            try:
                await self._listen()
            except RedisError as away:
                log.warning("wakes_interrupted", why=str(away))
                await asyncio.sleep(0.2)

    async def _listen(self) -> None:
        async with self._redis.pubsub(ignore_subscribe_messages=True) as pubsub:
            await pubsub.subscribe(WAKE)
            self._wake_all()
            while True:
                message: Any = await pubsub.get_message(timeout=30)
                if message is not None:
                    who, *partners = message["data"].decode().split()
                    self._wake(partners, ours=who == self.name)

    def _wake(self, partners: Iterable[str], *, ours: bool) -> None:
        for partner_id in partners:
            for listener in self._listeners.get(partner_id, ()):
                listener()
            for listener in () if ours else self._others.get(partner_id, ()):
                listener()

    def _wake_all(self) -> None:
        self._wake({*self._listeners, *self._others}, ours=False)
