"""From the bytes a desk posted to a receipt: read, check the credit, accept, say what became of it."""

from collections.abc import Sequence
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
from services.ingest.revisions import Accept, Contradiction, Decision, Duplicate, Superseded
from shared.dead_letters import RAW, DeadLetter, Kind, dead_fields
from shared.keys import Partition
from shared.problems import Refusal
from shared.story import Frozen

log = structlog.get_logger()

RECEIVED = Counter("depesche_received", "Stories that desks posted", ["desk", "outcome"])


class Receipt(Frozen):
    """What became of a story: the answer to a desk."""

    story_id: str
    version: int
    outcome: str
    why: str | None = None
    links: dict[str, str]


class Intake:
    """What every way in shares, HTTP now and folders later."""

    def __init__(self, redis: Redis, acceptance: Acceptance, max_story_bytes: int) -> None:
        self._redis = redis
        self._acceptance = acceptance
        self._max_story_bytes = max_story_bytes

    async def take(
        self, desk: Desk, bodies: Sequence[bytes], content_type: str | None, now: datetime
    ) -> list[Receipt | Refusal]:
        """Return a receipt or a refusal for each body, in order.

        Raises RedisError if Redis is away: then nothing can be promised for any of them.
        """
        results: list[Receipt | Refusal | None] = []
        filed: list[Filed] = []
        formats: list[str] = []
        for body in bodies:
            if len(body) > self._max_story_bytes:
                results.append(problems.too_large(self._max_story_bytes))
                continue
            try:
                one = _read_one(body, content_type, desk, now)
            except Unreadable as fault:
                results.append(await self._quarantine(desk, body, content_type, fault))
            except Refusal as refusal:
                results.append(refusal)
            else:
                results.append(None)
                formats.append(one.format)
                filed.append(Filed(one.story, body, desk.id, now))
        try:
            decisions = iter(zip(filed, formats, await self._acceptance.accept(filed), strict=True))
        except Backlogged:
            return [problems.backlogged() if r is None else r for r in results]
        return [_receipt(*next(decisions)) if r is None else r for r in results]

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


def _read_one(body: bytes, content_type: str | None, desk: Desk, now: datetime) -> ReadStory:
    stories = read(body, content_type=content_type, received_at=now)
    if len(stories) != 1:
        raise Unreadable(f"the body holds {len(stories)} stories, one is expected", None)
    story = stories[0].story
    if story.credit is None and desk.credits:
        note = f"credit: none in the copy, the desk's own {desk.credits[0]} taken"
        story = story.model_copy(
            update={"credit": desk.credits[0], "repairs": (*story.repairs, note)}
        )
    if not may_credit(desk, story.credit):
        raise problems.foreign_credit(desk.id, story.credit, desk.credits)
    return ReadStory(stories[0].format, story)


def _receipt(filed: Filed, format_: str, decision: Decision) -> Receipt:
    outcome, version, why = _outcome(decision)
    story_id = filed.story.story_id
    RECEIVED.labels(filed.desk, outcome).inc()
    log.info(
        "story_received",
        story_id=story_id,
        version=version,
        outcome=outcome,
        desk=filed.desk,
        format=format_,
        repairs=len(filed.story.repairs),
    )
    links = {"trace": f"/v1/stories/{quote(story_id, safe='')}"}
    return Receipt(story_id=story_id, version=version, outcome=outcome, why=why, links=links)


def _outcome(decision: Decision) -> tuple[str, int, str | None]:
    match decision:
        case Accept(version):
            return "accepted", version, None
        case Duplicate(version):
            return "duplicate", version, f"accepted before as version {version}"
        case Superseded(by):
            return "superseded", by, f"version {by} stands and is newer"
        case Contradiction(version):
            return "quarantined", version, f"version {version} was accepted with other content"
