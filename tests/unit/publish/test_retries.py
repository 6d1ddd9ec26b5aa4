from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.publish.partners import WebhookRules
from services.publish.retries import (
    Delivered,
    GiveUp,
    Gone,
    Outcome,
    Refused,
    Retry,
    RetryAt,
    next_attempt,
    outcome_of,
    seconds_of,
)

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
SCHEDULE = (5.0, 30.0, 7200.0)
HOUR = 3600.0
SCHEDULES = st.lists(st.floats(0.1, 10 * HOUR), min_size=1, max_size=12).map(
    lambda delays: tuple(sorted(delays))
)
ASKED = st.none() | st.floats(0, 1e9)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *((status, Delivered()) for status in (200, 202, 204, 299, 409)),
        (410, Gone("the partner answered 410 Gone")),
        *(
            (status, Retry(f"the partner answered {status}", 7.0))
            for status in (408, 425, 429, 500, 503, 599)
        ),
        *(
            (status, Refused(f"the partner answered {status}"))
            for status in (301, 302, 304, 307, 400, 401, 403, 404, 413, 422)
        ),
    ],
)
def test_an_answer_is_judged_by_its_status(status: int, outcome: Outcome) -> None:
    assert outcome_of(status, None, 7.0, kill=False) == outcome


def test_without_an_answer_there_is_another_attempt() -> None:
    assert outcome_of(None, "timed out after 10 s", None, kill=False) == Retry(
        "timed out after 10 s"
    )
    assert outcome_of(None, None, None, kill=False) == Retry("no answer")


@given(status=st.none() | st.integers(100, 599))
def test_a_kill_is_never_refused(status: int | None) -> None:
    assert not isinstance(outcome_of(status, None, None, kill=True), Refused)


def test_each_failed_attempt_waits_for_the_next_delay_until_the_schedule_ends() -> None:
    plans = [next_attempt(at, SCHEDULE, 0.0, None, kill=False) for at in (1, 2, 3, 4)]

    assert plans == [RetryAt(5.0), RetryAt(30.0), RetryAt(7200.0), GiveUp("4 attempts failed")]


def test_a_kill_repeats_the_last_delay_of_at_most_an_hour_for_ever() -> None:
    plans = [next_attempt(at, SCHEDULE, 1.0, 9 * HOUR, kill=True) for at in (1, 3, 4, 10_000)]
    short = next_attempt(10_000, (5.0, 30.0), 0.0, None, kill=True)

    assert plans == [RetryAt(HOUR)] * 4
    assert short == RetryAt(30.0)


@pytest.mark.parametrize(
    ("asked", "delay"), [(None, 5.0), (0.0, 5.0), (3.0, 5.0), (60.0, 60.0), (1e9, 10 * HOUR)]
)
def test_retry_after_raises_the_delay_up_to_ten_hours(asked: float | None, delay: float) -> None:
    assert next_attempt(1, SCHEDULE, 0.0, asked, kill=False) == RetryAt(delay)


@given(
    schedule=SCHEDULES,
    attempt=st.integers(1, 20),
    jitter=st.floats(0, 1),
    asked=ASKED,
    kill=st.booleans(),
)
def test_a_delay_is_bounded_by_schedule_jitter_and_what_was_asked(
    schedule: tuple[float, ...], attempt: int, jitter: float, asked: float | None, *, kill: bool
) -> None:
    plan = next_attempt(attempt, schedule, jitter, asked, kill=kill)

    if isinstance(plan, GiveUp):
        assert not kill
        assert attempt > len(schedule)
    else:
        base = schedule[min(attempt, len(schedule)) - 1]
        assert min(base, HOUR) <= plan.delay_s <= max(base * 1.2, min(asked or 0, 10 * HOUR))
        assert not kill or plan.delay_s <= HOUR


@given(schedule=SCHEDULES, asked=ASKED, kill=st.booleans())
def test_later_attempts_of_a_rising_schedule_never_wait_less(
    schedule: tuple[float, ...], asked: float | None, *, kill: bool
) -> None:
    plans = [next_attempt(at + 1, schedule, 0.0, asked, kill=kill) for at in range(len(schedule))]
    delays = [plan.delay_s for plan in plans if isinstance(plan, RetryAt)]

    assert len(delays) == len(schedule)
    assert delays == sorted(delays)


def test_the_usual_schedule_gives_up_after_eleven_attempts() -> None:
    schedule = WebhookRules().retries

    assert isinstance(next_attempt(10, schedule, 0.0, None, kill=False), RetryAt)
    assert isinstance(next_attempt(11, schedule, 0.0, None, kill=False), GiveUp)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        (" 0 ", 0.0),
        ("9" * 40, 10 * HOUR),
        ("-5", None),
        ("soon", None),
        ("1.5", None),
        ("", None),
        (format_datetime(NOON + timedelta(minutes=2), usegmt=True), 120.0),
        (format_datetime(NOON - timedelta(minutes=2), usegmt=True), 0.0),
        ("Wed, 01 May 2024 12:00:30 -0000", 30.0),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(
    header: str | None, seconds: float | None
) -> None:
    assert seconds_of(header, NOON) == seconds


@given(st.text() | st.from_regex(r"\w{3}, \d+ May \d+ \d+:\d+:\d+ (GMT|[+-]\d+)", fullmatch=True))
def test_no_retry_after_breaks_a_delivery(header: str) -> None:
    seconds = seconds_of(header, NOON)

    assert seconds is None or seconds >= 0
