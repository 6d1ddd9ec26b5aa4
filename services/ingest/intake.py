"""From the bytes a desk posted to a receipt: read, check the credit, accept, say what became of it."""

from asyncio import to_thread
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

import structlog
from prometheus_client import Counter
from redis.asyncio import Redis

from services.ingest import problems
from services.ingest.acceptance import Acceptance, Backlogged
from services.ingest.desks import Desk, may_credit
from services.ingest.filing import Filed
from services.ingest.formats import ReadStory, UnknownFormat, Unreadable, read
from services.ingest.identity import with_credit
from services.ingest.revisions import (
    Accept,
    Contradiction,
    Decision,
    Duplicate,
    Foreign,
    Superseded,
    lane_of,
)
from shared.dead_letters import RAW, DeadLetter, Kind, dead_fields
from shared.events import Lane
from shared.keys import Partition
from shared.problems import Problem, Refusal
from shared.story import Frozen, Status

log = structlog.get_logger()

READ_APART_BYTES = 65_536
RECEIVED = Counter("depesche_received", "Stories that desks posted", ["desk", "outcome"])


class Receipt(Frozen):
    """What became of a story: the answer to a desk.

    A body may hold several stories: then this is the first one's, and `stories` has them all.
    """

    story_id: str
    version: int
    outcome: str
    why: str | None = None
    links: dict[str, str]
    stories: "tuple[Receipt | Problem, ...] | None" = None


@dataclass(frozen=True, slots=True)
class _Read:
    """One story of a body, in the format it was found in, ready to be filed."""

    format: str
    filed: Filed


class Intake:
    """What every way in shares, HTTP now and folders later."""

    def __init__(self, redis: Redis, acceptance: Acceptance, max_story_bytes: int) -> None:
        self._redis = redis
        self._acceptance = acceptance
        self._max_story_bytes = max_story_bytes

    async def take(
        self,
        desk: Desk,
        bodies: Sequence[bytes],
        content_type: str | None,
        now: datetime,
        *,
        force: str | None = None,
    ) -> list[Receipt | Refusal]:
        """Return a receipt or a refusal for each body, in order; `force`: see Filed.forced.

        Raises RedisError if Redis is away: then nothing can be promised for any of them.
        """
        copy = [await self._open(desk, body, content_type, now) for body in bodies]
        found = [one for stories in copy for one in stories if isinstance(one, _Read)]
        answers = iter(await self._accept(found, force))
        return [
            _answer([one if isinstance(one, Refusal) else next(answers) for one in stories])
            for stories in copy
        ]

    async def _accept(self, found: Sequence[_Read], force: str | None) -> list[Receipt | Refusal]:
        """Accept all; where there is a backlog, what is urgent, and refuse the rest."""
        filed = [
            replace(one.filed, forced=True) if one.filed.story.story_id == force else one.filed
            for one in found
        ]
        try:
            decisions = await self._acceptance.accept(filed)
        except Backlogged:
            urgent = [one for one in found if lane_of(one.filed.story) is Lane.URGENT]
            accepted = iter(await self._accept(urgent, force) if urgent else ())
            passing = set(map(id, urgent))
            return [
                next(accepted) if id(one) in passing else problems.backlogged() for one in found
            ]
        return [_receipt(one, decision) for one, decision in zip(found, decisions, strict=True)]

    async def _open(
        self, desk: Desk, body: bytes, content_type: str | None, now: datetime
    ) -> list[_Read | Refusal]:
        """Return each story of a body, or why it is refused; never nothing."""
        if len(body) > self._max_story_bytes:
            return [problems.too_large(self._max_story_bytes)]
        try:
            if len(body) > READ_APART_BYTES:  # other desks need not wait for it
                stories = await to_thread(_read, body, content_type, now)
            else:
                stories = _read(body, content_type, now)
        except Unreadable as fault:
            return [await self._quarantine(desk, body, content_type, fault)]
        filed = Filed(stories[0].story, body, desk.id, now, desk.credits, content_type)
        return [_for_desk(one, filed, desk) for one in stories]

    async def _quarantine(
        self, desk: Desk, body: bytes, content_type: str | None, fault: Unreadable
    ) -> Refusal:
        """Keep what could not be parsed, raw and with the reason (wire-rules 11.4)."""
        letter = DeadLetter(
            kind=Kind.UNREADABLE,
            why=str(fault),
            stage="ingest",
            desk=desk.id,
            content_type=content_type,
        )
        fields: Any = dead_fields(letter, {RAW: body})
        kept: Any = await self._redis.xadd(Partition(0).dead, fields)
        RECEIVED.labels(desk.id, "unreadable").inc()
        log.warning("story_unreadable", desk=desk.id, why=str(fault), dead_letter=kept.decode())
        status = 415 if isinstance(fault, UnknownFormat) else 422
        title = "Format not understood" if status == 415 else "Not readable"  # noqa: PLR2004 - the status set above
        return Refusal(
            status, title, fault.why, where=fault.where, dead_letter=f"0/{kept.decode()}"
        )


def _read(body: bytes, content_type: str | None, now: datetime) -> tuple[ReadStory, ...]:
    """Read a body; a fault of ours must not lose the copy either (wire-rules 11.4)."""
    try:
        return read(body, content_type=content_type, received_at=now)
    except Unreadable:
        raise
    except Exception as fault:
        log.exception("parser_failed")
        why = f"a fault in our parser, not in the copy: {type(fault).__name__}"
        raise Unreadable(why) from fault


def _for_desk(one: ReadStory, filed: Filed, desk: Desk) -> _Read | Refusal:
    story = one.story
    if story.credit is None and desk.credits:
        note = f"credit: none in the copy, the desk's own {desk.credits[0]} taken"
        story = story.model_copy(
            update={
                "story_id": with_credit(story.story_id, desk.credits[0]),
                "credit": desk.credits[0],
                "repairs": (*story.repairs, note),
            }
        )
    if not may_credit(desk, story.credit):
        return problems.foreign_credit(desk.id, story.credit, desk.credits)
    return _Read(one.format, replace(filed, story=story, delivery_id=one.delivery_id))


def _answer(told: Sequence[Receipt | Refusal]) -> Receipt | Refusal:
    receipts = [one for one in told if isinstance(one, Receipt)]
    if len(told) == 1 or not receipts:
        return told[0]
    stories = tuple(one.problem if isinstance(one, Refusal) else one for one in told)
    return receipts[0].model_copy(update={"stories": stories})


def _receipt(one: _Read, decision: Decision) -> Receipt | Refusal:
    filed = one.filed
    if isinstance(decision, Foreign):
        RECEIVED.labels(filed.desk, "foreign").inc()
        log.warning("story_foreign", story_id=filed.story.story_id, desk=filed.desk)
        return problems.foreign_story(filed.desk, filed.story.story_id, decision.credit)
    outcome, version, why = _outcome(decision)
    if isinstance(decision, Superseded) and filed.story.status is not Status.USABLE:
        why = f"{why}: this recall changes nothing"
        log.warning("recall_without_effect", story_id=filed.story.story_id, desk=filed.desk)
    story_id = filed.story.story_id
    RECEIVED.labels(filed.desk, outcome).inc()
    log.info(
        "story_received",
        story_id=story_id,
        version=version,
        outcome=outcome,
        desk=filed.desk,
        format=one.format,
        repairs=len(filed.story.repairs),
    )
    links = {"trace": f"/v1/stories/{quote(story_id, safe='')}"}
    return Receipt(story_id=story_id, version=version, outcome=outcome, why=why, links=links)


def _outcome(
    decision: Accept | Duplicate | Superseded | Contradiction,
) -> tuple[str, int, str | None]:
    match decision:
        case Accept(version, remarks):
            return "accepted", version, "; ".join(remarks) or None
        case Duplicate(version):
            return "duplicate", version, f"accepted before as version {version}"
        case Superseded(by):
            return "superseded", by, f"version {by} stands and is newer"
        case Contradiction(version):
            return "quarantined", version, f"version {version} was accepted with other content"
