"""Lists what a story is about, for formats that tell our subjects from the agency's."""

from collections.abc import Iterator
from typing import NamedTuple

from shared.events import Labels
from shared.story import Story


class Told(NamedTuple):
    """A subject: `role` (section or topic) and `certainty` (0 to 100) are of ours alone."""

    code: str | None
    name: str | None
    role: str | None = None
    certainty: int | None = None


def told_subjects(story: Story, tags: Labels) -> Iterator[Told]:
    """Give our section and topics, then what the agency gave besides, each once."""
    said: set[tuple[str | None, str | None]] = set()
    for role, labels in (("section", (tags.section,)), ("topic", tags.topics)):
        for label in labels:
            said.add((label.code, label.name))
            certainty = round(min(max(label.score, 0.0), 1.0) * 100)
            yield Told(label.code, label.name, role, certainty)
    for subject in story.subjects:
        if (subject.code, subject.name) not in said and (subject.code or subject.name):
            said.add((subject.code, subject.name))
            yield Told(subject.code, subject.name)
