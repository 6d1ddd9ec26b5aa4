"""Laws of judging revisions (wire-rules 2 and 6): the order of arrival decides nothing."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from services.ingest.revisions import Accept, Duplicate, Standing, Superseded, judge, stands_as
from shared.story import Status, Story

NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)
STATUSES = st.sampled_from(Status)


def a_story(version: int | str | None, minute: int | None, status: Status) -> Story:
    created = None if minute is None else NOON + timedelta(minutes=minute)
    return Story(
        story_id="urn:a",
        headline="H",
        agency_version=version,
        version_created=created,
        status=status,
    )


numbered = st.lists(
    st.tuples(st.integers(0, 6), st.none() | st.integers(0, 3), STATUSES),
    min_size=1,
    max_size=6,
    unique_by=lambda told: told[0],
)
timed = st.lists(
    st.tuples(st.none() | st.just("a"), st.integers(0, 9), STATUSES),
    min_size=1,
    max_size=6,
    unique_by=lambda told: told[1],
)
one_number = st.lists(
    st.tuples(st.just(3), st.integers(0, 9), STATUSES),
    min_size=1,
    max_size=6,
    unique_by=lambda told: told[1],
)
huge = st.lists(
    st.tuples(st.integers(10**9, 10**18), st.none(), STATUSES),
    min_size=1,
    max_size=4,
    unique_by=lambda told: told[0],
)


def outcome(stories: list[Story]) -> tuple[Standing | None, list[int]]:
    """What stands in the end, and the numbers of what was accepted on the way."""
    standing: Standing | None = None
    seen: dict[Story, int] = {}
    accepted: list[int] = []
    for story in stories:
        decision = judge(standing, seen.get(story), story)
        if isinstance(decision, Accept):
            standing = stands_as(story, decision.version)
            seen[story] = decision.version
            accepted.append(decision.version)
    return standing, accepted


@given(st.one_of(numbered, timed, one_number, huge), st.data())
def test_any_order_with_repeats_ends_with_the_same_revision(
    told: list[tuple[int | str | None, int | None, Status]], data: st.DataObject
) -> None:
    stories = [a_story(*each) for each in told]
    repeats = data.draw(st.lists(st.sampled_from(stories), max_size=6))
    one = data.draw(st.permutations([*stories, *repeats]))
    other = data.draw(st.permutations([*stories, *repeats]))

    first, accepted = outcome(one)
    second, _ = outcome(other)

    assert first is not None
    assert second is not None
    assert first.model_dump(exclude={"version"}) == second.model_dump(exclude={"version"})
    assert accepted == sorted(set(accepted))


@given(st.integers(0, 9), st.permutations(list(Status)))
def test_of_one_version_in_every_status_the_gravest_stands(
    version: int, order: list[Status]
) -> None:
    standing, _ = outcome([a_story(version, 0, status) for status in order])

    assert standing is not None
    assert standing.status is Status.CANCELED


class OneStory(RuleBasedStateMachine):
    """A desk sends versions of one story; what was killed stays so for all that is not newer."""

    def __init__(self) -> None:
        super().__init__()
        self.standing: Standing | None = None
        self.accepted: list[Story] = []
        self.killed_at: int | None = None

    @rule(version=st.integers(0, 5), status=STATUSES)
    def a_version_comes(self, version: int, status: Status) -> None:
        story = a_story(version, version, status)
        decision = judge(self.standing, None, story)
        if isinstance(decision, Accept):
            before = self.standing.version if self.standing else -1
            assert decision.version > before
            self.standing = stands_as(story, decision.version)
            self.accepted.append(story)
            if status is Status.CANCELED:
                self.killed_at = version

    @precondition(lambda self: self.accepted)
    @rule(data=st.data())
    def a_version_comes_again(self, data: st.DataObject) -> None:
        story = data.draw(st.sampled_from(self.accepted))

        assert judge(self.standing, 1, story) == Duplicate(1)

    @precondition(lambda self: self.standing)
    @rule()
    def copy_that_tells_neither_version_nor_time_comes(self) -> None:
        decision = judge(self.standing, None, a_story(None, None, Status.USABLE))

        assert self.standing is not None
        if self.standing.status is not Status.USABLE:
            assert decision == Superseded(self.standing.version)

    @invariant()
    def life_after_a_kill_needs_a_newer_version(self) -> None:
        if self.killed_at is not None and self.standing is not None:
            newer = self.standing.agency_version
            assert isinstance(newer, int)
            assert self.standing.status is Status.CANCELED or newer > self.killed_at


TestOneStory = OneStory.TestCase
