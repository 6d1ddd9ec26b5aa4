from hypothesis import given
from hypothesis import strategies as st

from depesche.restarts import LASTING, SOON, deaths_in_a_row, next_pause

deaths = st.integers(min_value=0, max_value=10_000)


def test_the_first_death_is_mended_at_once() -> None:
    assert next_pause(deaths_in_a_row(0, 0.1)) == 0


def test_the_pause_doubles_while_it_keeps_dying_soon() -> None:
    assert [next_pause(count) for count in range(1, 8)] == [0, 0.1, 0.2, 0.4, 0.8, 1.6, 2.0]


def test_a_lasting_life_starts_the_count_afresh() -> None:
    assert deaths_in_a_row(9, LASTING) == 1


def test_a_middling_life_neither_adds_nor_forgives() -> None:
    assert deaths_in_a_row(4, SOON) == 4


@given(deaths)
def test_a_pause_never_shrinks_and_never_exceeds_two_seconds(count: int) -> None:
    assert 0 <= next_pause(count) <= next_pause(count + 1) <= 2.0


@given(deaths, st.floats(min_value=0, max_value=1e6))
def test_a_death_always_counts_and_by_one_at_most(earlier: int, lived: float) -> None:
    assert 1 <= deaths_in_a_row(earlier, lived) <= earlier + 1
