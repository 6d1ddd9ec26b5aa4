"""What cannot be read is kept whole, and replayed when it can be (wire-rules 11.4)."""

import json
from collections.abc import Generator
from typing import Any

import pytest
from redis import Redis

from shared.dead_letters import RAW, DeadLetter, Kind, dead_fields
from shared.keys import Partition
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
