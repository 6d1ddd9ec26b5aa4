from bench.contenders.depesche_desk import DEPESCHE
from bench.contenders.field import BARE, CELERY, CONTENDERS, HOP
from bench.race import Round
from bench.standings import Standing, depesche_rate, is_met, ratio


def a_standing(*rates: float) -> Standing:
    return Standing(CELERY, [Round(rate, cpu=0.002, redis_cpu=0.0005) for rate in rates])


def test_a_standing_is_the_median_of_its_rounds_with_the_extremes_beside_it() -> None:
    standing = a_standing(700, 100, 600)

    assert standing.rate == 600
    assert standing.spread == (100, 700)


def test_cpu_is_told_in_milliseconds_a_story() -> None:
    assert a_standing(1).cpu == (2.0, 0.5)


def test_the_target_is_met_from_its_very_number_on() -> None:
    assert is_met(a_standing(100), depesche=600) is True
    assert is_met(a_standing(100), depesche=599) is False


def test_nothing_is_said_of_a_target_where_one_side_did_not_finish() -> None:
    assert is_met(a_standing(), depesche=600) is None
    assert is_met(a_standing(100), depesche=None) is None
    assert ratio(600, None) is None


def test_depesche_is_the_one_that_the_others_are_measured_by() -> None:
    theirs, ours = Standing(BARE, [Round(9, 0, 0)]), Standing(DEPESCHE, [Round(5, 0, 0)])

    assert depesche_rate([theirs, ours]) == 5
    assert depesche_rate([theirs, Standing(HOP, [Round(7, 0, 0)])]) is None


def test_everyone_has_a_name_of_their_own() -> None:
    assert len({each.name for each in CONTENDERS}) == len(CONTENDERS) == 6
