"""What the reference of the newsrooms gets wrong (superdesk-core, as wire-rules tells), each by name."""

from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from services.ingest.formats import ReadStory, read
from tests.support.small_wire import NOON, SmallWire

RECEIVED = datetime(2026, 9, 14, 12, tzinfo=UTC)
EMBARGOED_BY_PA = b"""<?xml version="1.0" encoding="UTF-8"?>
<nitf><head><docdata management-status="embargoed">
<doc-id id-string="0f2c1a7e-1111-4c5d-9a52-0c8f6f1e9d11HHH-3-1" regsrc="PA"/>
<date.issue norm="20260914T090000+0000"/><date.release norm="20260914T230100+0000"/>
</docdata></head><body><body.head><hedline><hl1>Harbour wins pier prize</hl1></hedline></body.head>
<body.content><p>The little harbour of Sandhaven has won a prize for its pier.</p></body.content>
</body></nitf>"""
FROM_7901 = (
    "\x01bdt0417 4 sp 24 dpa 0417\r\n\r\nFu\u00dfball/Oberliga/\r\n\x02Musterau gewinnt in Ostheim =\r\n\r\n"
    "Musterau (dpa) - Der SV Musterau hat am Montag das Spiel der Oberliga\r\n"
    "in Ostheim gewonnen. Trainerin Tornow sprach von Gl\u00fcck.\r\n\x03\r\n141205 Sep 26\r\n\x04"
).encode()


@pytest.fixture
async def wire(redis: Redis) -> SmallWire:
    wire = SmallWire(redis, [{"id": "p"}])
    await wire.start()
    return wire


def the_story_in(body: bytes, later: timedelta = timedelta()) -> ReadStory:
    [found] = read(body, content_type=None, received_at=RECEIVED + later)
    return found


def test_an_embargo_of_pa_is_no_usable_story() -> None:
    story = the_story_in(EMBARGOED_BY_PA).story

    assert story.embargoed == datetime(2026, 9, 14, 23, 1, tzinfo=UTC)
    assert story.agency_version == 3


def test_copy_of_iptc_7901_has_the_same_id_at_each_resend() -> None:
    first, again = the_story_in(FROM_7901), the_story_in(FROM_7901, timedelta(minutes=40))

    assert first.format == "iptc7901"
    assert first.story.story_id == again.story.story_id
    assert "0417" in first.story.story_id


def test_utf_8_from_dpa_is_not_decoded_as_latin_1() -> None:
    story = the_story_in(FROM_7901).story

    assert "Glück" in story.body_text
    assert "Fußball" in story.keywords


async def test_withheld_stops_a_story_and_recalls_it(wire: SmallWire) -> None:
    await wire.post("urn:out", 1)
    await wire.settle()

    await wire.post("urn:out", 2, pubstatus="withheld")
    await wire.post("urn:new", 1, pubstatus="withheld")
    await wire.settle()

    told = [(got.story, got.status) for got in wire.partners.got]
    assert told == [("urn:out", "usable"), ("urn:out", "withheld")]


async def test_a_retrying_original_is_not_sent_after_its_kill(wire: SmallWire) -> None:
    await wire.post("urn:a", 1)
    await wire.classify()
    await wire.publish()
    await wire.push(answer=500)

    await wire.post("urn:a", 2, pubstatus="canceled")
    await wire.classify()
    await wire.publish()
    await wire.push(answer=500)
    await wire.settle()

    assert [got.status for got in wire.got_by("p", "urn:a")] == ["canceled"]


async def test_a_late_older_version_is_not_sent_after_a_newer_one(wire: SmallWire) -> None:
    await wire.post("urn:a", 2)
    await wire.settle()

    receipt = await wire.post("urn:a", 1)
    await wire.settle()

    assert receipt.outcome == "superseded"
    assert wire.versions("p") == [2]


async def test_a_correction_reaches_a_partner_whose_entitlement_has_ended(wire: SmallWire) -> None:
    await wire.post("urn:a", 1)
    await wire.settle()
    wire.configure([{"id": "p", "takes": [{"topics": ["Tennis"]}]}])

    await wire.post("urn:a", 2, signal="sig:correction")
    await wire.settle()

    assert wire.versions("p") == [1, 2]


async def test_an_embargo_survives_a_restart_and_ends_on_time(
    wire: SmallWire, redis: Redis
) -> None:
    until = NOON + timedelta(hours=1)
    await wire.post("urn:a", 1, embargoed=until.isoformat())
    await wire.settle()

    restarted = SmallWire(redis, [{"id": "p"}])
    restarted.now = until
    await restarted.settle()

    assert restarted.versions("p") == [1]
