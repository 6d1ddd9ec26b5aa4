"""Finds what stands in for a headline that is missing (wire-rules 4.3)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from services.ingest.datelines import read_dateline
from services.ingest.formats.paragraphs import first_sentence
from services.ingest.formats.reading import ReadStory
from services.ingest.formats.xhtml import plain_line

# Escaped twice, or in CDATA: `Kran <b>kippt</b>`, `Kran &quot;kippt&quot;`.
_MARKUP: Final = re.compile(
    r"</?(?:b|br|em|font|i|p|span|strong|sub|sup|u)\b[^<>]{0,200}>|&(?:#\d{2,6}|#x[\da-f]{2,5}|[a-z]{2,8});",
    re.IGNORECASE,
)


def headline_or_stand_in(
    headline: str | None,
    body: Sequence[str],
    notes: list[str],
    *,
    titles: Iterable[str | None] = (),
    slug: str | None = None,
) -> str:
    """Give the headline; else a title, the first sentence or the slug, and note which."""
    if headline and any(map(str.isalnum, headline)):
        return headline
    instead = [("title", title) for title in titles]
    instead += [("first sentence", _opening(body)), ("slug", slug)]
    for name, text in instead:
        if text:
            notes.append(f"no headline: the {name} stands in")
            return text
    notes.append("no headline")
    return ""


def without_markup(line: str | None) -> str | None:
    """Read a headline that was escaped twice, or stands in CDATA, as it is meant."""
    return plain_line(line) if line and _MARKUP.search(line) else line


def with_headline_in_line(found: ReadStory) -> ReadStory:
    """Set the headline in one line; where nothing is left of it, the text's first sentence stands in."""
    story = found.story
    headline = " ".join(story.headline.split())
    if headline == story.headline and (headline or not story.body_text):
        return found
    instead = headline or first_sentence(story.body_text)
    return replace(found, story=story.model_copy(update={"headline": instead}))


def without_headline(body: tuple[str, ...], headline: str, *, told: bool) -> tuple[str, ...]:
    """Take the headline off the head of a text that repeats it, unless it was made from the text.

    It may stand under a line that names the partner whose copy it is, as Reuters sends it.
    """
    for at, paragraph in enumerate(body[:2]):
        # Most paragraphs begin otherwise, and parting them into words takes a while.
        may_repeat = told and len(body) > at + 1 and paragraph[:1] == headline[:1]
        if may_repeat and " ".join(paragraph.split()) == headline:
            return (*body[:at], *body[at + 1 :])
    return body


def _opening(body: Sequence[str]) -> str | None:
    if not body:
        return None
    dateline = read_dateline(body[0])
    return first_sentence(body[0][dateline.end :] if dateline else body[0])
