"""Writes a story as the plain text of an article page: breadcrumb, kicker, headline, body."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from services.publish.formats.datelines import has_dateline
from services.publish.formats.profiles import Profile, Rendered
from shared.events import Labels, Revision
from shared.story import Picture, Status, Story

CONTENT_TYPE: Final = "text/plain; charset=utf-8"
RECALLS: Final = {
    Status.CANCELED: (
        "ACHTUNG: Diese Meldung wurde von der Agentur zurückgezogen "
        "und darf nicht verwendet werden."
    ),
    Status.WITHHELD: (
        "ACHTUNG: Diese Meldung wird von der Agentur zurückgehalten "
        "und darf bis auf Weiteres nicht verwendet werden."
    ),
}
CORRECTION: Final = "Berichtigung:"


def render(story: Story, revision: Revision, tags: Labels, profile: Profile) -> Rendered:
    """Write the page; a recalled story keeps its headline and loses picture and body.

    Notes to editors are never part of it (wire-rules 5.2, 6.10, 10.1).
    """
    headline = _line(story.headline)
    blocks = [
        _breadcrumb((*(profile.channel or (tags.section.name,)), headline)),
        _line(_kicker(story, tags)),
        headline,
    ]
    if revision.status is Status.USABLE:
        blocks += [_picture(story), _times(story, revision, profile.timezone)]
        blocks += [_correction(story), _body(story)]
    else:
        blocks += [_times(story, revision, profile.timezone), RECALLS[revision.status]]
    return Rendered("\n\n".join(filter(None, blocks)).encode(), CONTENT_TYPE)


def _line(text: str) -> str:
    return " ".join(text.split())


def _breadcrumb(steps: tuple[str, ...]) -> str:
    return "\n  ".join(f"{at}. {_line(step)}" for at, step in enumerate(steps, 1) if step)


def _kicker(story: Story, tags: Labels) -> str:
    return tags.topics[0].name if tags.topics else story.kicker or tags.section.name


def _picture(story: Story) -> str:
    """Caption and credit of the first picture that has any; the page shows one."""
    captions = (_caption(picture) for picture in story.pictures)
    return next((caption for caption in captions if caption), "")


def _caption(picture: Picture) -> str:
    credit = f"© {picture.credit}" if picture.credit else None
    return _line(" | ".join(filter(None, (picture.caption, credit))))


def _times(story: Story, revision: Revision, timezone: str) -> str:
    """Write published | updated: when the first version was created, else this; and when this was.

    What the agency did not say is the time of receipt.
    """
    updated = story.version_created or revision.received_at
    published = story.first_created or updated
    return f"{_local(published, timezone)[:10]} | {_local(updated, timezone)}"


def _local(moment: datetime, timezone: str) -> str:
    local = moment.astimezone(ZoneInfo(timezone or "UTC"))
    return f"{local.day:02}.{local.month:02}.{local.year:04}, {local.hour:02}:{local.minute:02}"


def _correction(story: Story) -> str:
    """Say what was corrected as far as it is meant for readers (wire-rules 5.2)."""
    is_one = (story.signal or "").rpartition(":")[2].casefold() == "correction"
    if story.correction_note:
        return f"{CORRECTION} {_line(story.correction_note).removeprefix(CORRECTION).strip()}"
    return CORRECTION if is_one else ""


def _body(story: Story) -> str:
    if not story.body_text or has_dateline(story.body_text, story.dateline):
        return story.body_text
    place, credit = story.dateline.place, story.dateline.credit
    opening = " ".join(filter(None, (place, credit and f"({credit})")))
    return f"{_line(opening)}. {story.body_text}" if opening else story.body_text
