"""One story on its way to be accepted: as it was filed, made ready, judged. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from services.ingest.changes import changes
from services.ingest.formats import read
from services.ingest.revisions import (
    Accept,
    Contradiction,
    Decision,
    Foreign,
    Standing,
    digest,
    judge,
    lane_of,
)
from shared.dead_letters import RAW, DeadLetter, Kind, dead_fields
from shared.events import Lane, Revision
from shared.keys import Partition, partition_of
from shared.story import Story


@dataclass(frozen=True, slots=True)
class Filed:
    """One story as a desk filed it, with the bytes it came in and the credits of the desk.

    `delivery_id` names this one sending, where the agency does (wire-rules 3.1). `forced`: an
    editor has decided that it stands, though its version was accepted with other content.
    """

    story: Story
    raw: bytes
    desk: str
    received_at: datetime
    credits: tuple[str, ...] = ()
    content_type: str | None = None
    delivery_id: str | None = None
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is worked out once, however often the story must be judged again."""

    filed: Filed
    story_json: bytes
    digest: str
    lane: Lane
    partition: Partition


class Known(NamedTuple):
    """What is stored of the story: the standing revision, the version with the same copy.

    `raw` are the bytes the standing revision came in. Each is empty if there is none.
    """

    standing: bytes
    seen: bytes
    raw: bytes


UNKNOWN = Known(b"", b"", b"")


@dataclass(frozen=True, slots=True)
class Judged:
    """A story, what it was judged against, and the decision."""

    ready: Prepared
    known: Known
    decision: Decision


def prepared(filed: Filed, partitions: int) -> Prepared:
    """Make a filed story ready to be judged and stored."""
    story = filed.story
    story_json = story.model_dump_json(exclude_none=True).encode()
    partition = partition_of(story.story_id, partitions)
    return Prepared(filed, story_json, digest(story, story_json), lane_of(story), partition)


def judged(ready: Prepared, known: Known) -> Judged:
    """Judge a story against what is known to stand."""
    standing = Standing.model_validate_json(known.standing) if known.standing else None
    seen = int(known.seen) if known.seen else None
    if standing is not None and _is_foreign(standing, ready.filed):
        return Judged(ready, known, Foreign(standing.credit or ""))
    decision = judge(standing, seen, ready.filed.story)
    if isinstance(decision, Contradiction) and ready.filed.forced:
        decision = Accept(decision.version + 1, ("accepted by force of an editor (3.3)",))
    return Judged(ready, known, decision)


def _is_foreign(standing: Standing, filed: Filed) -> bool:
    """Whether the story is one of an agency that the desk may not speak for: not even a kill."""
    if standing.credit is None or not filed.credits:
        return False
    return standing.credit.casefold() not in {credit.casefold() for credit in filed.credits}


def revision(one: Judged, version: int) -> Revision:
    """Return what travels with the story as Depesche's own word about it."""
    filed, standing = one.ready.filed, one.known.standing
    before = Standing.model_validate_json(standing).version if standing else None
    return Revision(
        story_id=filed.story.story_id,
        version=version,
        previous_version=before,
        status=filed.story.status,
        lane=one.ready.lane,
        desk=filed.desk,
        received_at=filed.received_at,
        changed=_changed(one) if standing else None,
        remarks=one.decision.remarks if isinstance(one.decision, Accept) else (),
    )


def _changed(one: Judged) -> tuple[str, ...] | None:
    """Compare with the version before, read again from its bytes; None if those are gone."""
    filed = one.ready.filed
    if not one.known.raw:
        return None
    try:
        stories = read(one.known.raw, content_type=None, received_at=filed.received_at)
    except Exception:  # noqa: BLE001 - no fault in a nicety may keep a story out
        return None
    before = [each.story for each in stories if each.story.story_id == filed.story.story_id]
    return changes(before[-1], filed.story) if before else None


def contradiction(ready: Prepared, version: int) -> dict[bytes, bytes]:
    """Return the dead letter of a version that was accepted before with other content."""
    letter = DeadLetter(
        kind=Kind.CONTRADICTORY,
        why=f"version {version} was already accepted with other content",
        stage="ingest",
        desk=ready.filed.desk,
        story_id=ready.filed.story.story_id,
        version=version,
        content_type=ready.filed.content_type,
    )
    return dead_fields(letter, {RAW: ready.filed.raw})
