from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.revisions import (
    Accept,
    Contradiction,
    Decision,
    Duplicate,
    Standing,
    Superseded,
    digest,
    judge,
    lane_of,
    stands_as,
)
from shared.events import Lane
from shared.story import Status, Story

NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)


def a_story(version: int | str | None = 1, minutes: int | None = 0, **more: object) -> Story:
    created = None if minutes is None else NOON + timedelta(minutes=minutes)
    return Story.model_validate(
        {
            "story_id": "urn:a",
            "headline": "H",
            "agency_version": version,
            "version_created": created,
            **more,
        }
    )


def standing_after(stories: list[Story]) -> tuple[Standing | None, list[Decision]]:
    standing: Standing | None = None
    decisions = []
    for story in stories:
        decision = judge(standing, None, story)
        decisions.append(decision)
        if isinstance(decision, Accept):
            standing = stands_as(story, decision.version)
    return standing, decisions


@pytest.mark.parametrize(("version", "ours"), [(0, 0), (7, 7), ("1a", 1), (None, 1), (-3, 1)])
def test_the_first_revision_keeps_the_agencys_number_where_it_is_one(
    version: int | str | None, ours: int
) -> None:
    assert judge(None, None, a_story(version)) == Accept(ours)


def test_the_same_content_is_a_duplicate_of_the_version_it_was_accepted_as() -> None:
    assert judge(stands_as(a_story(3), 3), 2, a_story(2)) == Duplicate(2)


def test_a_higher_version_wins_over_an_earlier_time() -> None:
    decision = judge(stands_as(a_story(1, 9), 1), None, a_story(2, 3))

    assert isinstance(decision, Accept)
    assert decision.version == 2
    assert "clock is wrong" in decision.remarks[0]


def test_a_late_older_version_is_superseded() -> None:
    assert judge(stands_as(a_story(5), 5), None, a_story(4, 60)) == Superseded(5)


def test_of_one_version_the_later_time_is_newer_and_gets_a_number_of_its_own() -> None:
    assert judge(stands_as(a_story(1, 0), 1), None, a_story(1, 1)) == Accept(2)


def test_same_version_and_time_with_other_content_is_a_contradiction() -> None:
    assert judge(stands_as(a_story(1), 1), None, a_story(1)) == Contradiction(1)


def test_copy_without_version_and_time_is_ordered_by_arrival() -> None:
    assert judge(stands_as(a_story(None, None), 1), None, a_story(None, None)) == Accept(2)


def test_a_kill_of_the_same_version_wins_in_either_order() -> None:
    usable, kill = a_story(1), a_story(1, status=Status.CANCELED)

    assert judge(stands_as(usable, 1), None, kill) == Accept(2)
    assert judge(stands_as(kill, 1), None, usable) == Superseded(1)


def test_a_higher_usable_version_revives_a_killed_story_and_a_lower_does_not() -> None:
    killed = stands_as(a_story(4, status=Status.CANCELED), 4)

    assert judge(killed, None, a_story(3)) == Superseded(4)
    assert judge(killed, None, a_story(5)) == Accept(5)


@pytest.mark.parametrize("status", [Status.CANCELED, Status.WITHHELD])
def test_nothing_that_may_be_older_revives_what_was_called_back(status: Status) -> None:
    recalled = stands_as(a_story(None, None, status=status), 1)

    assert judge(recalled, None, a_story(None, None)) == Superseded(1)
    assert judge(recalled, None, a_story(None, 5)) == Superseded(1)


def test_a_kill_that_comes_first_is_a_tombstone_for_the_late_original() -> None:
    kill = a_story(None, 9, status=Status.CANCELED)

    tombstone = judge(None, None, kill)

    assert tombstone == Accept(1)
    assert judge(stands_as(kill, 1), None, a_story(None, 3)) == Superseded(1)


def test_a_withheld_story_is_released_by_a_later_usable_version() -> None:
    held = stands_as(a_story(2, status=Status.WITHHELD), 2)

    assert judge(held, None, a_story(3)) == Accept(3)
    assert judge(
        stands_as(a_story(None, 1, status=Status.WITHHELD), 1), None, a_story(None, 2)
    ) == (Accept(2))


def test_of_one_version_that_is_held_and_usable_it_is_held_in_either_order() -> None:
    usable, hold = a_story(1), a_story(1, status=Status.WITHHELD)

    assert judge(stands_as(usable, 1), None, hold) == Accept(2)
    assert judge(stands_as(hold, 1), None, usable) == Superseded(1)


def test_an_embargo_that_a_version_no_longer_bears_is_lifted_and_remarked() -> None:
    later = NOON + timedelta(hours=5)
    embargoed = stands_as(a_story(1, embargoed=later), 1)

    lifted = judge(embargoed, None, a_story(2, 60))
    over = judge(embargoed, None, a_story(2, 600))
    moved = judge(embargoed, None, a_story(2, 60, embargoed=later + timedelta(hours=1)))

    assert isinstance(lifted, Accept)
    assert "lifted" in lifted.remarks[0]
    assert (over, moved) == (Accept(2), Accept(2))


def test_what_had_to_be_mended_makes_no_other_content() -> None:
    clean, mended = a_story(1), a_story(1, repairs=("read as windows-1252",))

    def told(story: Story) -> str:
        return digest(story, story.model_dump_json(exclude_none=True).encode())

    assert told(clean) == told(mended)
    assert told(clean) != told(a_story(1, slug="x"))


def test_huge_versions_are_compared_as_numbers() -> None:
    assert judge(stands_as(a_story(10**17), 10**17), None, a_story(10**17 + 1)) == Accept(
        10**17 + 1
    )


@given(st.lists(st.integers(0, 5), min_size=1, max_size=4, unique=True), st.data())
def test_any_order_of_a_storys_versions_ends_with_the_same_one_standing(
    versions: list[int], data: st.DataObject
) -> None:
    orders = list(permutations([a_story(v, v) for v in versions]))
    order = data.draw(st.sampled_from(orders))

    standing, decisions = standing_after(list(order))

    accepted = [d.version for d in decisions if isinstance(d, Accept)]
    assert standing is not None
    assert standing.agency_version == max(versions)
    assert accepted == sorted(set(accepted))


@pytest.mark.parametrize(
    ("more", "lane"),
    [
        ({"urgency": 1}, Lane.URGENT),
        ({"urgency": 2}, Lane.URGENT),
        ({"urgency": 3}, Lane.ROUTINE),
        ({}, Lane.ROUTINE),
        ({"signal": "sig:correction"}, Lane.URGENT),
        ({"signal": "sig:update"}, Lane.ROUTINE),
        ({"signal": "sig:repeat", "urgency": 1}, Lane.ROUTINE),
        ({"signal": "sig:repeat", "status": "canceled"}, Lane.URGENT),
        ({"status": "withheld"}, Lane.URGENT),
        ({"status": "canceled"}, Lane.URGENT),
    ],
)
def test_urgent_work_takes_the_urgent_lane(more: dict[str, object], lane: Lane) -> None:
    assert lane_of(a_story(**more)) is lane  # type: ignore[arg-type] # validated by the model


def test_a_kill_made_earlier_than_the_same_version_stands_all_the_same() -> None:
    usable, kill = a_story(1, 5), a_story(1, 0, status=Status.CANCELED)

    assert judge(stands_as(usable, 1), None, kill) == Accept(2)
    assert judge(stands_as(kill, 1), None, usable) == Superseded(1)
    assert judge(stands_as(kill, 1), None, a_story(2, 5)) == Accept(2)


def test_versions_of_any_length_are_compared_as_numbers() -> None:
    long = "9" * 26

    assert judge(stands_as(a_story(long), 1), None, a_story(6)) == Superseded(1)
    assert isinstance(judge(stands_as(a_story(6), 6), None, a_story(long)), Accept)
