"""The shell around publishing: classified entries in, partners' logs grow.

The order of the steps is what makes it safe to die between any two: who may have the story is
remembered first, copy is stored next, logs are appended to, and only then the entry is acknowledged.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime

import structlog

from services.publish.dispatches import (
    Classified,
    Rules,
    dispatch,
    formatted,
    log_entry,
    profile_of,
    read_classified,
)
from services.publish.embargo import Hold
from services.publish.held import Held
from services.publish.partner_log import Addition, PartnerLogs
from services.publish.recipients import Recipients, Routed
from services.publish.round_trips import RoundTrips
from shared.hop import Append, Entry

log = structlog.get_logger()


class Publish:
    """The stage; `rules` gives the partners that are in force at the time."""

    def __init__(
        self, rules: Callable[[], Rules], trips: RoundTrips, *, partitions: int, copy_seconds: int
    ) -> None:
        self._rules = rules
        self._recipients = Recipients(trips, partitions, copy_seconds)
        self._held = Held(trips, partitions)
        self._logs = PartnerLogs(trips)

    async def __call__(self, batch: Sequence[Entry]) -> list[tuple[Append, ...]]:
        """Route the batch; nothing is appended by the hop, logs have their own script."""
        rules, now = self._rules(), datetime.now(UTC)
        dispatches = [dispatch(read_classified(entry), rules, now) for entry in batch]
        leaving = [d for d in dispatches if not isinstance(d.verdict, Hold)]
        await self._held.hold([d for d in dispatches if isinstance(d.verdict, Hold)], rules, now)
        routed = await self._recipients.route(leaving, rules, now)
        await self._recipients.store_copy(_missing_copy(routed, rules))
        outcomes = await self._logs.append(_additions(routed, rules))
        for one in routed:
            _say(one, outcomes)
        return [()] * len(batch)


def _missing_copy(
    routed: Iterable[Routed], rules: Rules
) -> list[tuple[Classified, dict[str, bytes]]]:
    """Copy for partners that have the story already and would not get it by `takes` today."""
    missing = []
    for one in routed:
        matching = {partner.id for partner in one.dispatch.matching}
        others = [id_ for id_ in one.to if id_ not in matching]
        if others:
            classified = one.dispatch.classified
            profiles = [profile_of(rules.book.by_id(id_), classified.tags) for id_ in others]
            missing.append((classified, dict(formatted(classified, profiles))))
    return missing


def _additions(routed: Iterable[Routed], rules: Rules) -> Iterator[Addition]:
    for one in routed:
        entries: dict[str, bytes] = {}
        for partner_id in one.to:
            yield _addition(one.dispatch.classified, partner_id, rules, entries)


def _addition(
    classified: Classified, partner_id: str, rules: Rules, entries: dict[str, bytes]
) -> Addition:
    """Return what goes into one log; partners of one profile share the bytes in `entries`."""
    partner = rules.book.by_id(partner_id)
    profile = profile_of(partner, classified.tags)
    if profile.key not in entries:
        entries[profile.key] = log_entry(classified, profile)
    full = partner is not None and partner.log == "full"
    return Addition(
        partner=partner_id,
        pushed=partner is not None and partner.webhook is not None,
        revision=classified.revision,
        entry=entries[profile.key],
        full=next(iter(formatted(classified, [profile]).values())) if full else b"",
    )


def _say(routed: Routed, outcomes: dict[tuple[str, str, int], str]) -> None:
    revision = routed.dispatch.classified.revision
    log.info(
        "story_routed",
        story_id=revision.story_id,
        version=revision.version,
        superseded_by=routed.superseded_by,
        partners={id_: outcomes[id_, revision.story_id, revision.version] for id_ in routed.to},
    )
