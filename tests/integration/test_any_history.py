"""Any history of a few stories keeps the laws of wire-rules 13: a Hypothesis machine on real Redis.

Desks post versions in any order and repeat them, stages and pushes die between any two steps,
partners refuse, embargoes end, the clock jumps; then everything runs to its end.
DEPESCHE_HISTORIES makes it as long as you like.
"""

import asyncio
import os
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from redis.asyncio import Redis

from services.ingest.revisions import Standing
from tests.support.small_wire import HERE, NOON, Got, SmallWire

HISTORIES = int(os.environ.get("DEPESCHE_HISTORIES", "60"))
STORIES = ("urn:a", "urn:b")
PARTNERS: list[dict[str, Any]] = [
    {"id": "all"},
    {"id": "football", "takes": [{"topics": ["Fußball"]}]},
    {"id": "urgent", "takes": [{"urgency_at_most": 2}]},
    {"id": "tennis", "takes": [{"topics": ["Tennis"]}]},
]
VERSIONS = st.tuples(
    st.sampled_from(["usable", "usable", "usable", "canceled", "withheld"]),
    st.sampled_from([None, None, 1, 3]),  # hours after noon until which it is embargoed
    st.sampled_from([1, 4]),  # urgency
)


class History(RuleBasedStateMachine):
    """What desks were answered and what partners got, held against the laws."""

    redis_url = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.redis = self.run(self._connect())
        self.wire = SmallWire(self.redis, PARTNERS)
        self.run(self.wire.start())
        self.wire.partners.watch = self.check_before_it_leaves
        self.copy: dict[tuple[str, int], tuple[str, int | None, int]] = {}
        self.recalled: dict[str, int] = {}
        self.broken: list[str] = []
        self.latest = NOON

    async def _connect(self) -> Redis:
        return Redis.from_url(self.redis_url)

    def run(self, step: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(step)

    def check_before_it_leaves(self, got: Got) -> None:
        """I2 and I5, at the very moment when a partner is called."""
        status, hours, _ = self.copy[got.story, got.version]
        if status != "usable":
            return
        if got.version < self.recalled.get(got.story, -1):
            self.broken.append(f"{got} left after its recall was accepted")
        # A clock that is put back does not call back what it let go.
        if hours is not None and self.latest < NOON + timedelta(hours=hours):
            self.broken.append(f"{got} left before its embargo ended")

    @initialize(first=VERSIONS)
    def begin(self, first: tuple[str, int | None, int]) -> None:
        self.post("urn:a", 1, first)

    @rule(story=st.sampled_from(STORIES), version=st.integers(1, 6), told=VERSIONS)
    def post(self, story: str, version: int, told: tuple[str, int | None, int]) -> None:
        """A version that was posted before comes again as it was: a repeat."""
        status, hours, urgency = self.copy.setdefault((story, version), told)
        until = None if hours is None else (NOON + timedelta(hours=hours)).isoformat()
        receipt = self.run(
            self.wire.post(story, version, pubstatus=status, embargoed=until, urgency=urgency)
        )
        if receipt.outcome == "accepted" and status != "usable":
            self.recalled[story] = version

    @rule(dies=st.booleans())
    def classify(self, *, dies: bool) -> None:
        self.run(self.wire.classify(dies=dies))

    @rule(dies_after=st.sampled_from([None, None, 0, 1, 2]))
    def publish(self, dies_after: int | None) -> None:
        self.run(self.wire.publish(dies_after=dies_after))

    @rule(answer=st.sampled_from([204, 204, 409, 503]), dies=st.booleans())
    def push(self, *, answer: int, dies: bool) -> None:
        self.run(self.wire.push(answer=answer, dies=dies and answer == 204))

    @rule(minutes=st.sampled_from([-30, 20, 90]))
    def the_clock_goes(self, minutes: int) -> None:
        self.wire.now += timedelta(minutes=minutes)
        self.latest = max(self.latest, self.wire.now)
        self.run(self.wire.release())

    @invariant()
    def nothing_left_too_early_or_too_late(self) -> None:
        assert not self.broken

    @invariant()
    def versions_rise_at_every_partner(self) -> None:
        """I1: a version that comes again is the same call again."""
        for partner in PARTNERS:
            for story in STORIES:
                got = self.wire.got_by(partner["id"], story)
                assert [g.version for g in got] == sorted(g.version for g in got)
                assert len({(g.version, g.id) for g in got}) == len({g.version for g in got})

    def teardown(self) -> None:
        try:
            self.run(self.everything_ends_as_it_must())
        finally:
            self.run(self.redis.aclose())
            self.runner.close()

    async def everything_ends_as_it_must(self) -> None:
        await self.wire.settle()
        self.wire.now = self.latest = NOON + timedelta(hours=10)
        await self.wire.settle()
        self.nothing_left_too_early_or_too_late()
        self.versions_rise_at_every_partner()
        for story in {story for story, _ in self.copy}:
            await self.check_the_end_of(story)
        assert not [got for got in self.wire.partners.got if got.partner == "tennis"]

    async def check_the_end_of(self, story: str) -> None:
        """I3 and I6: whoever must have it has what stands, and whoever had it knows of a recall."""
        record: Any = await self.redis.hgetall(HERE.story(story))
        standing = Standing.model_validate_json(record[b"standing"])
        assert standing.version == max(version for s, version in self.copy if s == story)
        for partner in PARTNERS:
            got = self.wire.got_by(partner["id"], story)
            usable = [g for g in got if g.status == "usable"]
            if standing.status == "usable" and partner["id"] in {"all", "football"}:
                assert got[-1].version == standing.version
            if standing.status != "usable" and usable:
                assert got[-1].version == standing.version
        assert await self.redis.zcard(HERE.held) == 0


def test_any_history_keeps_the_laws(redis_url: str) -> None:
    History.redis_url = redis_url
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
        ),
    )
