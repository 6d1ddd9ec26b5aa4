"""Scripts that run many times in one round trip."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha1
from importlib.resources import files
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import NoScriptError


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a script."""

    keys: Sequence[str]
    args: Sequence[bytes | str | int | float]


class Script:
    """A Lua script of this service; each must bear being run again with the same arguments."""

    def __init__(self, redis: Redis, name: str) -> None:
        self._redis = redis
        self._text = files("services.publish").joinpath(name).read_text()
        self._sha = sha1(self._text.encode(), usedforsecurity=False).hexdigest()

    async def run(self, call: Call) -> Any:
        """Return the script's answer."""
        (answer,) = await self.run_all([call])
        return answer

    async def run_all(self, calls: Sequence[Call]) -> list[Any]:
        """Run the calls in one round trip; Redis forgets scripts in a restart, then it is told again."""
        if not calls:
            return []
        try:
            return await self._send(calls)
        except NoScriptError:
            await self._redis.script_load(self._text)
            return await self._send(calls)

    async def _send(self, calls: Sequence[Call]) -> list[Any]:
        async with self._redis.pipeline(transaction=False) as pipe:
            for call in calls:
                pipe.evalsha(self._sha, len(call.keys), *call.keys, *call.args)
            answers: list[Any] = await pipe.execute()
        return answers
