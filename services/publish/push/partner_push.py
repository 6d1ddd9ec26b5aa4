"""Pushing to one partner: urgent first, one revision of a story at a time, several stories at once."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import random

import structlog
from prometheus_client import Counter as Metric
from prometheus_client import Histogram
from redis.exceptions import RedisError

from services.publish.formats import content_type_of
from services.publish.partners import Partner
from services.publish.push.ledger import Before, Due, Ledger
from services.publish.push.message import headers_for
from services.publish.push.transport import Answer, Transport
from services.publish.push.verdict import Attempt, Ended, after, expired, superseded
from shared.events import Lane
from shared.record import State

log = structlog.get_logger()

PUSHES = Metric("depesche_pushes", "Webhook calls", ["partner", "state"])
SECONDS = Histogram("depesche_push_seconds", "Time of a webhook call", ["partner"])

LOOK_AGAIN_S = 5.0  # a wake-up can be lost with its connection
RECALLED_PAUSE_S = 0.2
DISABLED_KNOWN_S = 1.0


@dataclass(frozen=True, slots=True)
class Terms:
    """How pushing is done: seconds between attempts, and how many pushes at once in each lane."""

    retries: tuple[float, ...]
    slots: dict[Lane, int]


@dataclass(slots=True)
class _InFlight:
    """Pushes under way, by log entry; a story has at most one (order per partner and story)."""

    tasks: dict[str, asyncio.Task[bool]] = field(default_factory=dict)
    stories: set[str] = field(default_factory=set)
    lanes: dict[Lane, int] = field(default_factory=lambda: dict.fromkeys(Lane, 0))


class PartnerPush:
    """Serves one partner for as long as `may_start` says that this worker holds its lease."""

    def __init__(
        self,
        partner: Partner,
        ledger: Ledger,
        transport: Transport,
        terms: Terms,
        may_start: Callable[[], bool],
    ) -> None:
        self._partner = partner
        self._ledger = ledger
        self._transport = transport
        self._terms = terms
        self._may_start = may_start
        self._awake = asyncio.Event()
        self._in_flight = _InFlight()
        self._just_ended: set[str] = set()
        self._left_waiting = False
        self._disabled_known_at = 0.0
        self._disabled = False

    def wake(self) -> None:
        """Look again at what is due: the log has grown, or a push has ended."""
        self._awake.set()

    def offer(self, due: Due) -> bool:
        """Start at once what was just appended, if that may be; else it is found by looking."""
        known = time.monotonic() - self._disabled_known_at < 2 * DISABLED_KNOWN_S
        free = self._terms.slots[due.lane] - self._in_flight.lanes[due.lane]
        may = known and not self._disabled and free > 0 and self._startable(due)
        if may:
            self._start(due)
        return may

    async def run(self) -> None:
        """Push until cancelled; Redis may come and go."""
        try:
            while True:
                self._awake.clear()
                pause = await self._start_what_is_due()
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._awake.wait()
        finally:
            under_way = list(self._in_flight.tasks.values())
            for task in under_way:
                task.cancel()
            # Whoever serves the partner next must find nothing of ours on the wire.
            await asyncio.gather(*under_way, return_exceptions=True)

    async def _start_what_is_due(self) -> float:
        """Return after how many seconds to look again."""
        try:
            if await self._is_disabled():
                return LOOK_AGAIN_S
            return await self._look()
        except RedisError as away:
            log.warning("push_postponed", partner=self._partner.id, why=str(away))
            return 0.5

    async def _is_disabled(self) -> bool:
        now = time.monotonic()
        if now - self._disabled_known_at > DISABLED_KNOWN_S:
            self._disabled = await self._ledger.disabled()
            self._disabled_known_at = now
        return self._disabled

    async def _look(self) -> float:
        now, flying = time.time(), self._in_flight
        free = {lane: slots - flying.lanes[lane] for lane, slots in self._terms.slots.items()}
        self._left_waiting = min(free.values()) <= 0
        self._just_ended.clear()
        most = {lane: n + len(flying.tasks) if n > 0 else 0 for lane, n in free.items()}
        due, later = await self._ledger.due(int(now * 1000), most)
        found = Counter(one.lane for one in due)
        # As many as were asked for: there may be more.
        self._left_waiting |= any(n and found[lane] >= n for lane, n in most.items())
        for one in due:
            if one.id in flying.tasks or one.id in self._just_ended:
                continue  # under way, or settled while Redis was being asked
            if free[one.lane] > 0 and self._startable(one):
                self._start(one)
                free[one.lane] -= 1
            else:
                self._left_waiting = True
        return LOOK_AGAIN_S if later is None else min(LOOK_AGAIN_S, max(0.0, later / 1000 - now))

    def _startable(self, due: Due) -> bool:
        return due.entry.story_id not in self._in_flight.stories and self._may_start()

    def _start(self, due: Due) -> None:
        flying = self._in_flight
        flying.stories.add(due.entry.story_id)
        flying.lanes[due.lane] += 1
        task = asyncio.create_task(self._push(due))
        flying.tasks[due.id] = task

        def ended(push: asyncio.Task[bool]) -> None:
            del flying.tasks[due.id]
            self._just_ended.add(due.id)
            flying.stories.discard(due.entry.story_id)
            flying.lanes[due.lane] -= 1
            if push.cancelled() or not push.result() or self._left_waiting:
                self.wake()

        task.add_done_callback(ended)

    async def _push(self, due: Due) -> bool:
        """Return whether nothing more is to be done for this entry."""
        try:
            before = await self._ledger.before(due)
            if before.superseded_by is not None:
                now, by = datetime.now(UTC), before.superseded_by
                return await self._settle(due, superseded(due.id, due.attempts, now, by))
            if before.recalled_by is not None:  # its kill is on the way to this log
                await asyncio.sleep(RECALLED_PAUSE_S)
                return False
            late = expired(due.entry, due.id, due.attempts, datetime.now(UTC))
            if late is not None:
                return await self._settle(due, late)
            answer = await self._attempt(due, before)
            ended = self._judge(due, answer)
            self._say(due, ended, answer)
            return await self._settle(due, ended)
        except RedisError as away:
            log.warning("push_unsettled", partner=self._partner.id, why=str(away))
            await asyncio.sleep(RECALLED_PAUSE_S)
        except Exception:  # it stays due, and must not take others along
            log.exception("push_failed", partner=self._partner.id, id=due.id)
            await asyncio.sleep(LOOK_AGAIN_S)
        return False

    async def _attempt(self, due: Due, before: Before) -> Answer:
        webhook = self._partner.webhook
        if before.body is None or webhook is None:
            return Answer(None, "the formatted copy is gone", None, "", 0.0)
        headers = headers_for(
            self._partner.id,
            due.entry,
            content_type=content_type_of(due.entry.body),
            body=before.body,
            secrets=[secret.get_secret_value() for secret in webhook.secret],
            timestamp=int(time.time()),
        )
        return await self._transport.post(webhook.url, headers, before.body)

    def _judge(self, due: Due, answer: Answer) -> Ended:
        attempt = Attempt(
            due.attempts + 1,
            datetime.now(UTC),
            self._terms.retries,
            random(),  # noqa: S311 - jitter is no secret
        )
        return after(due.entry, due.id, attempt, answer)

    async def _settle(self, due: Due, ended: Ended) -> bool:
        if ended.gone is not None:
            await self._ledger.disable(ended.gone)
            self._disabled_known_at = 0.0
        await self._ledger.settle(due, ended.delivery, ended.letter(self._partner.id, due.entry))
        return ended.delivery.state is not State.OPEN

    def _say(self, due: Due, ended: Ended, answer: Answer) -> None:
        PUSHES.labels(self._partner.id, ended.delivery.state).inc()
        SECONDS.labels(self._partner.id).observe(answer.milliseconds / 1000)
        log.info(
            "delivery_attempted",
            story_id=due.entry.story_id,
            version=due.entry.version,
            partner=self._partner.id,
            state=ended.delivery.state,
            attempt=ended.delivery.attempts,
            status=answer.status,
            why=ended.delivery.why,
            ms=answer.milliseconds,
            next_at=ended.delivery.next_at,
        )
