"""Writes a story as the plain text of an article page: breadcrumb, kicker, headline, body."""

from typing import Final

from services.publish.formats.page import (
    EMBARGO,
    Page,
    caption_of,
    day,
    day_and_time,
    embargo_end,
    page_of,
)
from services.publish.formats.profiles import Profile, Rendered
from shared.events import Labels, Revision
from shared.story import Story

CONTENT_TYPE: Final = "text/plain; charset=utf-8"


def render(story: Story, revision: Revision, tags: Labels, profile: Profile) -> Rendered:
    """Write the page, its parts divided by blank lines."""
    page = page_of(story, revision, tags, profile)
    blocks = (
        _breadcrumb(page.breadcrumb),
        page.kicker,
        page.headline,
        caption_of(page.picture) if page.picture else "",
        f"{day(page.published)} | {day_and_time(page.updated)}",
        page.recall,
        _embargo(page),
        page.correction,
        page.body,
    )
    return Rendered("\n\n".join(filter(None, blocks)).encode(), CONTENT_TYPE)


def _breadcrumb(steps: tuple[str, ...]) -> str:
    return "\n  ".join(f"{at}. {step}" for at, step in enumerate(steps, 1))


def _embargo(page: Page) -> str:
    """Write the line that German copy has for it (wire-rules 7.4)."""
    return f"{EMBARGO} {embargo_end(page.embargo)}" if page.embargo else ""
