"""The reference material: the seed article comes out exactly, agencies' own ninjs files parse."""

import json
import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from services.ingest.formats import ReadStory, read
from shared.story import Dateline, Picture, Status

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
NINJS = {
    "2.1-ntb_text": ("ninjs-2.2", 6),
    "2.1-simple": ("ninjs-2.2", None),
    "3.0-20231004-UEFA-ChampionLeague": ("ninjs-3.1", None),
    "3.0-businesswire-newsml-20130731006140": ("ninjs-3.1", 1),
    "3.0-ninjsExSimpleText_3": ("ninjs-3.1", None),
    "3.0-ntb_text": ("ninjs-3.1", 6),
    "3.0-tt_text_image_3": ("ninjs-3.1", 1),
}


def test_the_seed_article_comes_out_exactly_right() -> None:
    path = next((_reference() / "seed").glob("*.txt"))
    page = path.read_text("utf-8")

    read_story = _read(path)

    story = read_story.story
    summer = timezone(timedelta(hours=2))
    lines = [line.strip() for line in page.splitlines()]
    caption, credit = next(line for line in lines if "©" in line).split(" | © ")
    assert read_story.format == "article"
    assert story.headline == lines[lines.index("Kommentare") - 2]
    assert f"  3. {story.headline}" in page
    assert story.breadcrumb == ("Lifestyle", "Medien")
    assert story.kicker == "Fußball"
    assert story.pictures == (Picture(caption=caption, credit=credit),)
    assert story.first_created == datetime(2019, 5, 21, tzinfo=summer)
    assert story.version_created == datetime(2019, 5, 21, 18, 12, tzinfo=summer)
    assert story.dateline == Dateline(place="Dortmund", credit="SID")
    assert story.credit == "SID"
    assert story.body_text == page[page.index("Dortmund (SID).") :].strip()
    assert story.body_text.count("\n\n") == 4
    assert story.story_id.startswith("urn:depesche:sid:2019-05-21:")
    assert story.status is Status.USABLE
    assert story.publishable
    assert story.repairs == ()


@pytest.mark.parametrize("name", NINJS)
def test_the_agencies_own_ninjs_parses_with_its_fields(name: str) -> None:
    path = _reference() / "wires" / "ninjs" / f"{name}.json"
    source = json.loads(path.read_text("utf-8"))

    read_story = _read(path)

    story = read_story.story
    texts = {entry["value"].strip() for entry in source.get("bodies", source.get("descriptions"))}
    created = source.get("versionCreated") or source.get("versioncreated")
    assert (read_story.format, story.agency_version) == NINJS[name]
    assert story.story_id == source["uri"]
    assert story.headline == source.get("headlines", [{"value": source.get("title")}])[0]["value"]
    assert story.version_created == (datetime.fromisoformat(created) if created else None)
    assert story.urgency == source.get("urgency")
    assert story.byline == source.get("by")
    assert story.ed_note == source.get("edNote", source.get("ednote"))
    assert [subject.name for subject in story.subjects] == [
        subject["name"] for subject in source.get("subjects", [])
    ]
    assert any(_letters(story.body_text) in _letters(text) for text in texts)


def test_a_swedish_story_comes_without_its_head_and_with_caption_credit_and_widest_file() -> None:
    path = _reference() / "wires" / "ninjs" / "3.0-tt_text_image_3.json"

    story = _read(path).story

    [picture] = story.pictures
    paragraphs = story.body_text.split("\n\n")
    assert [text.split()[0] for text in paragraphs] == ["Pandemin", "Aurora", "Aurora", "Precis"]
    assert (picture.caption or "").endswith("Aurora 17.")
    assert picture.credit == "Karl Melander/TT"
    assert (picture.href or "").endswith("a001_NormalHires.jpg")


def test_an_event_without_a_story_is_not_publishable() -> None:
    path = _reference() / "wires" / "ninjs" / "3.0-20231004-UEFA-ChampionLeague.json"

    story = _read(path).story

    assert not story.publishable


def _read(path: Path) -> ReadStory:
    [read_story] = read(path.read_bytes(), content_type=None, received_at=NOW)
    return read_story


def _reference() -> Path:
    folder = Path(os.environ.get("DEPESCHE_REFERENCE", str(ROOT.parent / "shared")))
    assert folder.is_dir(), f"no reference material in {folder}: set DEPESCHE_REFERENCE"
    return folder


def _letters(text: str) -> str:
    """Only the letters, without tags: what every rendering of a text has in common."""
    within = False
    letters: list[str] = []
    for sign in text:
        within = sign == "<" or (within and sign != ">")
        if sign.isalnum() and not within:
            letters.append(sign)
    return "".join(letters)
