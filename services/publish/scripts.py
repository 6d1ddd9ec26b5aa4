"""This service's Lua scripts, run by their digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha1
from importlib.resources import files
from typing import Any

from redis.exceptions import NoScriptError

from services.publish.round_trips import Command, RoundTrips


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a script."""

    keys: Sequence[str]
    args: Sequence[bytes | str | int | float]


class Script:
    """A Lua script of this service; each must bear being run again with the same arguments."""

    def __init__(self, trips: RoundTrips, name: str) -> None:
        self._trips = trips
        folder = files("services.publish")
        self._text = "".join(folder.joinpath(each).read_text() for each in ("newer.lua", name))
        self._sha = sha1(self._text.encode(), usedforsecurity=False).hexdigest()

    async def run(self, call: Call) -> Any:
        """Return the script's answer."""
        try:
            return await self._trips.ask(*self._command(call))
        except NoScriptError:  # Redis forgets scripts in a restart
            await self._trips.ask("SCRIPT LOAD", self._text)
            return await self._trips.ask(*self._command(call))

    async def run_all(self, calls: Sequence[Call], *also: Command) -> list[Any]:
        """Return the scripts' answers; the commands in `also` follow them in the same round trip."""
        commands = [*map(self._command, calls), *also]
        if not commands:
            return []
        try:
            answers = await self._trips.ask_all(commands)
        except NoScriptError:  # as above
            await self._trips.ask("SCRIPT LOAD", self._text)
            answers = await self._trips.ask_all(commands)
        return answers[: len(calls)]

    def _command(self, call: Call) -> Command:
        return ("EVALSHA", self._sha, len(call.keys), *call.keys, *call.args)
