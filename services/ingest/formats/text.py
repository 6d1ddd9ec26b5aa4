"""Reads agency copy that is plain text: headline lines, then a body that begins with a dateline."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from services.ingest.datelines import CopyDateline, agency_of, read_dateline
from services.ingest.formats.copy_head import Head, read_head, splits_head
from services.ingest.formats.editors_block import without_block, without_signature
from services.ingest.formats.embargo_line import without_embargo
from services.ingest.formats.labels import Kind
from services.ingest.formats.lone_datelines import with_dateline_joined
from services.ingest.formats.paragraphs import first_sentence, paragraphs
from services.ingest.formats.reading import ReadStory
from services.ingest.formats.service_copy import is_service_headline
from services.ingest.formats.signs import signal_in, status_in, without_sign
from services.ingest.formats.times import berlin_day
from services.ingest.formats.urgency import urgency_of_words
from services.ingest.formats.wire_copy import Copy
from services.ingest.formats.wrapped_text import with_blank_lines
from services.ingest.identity import derived_story_id
from shared.story import Dateline, Story

KIND: Final = Kind.TEXT
_MOST_HEAD_BLOCKS: Final = 12
_RIGHTS: Final = re.compile(r"(?:©|\(c\)|copyright\b)[^\n]{1,160}", re.IGNORECASE)
_MARKUP: Final = re.compile(r"\s*<(?:[?!]|[a-zA-Z][\w:.-]*[\s/>])")
_DECLARED_MARKUP: Final = re.compile(r"\s*<(?:\?xml|!doctype|html)\b", re.IGNORECASE)


def looks_like(copy: Copy) -> bool:
    """Recognise text that says it is text, or bears no label but makes sense; else only with a dateline."""
    if copy.is_json or copy.is_xml or _DECLARED_MARKUP.match(copy.text):
        return False
    if copy.label.kind is Kind.TEXT:
        return True
    if copy.label.kind is Kind.UNSAID and copy.plain and not _MARKUP.match(copy.text):
        return True
    return has_dateline(copy.text)


def has_dateline(text: str) -> bool:
    """Tell whether one of the first paragraphs begins with a dateline."""
    return _dateline_at(paragraphs(text)) is not None


def parse(copy: Copy) -> tuple[ReadStory, ...]:
    """Read one story of plain copy. Never raises: there is always a first sentence."""
    notes = list(copy.repairs)
    text, block = without_block(copy.text)
    text, signed = without_signature(text)
    if block:
        notes.append("notes to editors cut from the end")
    parted = paragraphs(with_blank_lines(text))
    blocks, embargoed, status = without_embargo(parted, copy.received_at, notes)
    blocks = with_dateline_joined(blocks, _MOST_HEAD_BLOCKS)
    blocks, rights = _without_rights(blocks)
    blocks = blocks or ("",)
    at = _dateline_at(blocks)
    start = at if at is not None else int(splits_head(blocks))
    head = read_head(blocks[:start])
    body = (*head.lead, *blocks[start:])
    dateline = read_dateline(blocks[start])
    story = _story(copy, head, body, dateline, notes)
    for_editors = (story.ed_note, signed)
    mended = {
        "embargoed": embargoed,
        "status": status,
        "copyright_notice": rights,
        "ed_note": "\n".join(filter(None, for_editors)) or None,
    }
    told = _recalled(story.model_copy(update=mended), head, notes)
    return (ReadStory("text", told.model_copy(update={"repairs": tuple(notes)})),)


def _without_rights(blocks: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """Take away the last paragraph if it only says whose copy this is: `© dpa-infocom`."""
    if len(blocks) > 1 and _RIGHTS.fullmatch(blocks[-1]):
        return blocks[:-1], blocks[-1]
    return blocks, None


def _recalled(story: Story, head: Head, notes: list[str]) -> Story:
    """Kill or hold, if the copy orders it (wire-rules 6.5); which story is meant, it does not tell."""
    order = status_in([story.headline, head.ed_note or ""], (head.ed_note or "").split("\n"))
    if order is None:
        return story
    notes.append("a kill or hold that names no item")
    text = "\n".join(filter(None, (story.ed_note, story.body_text)))
    update = {"status": order, "ed_note": text or None, "body_text": "", "publishable": False}
    return story.model_copy(update=update)


def _story(
    copy: Copy, head: Head, body: Sequence[str], dateline: CopyDateline | None, notes: list[str]
) -> Story:
    headline = head.headline or _first_sentence(body, notes)
    credit = agency_of(dateline.credit) if dateline else None
    day = _day(dateline, copy.received_at, notes)
    return Story(
        story_id=derived_story_id(credit, day, without_sign(headline)),
        signal=signal_in((*(head.ed_note or "").split("\n"), headline)),
        urgency=urgency_of_words((*(head.ed_note or "").split("\n"), headline)),
        headline=headline,
        kicker=head.kicker,
        dateline=Dateline(place=dateline.place, credit=dateline.credit) if dateline else Dateline(),
        credit=credit,
        byline=head.byline,
        body_text="\n\n".join(body),
        keywords=head.keywords,
        ed_note=head.ed_note,
        publishable=not is_service_headline(headline)
        and not is_service_headline(head.ed_note or ""),
    )


def _first_sentence(body: Sequence[str], notes: list[str]) -> str:
    notes.append("no headline: the first sentence stands in")
    dateline = read_dateline(body[0])
    rest = body[0][dateline.end :] if dateline else body[0]
    return first_sentence(rest) or first_sentence(" ".join(body))


def _day(dateline: CopyDateline | None, received_at: datetime, notes: list[str]) -> date:
    received = berlin_day(received_at)
    named = dateline.day.nearest_to(received) if dateline and dateline.day else None
    if named is None:
        notes.append("no date: the day of receipt stands in")
    return named or received


def _dateline_at(blocks: Sequence[str]) -> int | None:
    heads = enumerate(blocks[:_MOST_HEAD_BLOCKS])
    return next((at for at, block in heads if read_dateline(block)), None)
