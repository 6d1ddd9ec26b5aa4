"""What becomes of a body at ingest's door, on a real Redis."""

import json
import random
from collections.abc import Sequence
from typing import Any

import pytest
from redis.asyncio import Redis

from services.ingest import intake as intake_module
from services.ingest.acceptance import Acceptance
from services.ingest.intake import Intake, Receipt
from shared.dead_letters import LETTER, RAW
from shared.events import Lane
from shared.keys import Partition
from shared.problems import Refusal
from tests.support.small_wire import DESK, NOON

HERE = Partition(0)


def an_intake(redis: Redis, backlog_limit: int = 100) -> Intake:
    acceptance = Acceptance(redis, partitions=1, copy_seconds=60, backlog_limit=backlog_limit)
    return Intake(redis, acceptance, 1_000_000)


def ninjs(story_id: str, **more: Any) -> bytes:
    return json.dumps(
        {"uri": story_id, "version": 1, "headline": "Tor", "copyrightholder": "SID", **more}
    ).encode()


def outcomes(answers: Sequence[Receipt | Refusal]) -> list[str | int]:
    return [a.outcome if isinstance(a, Receipt) else a.problem.status for a in answers]


async def test_a_fault_of_ours_keeps_the_copy_and_the_others_of_its_batch_pass(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = vars(intake_module)["read"]

    def faulty(body: bytes, **more: Any) -> Any:
        if b"urn:odd" in body:
            raise KeyError("text of the story")
        return sound(body, **more)

    monkeypatch.setattr(intake_module, "read", faulty)
    bodies = [ninjs("urn:odd"), ninjs("urn:even")]

    answers = await an_intake(redis).take(DESK, bodies, None, NOON)

    assert outcomes(answers) == [422, "accepted"]
    entries: Any = await redis.xrange(HERE.dead)
    [(_, fields)] = entries
    assert fields[RAW] == bodies[0]
    assert b"KeyError" in fields[LETTER]
    assert b"text of the story" not in fields[LETTER]


async def test_a_backlog_keeps_routine_copy_out_and_lets_urgent_copy_of_the_same_body_in(
    redis: Redis,
) -> None:
    await an_intake(redis).take(DESK, [ninjs("urn:1"), ninjs("urn:2")], None, NOON)
    bodies = [ninjs("urn:3"), ninjs("urn:1", version=2, pubstatus="canceled"), ninjs("urn:4")]

    answers = await an_intake(redis, backlog_limit=1).take(DESK, bodies, None, NOON)

    assert outcomes(answers) == [429, "accepted", 429]
    assert await redis.xlen(HERE.received(Lane.URGENT)) == 1


async def test_copy_too_long_to_read_beside_others_is_read_apart(redis: Redis) -> None:
    body = ninjs("urn:long", body_text="Musterau (SID) - " + "Der Club gewann. " * 6000)

    answers = await an_intake(redis).take(DESK, [body], None, NOON)

    assert len(body) > intake_module.READ_APART_BYTES
    assert outcomes(answers) == ["accepted"]


async def test_a_desk_may_neither_kill_nor_change_a_story_of_another_agency(redis: Redis) -> None:
    desk = an_intake(redis)
    dpa = DESK.model_copy(update={"id": "dpa", "credits": ("dpa",)})
    both = DESK.model_copy(update={"id": "both", "credits": ("SID", "dpa")})
    await desk.take(dpa, [ninjs("urn:dpa", copyrightholder="dpa")], None, NOON)
    foreign = ninjs("urn:dpa", version=2, pubstatus="canceled", copyrightholder=None)

    refused = await desk.take(DESK, [foreign], None, NOON)
    allowed = await desk.take(both, [foreign], None, NOON)

    assert (outcomes(refused), outcomes(allowed)) == ([403], ["accepted"])


async def test_copy_without_a_credit_is_a_story_of_its_desks_agency(redis: Redis) -> None:
    desk = an_intake(redis)
    dpa = DESK.model_copy(update={"id": "dpa", "credits": ("dpa",)})
    text = b"Kran kippt in der Hafenstadt\n\nEr stand dort seit vierzig Jahren."

    answers = [
        *await desk.take(DESK, [text], None, NOON),
        *await desk.take(dpa, [text], None, NOON),
    ]

    ids = [one.story_id for one in answers if isinstance(one, Receipt)]
    assert outcomes(answers) == ["accepted", "accepted"]
    assert [":sid:" in ids[0], ":dpa:" in ids[1]] == [True, True]


async def test_random_bytes_are_no_copy_whatever_they_are_called(redis: Redis) -> None:
    noise = random.Random(1).randbytes(20_000)

    answers = await an_intake(redis).take(DESK, [noise], "text/plain", NOON)

    assert outcomes(answers) == [415]


async def test_a_recall_that_comes_too_late_says_that_it_changes_nothing(redis: Redis) -> None:
    desk = an_intake(redis)
    await desk.take(DESK, [ninjs("urn:a", version=5)], None, NOON)

    [answer] = await desk.take(DESK, [ninjs("urn:a", version=3, pubstatus="canceled")], None, NOON)

    assert isinstance(answer, Receipt)
    assert answer.outcome == "superseded"
    assert "changes nothing" in (answer.why or "")
