"""Takes the stories' objects out of arrays, lines of JSON and the envelopes of agencies' services."""

from collections.abc import Callable, Iterator
from typing import Final, cast

from services.ingest.formats.reading import ReadStory, Unreadable, bounded
from services.ingest.formats.wire_copy import Copy

JsonObject = dict[str, object]
_MOST_LEVELS: Final = 3
_IDS: Final = frozenset(("uri", "guid", "urn", "altids"))


def objects_in(copy: Copy, envelopes: tuple[str, ...]) -> Iterator[tuple[str, JsonObject]]:
    """Iterate over the objects in a body, each with its JSON pointer.

    `envelopes` names the fields that an agency's service wraps its stories in.
    """
    if copy.document is not None:
        yield from _unwrapped("", copy.document, envelopes, _MOST_LEVELS)
    for at, document in enumerate(copy.documents):
        yield from _unwrapped(f"/{at}", document, envelopes, _MOST_LEVELS)


def read_each(
    objects: Iterator[tuple[str, JsonObject]],
    read_one: Callable[[JsonObject], ReadStory],
    is_text: Callable[[JsonObject], bool] | None = None,
) -> tuple[ReadStory, ...]:
    """Read the objects one by one; pictures and recordings only where there is no text."""
    found = list(bounded(objects))
    texts = [entry for entry in found if is_text is None or is_text(entry[1])]
    stories: list[ReadStory] = []
    for pointer, document in texts or found:
        try:
            stories.append(read_one(document))
        except Unreadable as fault:
            raise type(fault)(fault.why, f"{pointer}{fault.where or ''}" or None) from None
    if not stories:
        raise Unreadable("there is no story in it")
    return tuple(stories)


def _unwrapped(
    pointer: str, document: JsonObject, envelopes: tuple[str, ...], levels: int
) -> Iterator[tuple[str, JsonObject]]:
    is_story = not _IDS.isdisjoint(document)
    for name in envelopes if levels and not is_story else ():
        inner = document.get(name)
        if isinstance(inner, dict):
            inside = cast("JsonObject", inner)
            yield from _unwrapped(f"{pointer}/{name}", inside, envelopes, levels - 1)
            return
        if isinstance(inner, list):
            for at, entry in enumerate(cast("list[object]", inner)):
                if isinstance(entry, dict):
                    where, inside = f"{pointer}/{name}/{at}", cast("JsonObject", entry)
                    yield from _unwrapped(where, inside, envelopes, levels - 1)
            return
    yield pointer, document
