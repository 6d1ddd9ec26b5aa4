"""What a new version says it changed."""

from datetime import UTC, datetime

import pytest

from services.ingest.changes import Change, changes
from shared.story import Picture, Status, Story

TEXT = "Musterau (SID) - Der Club gewann 2:1 in Ostheim. Trainer Brahms freute sich."


def a_story(**more: object) -> Story:
    return Story.model_validate(
        {"story_id": "urn:a", "headline": "Club gewinnt", "body_text": TEXT, **more}
    )


@pytest.mark.parametrize(
    ("more", "change"),
    [
        ({"headline": "Club siegt"}, Change.HEADLINE),
        ({"body_text": TEXT.replace("2:1", "3:1")}, Change.FACTS),
        ({"body_text": TEXT.replace("Brahms", "Quandt")}, Change.FACTS),
        ({"body_text": TEXT.replace("freute sich", "jubelte")}, Change.WORDING),
        ({"ed_note": "Berichtigt wird das Ergebnis."}, Change.NOTE),
        ({"correction_note": "Das Ergebnis wurde berichtigt."}, Change.NOTE),
        ({"embargoed": datetime(2026, 9, 14, tzinfo=UTC)}, Change.EMBARGO),
        ({"pictures": (Picture(caption="Der Club"),)}, Change.PICTURES),
        ({"slug": "club"}, Change.METADATA),
        ({"teaser": "Drei Kräne"}, Change.METADATA),
        ({"urgency": 2}, Change.METADATA),
        ({"signal": "sig:correction"}, Change.METADATA),
    ],
)
def test_a_change_is_named_for_what_it_is(more: dict[str, object], change: Change) -> None:
    assert changes(a_story(), a_story(**more)) == (change,)


def test_version_times_and_repairs_are_no_change() -> None:
    later = a_story(agency_version=2, version_created=datetime.now(UTC), repairs=("x",))

    assert changes(a_story(), later) == ()


def test_a_kill_changes_the_status_and_not_the_text_it_takes_back() -> None:
    kill = a_story(status=Status.CANCELED, body_text="")

    assert changes(a_story(), kill) == (Change.STATUS,)
