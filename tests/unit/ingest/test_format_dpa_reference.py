"""dpa's own files: what their entries become, and that its text wires tell the same."""

import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from services.ingest.formats import ReadStory, read
from shared.story import Dateline

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
SUMMER, WINTER = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
PAIRS = {"dw-1": "dw-1", "nsb_n1": "nsb-n1", "tvo_pol": "tvo-pol", "lesestuecke": "lesestuecke"}


def test_an_entry_with_a_correction_comes_out_as_dpa_meant_it() -> None:
    found = _read("digitalwires/dw-1.json")

    story = found.story
    paragraphs = story.body_text.split("\n\n")
    assert (found.format, found.delivery_id) == (
        "digitalwires",
        "Z8jrhrHBTmyugdXXncs6FYixMeAc4CQeewCKm7Jk",
    )
    assert story.story_id == "urn:newsml:dpa.com:20090101:240923-930-240378"
    assert (story.agency_version, story.status, story.urgency) == (2, "usable", 3)
    assert story.version_created == datetime(2024, 9, 24, 12, 5, 52, tzinfo=SUMMER)
    assert story.signal == "sig:correction"
    assert story.headline == "«Mythos Jungfernhäutchen» - Zwischen Aufklärung und Kommerz"
    assert story.dateline == Dateline(place="Waghäusel", credit="dpa")
    assert (story.credit, story.byline) == ("dpa", "Von Marco Krefting und Sunrita Sen, dpa")
    assert [subject.code for subject in story.subjects] == [
        *("dpasubject:346", "medtop:20000768", "dpaarea:1", "dpacountry:1", "dpacat:vm"),
        "dpatextgenre:14",
    ]
    assert story.keywords == ("Frauen",)
    assert len(paragraphs) == 19
    assert paragraphs[0].startswith("Waghäusel (dpa) - Die meisten Kundinnen")
    assert paragraphs[-1].endswith("weit verbreitet gewesen.")
    assert "im letzten Absatz, 4. Satz" in (story.ed_note or "").replace("Im", "im")
    assert story.correction_note is None
    assert story.publishable


@pytest.mark.parametrize(
    ("name", "urn", "version", "urgency", "publishable", "paragraphs"),
    [
        ("hoerfunk", "241120-99-92781", 6, 3, False, 4),
        ("lesestuecke", "240925-930-242782", 1, 4, False, 8),
        ("nsb_n1", "240925-930-243473", 1, 4, True, 1),
        ("starline", "190617-99-676016", 2, 4, True, 6),
        ("tvo_pol", "99-240924-240924082808397", 2, 3, False, 80),
    ],
)
def test_an_entry_of_dpa_comes_out_with_its_identity(
    name: str, urn: str, version: int, urgency: int, paragraphs: int, *, publishable: bool
) -> None:
    story = _read(f"digitalwires/{name}.json").story

    assert story.story_id == f"urn:newsml:dpa.com:20090101:{urn}"
    assert (story.agency_version, story.urgency) == (version, urgency)
    assert story.publishable is publishable
    assert story.body_text.count("\n\n") == paragraphs - 1


def test_an_entry_that_dpa_resells_is_aps() -> None:
    story = _read("digitalwires/no_notepad.json").story

    assert story.story_id == "urn:newsml:ap.org:20230101:cd1ee53edee0df1bf00de01b044366b4"
    assert (story.agency_version, story.credit, story.byline) == (4, "AP", "By ASHOK SHARMA")
    assert story.version_created == datetime(2024, 11, 21, 11, 13, 20, tzinfo=WINTER)
    assert story.signal == "sig:correction"
    assert story.headline.startswith("Shares in India's Adani Group plunge 20%")
    assert story.body_text.startswith("One of Asia’s richest men")
    assert story.body_text.endswith("compete with rival Beijing in the region.")
    assert len(story.pictures) == 5
    assert story.usage_terms is not None


def test_the_picture_of_an_entry_comes_with_caption_and_credit() -> None:
    [picture] = _read("digitalwires/starline.json").story.pictures

    assert (picture.caption or "").startswith("Jürgen Vogel gewinnt")
    assert picture.credit == "Mohssen Assanimoghaddam/dpa"
    assert "-s2048.jpeg" in (picture.href or "")


@pytest.mark.parametrize(
    ("name", "sent", "urgency", "category"),
    [
        ("dw-1", datetime(2024, 9, 24, 12, 5, tzinfo=SUMMER), 3, "dpacat:vm"),
        ("nsb-n1", datetime(2024, 9, 25, 18, 52, tzinfo=SUMMER), 4, "dpacat:vm"),
        ("tvo-pol", datetime(2024, 9, 24, 9, 42, tzinfo=SUMMER), 3, "dpacat:pl"),
        ("lesestuecke", datetime(2024, 9, 25, 11, 0, tzinfo=SUMMER), 4, "dpacat:pl"),
    ],
)
def test_a_text_wire_of_dpa_comes_out_with_time_urgency_and_desk(
    name: str, sent: datetime, urgency: int, category: str
) -> None:
    found = _read(f"iptc7901/{name}.iptc")

    assert found.format == "iptc7901"
    assert found.story.version_created == sent
    assert found.story.urgency == urgency
    assert found.story.credit == "dpa"
    assert found.story.story_id.startswith(f"urn:depesche:dpa:{sent.date()}:")
    assert [subject.code for subject in found.story.subjects] == [category]
    assert "+49" not in found.story.body_text.removeprefix("Auf www.dpa-news.de")[1200:]


@pytest.mark.parametrize("name", PAIRS)
def test_the_text_wire_tells_the_same_as_the_entry(name: str) -> None:
    entry = _read(f"digitalwires/{name}.json").story
    wire = _read(f"iptc7901/{PAIRS[name]}.iptc").story

    assert wire.headline == entry.headline
    assert wire.publishable is entry.publishable
    assert wire.signal == entry.signal
    assert wire.dateline == entry.dateline
    assert wire.byline == entry.byline
    # Where a line of a diary ended at the wire's width by chance, the wire does not tell a break from a wrap.
    assert _paragraphs(wire.body_text) == _paragraphs(entry.body_text)
    if name != "tvo_pol":
        assert wire.body_text == entry.body_text


def _paragraphs(text: str) -> list[list[str]]:
    return [paragraph.split() for paragraph in text.split("\n\n")]


def _read(name: str) -> ReadStory:
    folder = Path(os.environ.get("DEPESCHE_REFERENCE", str(ROOT.parent / "shared")))
    assert folder.is_dir(), f"no reference material in {folder}: set DEPESCHE_REFERENCE"
    body = (folder / "wires" / name).read_bytes()
    [found] = read(body, content_type=None, received_at=NOW)
    return found
