"""All of Depesche in one process on a real Redis, step by step: each stage runs when it is told to.

A stage may die between any two of its steps, a push after the partner took the story; the clock
is the test's. What partners got is written down in the order in which they got it.
"""

# Steps that a running process takes by itself are taken one by one here:
# pyright: reportPrivateUsage=false

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import yaml
from redis.asyncio import Redis

from services.classify.app import load_tagger
from services.classify.stage import Classify
from services.ingest.acceptance import Acceptance
from services.ingest.desks import Desk
from services.ingest.intake import Intake, Receipt
from services.publish.dispatches import Rules
from services.publish.held import Held
from services.publish.partners import parse_partners
from services.publish.push.ledger import Ledger
from services.publish.push.partner_push import PartnerPush, Terms
from services.publish.push.transport import Answer, Transport
from services.publish.round_trips import Command, RoundTrips
from services.publish.routing import Router
from services.publish.stage import Publish
from shared.broker import ensure_group
from shared.events import Lane
from shared.hop import Entry, Hop
from shared.keys import Partition
from shared.settings import ServiceSettings
from tests.support.system import SECRET

NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)
HERE = Partition(0)
DESK = Desk.model_validate({"id": "sid", "name": "SID", "credits": ["SID"], "key_sha256": "0" * 64})
TAXONOMY = Path(__file__).parents[2] / "config" / "taxonomy.yaml"
_TAGGER = load_tagger(TAXONOMY.read_text("utf-8"), "taxonomy.yaml")


class Died(BaseException):
    """The process is gone: nothing of it may catch this."""


class MortalTrips(RoundTrips):
    """Dies after so many more round trips; None lives on."""

    def __init__(self, redis: Redis) -> None:
        super().__init__(redis)
        self.left: int | None = None

    async def ask_all(self, commands: Sequence[Command]) -> list[Any]:
        answers = await super().ask_all(commands)
        if self.left is not None:
            if self.left == 0:
                raise Died
            self.left -= 1
        return answers


@dataclass(frozen=True, slots=True)
class Got:
    """One webhook call as a partner got it."""

    partner: str
    story: str
    version: int
    status: str
    id: str
    at: datetime
    body: bytes


@dataclass(slots=True)
class Partners:
    """All partners' receiving ends. `answer` is what they say; `hang` takes and never answers."""

    now: Callable[[], datetime]
    answer: int = 204
    hang: bool = False
    got: list[Got] = field(default_factory=list)
    watch: Callable[[Got], None] = lambda _: None

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> Answer:
        got = Got(
            url.rpartition("/")[2],
            headers["depesche-story-id"],
            int(headers["depesche-version"]),
            headers["depesche-status"],
            headers["webhook-id"],
            self.now(),
            body,
        )
        self.watch(got)
        if self.answer < 300 or self.answer == 409:  # a 409 says that the partner has it
            self.got.append(got)
        if self.hang:
            await asyncio.Event().wait()
        return Answer(self.answer, None, None, "", 1.0)


class SmallWire:
    """Post, classify, publish, release, push: each a step, in whatever order the test wants."""

    def __init__(self, redis: Redis, partners: list[dict[str, Any]]) -> None:
        self.redis = redis
        self.now = NOON
        self.partners = Partners(lambda: self.now)
        self._rules = self._read(partners)
        self._settings = ServiceSettings(reclaim_after_ms=50)
        acceptance = Acceptance(redis, partitions=1, copy_seconds=3600, backlog_limit=10_000)
        self._intake = Intake(redis, acceptance, 1_000_000)
        self._trips = RoundTrips(redis)
        self._held = Held(self._trips, 1)
        self._pushes: dict[str, PartnerPush] = {}

    def _read(self, partners: list[dict[str, Any]]) -> Rules:
        written = [
            {
                "name": each["id"],
                "format": "ninjs-3.1",
                "webhook": {"url": f"https://partner.example/{each['id']}", "secret": SECRET},
                **each,
            }
            for each in partners
        ]
        book = parse_partners(yaml.safe_dump({"partners": written}), "partners.yaml", os.environ)
        return Rules(book, Router(book))

    def configure(self, partners: list[dict[str, Any]]) -> None:
        """Put another partners.yaml in force."""
        self._rules = self._read(partners)
        self._pushes.clear()

    async def start(self) -> None:
        await self.redis.flushall()
        for lane in Lane:
            await ensure_group(self.redis, HERE.received(lane), "classify")
            await ensure_group(self.redis, HERE.classified(lane), "publish")

    async def post(self, story_id: str, version: int, **more: Any) -> Receipt:
        """Post an invented football story; `more` are fields of ninjs 1.6."""
        story = {
            "uri": story_id,
            "version": version,
            "versioncreated": (NOON - timedelta(days=1, minutes=-version)).isoformat(),
            "pubstatus": "usable",
            "urgency": 4,
            "headline": f"SV Musterau gewinnt, Fassung {version}",
            "copyrightholder": "SID",
            "body_text": f"Musterau (SID) - Der Fußball-Bundesligist gewann. Fassung {version}.",
            **more,
        }
        body = json.dumps({k: v for k, v in story.items() if v is not None}).encode()
        (answer,) = await self._intake.take(DESK, [body], "application/json", self.now)
        assert isinstance(answer, Receipt), answer
        return answer

    async def classify(self, *, dies: bool = False) -> None:
        """Tag what waits, urgent first; one that dies has tagged and not yet handed on."""
        stage = Classify(lambda: _TAGGER, 1)

        async def doomed(batch: Sequence[Entry]) -> Any:
            await stage(batch)
            raise Died

        await self._run("classify", doomed if dies else stage, HERE.received)

    async def publish(self, *, dies_after: int | None = None) -> None:
        """Route what waits, urgent first; one that dies does so after so many round trips."""
        trips = MortalTrips(self.redis)
        trips.left = dies_after
        stage = Publish(
            lambda: self._rules,
            trips,
            lambda _: None,
            self._settings,
            name="test",
            clock=lambda: self.now,
        )
        await self._run("publish", stage, HERE.classified)

    async def _run(
        self, group: str, stage: Callable[..., Awaitable[Any]], stream_of: Callable[[Lane], str]
    ) -> None:
        hop = Hop(group, cast("Any", stage), self.redis, self._settings, consumer="one")
        with suppress(Died):
            for lane in (Lane.URGENT, Lane.ROUTINE):
                stream = stream_of(lane)
                _, left, _ = await self.redis.xautoclaim(stream, group, "one", 0, count=100)
                for entry in _entries(stream, left):
                    await hop._take_over(entry, HERE.dead)
                fresh: Any = await self.redis.xreadgroup(group, "one", {stream: ">"}, count=100)
                for _, entries in fresh:
                    await hop._process(_entries(stream, entries), HERE.dead)

    async def release(self) -> int:
        """Let go what is due by the test's clock."""
        return await self._held.release_due(self.now)

    async def push(self, *, answer: int = 204, dies: bool = False) -> None:
        """Push what is due to every partner; one that dies does so when the partners have it."""
        self.partners.answer, self.partners.hang = answer, dies
        for partner in self._rules.book.partners:
            await self._push_to(partner.id, dies=dies)

    async def _push_to(self, partner_id: str, *, dies: bool) -> None:
        push = self._pushes.setdefault(partner_id, self._new_push(partner_id))
        await push._start_what_is_due()
        tasks = list(push._in_flight.tasks.values())
        if not tasks:
            return
        if dies:
            await asyncio.wait(tasks, timeout=0.02)
            for task in tasks:
                task.cancel()
            del self._pushes[partner_id]
        await asyncio.gather(*tasks, return_exceptions=True)

    def _new_push(self, partner_id: str) -> PartnerPush:
        partner = self._rules.book.by_id(partner_id)
        assert partner is not None
        ledger = Ledger(self._trips, partner_id, 1)
        terms = Terms((0.001,) * 10_000, {Lane.URGENT: 4, Lane.ROUTINE: 8})
        transport = cast("Transport", self.partners)
        return PartnerPush(partner, ledger, transport, terms, lambda: True)

    async def settle(self) -> None:
        """Run everything until nothing is left to do."""
        while True:
            await self.classify()
            await self.release()
            await self.publish()
            await self.push()
            if not await self._left():
                return

    async def _left(self) -> int:
        streams = [of(lane) for of in (HERE.received, HERE.classified) for lane in Lane]
        waiting = sum([await self.redis.xlen(stream) for stream in streams])
        due = [
            f"depesche:{{partner:{p.id}}}:due:{lane}"
            for p in self._rules.book.partners
            for lane in Lane
        ]
        return waiting + sum([await self.redis.zcard(key) for key in due])

    def got_by(self, partner: str, story: str) -> list[Got]:
        return [got for got in self.partners.got if (got.partner, got.story) == (partner, story)]

    def versions(self, partner: str, story: str = "urn:a") -> list[int]:
        return [got.version for got in self.got_by(partner, story)]


def _entries(stream: str, found: Any) -> list[Entry]:
    return [Entry(stream, id_, fields) for id_, fields in found]
