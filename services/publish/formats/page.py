"""Reads a story as an article page shows it: one reading for the plain text and for HTML."""

from dataclasses import dataclass
from datetime import MAXYEAR, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from services.publish.formats.datelines import has_dateline
from services.publish.formats.profiles import Profile
from shared.events import Labels, Revision
from shared.story import Dateline, Picture, Status, Story

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
EMBARGO: Final = "Sperrfrist:"
LONGEST_TEASER: Final = 160


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows, in its order; what is empty is not shown.

    The breadcrumb ends with the headline. Times are the partner's local ones. `recall` stands
    where a recalled story had its picture, notes and body. `correction` begins with CORRECTION.
    """

    breadcrumb: tuple[str, ...]
    kicker: str
    headline: str
    picture: Picture | None
    published: datetime
    updated: datetime
    recall: str
    embargo: datetime | None
    correction: str
    body: str


def page_of(story: Story, revision: Revision, tags: Labels, profile: Profile) -> Page:
    """Read the page; a recalled story keeps its headline and loses picture and body.

    Notes to editors are never part of it (wire-rules 5.2, 6.10, 10.1). A time that the agency
    did not tell is the next that is known: that of the version, that of receipt.
    """
    usable = revision.status is Status.USABLE
    headline = line(story.headline)
    updated = story.version_created or revision.received_at
    steps = (*(profile.channel or (tags.section.name,)), headline)
    return Page(
        breadcrumb=tuple(filter(None, map(line, steps))),
        kicker=line(_kicker(story, tags)),
        headline=headline,
        picture=_picture(story) if usable else None,
        published=_local(story.first_created or updated, profile.timezone),
        updated=_local(updated, profile.timezone),
        recall="" if usable else RECALLS[revision.status],
        embargo=_embargo(story, revision, profile) if usable else None,
        correction=_correction(story) if usable else "",
        body=_body(story) if usable else "",
    )


def line(text: str) -> str:
    """Put a text on one line."""
    return " ".join(text.split())


def caption_of(picture: Picture) -> str:
    credit = f"© {picture.credit}" if picture.credit else None
    return line(" | ".join(filter(None, (picture.caption, credit))))


def day(moment: datetime) -> str:
    """Write a day in German form."""
    return f"{moment.day:02}.{moment.month:02}.{moment.year:04}"


def day_and_time(moment: datetime) -> str:
    """Write a moment in German form, to the minute."""
    return f"{day(moment)}, {moment.hour:02}:{moment.minute:02}"


def embargo_end(moment: datetime) -> str:
    """Write the end of an embargo: never a moment before it, so seconds make the next minute."""
    whole = moment.replace(second=0, microsecond=0)
    if whole < moment and moment.year < MAXYEAR:
        whole += timedelta(minutes=1)
    return f"{day_and_time(whole)} Uhr"


def teaser(story: Story) -> str:
    """Cut the first paragraph to what search engines show, without its dateline."""
    text = line(_without_dateline(story.body_text.partition("\n\n")[0], story.dateline))
    if len(text) <= LONGEST_TEASER:
        return text
    cut = text[:LONGEST_TEASER]
    return f"{cut.rpartition(' ')[0] or cut} …"


def _without_dateline(opening: str, dateline: Dateline) -> str:
    _, credit, rest = opening.partition(f"({dateline.credit}")
    if not credit or not has_dateline(opening, dateline):
        return opening
    return rest.partition(")")[2].lstrip(" .:-–—")


def _kicker(story: Story, tags: Labels) -> str:
    return tags.topics[0].name if tags.topics else story.kicker or tags.section.name


def _picture(story: Story) -> Picture | None:
    """Choose the first picture with caption or credit, else the first: the page shows one."""
    told = (picture for picture in story.pictures if picture.caption or picture.credit)
    return next(told, story.pictures[0] if story.pictures else None)


def _local(moment: datetime, timezone: str) -> datetime:
    try:
        return moment.astimezone(ZoneInfo(timezone or "UTC"))
    except OverflowError:  # the first and the last day that can be told stay in their own zone
        return moment


def _embargo(story: Story, revision: Revision, profile: Profile) -> datetime | None:
    """Say until when a story that goes out early is embargoed, if it was so on receipt.

    No clock is asked: bytes that are kept must not change when the embargo ends.
    """
    if not profile.early or story.embargoed is None or story.embargoed <= revision.received_at:
        return None
    return _local(story.embargoed, profile.timezone)


def _correction(story: Story) -> str:
    """Say what was corrected as far as it is meant for readers (wire-rules 5.2)."""
    is_one = (story.signal or "").rpartition(":")[2].casefold() == "correction"
    if story.correction_note:
        return f"{CORRECTION} {line(story.correction_note).removeprefix(CORRECTION).strip()}"
    return CORRECTION if is_one else ""


def _body(story: Story) -> str:
    if not story.body_text or has_dateline(story.body_text, story.dateline):
        return story.body_text
    opening = line(dateline_of(story))
    return f"{opening}. {story.body_text}" if opening else story.body_text


def dateline_of(story: Story) -> str:
    """Write place and credit as they open a body: `Emden (HFD)`."""
    place, credit = story.dateline.place, story.dateline.credit
    return " ".join(filter(None, (place, credit and f"({credit})")))
