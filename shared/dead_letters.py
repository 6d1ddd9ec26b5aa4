"""What could not be processed, kept whole with its reason until somebody replays it."""

from enum import StrEnum

from shared.story import Frozen


class Kind(StrEnum):
    """Where a dead letter comes from, and so how it is replayed."""

    UNREADABLE = "unreadable"  # ingest could not parse it: posted again
    CONTRADICTORY = (
        "contradictory"  # same version, other content: posted again, by force of an editor
    )
    UNPROCESSABLE = "unprocessable"  # a hop gave up: put back into its stream
    UNDELIVERABLE = "undeliverable"  # a partner refused it: pushed again


class DeadLetter(Frozen):
    """The reason beside the dead entry's own fields; field `letter` of the entry, as JSON."""

    kind: Kind
    why: str
    stage: str
    stream: str | None = None
    desk: str | None = None
    story_id: str | None = None
    version: int | None = None
    partner: str | None = None
    entry: str | None = None
    content_type: str | None = None


LETTER = b"letter"
RAW = b"raw"


def dead_fields(letter: DeadLetter, fields: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """Return the fields of the dead letter's entry: the letter and all that it is about."""
    return {LETTER: letter.model_dump_json(exclude_none=True).encode(), **fields}
