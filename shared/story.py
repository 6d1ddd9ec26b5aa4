"""The Story and its parts: what an agency told us, and nothing that Depesche decided."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Base of all values that travel between services; unknown fields of later versions pass."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Status(StrEnum):
    """What may be done with a story (IPTC pubstatus: usable, withheld, canceled)."""

    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled"


class Dateline(Frozen):
    """`Dortmund (SID).`: where the copy comes from and who credits it."""

    place: str | None = None
    credit: str | None = None


class Subject(Frozen):
    """A subject as the agency supplied it, e.g. `medtop:20001065` Fußball."""

    code: str | None = None
    name: str | None = None


class Picture(Frozen):
    """A picture that runs with the story."""

    caption: str | None = None
    credit: str | None = None
    href: str | None = None


class Story(Frozen):
    """One revision of a story as a desk sent it.

    `body_text` is plain text, paragraphs parted by one blank line, with the dateline where
    the agency wrote it into the first paragraph. Times carry an offset. `correction_note` is
    fit for readers (wire-rules 5.2), `ed_note` never is. `teaser` stands above the text;
    `picture_note` is what the agency's own text wire says of pictures: `Foto Archiv`. `family_id` is the story that this
    one takes up, adds to or replaces under an id of its own (wire-rules 1.5, 4.2).
    """

    story_id: str
    agency_version: int | str | None = None
    version_created: datetime | None = None
    first_created: datetime | None = None
    status: Status = Status.USABLE
    signal: str | None = None
    urgency: int | None = None
    embargoed: datetime | None = None
    expires: datetime | None = None
    language: str | None = None
    headline: str
    kicker: str | None = None
    breadcrumb: tuple[str, ...] = ()
    slug: str | None = None
    dateline: Dateline = Dateline()
    credit: str | None = None
    byline: str | None = None
    teaser: str | None = None
    picture_note: str | None = None
    pictures: tuple[Picture, ...] = ()
    body_text: str = ""
    subjects: tuple[Subject, ...] = ()
    keywords: tuple[str, ...] = ()
    copyright_notice: str | None = None
    usage_terms: str | None = None
    ed_note: str | None = None
    correction_note: str | None = None
    family_id: str | None = None
    publishable: bool = True
    repairs: tuple[str, ...] = ()
