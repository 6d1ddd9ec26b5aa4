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
    """One revision for one partner's log; `full`: the log takes the formatted story itself."""

    partner: str
    pushed: bool
    full: bool
    revision: Revision
    entry: LogEntry
    entry_json: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of an addition: `sent`, `open` under an entry's id, `same` or `superseded`."""

    addition: Addition
    outcome: str
    id: str


class PartnerLogs:
    """The one writer of all partner logs; `name` tells its wake-ups from those of others."""

    def __init__(self, trips: RoundTrips, name: str) -> None:
        self._name = name
        self._append = Script(trips, "append.lua")

    async def append(self, additions: Iterable[Addition]) -> list[Appended]:
        """Append each to its log, unless that holds it or something newer of the story."""
        by_partner: dict[str, list[Addition]] = {}
        for addition in additions:
            by_partner.setdefault(addition.partner, []).append(addition)
        if not by_partner:
            return []
        answers = await self._append.run_all(
            [_call(partner, group) for partner, group in by_partner.items()],
            ("PUBLISH", WAKE, " ".join((self._name, *by_partner))),
        )
        return [
            _appended(addition, answer)
            for group, found in zip(by_partner.values(), answers, strict=True)
            for addition, answer in zip(group, found, strict=True)
        ]


def _appended(addition: Addition, answer: bytes) -> Appended:
    outcome, _, id_ = answer.decode().partition(" ")
    return Appended(addition, outcome, id_)


def _call(partner: str, group: list[Addition]) -> Call:
    keys, now = PartnerKeys(partner), datetime.now(UTC)
    head: list[bytes | str | int] = [
        int(group[0].pushed),
        now.isoformat(timespec="milliseconds"),
        int(now.timestamp() * 1000),
    ]
    return Call(
        (
            keys.log,
            keys.standing,
            keys.deliveries,
            keys.due_urgent,
            keys.due_routine,
            keys.texts,
        ),
        [*head, *chain.from_iterable(map(_arguments, group))],
    )


def _arguments(addition: Addition) -> tuple[bytes | str | int, ...]:
    revision = addition.revision
    return (
        revision.story_id,
        revision.version,
        delivery_field(revision.story_id, revision.version),
        revision.lane,
        revision.status,
        addition.entry_json,
        addition.body if addition.full else b"",
    )


def parse_entry(fields: dict[bytes, bytes]) -> LogEntry:
    """Return the reference that a log entry holds in its field `entry`."""
    return LogEntry.model_validate_json(fields[b"entry"])
