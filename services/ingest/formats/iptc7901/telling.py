"""Makes a story of one message: what it tells, or which other item it kills or holds."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from services.ingest.datelines import CopyDateline, agency_of, read_dateline
from services.ingest.formats.controls import REMOVED
from services.ingest.formats.editors_block import without_block, without_signature
from services.ingest.formats.embargo_line import without_embargo
from services.ingest.formats.iptc7901.embargoes import embargo_above, latest_embargo
from services.ingest.formats.iptc7901.head import Head, read_head
from services.ingest.formats.iptc7901.header import Header
from services.ingest.formats.iptc7901.message import Message
from services.ingest.formats.iptc7901.trailer import day_of
from services.ingest.formats.lone_datelines import with_dateline_joined
from services.ingest.formats.paragraphs import first_sentence
from services.ingest.formats.references import day_referred_to, reference_in
from services.ingest.formats.service_copy import has_service_mark, is_service_headline
from services.ingest.formats.signs import signal_in, status_in
from services.ingest.formats.times import BERLIN
from services.ingest.formats.wire_copy import Copy
from services.ingest.formats.wrapped_text import text_blocks
from services.ingest.identity import derived_story_id, numbered_story_id
from services.ingest.sources import zone_of
from shared.story import Dateline, Status, Story, Subject

_MOST_LEADS: Final = 3
_SERVICE_CATEGORIES: Final = frozenset(("rs", "dm"))
_URGENT: Final = 2
_PRIORITY_WORD: Final = re.compile(
    r"^(?:(?:FLASH|URGENT|D'URGENCE|PILNE|EIL|BLITZ):|FLASH|URGENTE)\s+"
)
_FOR_EDITORS: Final = re.compile(r"Achtung\W*")


@dataclass(frozen=True, slots=True)
class _Opened:
    """A message with what was found out about it before its text is sorted."""

    message: Message
    copy: Copy
    head: Head
    body: tuple[str, ...]
    dateline: CopyDateline | None
    for_editors: tuple[str, ...]
    embargoed: datetime | None
    status: Status
    notes: list[str]

    @property
    def header(self) -> Header:
        return self.message.header

    @property
    def agency(self) -> str | None:
        source = self.header.source
        if source:
            return source.name
        return agency_of(self.dateline.credit) if self.dateline else None

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.agency) or BERLIN

    @property
    def sent(self) -> datetime | None:
        trailer = self.message.trailer
        return trailer.moment(self.zone, self.copy.received_at) if trailer else None

    @property
    def day(self) -> date:
        return day_of(self.sent or self.copy.received_at, self.zone)


def read_message(message: Message, copy: Copy) -> Story:
    """Read one message as a story."""
    opened = _opened(message, copy)
    order = status_in(
        [*opened.head.leads[:3], opened.head.headline or "", *opened.body[:1]], opened.head.notes
    )
    if opened.head.withdrawal and not is_service_headline(opened.head.headline or ""):
        order = Status.CANCELED
    if opened.sent is None:
        opened.notes.append("no date: the day of receipt stands in")
    return _order(opened, order) if order else _telling(opened)


def _opened(message: Message, copy: Copy) -> _Opened:
    notes = [note for note in copy.repairs if note != REMOVED]
    text, block = without_block(message.text)
    near = message.trailer.near(copy.received_at) if message.trailer else copy.received_at
    text, above = embargo_above(text, near, notes)
    head = read_head(text)
    body, signed = without_signature("\n".join(head.body))
    blocks, embargoed, status = without_embargo(text_blocks(body), near, notes)
    blocks = with_dateline_joined(blocks, _MOST_LEADS)
    embargo = latest_embargo(
        (above, (embargoed, status)), (*head.notes, *(block or "").split("\n")), near, notes
    )
    at = next((at for at, b in enumerate(blocks[:_MOST_LEADS]) if read_dateline(b)), 0)
    if at:
        notes.append(f"paragraphs above the dateline left out: {at}")
    if block:
        notes.append("notes to editors cut from the end")
    for_editors = (*head.leads, *head.notes, *head.below, *filter(None, (signed, block)))
    return _Opened(
        message=message,
        copy=copy,
        head=head,
        body=blocks[at:],
        dateline=read_dateline(blocks[at]) if blocks else None,
        for_editors=for_editors,
        embargoed=embargo[0],
        status=embargo[1],
        notes=notes,
    )


def _telling(opened: _Opened) -> Story:
    header, head, dateline = opened.header, opened.head, opened.dateline
    headline = _headline(opened) or _first_sentence(opened)
    return Story(
        story_id=_own_id(opened, headline),
        agency_version=header.own_id.version if header.own_id else None,
        version_created=opened.sent,
        status=opened.status,
        signal=signal_in((*head.leads, *head.notes, headline)),
        urgency=header.priority,
        embargoed=opened.embargoed,
        headline=headline,
        slug=header.keyword,
        dateline=Dateline(place=dateline.place, credit=dateline.credit) if dateline else Dateline(),
        credit=_credit(opened),
        byline=head.byline,
        body_text="\n\n".join(opened.body),
        subjects=_subjects(opened),
        keywords=opened.message.keywords,
        ed_note="\n".join(opened.for_editors) or None,
        family_id=_family(opened),
        publishable=_is_publishable(opened, headline),
        repairs=tuple(opened.notes),
    )


def _headline(opened: _Opened) -> str | None:
    """Take the headline without the word that its priority says: `URGENT: `, `FLASH `."""
    headline = opened.head.headline
    if headline and opened.header.priority <= _URGENT:
        headline = _PRIORITY_WORD.sub("", headline, count=1) or headline
    return headline


def _order(opened: _Opened, status: Status) -> Story:
    """Kill or hold the item named, under that item's id and without its text (wire-rules 6.5, 6.10)."""
    head = opened.head
    whole = "\n".join((*head.leads, head.headline or "", *opened.for_editors, *opened.body))
    target = reference_in(whole, opened.header.service)
    if target is None and (target := opened.header.refers_to):
        number = "".join(target)
        opened.notes.append(f"no item named: {number}, the header's last number, is taken for it")
    headline = " ".join(filter(None, (*head.leads[:1], _headline(opened)))) or status.upper()
    if target:
        story_id = _id_of(opened, target, whole)
    else:
        story_id = _own_id(opened, headline)
        opened.notes.append("a kill or hold that names no item")
    return Story(
        story_id=story_id,
        version_created=opened.sent,
        status=status,
        urgency=opened.header.priority,
        headline=headline,
        credit=_credit(opened),
        ed_note=message_text(opened),
        publishable=target is not None,
        repairs=tuple(opened.notes),
    )


def message_text(opened: _Opened) -> str | None:
    """The whole of an order is its reason; only editors read it."""
    return "\n".join(line for line in opened.message.text.split("\n") if line.strip()) or None


def _own_id(opened: _Opened, headline: str) -> str:
    header = opened.header
    if own := header.own_id:
        return numbered_story_id(opened.agency, "", own.text, own.day)
    if header.is_numbered:
        return numbered_story_id(opened.agency, header.service, header.number, opened.day)
    opened.notes.append("no number: the id is made from agency, day and headline")
    return derived_story_id(opened.agency, opened.day, headline)


def _id_of(opened: _Opened, target: tuple[str, str], text: str) -> str:
    service, number = target
    day = day_referred_to(text, opened.header.number, number, opened.day)
    return numbered_story_id(opened.agency, service, number, day)


def _family(opened: _Opened) -> str | None:
    """The item that this one leads, corrects, repeats or adds to (wire-rules 1.5, 4.2)."""
    about = "\n".join((*opened.head.leads, *opened.head.notes))
    # The header's last number is no proof of that: dpa fills it in every message.
    target = reference_in(about, opened.header.service)
    if target is None or target == (opened.header.service, opened.header.number):
        return None
    return _id_of(opened, target, about)


def _credit(opened: _Opened) -> str | None:
    if opened.header.source or opened.dateline is None:
        return opened.agency
    return agency_of(opened.dateline.credit)


def _first_sentence(opened: _Opened) -> str:
    opened.notes.append("no headline: the first sentence stands in")
    if not opened.body:
        return " ".join(opened.head.notes) or " ".join(opened.message.keywords)
    start = opened.dateline.end if opened.dateline else 0
    return first_sentence(opened.body[0][start:]) or first_sentence(opened.body[0])


def _subjects(opened: _Opened) -> tuple[Subject, ...]:
    category = opened.header.category
    if category is None:
        return ()
    scheme = (opened.agency or "iptc7901").lower()
    return (Subject(code=f"{scheme}cat:{category}", name=category),)


def _is_publishable(opened: _Opened, headline: str) -> bool:
    """Diaries, advisories, imprints and tests are not (wire-rules 10.2, 10.3)."""
    notes = opened.head.notes
    if any(map(is_service_headline, (headline, *notes, *opened.head.leads))):
        return False
    if opened.agency != "dpa":
        return True
    # A genre of its own, `(Vorschau)`, or `(Achtung)` over what editors must know.
    genres = [note for note in notes if ":" not in note]
    is_service = has_service_mark(genres) or any(map(_FOR_EDITORS.fullmatch, genres))
    return not is_service and opened.header.category not in _SERVICE_CATEGORIES
