"""What an agency orders is obeyed, whatever the order finds on its way (wire-rules 5 to 10)."""

import json
from datetime import timedelta
from typing import Any, cast

import pytest
from redis.asyncio import Redis

from services.ingest.trace import TraceReader
from services.publish.dispatches import read_classified
from services.publish.recipients import Recipients
from services.publish.round_trips import RoundTrips
from shared.events import Lane
from shared.hop import Entry
from shared.record import State
from tests.support.small_wire import HERE, NOON, SmallWire

FOOTBALL = {"id": "p", "takes": [{"topics": ["Fußball"]}]}
TENNIS = {"id": "q", "takes": [{"topics": ["Tennis"]}]}
LATER = (NOON + timedelta(hours=2)).isoformat()


@pytest.fixture
async def wire(redis: Redis) -> SmallWire:
    wire = SmallWire(redis, [FOOTBALL, TENNIS])
    await wire.start()
    return wire


async def test_a_kill_posted_while_its_original_waits_lets_nothing_usable_leave(
    wire: SmallWire,
) -> None:
    await wire.post("urn:a", 1)
    await wire.post("urn:a", 2, pubstatus="canceled")

    await wire.settle()

    assert [got.status for got in wire.got_by("p", "urn:a")] in ([], ["canceled"])


async def test_a_kill_posted_while_its_original_is_retried_is_all_that_leaves(
    wire: SmallWire,
) -> None:
    await wire.post("urn:a", 1)
    await wire.classify()
    await wire.publish()
    await wire.push(answer=503)

    await wire.post("urn:a", 2, pubstatus="canceled")
    await wire.push()  # before the kill is even tagged
    await wire.settle()

    assert [(got.version, got.status) for got in wire.got_by("p", "urn:a")] == [(2, "canceled")]


async def test_a_kill_of_an_embargoed_story_is_told_to_nobody_who_never_had_it(
    wire: SmallWire,
) -> None:
    await wire.post("urn:a", 1, embargoed=LATER)
    await wire.settle()

    await wire.post("urn:a", 2, pubstatus="canceled")
    await wire.settle()
    held = await wire.redis.hlen(HERE.held_entries)
    wire.now += timedelta(hours=3)
    await wire.settle()

    assert wire.partners.got == []
    assert held == 0
    trace = await TraceReader(wire.redis, 1).read("urn:a")
    assert trace is not None
    assert [revision.superseded_by for revision in trace.revisions] == [2, None]


async def test_a_kill_that_comes_before_its_story_keeps_it_from_ever_leaving(
    wire: SmallWire,
) -> None:
    await wire.post("urn:a", 2, pubstatus="canceled")
    await wire.settle()

    receipt = await wire.post("urn:a", 1)
    await wire.settle()

    assert receipt.outcome == "superseded"
    assert wire.partners.got == []


async def test_a_kill_reaches_who_had_the_story_and_is_not_entitled_any_more(
    wire: SmallWire,
) -> None:
    await wire.post("urn:a", 1)
    await wire.settle()

    wire.configure([{**FOOTBALL, "takes": [{"topics": ["Tennis"]}]}, TENNIS])
    await wire.post("urn:a", 2, pubstatus="canceled")
    await wire.settle()

    assert [got.status for got in wire.got_by("p", "urn:a")] == ["usable", "canceled"]
    assert wire.got_by("q", "urn:a") == []


async def test_a_kill_goes_on_being_tried_where_a_story_would_be_given_up(
    wire: SmallWire,
) -> None:
    await wire.post("urn:a", 1)
    await wire.settle()
    await wire.post("urn:a", 2, pubstatus="canceled")
    await wire.classify()
    await wire.publish()

    for _ in range(3):
        await wire.push(answer=404)
    trace = await TraceReader(wire.redis, 1).read("urn:a")
    assert trace is not None
    assert trace.revisions[-1].partners[0].state is State.OPEN
    await wire.settle()

    assert [got.status for got in wire.got_by("p", "urn:a")] == ["usable", "canceled"]


async def test_killed_copy_is_gone_from_the_archive_and_withheld_copy_is_not(
    wire: SmallWire,
) -> None:
    for story in ("urn:a", "urn:b"):
        await wire.post(story, 1)
    await wire.settle()

    await wire.post("urn:a", 2, pubstatus="canceled")
    await wire.post("urn:b", 2, pubstatus="withheld")
    await wire.settle()

    killed: Any = await wire.redis.hgetall(HERE.copy("urn:a"))
    held: Any = await wire.redis.hgetall(HERE.copy("urn:b"))
    assert not [body for body in killed.values() if b"gewann" in body]
    assert {field for field, body in held.items() if b"gewann" in body} == {b"1:raw", b"2:raw"}


async def test_a_withheld_story_is_recalled_and_released_by_a_later_version(
    wire: SmallWire,
) -> None:
    await wire.post("urn:a", 1)
    await wire.settle()
    await wire.post("urn:a", 2, pubstatus="withheld")
    await wire.settle()
    await wire.post("urn:a", 3)
    await wire.settle()

    told = [(got.version, got.status) for got in wire.got_by("p", "urn:a")]
    assert told == [(1, "usable"), (2, "withheld"), (3, "usable")]


async def test_a_correction_reaches_who_had_the_story_with_its_note(wire: SmallWire) -> None:
    wire.configure([{**FOOTBALL, "format": "article"}, TENNIS])
    await wire.post("urn:a", 1)
    await wire.settle()

    wire.configure([{**FOOTBALL, "format": "article", "takes": [{"topics": ["Tennis"]}]}, TENNIS])
    await wire.post("urn:a", 2, signal="sig:correction", headline="SV Musterau verliert")
    await wire.settle()

    [_, corrected] = wire.got_by("p", "urn:a")
    assert "Berichtigung:" in corrected.body.decode()


async def test_an_embargoed_story_leaves_when_its_time_has_come_and_not_before(
    wire: SmallWire,
) -> None:
    await wire.post("urn:a", 1, embargoed=LATER)
    await wire.settle()
    wire.now = NOON + timedelta(hours=2, seconds=-1)
    await wire.settle()
    before = wire.versions("p")

    wire.now = NOON + timedelta(hours=2)
    await wire.settle()

    assert (before, wire.versions("p")) == ([], [1])


async def test_a_moved_embargo_is_obeyed_and_the_version_held_before_never_leaves(
    wire: SmallWire,
) -> None:
    await wire.post("urn:a", 1, embargoed=LATER)
    await wire.settle()
    await wire.post("urn:a", 2, embargoed=(NOON + timedelta(hours=4)).isoformat())
    await wire.settle()

    wire.now += timedelta(hours=3)
    await wire.settle()
    at_the_first_date = wire.versions("p")
    wire.now += timedelta(hours=2)
    await wire.settle()

    assert (at_the_first_date, wire.versions("p")) == ([], [2])


async def test_an_embargo_that_a_new_version_lifts_is_lifted_at_once(wire: SmallWire) -> None:
    await wire.post("urn:a", 1, embargoed=LATER)
    await wire.settle()
    receipt = await wire.post("urn:a", 2)
    await wire.settle()
    wire.now += timedelta(hours=3)
    await wire.settle()

    assert wire.versions("p") == [2]
    assert "lifted" in (receipt.why or "")


async def test_a_late_version_without_embargo_does_not_pass_a_newer_one_that_is_held(
    wire: SmallWire,
) -> None:
    await wire.post("urn:a", 1)
    await wire.post("urn:a", 2, urgency=1, embargoed=LATER)  # in the lane that is read first
    await wire.settle()
    early = wire.versions("p")

    wire.now += timedelta(hours=3)
    await wire.settle()

    assert (early, wire.versions("p")) == ([], [2])


async def test_what_is_held_when_all_processes_die_leaves_at_its_time(wire: SmallWire) -> None:
    await wire.post("urn:a", 1, embargoed=LATER)
    await wire.classify()
    await wire.publish(dies_after=0)

    wire.now += timedelta(hours=3)
    await wire.settle()

    assert wire.versions("p") == [1]


@pytest.mark.parametrize(
    "private",
    [
        {"genre": [{"name": "Test"}]},
        {"headline": "Achtung: Planungshinweis"},
        {"headline": "Tagesvorschau Sport"},
    ],
)
async def test_tests_advisories_and_diaries_stay_inside(
    wire: SmallWire, private: dict[str, Any]
) -> None:
    await wire.post("urn:a", 1, **private)
    await wire.settle()

    assert wire.partners.got == []
    trace = await TraceReader(wire.redis, 1).read("urn:a")
    assert trace is not None
    assert "10.2" in (trace.revisions[0].why_nobody or "")


async def test_notes_to_editors_are_in_nothing_that_leaves(wire: SmallWire) -> None:
    wire.configure([FOOTBALL, {"id": "r", "format": "article"}])
    await wire.post("urn:a", 1, ednote="Rueckfragen an Rieke Ahlers, 030 555 0100")
    await wire.settle()

    bodies = [got.body.decode() for got in wire.partners.got]
    assert len(bodies) == 2
    assert not [body for body in bodies if "Ahlers" in body]


async def test_a_new_version_says_to_partners_what_it_changed(wire: SmallWire) -> None:
    await wire.post("urn:a", 1)
    await wire.settle()
    await wire.post("urn:a", 2, headline="SV Musterau gewinnt, Fassung 1")
    await wire.settle()

    entries: Any = await wire.redis.xrange("depesche:{partner:p}:log")
    told = [json.loads(fields[b"entry"]).get("changed") for _, fields in entries]
    assert told == [None, ["facts"]]


async def test_terms_of_use_travel_with_the_story(wire: SmallWire) -> None:
    await wire.post("urn:a", 1, usageterms="Nur redaktionell, keine Sperrfotos.")
    await wire.settle()

    [got] = wire.got_by("p", "urn:a")
    assert json.loads(got.body)["usageTerms"] == "Nur redaktionell, keine Sperrfotos."


async def test_a_kill_takes_the_text_out_of_a_log_that_holds_the_stories(wire: SmallWire) -> None:
    wire.configure([{"id": "p", "log": "full"}])
    for version in (1, 2):
        await wire.post("urn:a", version)
        await wire.settle()
    before: Any = await wire.redis.xrange("depesche:{partner:p}:log")

    await wire.post("urn:a", 3, pubstatus="canceled")
    await wire.settle()

    after: Any = await wire.redis.xrange("depesche:{partner:p}:log")
    assert [b"gewann" in fields[b"story"] for _, fields in before] == [True, True]
    assert [json.loads(fields[b"entry"])["status"] for _, fields in after] == ["canceled"]
    assert b"gewann" not in after[0][1][b"story"]


async def test_copy_for_former_receivers_is_not_stored_after_the_kill(wire: SmallWire) -> None:
    await wire.post("urn:a", 1)
    await wire.classify()
    [(id_, fields)] = cast("Any", await wire.redis.xrange(HERE.classified(Lane.ROUTINE)))
    original = read_classified(Entry("classified", id_, fields))
    await wire.post("urn:a", 2, pubstatus="canceled")
    await wire.settle()

    # As where the kill was routed while the original's stage was between two of its steps.
    recipients = Recipients(RoundTrips(wire.redis), 1, 60)
    await recipients.store_copy([(original, {"1:article": b"Der Club gewann."})])

    assert not await wire.redis.hexists(HERE.copy("urn:a"), "1:article")


async def test_a_dead_version_that_is_made_due_again_is_never_sent_after_a_newer_one(
    wire: SmallWire,
) -> None:
    await wire.post("urn:a", 1)
    await wire.classify()
    await wire.publish()
    entries: Any = await wire.redis.xrange("depesche:{partner:p}:log")
    await wire.push(answer=400)
    await wire.post("urn:a", 2, pubstatus="canceled")
    await wire.settle()

    await wire.redis.zadd("depesche:{partner:p}:due:urgent", {entries[0][0]: 0})
    await wire.settle()

    assert wire.versions("p") == [2]
    assert await wire.redis.zcard("depesche:{partner:p}:due:urgent") == 0


async def test_a_lifted_embargo_leaves_the_held_version_superseded_and_nothing_else(
    wire: SmallWire,
) -> None:
    await wire.post("urn:a", 1, embargoed=LATER)
    await wire.settle()
    await wire.post("urn:a", 2)
    await wire.settle()

    trace = await TraceReader(wire.redis, 1).read("urn:a")

    assert trace is not None
    assert (trace.revisions[0].superseded_by, trace.revisions[0].partners) == (2, ())


async def test_a_kill_takes_no_bytes_of_a_newer_version_that_came_before_it_was_routed(
    wire: SmallWire,
) -> None:
    await wire.post("urn:a", 1)
    await wire.settle()
    await wire.post("urn:a", 2, pubstatus="canceled")
    await wire.post("urn:a", 3)

    await wire.settle()

    fields: Any = await wire.redis.hkeys(HERE.copy("urn:a"))
    raw = [field for field in fields if field.endswith(b":raw")]
    assert raw == [b"3:raw"]
    assert wire.versions("p")[-1] == 3
