"""Reads NewsML-G2 2.x (IPTC): each text item of a message is a story, its pictures go with it."""

from typing import Final

from services.ingest.formats.labels import Kind
from services.ingest.formats.newsml_g2.items import ROOTS, Message, open_message
from services.ingest.formats.newsml_g2.story import story_of
from services.ingest.formats.reading import ReadStory, Unreadable, bounded
from services.ingest.formats.wire_copy import Copy

KIND: Final = Kind.XML
_FORMAT: Final = "newsml-g2"


def looks_like(copy: Copy) -> bool:
    """Recognise an item or a message of items by its root, whatever namespace it has or lacks.

    In NewsML 1 the names begin with a capital.
    """
    if copy.root is None:
        return False
    name = str(copy.root.tag).rpartition("}")[2].rpartition(":")[2]
    return name.lower() in ROOTS and not name.startswith("News")


def parse(copy: Copy) -> tuple[ReadStory, ...]:
    """Read the stories in a message. Raises Unreadable if it holds none."""
    if copy.root is None:
        raise Unreadable("not XML")
    message = open_message(copy.root)
    if not message.texts:
        raise Unreadable(_why_none(message))
    stories = (story_of(item, message, copy) for item in message.texts)
    return tuple(ReadStory(_FORMAT, story, message.delivery_id) for story in bounded(stories))


def _why_none(message: Message) -> str:
    kinds = sorted(set(message.others))
    return f"no text to read, only: {', '.join(kinds)}" if kinds else "a message without items"
