"""May a revision leave, and when? Pure: the clock is an argument."""

from dataclasses import dataclass
from datetime import datetime

from shared.story import Status, Story


@dataclass(frozen=True, slots=True)
class Leave:
    """It may go to whoever is entitled."""


@dataclass(frozen=True, slots=True)
class Hold:
    """It stays until its embargo ends (wire-rules 7.5)."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Stay:
    """It goes to nobody who does not have the story already."""

    why: str


def release(story: Story, now: datetime) -> Leave | Hold | Stay:
    """Decide for `now`. A kill is never held: it concerns what is out already (wire-rules 7.6)."""
    if story.status is not Status.USABLE:
        return Stay("nobody has this story, so there is nothing to call back")
    if not story.publishable:
        return Stay("not for publication (wire-rules 10.2)")
    if story.expires is not None and story.expires <= now:
        return Stay(f"expired at {story.expires.isoformat()} (wire-rules 9.1)")
    if story.embargoed is not None and story.embargoed > now:
        return Hold(story.embargoed)
    return Leave()
