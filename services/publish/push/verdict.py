"""What becomes of a log entry after an attempt to push it. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.publish.push.transport import Answer
from services.publish.retries import (
    Delivered,
    Gone,
    Refused,
    Retry,
    RetryAt,
    next_attempt,
    outcome_of,
    seconds_of,
)
from shared.dead_letters import DeadLetter, Kind
from shared.events import LogEntry
from shared.record import Delivery, State
from shared.story import Status


@dataclass(frozen=True, slots=True)
class Ended:
    """The delivery's new state; `gone` says why pushing to this partner stops for good."""

    delivery: Delivery
    gone: str | None = None

    def letter(self, partner: str, entry: LogEntry) -> DeadLetter | None:
        """Return the dead letter of a delivery that is dead, else None."""
        if self.delivery.state is not State.DEAD:
            return None
        return DeadLetter(
            kind=Kind.UNDELIVERABLE,
            why=self.delivery.why or "",
            stage="publish",
            story_id=entry.story_id,
            version=entry.version,
            partner=partner,
            entry=self.delivery.entry,
        )


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt, counted from 1, and the conditions under which the next is planned."""

    number: int
    at: datetime
    schedule: tuple[float, ...]
    jitter: float


def superseded(entry_id: str, attempts: int, now: datetime, by: int) -> Ended:
    """Say that an entry is older than what its log holds of the story: never sent (wire-rules 2.6)."""
    why = f"version {by} is newer"
    return Ended(
        Delivery(state=State.SUPERSEDED, entry=entry_id, at=now, attempts=attempts, why=why)
    )


def expired(entry: LogEntry, entry_id: str, attempts: int, now: datetime) -> Ended | None:
    """Say that an entry may not be used any more, so is not sent (wire-rules 9.1), or None."""
    if entry.expires is None or entry.expires > now:
        return None
    why = f"expired at {entry.expires.isoformat()} (wire-rules 9.1)"
    return Ended(Delivery(state=State.FILTERED, entry=entry_id, at=now, attempts=attempts, why=why))


def after(entry: LogEntry, entry_id: str, attempt: Attempt, answer: Answer) -> Ended:
    """Decide: sent, open until another attempt, dead, or open with the partner gone."""
    kill = entry.status is not Status.USABLE
    asked = seconds_of(answer.retry_after, attempt.at)

    def ended(state: State, why: str | None = None, wait_s: float | None = None) -> Delivery:
        next_at = None if wait_s is None else attempt.at + timedelta(seconds=wait_s)
        return Delivery(
            state=state,
            entry=entry_id,
            at=attempt.at,
            attempts=attempt.number,
            next_at=next_at,
            why=why,
        )

    match outcome_of(answer.status, answer.failure, asked, kill=kill):
        case Delivered():
            return Ended(ended(State.SENT))
        case Refused(why):
            return Ended(ended(State.DEAD, why))
        case Gone(why):
            return Ended(ended(State.OPEN, why, 0.0), gone=why)
        case Retry(why, wait_s):
            plan = next_attempt(attempt.number, attempt.schedule, attempt.jitter, wait_s, kill=kill)
            if isinstance(plan, RetryAt):
                return Ended(ended(State.OPEN, why, plan.delay_s))
            return Ended(ended(State.DEAD, f"{why}; {plan.why}"))
