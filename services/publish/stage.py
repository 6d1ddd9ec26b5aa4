"""The shell around publishing: classified entries in, partners' logs grow.

The order of the steps is what makes it safe to die between any two: who may have the story is
remembered first, copy is stored next, logs are appended to, and only then the entry is acknowledged.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

import structlog

from services.publish.additions import additions, newest, ready
from services.publish.dispatches import Rules, dispatch, read_classified
from services.publish.embargo import Hold
from services.publish.held import Held
from services.publish.partner_log import Appended, PartnerLogs
from services.publish.recipients import Recipients, Routed
from services.publish.round_trips import RoundTrips
from shared.hop import Append, Entry
from shared.settings import ServiceSettings

log = structlog.get_logger()


class Publish:
    """The stage; `rules` gives the partners that are in force at the time.

    What stands in the log of a partner with a webhook is told to `push` as well, which may begin
    without looking into the log. `name` is this process's, for its wake-ups.
    """

    def __init__(
        self,
        rules: Callable[[], Rules],
        trips: RoundTrips,
        push: Callable[[Appended], None],
        settings: ServiceSettings,
        *,
        name: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._clock = clock
        self._rules = rules
        self._push = push
        self._recipients = Recipients(trips, settings.partitions, settings.copy_seconds)
        self._held = Held(trips, settings.partitions)
        self._logs = PartnerLogs(trips, name)

    async def __call__(self, batch: Sequence[Entry]) -> list[tuple[Append, ...]]:
        """Route the batch; nothing is appended by the hop, logs have their own script."""
        rules, now = self._rules(), self._clock()
        dispatches = [dispatch(read_classified(entry), rules, now) for entry in batch]
        leaving = [d for d in dispatches if not isinstance(d.verdict, Hold)]
        await self._held.hold([d for d in dispatches if isinstance(d.verdict, Hold)], rules, now)
        routed = await self._recipients.route(leaving, rules, now)
        revisions = [ready(one, rules) for one in routed]
        await self._recipients.store_copy(
            [(r.routed.dispatch.classified, r.missing) for r in revisions if r.missing]
        )
        appended = await self._logs.append(additions(revisions, rules))
        for one in newest(appended):
            self._push(one)
        _say(routed, appended)
        return [()] * len(batch)


def _say(routed: Iterable[Routed], appended: Iterable[Appended]) -> None:
    partners: defaultdict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for one in appended:
        revision = one.addition.revision
        partners[revision.story_id, revision.version][one.addition.partner] = one.outcome
    for routing in routed:
        revision = routing.dispatch.classified.revision
        log.info(
            "story_routed",
            story_id=revision.story_id,
            version=revision.version,
            superseded_by=routing.superseded_by,
            partners=partners[revision.story_id, revision.version],
        )
