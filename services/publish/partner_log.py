"""Appending to partners' logs: once, in order, whatever is repeated or overtakes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

from services.publish.round_trips import RoundTrips
from services.publish.scripts import Call, Script
from shared.events import LogEntry, Revision
from shared.keys import WAKE, PartnerKeys
from shared.record import delivery_field


@dataclass(frozen=True, slots=True)
class Addition:
    """One revision for one partner's log; `full` is the formatted story or empty."""

    partner: str
    pushed: bool
    revision: Revision
    entry: bytes
    full: bytes = b""


class PartnerLogs:
    """The one writer of all partner logs."""

    def __init__(self, trips: RoundTrips) -> None:
        self._append = Script(trips, "append.lua")

    async def append(self, additions: Iterable[Addition]) -> dict[tuple[str, str, int], str]:
        """Return by (partner, story, version): `sent`, `open`, `same` or `superseded`."""
        by_partner: dict[str, list[Addition]] = {}
        for addition in additions:
            by_partner.setdefault(addition.partner, []).append(addition)
        if not by_partner:
            return {}
        answers = await self._append.run_all(
            [_call(partner, group) for partner, group in by_partner.items()],
            ("PUBLISH", WAKE, " ".join(by_partner)),
        )
        return {
            (a.partner, a.revision.story_id, a.revision.version): outcome.decode()
            for group, outcomes in zip(by_partner.values(), answers, strict=True)
            for a, outcome in zip(group, outcomes, strict=True)
        }


def _call(partner: str, group: list[Addition]) -> Call:
    keys, now = PartnerKeys(partner), datetime.now(UTC)
    head: list[bytes | str | int] = [
        int(group[0].pushed),
        now.isoformat(timespec="milliseconds"),
        int(now.timestamp() * 1000),
    ]
    return Call(
        (keys.log, keys.standing, keys.deliveries, keys.due_urgent, keys.due_routine),
        [*head, *chain.from_iterable(map(_arguments, group))],
    )


def _arguments(addition: Addition) -> tuple[bytes | str | int, ...]:
    revision = addition.revision
    return (
        revision.story_id,
        revision.version,
        delivery_field(revision.story_id, revision.version),
        revision.lane,
        addition.entry,
        addition.full,
    )


def parse_entry(fields: dict[bytes, bytes]) -> LogEntry:
    """Return the reference that a log entry holds in its field `entry`."""
    return LogEntry.model_validate_json(fields[b"entry"])
