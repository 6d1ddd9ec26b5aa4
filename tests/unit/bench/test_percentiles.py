import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.latency.percentiles import percentile, waits

MS = 1_000_000


@given(st.lists(st.floats(0, 1e6), min_size=1).map(sorted), st.floats(0.01, 1))
def test_a_percentile_is_the_least_value_that_covers_its_share(
    ordered: list[float], share: float
) -> None:
    value = percentile(ordered, share)

    assert sum(each <= value for each in ordered) >= share * len(ordered) - 1e-9
    assert sum(each < value for each in ordered) < share * len(ordered)


def test_a_wait_runs_from_the_schedule_to_the_first_arrival() -> None:
    moments = {"a": 100 * MS, "b": 200 * MS}
    arrivals = [("p1", "a", 103 * MS), ("p1", "b", 205 * MS), ("p1", "a", 900 * MS)]

    measured = waits(moments, arrivals, partners=1)

    assert (measured.p50, measured.p99, measured.longest) == (3.0, 5.0, 5.0)
    assert (measured.arrived, measured.missing, measured.twice) == (2, 0, 1)


def test_what_never_came_is_counted_as_missing() -> None:
    measured = waits({"a": 0, "b": 0}, [("p1", "a", MS)], partners=2)

    assert measured.missing == 3


def test_stories_of_the_warm_up_do_not_count() -> None:
    measured = waits({"a": 0}, [("p1", "warm", 500 * MS), ("p1", "a", MS)], partners=1)

    assert (measured.arrived, measured.twice, measured.longest) == (1, 0, 1.0)


def test_a_run_in_which_nothing_arrived_has_no_percentiles() -> None:
    with pytest.raises(ValueError, match="nothing arrived"):
        waits({"a": 0}, [], partners=1)
