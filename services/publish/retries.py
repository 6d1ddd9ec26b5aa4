"""What an answer to a webhook means, and when to try again. Pure: clock and chance are arguments."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

JITTER = 0.2
LONGEST_S = 36_000.0  # 10 h: a partner may not put us off for longer by Retry-After
KILL_LONGEST_S = 3600.0
RETRYABLE_4XX = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Delivered:
    """The partner has it, or something newer (409)."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Worth another attempt, not before `after` seconds if the partner said so."""

    why: str
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Never to be tried again: a dead letter."""

    why: str


@dataclass(frozen=True, slots=True)
class Gone:
    """410: the endpoint is no more; pushing to this partner stops."""

    why: str


Outcome = Delivered | Retry | Refused | Gone


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Try again in so many seconds."""

    delay_s: float


@dataclass(frozen=True, slots=True)
class GiveUp:
    """The schedule is used up: a dead letter."""

    why: str


def outcome_of(
    status: int | None, failure: str | None, retry_after: float | None, *, kill: bool
) -> Outcome:
    """Judge an answer; without a status, `failure` says why there was none (wire-rules 12.2).

    A kill is never refused: it goes on being tried and stays open.
    """
    if status is None:
        return Retry(failure or "no answer")
    if 200 <= status < 300 or status == 409:  # noqa: PLR2004 - HTTP's own numbers
        return Delivered()
    if status == 410:  # noqa: PLR2004 - as above
        return Gone("the partner answered 410 Gone")
    why = f"the partner answered {status}"
    if kill or status >= 500 or status in RETRYABLE_4XX:  # noqa: PLR2004 - as above
        return Retry(why, retry_after)
    return Refused(why)


def next_attempt(
    attempt: int,
    schedule: tuple[float, ...],
    jitter: float,
    retry_after: float | None,
    *,
    kill: bool,
) -> RetryAt | GiveUp:
    """Say when to try again after the failed attempt number `attempt`, counted from 1.

    `jitter` (0 to 1) widens a delay by up to 20 percent; `retry_after` seconds raise it, up to
    10 h. A kill repeats the last delay for ever and never waits longer than 1 h.
    """
    if attempt > len(schedule) and not kill:
        return GiveUp(f"{attempt} attempts failed")
    widened = schedule[min(attempt, len(schedule)) - 1] * (1 + JITTER * jitter)
    delay = max(widened, min(retry_after or 0.0, LONGEST_S))
    return RetryAt(min(delay, KILL_LONGEST_S) if kill else delay)


def seconds_of(retry_after: str | None, now: datetime) -> float | None:
    """Read a Retry-After header: seconds or an HTTP date (RFC 9110, 10.2.3); None if it is neither."""
    if retry_after is None:
        return None
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_S)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # a year or an offset beyond C's integers
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
