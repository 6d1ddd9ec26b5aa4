"""Processes die at random moments while stories flow; afterwards everything is where it belongs.

DEPESCHE_FAULT_STORIES and DEPESCHE_FAULT_KILLS make it as long as you like; the seed is printed.
"""

import json
import os
import random
import signal
import threading
import time
import urllib.error
from collections import defaultdict
from collections.abc import Callable, Generator, Sequence
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from depesche.listener import Listener
from shared.events import Lane
from shared.keys import PartnerKeys
from tests.support.system import (
    System,
    a_configuration,
    a_ninjs,
    a_partner,
    a_system,
    a_webhook,
)

STORIES = int(os.environ.get("DEPESCHE_FAULT_STORIES", "60"))
KILLS = int(os.environ.get("DEPESCHE_FAULT_KILLS", "6"))
REDIS_KILLS = int(os.environ.get("DEPESCHE_FAULT_REDIS_KILLS", "2"))
PARTNERS = 20
VERSIONS = (1, 2, 3)
SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 0.2, 0.8  # between two deaths
SETTLED_WITHIN_S = 120.0


def a_system_of_twenty(folder: Path, listeners: Sequence[Listener]) -> Path:
    """Ten partners take everything, five take Fußball, five Tennis, which none of the stories is.

    The first of them are pushed to, the others read their logs.
    """
    wishes: list[dict[str, Any]] = [{} for _ in range(10)]
    wishes += [{"takes": [{"topics": ["Fußball"]}]} for _ in range(5)]
    wishes += [{"takes": [{"topics": ["Tennis"]}]} for _ in range(5)]
    for wish, listener in zip(wishes, listeners, strict=False):
        wish["webhook"] = a_webhook(listener.start())
    return a_configuration(folder, [a_partner(f"p{at}", **w) for at, w in enumerate(wishes)])


def post_all(system: System, chance: random.Random, lasting_s: float) -> None:
    """Post every version of every story, shuffled, again and again until it is accepted.

    Spread over `lasting_s`, so that stories flow as long as things die.
    """
    copy = [a_ninjs(f"urn:fault:{n}", v) for n in range(STORIES) for v in VERSIONS]
    chance.shuffle(copy)
    waiting = [copy[at : at + 20] for at in range(0, len(copy), 20)]
    pause = lasting_s / len(waiting)
    while waiting:
        group = waiting.pop(0)
        time.sleep(pause)
        try:
            answers = system.post_lines(group)
        except (OSError, HTTPException, urllib.error.URLError):
            waiting.append(group)
            time.sleep(0.05)
            continue
        left = [s for s, a in zip(group, answers, strict=False) if "outcome" not in a]
        left += group[len(answers) :]
        if left:
            waiting.append(left)


def a_patient_client(redis_url: str) -> Redis:
    """Return a client that waits for a Redis that restarts and loads."""
    return Redis.from_url(redis_url, retry=Retry(ConstantBackoff(0.1), 100))


def logs_of(redis_url: str) -> dict[str, dict[str, list[int]]]:
    """Return by partner and story the versions in the partner's log, in its order."""
    redis = a_patient_client(redis_url)
    found: dict[str, dict[str, list[int]]] = {}
    for at in range(PARTNERS):
        versions: dict[str, list[int]] = defaultdict(list)
        entries: Any = redis.xrange(f"depesche:{{partner:p{at}}}:log")
        for _, fields in entries:
            entry = json.loads(fields[b"entry"])
            versions[entry["story_id"]].append(entry["version"])
        found[f"p{at}"] = versions
    return found


def run_with_faults(system: System, faults: int, strike: Callable[[random.Random], None]) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - to repeat a failure
    chance = random.Random(seed)
    lasting_s = faults * (SHORTEST_PAUSE_S + LONGEST_PAUSE_S) / 2
    posting = threading.Thread(target=post_all, args=(system, random.Random(seed), lasting_s))
    posting.start()
    for _ in range(faults):
        time.sleep(chance.uniform(SHORTEST_PAUSE_S, LONGEST_PAUSE_S))
        strike(chance)
    posting.join(timeout=SETTLED_WITHIN_S)
    assert not posting.is_alive()


def assert_nothing_lost_or_doubled(system: System) -> None:
    deadline = time.monotonic() + SETTLED_WITHIN_S
    wanted = {f"urn:fault:{n}" for n in range(STORIES)}
    while True:
        logs = logs_of(system.redis_url)
        done = all(
            {s for s, versions in logs[f"p{at}"].items() if versions[-1] == VERSIONS[-1]} == wanted
            for at in range(15)
        )
        if done or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    for at in range(15):
        versions = logs[f"p{at}"]
        assert set(versions) == wanted
        for story, seen in versions.items():
            assert seen == sorted(set(seen)), story
            assert seen[-1] == VERSIONS[-1], story
    assert all(not logs[f"p{at}"] for at in range(15, PARTNERS))
    audit = system.run("audit")
    while audit.returncode and time.monotonic() < deadline:
        audit = system.run("audit")
    print(audit.stdout)  # noqa: T201 - the account
    assert audit.returncode == 0, audit.stdout
    counts = {"revisions": 0, "partners": 0}
    for title, _, number in (line.split() for line in audit.stdout.splitlines()[1:-1]):
        counts[title] += int(number)
    assert counts["partners"] == PARTNERS * counts["revisions"], audit.stdout


def assert_all_pushed_in_order(system: System, listeners: Sequence[Listener]) -> None:
    redis = a_patient_client(system.redis_url)
    keys = [PartnerKeys(f"p{at}").due(lane) for at in range(len(listeners)) for lane in Lane]
    deadline = time.monotonic() + SETTLED_WITHIN_S
    while any(redis.zcard(key) for key in keys) and time.monotonic() < deadline:
        time.sleep(0.1)
    for listener in listeners:
        assert_pushed_in_order(listener)


def assert_pushed_in_order(listener: Listener) -> None:
    """Every story's last version came; none after a newer one; a repeat bears the same id."""
    wanted = {f"urn:fault:{n}" for n in range(STORIES)}
    seen: dict[str, list[int]] = defaultdict(list)
    ids: dict[tuple[str, int], set[str]] = defaultdict(set)
    while not listener.deliveries.empty():
        headers = listener.deliveries.get().headers
        story, version = headers["depesche-story-id"], int(headers["depesche-version"])
        seen[story].append(version)
        ids[story, version].add(headers["webhook-id"])
    assert set(seen) == wanted
    for story, versions in seen.items():
        assert versions == sorted(versions), story
        assert versions[-1] == VERSIONS[-1], story
    assert {len(each) for each in ids.values()} == {1}


@pytest.fixture
def listeners() -> Generator[list[Listener]]:
    """Three partners that take webhooks while all else may die."""
    three = [Listener() for _ in range(3)]
    yield three
    for listener in three:
        listener.stop()


@pytest.mark.filterwarnings("default::pytest.PytestUnhandledThreadExceptionWarning")
def test_services_killed_at_random_lose_and_double_nothing(
    tmp_path: Path, listeners: list[Listener]
) -> None:
    config = a_system_of_twenty(tmp_path, listeners)
    with a_system(config, None, DEPESCHE_RECLAIM_AFTER_MS="500") as system:

        def strike(chance: random.Random) -> None:
            pids = system.service_pids()
            if pids:
                os.kill(pids[chance.choice(sorted(pids))], signal.SIGKILL)

        run_with_faults(system, KILLS, strike)

        assert_nothing_lost_or_doubled(system)
        assert_all_pushed_in_order(system, listeners)


def test_a_redis_killed_and_restarted_loses_and_doubles_nothing(
    tmp_path: Path, listeners: list[Listener]
) -> None:
    config = a_system_of_twenty(tmp_path, listeners)
    with a_system(config, None, DEPESCHE_RECLAIM_AFTER_MS="500") as system:

        def strike(_: random.Random) -> None:
            pid: Any = a_patient_client(system.redis_url).info("server")["process_id"]
            os.kill(int(pid), signal.SIGKILL)
            time.sleep(1)

        run_with_faults(system, REDIS_KILLS, strike)

        assert_nothing_lost_or_doubled(system)
        assert_all_pushed_in_order(system, listeners)
