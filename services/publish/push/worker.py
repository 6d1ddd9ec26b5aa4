"""The push worker: serves every partner that has a webhook and whose lease it holds."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from uuid import uuid4

import structlog
from redis.exceptions import RedisError

from services.publish.partner_log import Appended
from services.publish.partners import Partner, PartnerBook
from services.publish.push.ledger import Due, Ledger
from services.publish.push.partner_push import PartnerPush, Terms
from services.publish.push.transport import Transport
from services.publish.round_trips import RoundTrips
from services.publish.scripts import Call, Script
from services.publish.settings import PublishSettings
from services.publish.wakes import Wakes
from shared.events import Lane
from shared.keys import PartnerKeys

log = structlog.get_logger()


@dataclass(slots=True)
class _Served:
    """A partner this worker serves, until `until` (monotonic seconds) unless renewed."""

    partner: Partner
    push: PartnerPush
    task: asyncio.Task[None]
    until: float


class PushWorker:
    """Takes leases, keeps them, and starts and stops a PartnerPush for each."""

    def __init__(
        self,
        trips: RoundTrips,
        book: Callable[[], PartnerBook],
        wakes: Wakes,
        settings: PublishSettings,
    ) -> None:
        self._trips = trips
        self._book = book
        self._wakes = wakes
        self._settings = settings
        self._name = uuid4().hex
        self._renew = Script(trips, "push/renew.lua")
        self._leave = Script(trips, "push/leave.lua")
        self._served: dict[str, _Served] = {}

    async def run(self) -> None:
        """Serve until cancelled, then give the leases back."""
        rules = self._book().webhooks
        async with Transport(rules, rules.timeout) as transport:
            try:
                while self._book().webhooks == rules:
                    await self._keep_leases(transport)
                    await asyncio.sleep(self._settings.lease_seconds / 3)
            finally:
                await self._stop_all()

    async def run_for_ever(self) -> None:
        """Run again with new rules whenever those for all webhooks have changed."""
        while True:
            await self.run()

    def tell(self, appended: Appended) -> None:
        """Let the partner's push begin with what was just appended, if it is served here."""
        addition = appended.addition
        served = self._served.get(addition.partner)
        if served is None:
            return
        lane, entry = addition.revision.lane, addition.entry
        due = Due(appended.id, lane, entry, body=addition.body)
        # Without an id it was appended earlier, by somebody who may not have told.
        if not appended.id or not served.push.offer(due):
            served.push.wake()

    async def _keep_leases(self, transport: Transport) -> None:
        wanted = {p.id: p for p in self._book().partners if p.webhook is not None}
        asked = time.monotonic()
        try:
            held = await self._ask_for(list(wanted))
        except RedisError as away:
            log.warning("leases_not_renewed", why=str(away))
            held = {id_ for id_, served in self._served.items() if served.until > asked}
        for id_ in list(self._served):
            served = self._served[id_]
            if id_ not in held or served.partner != wanted.get(id_) or served.task.done():
                await self._stop(id_)
        for id_ in held:
            self._serve(wanted[id_], transport, asked)

    async def _ask_for(self, ids: list[str]) -> set[str]:
        ms = int(self._settings.lease_seconds * 1000)
        answers = await self._renew.run_all(
            [Call((PartnerKeys(id_).lease,), (self._name, ms)) for id_ in ids]
        )
        return {id_ for id_, mine in zip(ids, answers, strict=True) if mine}

    def _serve(self, partner: Partner, transport: Transport, asked: float) -> None:
        until = asked + self._settings.lease_seconds
        if partner.id in self._served:
            self._served[partner.id].until = until
            return
        terms = Terms(
            self._book().webhooks.retries,
            {
                Lane.URGENT: self._settings.urgent_pushes_per_partner,
                Lane.ROUTINE: self._settings.pushes_per_partner,
            },
        )
        ledger = Ledger(self._trips, partner.id, self._settings.partitions)
        push = PartnerPush(partner, ledger, transport, terms, lambda: self._holds(partner.id))
        self._wakes.listen_to_others(partner.id, push.wake)
        self._served[partner.id] = _Served(partner, push, asyncio.create_task(push.run()), until)

    def _holds(self, partner_id: str) -> bool:
        served = self._served.get(partner_id)
        return served is not None and time.monotonic() < served.until

    async def _stop(self, partner_id: str) -> None:
        served = self._served.pop(partner_id)
        self._wakes.forget(partner_id, served.push.wake)
        served.task.cancel()
        (ended,) = await asyncio.gather(served.task, return_exceptions=True)
        if isinstance(ended, Exception):
            log.error("push_stopped", partner=partner_id, exc_info=ended)

    async def _stop_all(self) -> None:
        ids = list(self._served)
        for id_ in ids:
            await self._stop(id_)
        with suppress(RedisError):
            await self._leave.run_all(
                [Call((PartnerKeys(id_).lease,), (self._name,)) for id_ in ids]
            )
