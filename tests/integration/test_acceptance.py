"""Accepting on a real Redis: judged against what stands, in one step, whatever comes at once."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from redis.asyncio import Redis

from services.ingest.acceptance import Acceptance, Backlogged
from services.ingest.filing import Filed
from services.ingest.formats import read
from services.ingest.revisions import Accept, Contradiction, Decision, Duplicate, Superseded
from shared.dead_letters import LETTER
from shared.events import Lane, Revision
from shared.keys import Partition, partition_of
from shared.story import Story

NOW = datetime(2026, 9, 14, 12, tzinfo=UTC)


def filed(version: int, headline: str = "Tor", story_id: str = "urn:a") -> Filed:
    story = Story(story_id=story_id, agency_version=version, headline=headline)
    return Filed(story, f"{version} {headline}".encode(), "sid", NOW)


def acceptance(redis: Redis, *, partitions: int = 1, backlog_limit: int = 100) -> Acceptance:
    return Acceptance(redis, partitions=partitions, copy_seconds=60, backlog_limit=backlog_limit)


async def received(redis: Redis, partitions: int = 1) -> int:
    lanes = [Partition(n).received(lane) for n in range(partitions) for lane in Lane]
    return sum([await redis.xlen(stream) for stream in lanes])


async def test_versions_of_one_story_in_one_request_are_judged_in_turn(redis: Redis) -> None:
    copy = [filed(1), filed(3), filed(2), filed(3), filed(3, "Anders"), filed(1, "Neu", "urn:b")]

    decisions = await acceptance(redis).accept(copy)

    assert decisions == [
        Accept(1),
        Accept(3),
        Superseded(3),
        Duplicate(3),
        Contradiction(3),
        Accept(1),
    ]
    assert await received(redis) == 3


async def test_what_came_late_or_contradicts_is_kept(redis: Redis) -> None:
    desk = acceptance(redis)
    await desk.accept([filed(2)])

    await desk.accept([filed(1), filed(2, "Anders")])

    record: Any = await redis.hgetall(Partition(0).story("urn:a"))
    assert [field for field in record if field.startswith(b"late:")]
    entries: Any = await redis.xrange(Partition(0).dead)
    [(_, letter)] = entries
    assert b"other content" in letter[LETTER]
    assert letter[b"raw"] == b"2 Anders"


async def test_desks_that_post_one_story_at_once_get_one_order(redis: Redis) -> None:
    desks = [acceptance(redis) for _ in range(8)]

    answers = await asyncio.gather(
        *(desk.accept([filed(version)]) for version, desk in enumerate(desks, 1))
    )

    decisions: list[Decision] = [decision for (decision,) in answers]
    accepted = [decision.version for decision in decisions if isinstance(decision, Accept)]
    assert 8 in accepted
    assert await received(redis) == len(accepted)
    assert len(accepted) + sum(isinstance(d, Superseded) for d in decisions) == 8


async def test_each_story_goes_to_the_streams_of_its_partition(redis: Redis) -> None:
    ids = [f"urn:{n}" for n in range(20)]

    await acceptance(redis, partitions=4).accept([filed(1, story_id=id_) for id_ in ids])

    for number in range(4):
        mine = [id_ for id_ in ids if partition_of(id_, 4).number == number]
        assert await redis.xlen(Partition(number).received(Lane.ROUTINE)) == len(mine)


async def test_a_long_backlog_keeps_routine_copy_at_the_desk_and_lets_a_kill_pass(
    redis: Redis,
) -> None:
    await acceptance(redis, backlog_limit=1).accept([filed(1), filed(1, story_id="urn:b")])
    kill = filed(2)
    kill = Filed(kill.story.model_copy(update={"urgency": 1}), kill.raw, "sid", NOW)

    with pytest.raises(Backlogged):
        await acceptance(redis, backlog_limit=1).accept([filed(1, story_id="urn:c")])
    decisions = await acceptance(redis, backlog_limit=1).accept([kill])

    assert decisions == [Accept(2)]
    assert await received(redis) == 3


def ninjs(version: int, **more: object) -> Filed:
    raw = json.dumps(
        {"uri": "urn:a", "version": version, "headline": "Tor", "body_text": "2:1", **more}
    ).encode()
    [one] = read(raw, content_type=None, received_at=NOW)
    return Filed(one.story, raw, "sid", NOW)


async def revisions(redis: Redis) -> dict[int, Revision]:
    record: Any = await redis.hgetall(Partition(0).story("urn:a"))
    told = [Revision.model_validate_json(v) for f, v in record.items() if f.startswith(b"rev:")]
    return {revision.version: revision for revision in told}


async def test_a_version_says_what_it_changed_against_the_one_before(redis: Redis) -> None:
    desk = acceptance(redis)

    await desk.accept([ninjs(1)])
    await desk.accept([ninjs(2, body_text="3:1"), ninjs(3, body_text="3:1", ednote="Ergebnis")])

    told = {version: revision.changed for version, revision in (await revisions(redis)).items()}
    assert told == {1: None, 2: ("facts",), 3: ("note",)}


async def test_one_sending_counts_once_even_where_its_copy_came_out_otherwise(
    redis: Redis,
) -> None:
    desk = acceptance(redis)
    first, again = filed(1), filed(2, "Anders")

    await desk.accept([replace(first, delivery_id="entry-1")])
    decisions = await desk.accept(
        [replace(again, delivery_id="entry-1"), replace(again, delivery_id="entry-2")]
    )

    assert decisions == [Duplicate(1), Accept(2)]
