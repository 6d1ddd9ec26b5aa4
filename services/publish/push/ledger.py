"""What Redis knows of one partner's pushes: what is due, what stands, how attempts ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.publish.round_trips import Command, RoundTrips
from services.publish.scripts import Call, Script
from shared.dead_letters import DeadLetter
from shared.events import Lane, LogEntry
from shared.keys import PartnerKeys, partition_of
from shared.record import Delivery, StandingVersion, delivery_field
from shared.story import Status

LANES = (Lane.URGENT, Lane.ROUTINE)


@dataclass(frozen=True, slots=True)
class Due:
    """An open entry of the partner's log whose time has come, after so many attempts.

    `body` is the formatted story where it is at hand.
    """

    id: str
    lane: Lane
    entry: LogEntry
    attempts: int = 0
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What must be known before a push is started.

    `recalled_by` is a newer kill or hold of the story, `superseded_by` a newer version in the
    partner's own log: there it has been told, or will be.
    """

    body: bytes | None
    recalled_by: int | None
    superseded_by: int | None = None


class Ledger:
    """Reads and writes the push state of one partner."""

    def __init__(self, trips: RoundTrips, partner_id: str, partitions: int) -> None:
        self._trips = trips
        self._partitions = partitions
        self._keys = PartnerKeys(partner_id)
        self._take = Script(trips, "push/take.lua")
        self._settle = Script(trips, "push/settle.lua")

    async def due(self, now_ms: int, most: Mapping[Lane, int]) -> tuple[list[Due], int | None]:
        """Return what is due, urgent first, `most` of each lane; and when (ms) the next will be."""
        keys = (
            self._keys.log,
            self._keys.deliveries,
            *(self._keys.due(lane) for lane in LANES),
        )
        found: Sequence[Any] = await self._take.run(
            Call(keys, (now_ms, *(most[lane] for lane in LANES)))
        )
        later = int(float(found[0])) if found[0] else None
        return [_due(*found[at : at + 4]) for at in range(1, len(found), 4)], later

    async def before(self, due: Due) -> Before:
        """Look the story up right before it leaves (wire-rules I2)."""
        entry = due.entry
        partition = partition_of(entry.story_id, self._partitions)
        standing_of: Command = ("HGET", partition.story(entry.story_id), "standing")
        if due.body is not None:
            return Before(
                due.body, _recalled_by(await self._trips.ask(*standing_of), entry.version)
            )
        copy: Command = ("HGET", partition.copy(entry.story_id), entry.body)
        logged: Command = ("HGET", self._keys.standing, entry.story_id)
        body, standing, last = await self._trips.ask_all((copy, standing_of, logged))
        newest = int(last.split()[0]) if last else entry.version
        return Before(
            body,
            _recalled_by(standing, entry.version),
            newest if newest > entry.version else None,
        )

    async def disabled(self) -> bool:
        """Whether this partner answered 410 and was not enabled since."""
        return bool(await self._trips.ask("EXISTS", self._keys.disabled))

    async def disable(self, why: str) -> None:
        """Push no more until an operator enables it."""
        await self._trips.ask("SET", self._keys.disabled, why)

    async def settle(self, due: Due, delivery: Delivery, letter: DeadLetter | None = None) -> bool:
        """Write down how an attempt ended; False if the entry was superseded meanwhile."""
        next_at = delivery.next_at
        return bool(
            await self._settle.run(
                Call(
                    (self._keys.due(due.lane), self._keys.deliveries, self._keys.dead),
                    (
                        due.id,
                        delivery_field(due.entry.story_id, due.entry.version),
                        delivery.model_dump_json(exclude_none=True),
                        int(next_at.timestamp() * 1000) if next_at else "",
                        letter.model_dump_json(exclude_none=True) if letter else "",
                    ),
                )
            )
        )


def _due(lane: int, id_: bytes, entry: bytes, delivery: bytes) -> Due:
    attempts = Delivery.model_validate_json(delivery).attempts if delivery else 0
    return Due(id_.decode(), LANES[lane - 1], LogEntry.model_validate_json(entry), attempts)


def _recalled_by(standing: bytes | None, version: int) -> int | None:
    if standing is None:
        return None
    now = StandingVersion.model_validate_json(standing)
    recalled = now.version > version and now.status is not Status.USABLE
    return now.version if recalled else None
