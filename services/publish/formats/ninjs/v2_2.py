"""Writes a story as ninjs 2.2: nested as 3.1 is, with all names in lower case."""

from typing import Any, Final

from services.publish.formats.ninjs import v3_1
from services.publish.formats.ninjs.facts import Json, standard, written
from services.publish.formats.profiles import Profile, Rendered
from shared.events import Labels, Revision
from shared.story import Story

STANDARD: Final = standard("2.2")
_RENAMED: Final = {"embargoedUntil": "embargoed"}


def render(story: Story, revision: Revision, tags: Labels, profile: Profile) -> Rendered:  # noqa: ARG001 - the same for all partners
    """Write the document."""
    document = _in_lower_case(v3_1.document(story, revision, tags))
    return written({"standard": STANDARD, **document})


def _in_lower_case(members: Json) -> Json:
    return {_RENAMED.get(name) or name.lower(): _spelled(value) for name, value in members.items()}


def _spelled(value: Any) -> Any:
    if isinstance(value, list):
        return [_in_lower_case(entry) for entry in value]
    return value
