"""A real AFP file, read by hand, against what the parser makes of it."""

import os
from datetime import UTC, datetime
from pathlib import Path

from services.ingest.formats import read
from shared.story import Dateline, Status

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


def test_an_agencys_own_newsml_comes_out_as_a_person_reads_it() -> None:
    folder = Path(os.environ.get("DEPESCHE_REFERENCE", str(ROOT.parent / "shared")))
    body = (folder / "wires" / "newsml-1.2" / "afp.xml").read_bytes()

    [found] = read(body, content_type=None, received_at=NOW)

    story = found.story
    paragraphs = story.body_text.split("\n\n")
    assert (found.format, found.delivery_id) == ("newsml-1.2", "20210516T080625Z/0235")
    assert story.story_id == "urn:newsml:afp.com:20210516T080625Z:TX-PAR-WGF71"
    assert (story.agency_version, story.status, story.urgency) == (1, Status.USABLE, 4)
    assert story.version_created == datetime(2021, 5, 16, 8, 6, 25, tzinfo=UTC)
    assert story.signal == "sig:update"
    assert story.headline == "Israel strikes key Hamas targets as UN Security Council to meet"
    assert story.slug == "Israel-Palestinians-conflict"
    assert story.dateline == Dateline(place="Gaza City, Palestinian Territories", credit="AFP")
    assert (story.credit, story.language) == ("AFP", "en")
    assert story.byline == "Adel Zaanoun with Guillaume Lavallee in Jerusalem"
    assert [subject.code for subject in story.subjects] == [
        "subj:16000000",
        "subj:16002000",
        "subj:02003000",
        "subj:11000000",
        "subj:02000000",
        "subj:02003001",
    ]
    assert story.keywords == ("Israel", "Palestinians", "conflict")
    assert (story.ed_note or "").startswith("RECASTS with attack")
    assert len(paragraphs) == 42
    assert paragraphs[0].startswith("Israel's army said Sunday it had bombed")
    assert paragraphs[10] == "- Media offices destroyed -"
    assert paragraphs[-2].endswith("used water cannon against them.")
    assert story.repairs == ()
