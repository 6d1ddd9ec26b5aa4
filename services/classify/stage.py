"""The shell around tagging: received entries in, classified entries out."""

from collections.abc import Callable, Sequence
from typing import Any

import structlog
from pydantic import ValidationError
from pydantic_core import to_json

from services.classify.tagging import Tagger, tagging_fields
from shared.events import Revision
from shared.hop import Append, Entry, Unprocessable
from shared.keys import partition_of
from shared.story import Story

log = structlog.get_logger()


class Classify:
    """The stage; `tagger` gives the taxonomy that is in force at the time."""

    def __init__(self, tagger: Callable[[], Tagger], partitions: int) -> None:
        self._tagger = tagger
        self._partitions = partitions

    async def __call__(self, batch: Sequence[Entry]) -> list[tuple[Append, ...]]:
        """Return for each received entry the classified one; raises Unprocessable."""
        tagger = self._tagger()
        return [(self._classified(entry, tagger),) for entry in batch]

    def _classified(self, entry: Entry, tagger: Tagger) -> Append:
        revision, story = _event(entry)
        tags = tagging_fields(story, tagger)
        _say(revision, tags)
        partition = partition_of(story.story_id, self._partitions)
        fields = {**entry.fields, b"tags": to_json(tags)}
        return Append(partition.classified(revision.lane), fields)


def _event(entry: Entry) -> tuple[Revision, Story]:
    try:
        return (
            Revision.model_validate_json(entry.fields[b"revision"]),
            Story.model_validate_json(entry.fields[b"story"]),
        )
    except (KeyError, ValidationError) as fault:
        raise Unprocessable(f"no StoryReceived: {fault}") from fault


def _say(revision: Revision, tags: dict[str, Any]) -> None:
    log.info(
        "story_classified",
        story_id=revision.story_id,
        version=revision.version,
        section=tags["section"]["name"],
        topics=[topic["name"] for topic in tags["topics"]],
        needs_review=tags["needs_review"],
    )
