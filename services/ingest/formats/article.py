"""Reads the text of a published article page, with the page's own furniture or without."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from services.ingest.datelines import CopyDateline, agency_of, read_dateline
from services.ingest.formats.article_head import (
    ArticleHead,
    is_article_head,
    read_article_head,
)
from services.ingest.formats.editors_block import without_signature
from services.ingest.formats.embargo_line import without_embargo
from services.ingest.formats.labels import Kind
from services.ingest.formats.page_furniture import is_caption, is_furniture, text_end
from services.ingest.formats.paragraphs import first_sentence, paragraphs
from services.ingest.formats.reading import ReadStory
from services.ingest.formats.service_copy import is_service_headline
from services.ingest.formats.signs import signal_in, without_sign
from services.ingest.formats.times import berlin_day
from services.ingest.formats.wire_copy import Copy
from services.ingest.identity import derived_story_id
from shared.story import Dateline, Story

KIND: Final = Kind.TEXT
_HEAD_CHARACTERS: Final = 10_000
_MOST_LEADS: Final = 5
_EMBARGO_WITHIN: Final = 3  # paragraphs


def looks_like(copy: Copy) -> bool:
    """Recognise text that begins as an article page does: breadcrumb, headline, line of dates."""
    if copy.is_json or copy.is_xml:
        return False
    return is_article_head(_lines(copy.text[:_HEAD_CHARACTERS]))


def parse(copy: Copy) -> tuple[ReadStory, ...]:
    """Read one article page; its id is made from agency, day of publication and headline."""
    notes = list(copy.repairs)
    lines = _lines(copy.text)
    head = read_article_head(lines)
    notes += head.repairs
    blocks = _blocks(lines[head.body_at :])
    above, embargoed, status = without_embargo(blocks[:_EMBARGO_WITHIN], copy.received_at, notes)
    leads, body = _body((*above, *blocks[_EMBARGO_WITHIN:]), notes)
    headline = head.headline or _first_sentence(body, notes)
    dateline = read_dateline(body[0]) if body else None
    story = _story(copy, head, headline, dateline, body, notes)
    told = {"signal": signal_in(leads), "embargoed": embargoed, "status": status}
    return (ReadStory("article", story.model_copy(update=told)),)


def _story(
    copy: Copy,
    head: ArticleHead,
    headline: str,
    dateline: CopyDateline | None,
    body: Sequence[str],
    notes: list[str],
) -> Story:
    credit = agency_of(dateline.credit) if dateline else None
    return Story(
        story_id=derived_story_id(
            credit, _day(copy, head, dateline, notes), without_sign(headline)
        ),
        version_created=head.updated,
        first_created=head.published,
        headline=headline,
        kicker=head.kicker,
        breadcrumb=head.breadcrumb,
        dateline=Dateline(place=dateline.place, credit=dateline.credit) if dateline else Dateline(),
        credit=credit,
        byline=head.byline,
        pictures=head.pictures,
        body_text="\n\n".join(body),
        publishable=not is_service_headline(headline),
        repairs=tuple(notes),
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


def _blocks(lines: Sequence[str]) -> tuple[str, ...]:
    """Give the paragraphs of the text, without what the page puts between and below them."""
    lines = lines[: text_end(lines)]
    kept = (line for line in lines if not (is_furniture(line) or is_caption(line)))
    text, _ = without_signature("\n".join(kept))
    return paragraphs(text)


def _body(body: Sequence[str], notes: list[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Part the paragraphs at the dateline, if one of the first three has it; below is the body."""
    leads = enumerate(body[:_MOST_LEADS])
    start = next((at for at, block in leads if read_dateline(block)), 0)
    if start:
        notes.append(f"paragraphs above the dateline left out: {start}")
    return body[:start], body[start:]


def _first_sentence(body: Sequence[str], notes: list[str]) -> str:
    notes.append("no headline: the first sentence stands in")
    dateline = read_dateline(body[0]) if body else None
    return first_sentence(body[0][dateline.end if dateline else 0 :]) if body else ""


def _day(copy: Copy, head: ArticleHead, dateline: CopyDateline | None, notes: list[str]) -> date:
    """Date by publication, which stays when a page is updated; else update, dateline, receipt."""
    told = head.published or head.updated
    if told:
        return berlin_day(told)
    received = berlin_day(copy.received_at)
    named = dateline.day.nearest_to(received) if dateline and dateline.day else None
    if named is None:
        notes.append("no date: the day of receipt stands in")
    return named or received
