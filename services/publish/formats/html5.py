"""Writes a story as an article page in HTML5, with schema.org's NewsArticle for machines."""

import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Final

from services.publish.formats.news_article import json_ld, news_article, web_address
from services.publish.formats.page import (
    EMBARGO,
    Page,
    caption_of,
    day,
    day_and_time,
    embargo_end,
    line,
    page_of,
    teaser,
)
from services.publish.formats.profiles import Profile, Rendered
from shared.events import Labels, Revision
from shared.story import Picture, Story

CONTENT_TYPE: Final = "text/html; charset=utf-8"
LANGUAGE: Final = "de"
"""Of a story that tells none: the page's own words are German."""
# HTML has no place for these (13.2.3.5, control characters); each becomes U+FFFD. JSON escapes them.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


def render(story: Story, revision: Revision, tags: Labels, profile: Profile) -> Rendered:
    """Write the page. All that the story says is escaped; its line ends within a paragraph stay."""
    page = page_of(story, revision, tags, profile)
    description = page.recall or teaser(story)
    data = json_ld(news_article(story, revision, tags, page, description))
    article = "\n".join(filter(None, _parts(page)))
    document = f"""\
<!DOCTYPE html>
<html lang="{escape(story.language or LANGUAGE)}">
<head>
<meta charset="utf-8">
<title>{escape(page.headline or story.story_id)}</title>
<meta name="description" content="{escape(description)}">
<script type="application/ld+json">{data}</script>
</head>
<body>
<article>
{article}
</article>
</body>
</html>
"""
    return Rendered(_CONTROLS.sub("\ufffd", document).encode(), CONTENT_TYPE)


def _parts(page: Page) -> Iterator[str]:
    yield _breadcrumb(page.breadcrumb)
    yield _element("p", "kicker", page.kicker)
    yield f"<h1>{escape(page.headline)}</h1>" if page.headline else ""
    yield _figure(page.picture) if page.picture else ""
    published = _time(page.published, day(page.published))
    yield f'<p class="times">{published} | {_time(page.updated, day_and_time(page.updated))}</p>'
    yield _element("p", "recall", page.recall)
    yield _embargo(page.embargo) if page.embargo else ""
    yield _element("p", "correction", page.correction)
    for paragraph in page.body.split("\n\n"):
        text = escape(paragraph.strip()).replace("\n", "<br>\n")
        yield f"<p>{text}</p>" if text else ""


def _element(name: str, kind: str, text: str) -> str:
    return f'<{name} class="{kind}">{escape(text)}</{name}>' if text else ""


def _breadcrumb(steps: tuple[str, ...]) -> str:
    items = "".join(f"<li>{escape(step)}</li>" for step in steps)
    return f'<nav aria-label="Breadcrumb"><ol>{items}</ol></nav>'


def _figure(picture: Picture) -> str:
    """Show the picture if it lies on the web, and its caption and credit if it has them."""
    src, caption = web_address(picture), caption_of(picture)
    shown = f'<img src="{escape(src)}" alt="{escape(line(picture.caption or ""))}">' if src else ""
    told = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f"<figure>{shown}{told}</figure>" if shown or told else ""


def _time(moment: datetime, text: str) -> str:
    return f'<time datetime="{moment.isoformat(timespec="seconds")}">{text}</time>'


def _embargo(until: datetime) -> str:
    return f'<p class="embargo">{EMBARGO} {_time(until, embargo_end(until))}</p>'
