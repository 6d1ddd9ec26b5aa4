"""Pushing to one partner, with a ledger and a transport that the test holds in its hands."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

from services.publish.partners import Partner
from services.publish.push.ledger import Before, Due, Ledger
from services.publish.push.partner_push import PartnerPush, Terms
from services.publish.push.transport import Answer, Transport
from shared.events import Lane, LogEntry
from shared.record import Delivery, State
from shared.story import Status
from tests.support.eventually import eventually

KEY = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"
ENTRY = LogEntry(
    story_id="urn:a", version=1, status=Status.USABLE, section="Sport", body="1:ninjs-3.1"
)


class SlowLedger:
    """Answers what was due when it was asked, but only after the push has been settled."""

    def __init__(self) -> None:
        self.open = [Due("1-0", Lane.ROUTINE, ENTRY)]
        self.settled = asyncio.Event()
        self.asked = 0

    async def disabled(self) -> bool:
        return False

    async def due(self, *_: Any) -> tuple[list[Due], None]:
        found = list(self.open)
        self.asked += bool(found)
        if self.asked == 2:
            await self.settled.wait()
            await asyncio.sleep(0.01)
        return found, None

    async def before(self, due: Due) -> Before:
        return Before(due.body or b"{}", None)

    async def settle(self, *_: object) -> bool:
        self.open.clear()
        self.settled.set()
        return True


class CountingTransport:
    """Counts calls; answers 204 when it is let."""

    def __init__(self) -> None:
        self.calls = 0
        self.let = asyncio.Event()

    async def post(self, *_: object) -> Answer:
        self.calls += 1
        await self.let.wait()
        return Answer(204, None, None, "", 1.0)


async def test_a_push_settled_while_redis_is_asked_is_not_made_again() -> None:
    ledger, transport = SlowLedger(), CountingTransport()
    partner = Partner.model_validate(
        {
            "id": "p",
            "name": "P",
            "format": "ninjs-3.1",
            "webhook": {"url": "https://p.example/wire", "secret": KEY},
        }
    )
    terms = Terms((5.0,), dict.fromkeys(Lane, 4))
    push = PartnerPush(
        partner, cast(Ledger, ledger), cast(Transport, transport), terms, lambda: True
    )
    running = asyncio.create_task(push.run())
    await eventually(lambda: transport.calls == 1)

    push.wake()
    await eventually(lambda: ledger.asked == 2)
    transport.let.set()
    await ledger.settled.wait()
    for _ in range(20):
        await asyncio.sleep(0.005)
    running.cancel()

    assert transport.calls == 1


def a_push(ledger: object, transport: object, slots: int = 1) -> PartnerPush:
    partner = Partner.model_validate(
        {
            "id": "p",
            "name": "P",
            "format": "ninjs-3.1",
            "webhook": {"url": "https://p.example/wire", "secret": KEY},
        }
    )
    terms = Terms((5.0,), dict.fromkeys(Lane, slots))
    return PartnerPush(
        partner, cast(Ledger, ledger), cast(Transport, transport), terms, lambda: True
    )


class EmptyLedger(SlowLedger):
    """Nothing is due but what is offered; knows a newer kill of `recalled`."""

    def __init__(self, *, disabled: bool = False, recalled: str | None = None) -> None:
        super().__init__()
        self.open = []
        self.looked = asyncio.Event()
        self._disabled = disabled
        self._recalled = recalled

    async def disabled(self) -> bool:
        self.looked.set()
        return self._disabled

    async def before(self, due: Due) -> Before:
        return Before(due.body, 9 if due.entry.story_id == self._recalled else None)


def offered(story_id: str, version: int = 1) -> Due:
    entry = ENTRY.model_copy(update={"story_id": story_id, "version": version})
    return Due(f"{version}-{story_id}", Lane.ROUTINE, entry, body=b"{}")


async def test_what_was_just_appended_is_pushed_without_a_look_into_the_log() -> None:
    ledger, transport = EmptyLedger(), CountingTransport()
    push = a_push(ledger, transport, slots=2)
    running = asyncio.create_task(push.run())
    await ledger.looked.wait()

    answers = [push.offer(offered("urn:a")), push.offer(offered("urn:b"))]
    await eventually(lambda: transport.calls == 2)
    running.cancel()

    assert answers == [True, True]


async def test_an_offer_waits_for_a_free_place_and_for_the_story_to_land() -> None:
    ledger, transport = EmptyLedger(), CountingTransport()
    push = a_push(ledger, transport, slots=2)
    running = asyncio.create_task(push.run())
    await ledger.looked.wait()

    first = push.offer(offered("urn:a"))
    newer = push.offer(offered("urn:a", 2))
    other = push.offer(offered("urn:b"))
    full = push.offer(offered("urn:c"))
    running.cancel()

    assert (first, newer, other, full) == (True, False, True, False)


async def test_nothing_offered_is_pushed_to_a_partner_that_is_gone_or_not_known_to_be_there() -> (
    None
):
    ledger = EmptyLedger(disabled=True)
    push = a_push(ledger, CountingTransport())

    unknown = push.offer(offered("urn:a"))
    running = asyncio.create_task(push.run())
    await ledger.looked.wait()
    gone = push.offer(offered("urn:a"))
    running.cancel()

    assert (unknown, gone) == (False, False)


async def test_an_offer_whose_kill_was_accepted_meanwhile_does_not_leave() -> None:
    ledger, transport = EmptyLedger(recalled="urn:a"), CountingTransport()
    push = a_push(ledger, transport, slots=2)
    running = asyncio.create_task(push.run())
    await ledger.looked.wait()

    push.offer(offered("urn:a"))
    push.offer(offered("urn:b"))
    await eventually(lambda: transport.calls == 1)
    running.cancel()

    assert transport.calls == 1


class LongLedger(EmptyLedger):
    """A log with many entries due, of which as many are told as asked for."""

    def __init__(self, entries: int) -> None:
        super().__init__()
        self.open = [offered(f"urn:{n}") for n in range(entries)]

    async def due(self, *asked: Any) -> tuple[list[Due], None]:
        _, most = asked
        return self.open[: most[Lane.ROUTINE]], None

    async def settle(self, *settled: object) -> bool:
        self.open = [due for due in self.open if due != settled[0]]
        return True


async def test_a_backlog_is_pushed_without_a_pause_between() -> None:
    ledger, transport = LongLedger(20), CountingTransport()
    transport.let.set()
    running = asyncio.create_task(a_push(ledger, transport, slots=2).run())

    await eventually(lambda: transport.calls == 20, within=2)
    running.cancel()

    assert ledger.open == []


class NotingLedger(EmptyLedger):
    """Keeps what was written down of each push."""

    def __init__(self) -> None:
        super().__init__()
        self.deliveries: list[Delivery] = []

    async def settle(self, *settled: object) -> bool:
        self.deliveries.append(cast(Delivery, settled[1]))
        return True


async def test_what_expired_while_it_waited_is_not_sent() -> None:
    ledger, transport = NotingLedger(), CountingTransport()
    push = a_push(ledger, transport)
    running = asyncio.create_task(push.run())
    await ledger.looked.wait()
    due = offered("urn:a")
    late = due.entry.model_copy(update={"expires": datetime(2020, 1, 1, tzinfo=UTC)})

    push.offer(replace(due, entry=late))
    await eventually(lambda: ledger.deliveries)
    running.cancel()

    assert transport.calls == 0
    assert ledger.deliveries[0].state is State.FILTERED
    assert "9.1" in (ledger.deliveries[0].why or "")
