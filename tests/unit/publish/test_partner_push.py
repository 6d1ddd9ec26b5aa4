"""Pushing to one partner, with a ledger and a transport that the test holds in its hands."""

import asyncio
from typing import Any, cast

from services.publish.partners import Partner
from services.publish.push.ledger import Before, Due, Ledger
from services.publish.push.partner_push import PartnerPush, Terms
from services.publish.push.transport import Answer, Transport
from shared.events import Lane, LogEntry
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

    async def before(self, _: Due) -> Before:
        return Before(b"{}", None)

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
