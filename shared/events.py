"""What travels between the services. A published contract: within version 1 only additions.

Each event is one entry of a Redis Stream; each field of the event is a field of the entry
that holds JSON, so that any language can read it and a stage can pass on what it did not change.
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from shared.story import Frozen, Status, Story


class Lane(StrEnum):
    """Urgent work (flash, kill, correction) does not wait behind routine work."""

    URGENT = "urgent"
    ROUTINE = "routine"


class Revision(Frozen):
    """What Depesche knows about one accepted version of a story.

    `version` rises by story; it is the agency's own where that is a number that rises (ADR 3).
    `changed` names what differs from the version before (`headline`, `facts`, `wording`, `note`,
    `status`, `embargo`, `pictures`, `metadata`), null where that is not known; `remarks` are
    what an editor should look at.
    """

    schema_version: Literal[1] = 1
    story_id: str
    version: int
    previous_version: int | None = None
    status: Status
    lane: Lane
    desk: str
    received_at: datetime
    changed: tuple[str, ...] | None = None
    remarks: tuple[str, ...] = ()


class Reason(Frozen):
    """Why a tag was given: the words, the field, and the character offset within that field."""

    term: str
    field: str
    at: int


class Label(Frozen):
    """A section or a topic with its IPTC Media Topic where one exists; `score` is 0 to 1."""

    name: str
    code: str | None = None
    score: float


class Tag(Label):
    """A label, and why it was given; `source` is `supplied` (the agency's code) or `rules`."""

    source: Literal["supplied", "editor", "rules", "model"]
    reasons: tuple[Reason, ...] = ()


class Labels(Frozen):
    """The tags of one revision for who need not know why: reading reasons takes thrice as long.

    `topics` are sorted by falling score, then by name.
    """

    section: Label
    topics: tuple[Label, ...] = ()


class Tagging(Labels):
    """All tags of one revision with their reasons."""

    section: Tag  # pyright: ignore[reportIncompatibleVariableOverride] # frozen, so it may narrow
    topics: tuple[Tag, ...] = ()  # pyright: ignore[reportIncompatibleVariableOverride] # as above
    confidence: float
    needs_review: bool = False
    taxonomy: str


class StoryReceived(Frozen):
    """Ingest accepted a revision."""

    revision: Revision
    story: Story


class StoryClassified(Frozen):
    """Classify tagged a revision."""

    revision: Revision
    story: Story
    tags: Tagging


class LogEntry(Frozen):
    """One entry of a partner's log: a reference of about 100 bytes to the formatted story.

    `body` names where the formatted story lies: a field of the story's copy hash. `changed`
    names what differs from the version before, see Revision; after `expires` it may not be used.
    """

    story_id: str
    version: int
    status: Status
    section: str
    topics: tuple[str, ...] = ()
    changed: tuple[str, ...] | None = None
    expires: datetime | None = None
    body: str
