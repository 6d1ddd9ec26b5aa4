"""What cannot be read is kept whole, and replayed when it can be (wire-rules 11.4)."""

import json
import time
from collections.abc import Generator
from typing import Any, cast

import pytest
from redis import Redis

from shared.dead_letters import RAW, DeadLetter, Kind, dead_fields
from shared.keys import Partition, PartnerKeys
from tests.support.system import KEY, System, a_configuration, a_ninjs, a_partner, a_system

HERE = Partition(0)


@pytest.fixture(scope="module")
def system(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Generator[System]:
    Redis.from_url(redis_url).flushall()
    config = a_configuration(tmp_path_factory.mktemp("system"), [a_partner("alles")])
    with a_system(config, redis_url) as running:
        yield running


def letters(system: System) -> list[dict[str, Any]]:
    return [json.loads(line) for line in system.run("dead", "list").stdout.splitlines()]


def replay(system: System, letter_id: str) -> tuple[int, str]:
    done = system.run("dead", "replay", letter_id, "--url", system.ingest, "--key", KEY)
    return done.returncode, done.stdout + done.stderr


def test_what_cannot_be_read_is_kept_once_however_often_it_is_replayed(system: System) -> None:
    broken = b'{"uri": "urn:broken", "headline": '
    status, problem = system.post(broken)

    first = replay(system, problem["dead_letter"])
    second = replay(system, problem["dead_letter"])

    assert status == 422
    assert "column" in problem["where"]
    assert first[0] == second[0] == 1
    assert "line 1, column" in first[1]
    assert [letter["id"] for letter in letters(system)] == [problem["dead_letter"]]
    assert broken.decode() in system.run("dead", "show", problem["dead_letter"]).stdout


def test_copy_that_can_be_read_since_a_fix_is_replayed_and_gone(system: System) -> None:
    letter = DeadLetter(kind=Kind.UNREADABLE, why="a fault of ours", stage="ingest", desk="sid")
    raw = json.dumps(a_ninjs("urn:fixed", 1)).encode()
    fields: Any = dead_fields(letter, {RAW: raw})
    entry: Any = Redis.from_url(system.redis_url).xadd(HERE.dead, fields)

    code, said = replay(system, f"0/{entry.decode()}")

    assert (code, said.strip()) == (0, "replayed")
    assert f"0/{entry.decode()}" not in {letter["id"] for letter in letters(system)}
    assert system.get(f"{system.ingest}/v1/stories/urn:fixed", KEY)[0] == 200


def test_a_contradiction_waits_for_an_editor_and_is_replayed_as_the_next_version(
    system: System,
) -> None:
    system.post(json.dumps(a_ninjs("urn:twice", 1)).encode())
    _, receipt = system.post(json.dumps(a_ninjs("urn:twice", 1, headline="Anders")).encode())
    [letter] = [each for each in letters(system) if each.get("story_id") == "urn:twice"]

    code, _ = replay(system, letter["id"])

    _, trace = system.get(f"{system.ingest}/v1/stories/urn:twice", KEY)
    assert (receipt["outcome"], letter["kind"], code) == ("quarantined", "contradictory", 0)
    assert trace["version"] == 2
    assert "force" in trace["revisions"][-1]["remarks"][0]
    assert not [each for each in letters(system) if each.get("story_id") == "urn:twice"]


def test_an_editors_decision_is_not_lost_where_a_newer_version_stands(system: System) -> None:
    system.post(json.dumps(a_ninjs("urn:late", 1)).encode())
    system.post(json.dumps(a_ninjs("urn:late", 1, headline="Anders")).encode())
    system.post(json.dumps(a_ninjs("urn:late", 2)).encode())
    [letter] = [each for each in letters(system) if each.get("story_id") == "urn:late"]

    code, said = replay(system, letter["id"])

    assert code == 1
    assert "version 2 stands" in said
    assert letter["id"] in {each["id"] for each in letters(system)}


def test_an_old_version_is_not_pushed_again_after_a_newer_one(system: System) -> None:
    redis = Redis.from_url(system.redis_url)
    keys = PartnerKeys("alles")
    for version in (1, 2):
        system.post(json.dumps(a_ninjs("urn:old", version)).encode())
        deadline = time.monotonic() + 10
        while not (last := redis.hget(keys.standing, "urn:old")) or int(last.split()[0]) < version:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    entries: Any = redis.xrange(keys.log)
    entry = next(id_ for id_, fields in entries if b'"urn:old","version":1' in fields[b"entry"])
    letter = DeadLetter(
        kind=Kind.UNDELIVERABLE,
        why="400",
        stage="publish",
        story_id="urn:old",
        version=1,
        partner="alles",
        entry=entry.decode(),
    )
    kept: Any = redis.xadd(keys.dead, cast("Any", dead_fields(letter, {})))

    code, said = replay(system, f"alles/{kept.decode()}")

    assert code == 1
    assert "version 2" in said
    assert redis.zcard(keys.due_urgent) == 0
