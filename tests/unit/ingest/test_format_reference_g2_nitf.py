"""IPTC's own NewsML-G2 files and agencies' NITF, as a reader of them would tell their stories."""

import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from services.ingest.formats import read
from shared.story import Dateline, Status, Story

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
EAST = timezone(timedelta(hours=-5))


def test_the_first_listing_of_the_guidelines_has_metadata_and_no_text() -> None:
    story = _read("newsml-g2/listing-1.xml")

    assert (story.story_id, story.agency_version) == (
        "urn:newsml:acmenews.com:20161018:US-FINANCE-FED",
        11,
    )
    assert story.version_created == datetime(2018, 10, 21, 16, 25, 32, tzinfo=EAST)
    assert story.first_created == datetime(2016, 10, 18, 13, 12, 21, tzinfo=EAST)
    assert story.embargoed == datetime(2018, 10, 23, 12, tzinfo=UTC)
    assert (story.status, story.signal, story.urgency) == (Status.USABLE, "sig:update", None)
    assert story.headline == 'Fed to halt QE to avert "bubble"'
    assert story.slug == "US-Finance-Fed"
    assert story.language == "en-GB"
    assert story.dateline == Dateline(place="Berlin")
    assert [(s.code, s.name) for s in story.subjects] == [
        ("medtop:04000000", "economy, business and finance"),
        ("medtop:20000523", "labour market"),
    ]
    assert (story.usage_terms or "").startswith("Not for use outside")
    assert "STRICTLY EMBARGOED" in (story.ed_note or "")
    assert story.body_text == ""


def test_the_second_listing_has_its_text_in_nitf() -> None:
    story = _read("newsml-g2/listing-2.xml")

    body = story.body_text.split("\n\n")
    assert story.story_id == "urn:newsml:acmenews.com:20161121:US-FINANCE-FED"
    assert story.agency_version == 11
    assert (story.status, story.urgency, story.embargoed) == (Status.USABLE, None, None)
    assert story.headline == 'Fed to halt QE to avert "bubble"'
    assert story.dateline.place == "New York, NY"
    assert story.byline == "By Meredith Jameson, Staff Reporter"
    assert story.credit == "AP"
    assert [s.code for s in story.subjects] == [
        "medtop:04000000",
        "medtop:20000350",
        "medtop:20000379",
    ]
    assert len(body) == 2
    assert body[0].startswith("(New York, NY - October 21) Et, sent luptat")
    assert body[1].endswith("dolutpat, si.")
    assert "\n" not in body[0]


def test_the_sports_listing_has_its_text_in_nitf_and_no_summary_twice() -> None:
    story = _read("newsml-g2/listing-22-sports-nitf.xml")

    body = story.body_text.split("\n\n")
    assert (story.story_id, story.agency_version) == ("tag:xmlteam.com,2016:xt.5932656-preview", 11)
    assert story.version_created == datetime(
        2018, 10, 19, 11, 45, tzinfo=timezone(timedelta(hours=-4))
    )
    assert story.headline.startswith("Preview: Arizona Diamondbacks (29-23) at")
    assert story.headline.endswith("(26-24), 7:05 p.m.")
    assert story.slug == "AAV!PREVIEW-ARI-PHI"
    assert story.byline == "Sports Network"
    assert {"medtop:20000822", "medtop:20000849", "subj:15007000"} <= {
        s.code for s in story.subjects
    }
    assert len(body) == 6
    assert body[0].startswith("(Sports Network) - A pair of teams")
    assert body[-1].endswith("over his last six starts.")


def test_the_starline_of_dpa_has_six_paragraphs_a_picture_and_no_links() -> None:
    story = _read("nitf/dpa-starline.xml")

    body = story.body_text.split("\n\n")
    assert story.story_id == "urn-newsml-dpa-com-20090101-190617-99-676016"
    assert story.agency_version is None
    assert story.version_created == datetime(
        2019, 6, 17, 9, 17, 59, tzinfo=timezone(timedelta(hours=2))
    )
    assert (story.status, story.urgency) == (Status.USABLE, 4)
    assert story.headline == "Zwei Filme gewinnen Hauptpreis bei Emder Filmfest"
    assert story.keywords == ("Auszeichnungen", "Film", "Niedersachsen")
    assert [s.code for s in story.subjects] == ["dpacat:ku"]
    assert story.credit == "dpa"
    assert len(body) == 6
    assert body[0].startswith("Die Produktionen «Don't Shoot»")
    assert body[-1].endswith("Dokumentar- und Kurzfilmen.")
    [picture] = story.pictures
    assert (picture.caption or "").endswith("Foto: Mohssen Assanimoghaddam/dpa")
    assert picture.credit == "Mohssen Assanimoghaddam/dpa"


def test_the_story_of_ntb_has_its_subheads_and_no_addresses() -> None:
    story = _read("nitf/ntb.xml")

    body = story.body_text.split("\n\n")
    assert story.story_id == "NTB5df9281a-a270-4dc5-a618-869bbc3bbca7"
    assert story.agency_version == 0
    assert story.version_created == datetime(
        2021, 5, 16, 9, 0, 4, tzinfo=timezone(timedelta(hours=2))
    )
    assert (story.status, story.urgency) == (Status.USABLE, 5)
    assert story.headline == "Pandemien herjer på den legeløse indiske landsbygda"
    assert story.slug == "india-korona-bygd"
    assert story.dateline == Dateline(place="Unnao")
    assert (story.byline, story.credit) == ("NTB-AFP-DPA", "NTB")
    assert [(s.code, s.name) for s in story.subjects] == [
        ("subj:07001000", "Sykdom"),
        ("subj:07000000", "Medisin og helse"),
    ]
    assert body[0].startswith("Koronapandemien herjer også")
    assert body[-1] == "(©NTB)"
    assert "Myndighetene patruljerer langs elvebredden" in body
    assert len(body) == 22
    assert "@ntb.no" not in story.body_text
    assert len(story.pictures) == 1


@pytest.mark.parametrize("folder", ["newsml-g2", "nitf"])
def test_every_reference_file_has_its_test(folder: str) -> None:
    files = {f"{folder}/{path.name}" for path in (_reference() / "wires" / folder).glob("*.xml")}

    source = Path(__file__).read_text("utf-8")

    assert files
    assert all(f'_read("{name}")' in source for name in files)


def _read(name: str) -> Story:
    path = _reference() / "wires" / name
    [found] = read(path.read_bytes(), content_type=None, received_at=NOW)
    assert found.format == path.parent.name
    return found.story


def _reference() -> Path:
    folder = Path(os.environ.get("DEPESCHE_REFERENCE", str(ROOT.parent / "shared")))
    assert folder.is_dir(), f"no reference material in {folder}: set DEPESCHE_REFERENCE"
    return folder
