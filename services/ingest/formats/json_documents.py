"""Takes the stories' objects out of arrays, lines of JSON and the envelopes of agencies' services."""

from collections.abc import Callable, Sequence
from typing import Final, cast

from services.ingest.formats.reading import ReadStory, Unreadable, bounded
from services.ingest.formats.wire_copy import Copy

JsonObject = dict[str, object]
_MOST_LEVELS: Final = 3
_IDS: Final = frozenset(("uri", "guid", "urn", "altids"))


def objects_in(copy: Copy, envelopes: tuple[str, ...]) -> list[tuple[str, JsonObject]]:
    """Give the objects in a body, each with its JSON pointer.

    `envelopes` names the fields that an agency's service wraps its stories in.
    """
    if copy.document is not None:
        return _unwrapped("", copy.document, envelopes, _MOST_LEVELS)
    found: list[tuple[str, JsonObject]] = []
    for at, document in enumerate(copy.documents):
        found += _unwrapped(f"/{at}", document, envelopes, _MOST_LEVELS)
    return found


def read_each(
    objects: Sequence[tuple[str, JsonObject]],
    read_one: Callable[[JsonObject], ReadStory],
    is_text: Callable[[JsonObject], bool] | None = None,
) -> tuple[ReadStory, ...]:
    """Read the objects one by one; pictures and recordings only where there is no text."""
    objects = list(bounded(objects))
    texts = [entry for entry in objects if is_text(entry[1])] if is_text else objects
    stories: list[ReadStory] = []
    for pointer, document in texts or objects:
        try:
            stories.append(read_one(document))
        except Unreadable as fault:
            raise type(fault)(fault.why, f"{pointer}{fault.where or ''}" or None) from None
    if not stories:
        raise Unreadable("there is no story in it")
    return tuple(stories)


def _unwrapped(
    pointer: str, document: JsonObject, envelopes: tuple[str, ...], levels: int
) -> list[tuple[str, JsonObject]]:
    is_story = not _IDS.isdisjoint(document)
    for name in envelopes if levels and not is_story else ():
        inner = document.get(name)
        if isinstance(inner, dict):
            inside = cast("JsonObject", inner)
            return _unwrapped(f"{pointer}/{name}", inside, envelopes, levels - 1)
        if isinstance(inner, list):
            found: list[tuple[str, JsonObject]] = []
            for at, entry in enumerate(cast("list[object]", inner)):
                if isinstance(entry, dict):
                    where, inside = f"{pointer}/{name}/{at}", cast("JsonObject", entry)
                    found += _unwrapped(where, inside, envelopes, levels - 1)
            return found
    return [(pointer, document)]
