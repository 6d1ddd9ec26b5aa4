"""Which of the entries just appended a push may begin with."""

from datetime import UTC, datetime

from services.publish.additions import newest
from services.publish.partner_log import Addition, Appended
from shared.events import Lane, LogEntry, Revision
from shared.story import Status

NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)


def appended(
    version: int, outcome: str, *, partner: str = "p", story: str = "urn:a", pushed: bool = True
) -> Appended:
    revision = Revision(
        story_id=story,
        version=version,
        status=Status.USABLE,
        lane=Lane.ROUTINE,
        desk="sid",
        received_at=NOON,
    )
    entry = LogEntry(
        story_id=story, version=version, status=Status.USABLE, section="Sport", body="1:ninjs-3.1"
    )
    addition = Addition(partner, pushed, False, revision, entry, b"{}", b"{}")
    return Appended(addition, outcome, f"{version}-0" if outcome == "open" else "")


def test_of_several_versions_in_a_batch_only_the_last_is_begun_with() -> None:
    batch = [
        appended(1, "open"),
        appended(1, "open", partner="q"),
        appended(1, "open", story="urn:b"),
        appended(3, "open"),
    ]

    found = newest(batch)

    told = {(a.addition.partner, a.addition.revision.story_id): a.id for a in found}
    assert told == {("p", "urn:a"): "3-0", ("q", "urn:a"): "1-0", ("p", "urn:b"): "1-0"}


def test_what_stands_already_is_told_again_and_what_is_superseded_never() -> None:
    batch = [appended(2, "same"), appended(1, "superseded"), appended(4, "sent", pushed=False)]

    found = newest(batch)

    assert [one.outcome for one in found] == ["same"]
