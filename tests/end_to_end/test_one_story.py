"""One story from a desk's POST to its partners, through all services as processes."""

import json
import os
import time
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis
from standardwebhooks import Webhook

from depesche.client import post_story
from depesche.listener import Listener
from tests.support.eventually import eventually
from tests.support.system import (
    KEY,
    ROOT,
    SECRET,
    System,
    a_configuration,
    a_ninjs,
    a_partner,
    a_system,
    a_webhook,
)

REFERENCE = Path(os.environ.get("DEPESCHE_REFERENCE") or ROOT.parent / "shared")


@pytest.fixture(scope="module")
def listener() -> Generator[Listener]:
    listening = Listener()
    listening.start()
    yield listening
    listening.stop()


@pytest.fixture(scope="module")
def system(
    listener: Listener, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Generator[System]:
    Redis.from_url(redis_url).flushall()
    port = listener.server.server_port if listener.server else 0
    config = a_configuration(
        tmp_path_factory.mktemp("system"),
        [
            a_partner(
                "nw",
                takes=[{"sections": ["Medien"]}],
                channels={"Medien": ["Lifestyle", "Medien"]},
                webhook=a_webhook(port),
            ),
            a_partner("alles", format="ninjs-3.1"),
            a_partner("tennis", takes=[{"topics": ["Tennis"]}]),
        ],
    )
    with a_system(config, redis_url, DEPESCHE_RECLAIM_AFTER_MS="500") as running:
        yield running


def seed() -> bytes:
    return next((REFERENCE / "seed").glob("*.txt")).read_bytes()


def test_the_seed_document_reaches_its_partner_as_the_page_shows_it(
    system: System, listener: Listener
) -> None:
    status, receipt = system.post(seed(), "text/plain; charset=utf-8")

    delivered = listener.deliveries.get(timeout=10)
    lines = [line.strip() for line in delivered.body.decode().splitlines() if line.strip()]
    page = [line.strip() for line in seed().decode().splitlines() if line.strip()]
    assert (status, receipt["outcome"]) == (202, "accepted")
    assert set(lines) <= set(page)
    assert lines[:5] == page[:5]
    assert "21.05.2019, 18:12" in delivered.body.decode()
    assert delivered.body.decode().endswith(seed().decode().strip().partition("Dortmund (SID).")[2])
    assert delivered.headers["depesche-section"] == "Medien"


def test_a_webhook_bears_a_signature_that_the_standards_library_accepts(
    system: System, listener: Listener
) -> None:
    system.post(
        b"Neue Serie beim Streamingdienst\n\nKleinau (SID) - Ein Streamingdienst zeigt eine neue "
        b"Doku-Serie. Die Serie im Fernsehen und bei Netflix wird ausgestrahlt.",
        "text/plain",
    )

    delivered = listener.deliveries.get(timeout=10)
    headers = delivered.headers
    at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    signed = Webhook(SECRET).sign(headers["webhook-id"], at, delivered.body.decode())
    assert signed in headers["webhook-signature"].split()


def test_posting_twice_is_a_duplicate_and_the_trace_tells_the_way(system: System) -> None:
    first = system.post(seed(), "text/plain")[1]
    again = system.post(seed(), "text/plain")[1]

    _, trace = system.get(f"{system.ingest}{again['links']['trace']}", KEY)
    tags = trace["revisions"][0]["tags"]
    assert first["outcome"] in {"accepted", "duplicate"}
    assert again["outcome"] == "duplicate"
    assert tags["section"]["name"] == "Medien"
    assert {"medtop:20001065", "medtop:20001293"} <= {topic["code"] for topic in tags["topics"]}
    assert all(topic["reasons"] for topic in tags["topics"])


async def test_the_feed_gives_each_story_once_in_order(system: System) -> None:
    for version in (1, 2, 3):
        system.post(json.dumps(a_ninjs("urn:test:feed", version)).encode())

    def versions() -> list[int]:
        _, page = system.get(f"{system.publish}/v1/feed?limit=1000", "token-alles")
        return [s["version"] for s in page["stories"] if s["story_id"] == "urn:test:feed"]

    await eventually(lambda: versions()[-1:] == [3], within=10)
    assert versions() == sorted(set(versions()))
    assert system.get(f"{system.publish}/v1/feed", "wrong")[0] == 401


async def test_a_kill_reaches_who_has_the_story_and_its_text_is_gone(system: System) -> None:
    system.post(json.dumps(a_ninjs("urn:test:kill", 1)).encode())
    story = f"{system.publish}/v1/stories/urn:test:kill"
    await eventually(lambda: system.get(story, "token-alles")[0] == 200, within=10)

    system.post(json.dumps(a_ninjs("urn:test:kill", 2, pubstatus="canceled")).encode())

    await eventually(lambda: system.get(story, "token-alles")[0] == 410, within=10)
    _, page = system.get(f"{system.publish}/v1/feed?limit=1000", "token-alles")
    killed = [s for s in page["stories"] if s["story_id"] == "urn:test:kill"]
    assert [s["status"] for s in killed] == ["usable", "canceled"]
    assert "Pokalspiel 2:1" not in json.dumps(killed)
    assert (
        system.post(json.dumps(a_ninjs("urn:test:kill", 1)).encode())[1]["outcome"] == "duplicate"
    )


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{" + b" " * 2_000_000 + b"}", 413),
        (b'{"uri": "urn:test:broken", ', 422),
        (b"Berlin (dpa) - Das ist Text einer anderen Agentur.", 403),
    ],
)
def test_bad_copy_gets_a_clear_answer_and_the_next_story_goes_through(
    system: System, body: bytes, status: int
) -> None:
    got, problem = system.post(body, "application/octet-stream")

    assert (got, problem["status"]) == (status, status)
    assert problem["detail"]
    good = a_ninjs(f"urn:test:after-{status}", 1)
    assert system.post(json.dumps(good).encode())[0] == 202


def test_what_could_not_be_read_is_kept_with_its_reason(system: System) -> None:
    system.post(b'{"uri": 7', "application/json")

    listed = [json.loads(line) for line in system.run("dead", "list").stdout.splitlines()]

    assert any(letter["kind"] == "unreadable" and "line" in letter["why"] for letter in listed)


def test_a_wrong_key_is_refused(system: System) -> None:
    assert post_story(system.ingest, "wrong", b"{}", None)[0] == 401


async def test_it_recovers_from_flushall_within_five_seconds(system: System) -> None:
    Redis.from_url(system.redis_url).flushall()
    begun = time.monotonic()

    status, _ = system.post(json.dumps(a_ninjs("urn:test:after-flush", 1)).encode())

    story = f"{system.publish}/v1/stories/urn:test:after-flush"
    await eventually(lambda: system.get(story, "token-alles")[0] == 200, within=5)
    assert status == 202
    assert time.monotonic() - begun < 5


async def test_the_audit_finds_nothing_missing(system: System) -> None:
    system.post(json.dumps(a_ninjs("urn:test:audit", 1)).encode())

    audit = await eventually(lambda: _clean(system), within=10)

    assert "nothing is missing" in audit


def _clean(system: System) -> str:
    done = system.run("audit")
    return done.stdout if done.returncode == 0 else ""


def test_a_body_with_several_stories_is_answered_for_each(system: System) -> None:
    lines = [a_ninjs("urn:several:1", 1), a_ninjs("urn:several:2", 1, copyrightholder="dpa")]
    lines[1]["body_text"] = lines[1]["body_text"].replace("(SID)", "(dpa)")

    status, receipt = system.post(json.dumps(lines).encode())

    first, second = receipt["stories"]
    assert (status, receipt["story_id"]) == (202, "urn:several:1")
    assert (first["outcome"], second["status"]) == ("accepted", 403)


def why(system: System, partner: str, story_id: str) -> str:
    config = str(system.log.parent / "config")
    done = system.run("partners", "why", partner, story_id, "--config", config)
    assert done.returncode == 0, done.stderr
    return done.stdout


async def test_why_a_partner_got_a_story_or_did_not_is_told_for_any_copy(system: System) -> None:
    _, plain = system.post(b"Kran kippt in Musterau\n\nEr stand dort lange.", "text/plain")
    lines = [a_ninjs("urn:why:1", 1), a_ninjs("urn:why:2", 1, embargoed="2099-01-01T00:00:00Z")]
    system.post(json.dumps(lines).encode())
    await eventually(lambda: "held until 2099" in why(system, "alles", "urn:why:2"), within=10)

    told = why(system, "tennis", "urn:why:1")

    assert "no rule of takes matches" in told
    assert "takes everything" in why(system, "alles", plain["story_id"])
