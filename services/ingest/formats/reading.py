"""What a parser hands back: a story that was read, or why it could not be and where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from shared.story import Story

MOST_STORIES: Final = 2000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReadStory:
    """A story and the format it was found in.

    `format` is one of "ninjs-1.6", "ninjs-2.2", "ninjs-3.1", "newsml-g2", "newsml-1.2", "nitf",
    "atom", "rss", "digitalwires", "ap", "iptc7901", "anpa-1312", "text", "article".
    `delivery_id` names this one sending of it, where the agency does (wire-rules 3.1).
    """

    format: str
    story: Story
    delivery_id: str | None = None


class Unreadable(Exception):  # noqa: N818 - named for what the copy is, as the desk is told
    """Copy that cannot be read. `where` is "line 3, column 14" or a JSON pointer (RFC 6901)."""

    def __init__(self, why: str, where: str | None = None) -> None:
        super().__init__(why, where)
        self.why = why
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.why}" if self.where else self.why


class UnknownFormat(Unreadable):
    """Neither the content type nor the bytes tell what this is (HTTP 415)."""


def bounded(stories: Iterable[T]) -> Iterator[T]:
    """Pass the stories of one body on; too many are refused as a whole, so that none is lost."""
    for number, story in enumerate(stories, start=1):
        if number > MOST_STORIES:
            raise Unreadable(f"more than {MOST_STORIES} stories in one body: send them in several")
        yield story
