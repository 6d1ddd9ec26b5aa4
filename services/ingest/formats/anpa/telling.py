"""Makes a story of one ANPA message: what it tells, or which other item it kills or holds."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from services.ingest.datelines import CopyDateline, agency_of, read_dateline
from services.ingest.formats.anpa.lines import Lines, read_lines
from services.ingest.formats.anpa.message import Message
from services.ingest.formats.anpa.trailer import Trailer, filing_day, find_trailer
from services.ingest.formats.controls import REMOVED
from services.ingest.formats.paragraphs import first_sentence
from services.ingest.formats.service_copy import is_service_headline
from services.ingest.formats.signs import CORRECTION, UPDATE, signal_in, status_in
from services.ingest.formats.wire_copy import Copy
from services.ingest.identity import derived_story_id, numbered_story_id
from services.ingest.sources import source_of, zone_of
from shared.story import Dateline, Status, Story, Subject

_WITHIN: Final = 3
_RULE: Final = frozenset(("___", "---", "====", "***"))
# What stands behind the slug's comma: `1st Ld-Writethru`, `2nd Add`, `Correction`, `KILL`.
_VERSION: Final = re.compile(
    r"\b(?P<kill>kill|elimination|withdrawal)\b|\b(?P<hold>withhold|hfr|hold for release|disregard)\b"
    r"|\b(?P<correction>correct(?:ion|ive|ed)?)\b|\b(?P<add>\d{0,2}(?:st|nd|rd|th)?[ -]?(?:add|take)\b ?\d{0,2})"
    r"|(?P<lead>\d{1,2}(?:st|nd|rd|th)[ -]?(?:ld|lead)|write-?thru|\blead\b)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"\b(?P<service>[A-Za-z])(?P<number>\d{4})\b")
_SERVICE_SLUG: Final = re.compile(
    r"\b(?:advisory|daybook|news ?digest|budget|planner|coverage|test)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A message with what was found out about it."""

    message: Message
    copy: Copy
    lines: Lines
    trailer: Trailer | None
    dateline: CopyDateline | None
    notes: list[str]

    @property
    def agency(self) -> str | None:
        named = self.trailer.agency if self.trailer else None
        if named and (source := source_of(named)):
            return source.name
        return agency_of(self.dateline.credit) if self.dateline else named

    @property
    def sent(self) -> datetime | None:
        return self.trailer.moment(zone_of(self.agency)) if self.trailer else None

    @property
    def day(self) -> date:
        moment = self.sent or self.copy.received_at
        zone = zone_of(self.agency)
        here = moment.astimezone(zone).date() if zone else moment.date()
        # The header's day is the wire's own: its numbers began anew then.
        return filing_day(self.message.month, self.message.day, here) or here

    @property
    def slug(self) -> str:
        return self.lines.slug or self.message.slug

    @property
    def version(self) -> re.Match[str] | None:
        return _VERSION.search(self.slug.partition(",")[2]) or _VERSION.search(
            self.message.slug.partition(" ")[2]
        )


def read_message(message: Message, copy: Copy) -> Story:
    """Read one message as a story."""
    notes = [note for note in copy.repairs if note != REMOVED]
    trailer = find_trailer(message.text)
    lines = read_lines(message.text[: trailer.start] if trailer else message.text)
    lines.body = _set(lines.body, notes)
    datelines = map(read_dateline, lines.body[:_WITHIN])
    opened = _Opened(message, copy, lines, trailer, next(filter(None, datelines), None), notes)
    if opened.sent is None:
        notes.append("no time of sending: the day of the header or of receipt stands in")
    order = _order_in(opened)
    return _order(opened, order) if order else _telling(opened)


def _set(body: list[str], notes: list[str]) -> list[str]:
    """Set the typewriter's quotes and dashes as characters, and drop the rules between parts."""
    kept = [block for block in body if block not in _RULE]
    joined = "\x00".join(kept)
    mended = joined.replace("``", "“").replace("''", "”").replace(" _ ", " — ")
    if mended == joined:
        return kept
    notes.append("quotes and dashes of the teleprinter set as characters")
    return mended.split("\x00")


def _order_in(opened: _Opened) -> Status | None:
    version = opened.version
    if version and version["kill"]:
        return Status.CANCELED
    if version and version["hold"]:
        return Status.WITHHELD
    heads = [opened.lines.headline or "", *opened.lines.body[:1]]
    return status_in(heads, opened.lines.notes)


def _telling(opened: _Opened) -> Story:
    lines, dateline, message = opened.lines, opened.dateline, opened.message
    headline = lines.headline or _first_sentence(opened)
    if lines.summaries:
        opened.notes.append(f"lines above the body left out: {len(lines.summaries)}")
    return Story(
        story_id=_own_id(opened),
        version_created=opened.sent,
        signal=_signal(opened, headline),
        urgency=message.urgency,
        headline=headline,
        slug=opened.slug,
        dateline=Dateline(place=dateline.place, credit=dateline.credit) if dateline else Dateline(),
        credit=agency_of(dateline.credit) if dateline else opened.agency,
        byline=lines.byline,
        body_text="\n\n".join(lines.body),
        subjects=_subjects(opened),
        ed_note="\n".join((*lines.notes, *lines.summaries)) or None,
        family_id=_family(opened),
        publishable=not (
            is_service_headline(headline)
            or is_service_headline(opened.slug)
            or _SERVICE_SLUG.search(opened.slug)
        ),
        repairs=tuple(opened.notes),
    )


def _order(opened: _Opened, status: Status) -> Story:
    """Kill or hold the item named by its number, else this one (wire-rules 6.5, 6.10)."""
    lines = opened.lines
    whole = "\n".join((opened.slug, lines.headline or "", *lines.notes, *lines.body))
    target = _NUMBER.search(whole)
    if target is None:
        opened.notes.append("a kill or hold that names no item")
    return Story(
        story_id=_id_of(opened, target) if target else _own_id(opened),
        version_created=opened.sent,
        status=status,
        urgency=opened.message.urgency,
        headline=opened.slug if opened.version else lines.headline or opened.slug,
        slug=opened.slug,
        credit=opened.agency,
        ed_note="\n".join((*lines.notes, *lines.summaries, *lines.body)) or None,
        publishable=target is not None,
        repairs=tuple(opened.notes),
    )


def _own_id(opened: _Opened) -> str:
    message = opened.message
    return numbered_story_id(opened.agency, message.service, message.number, opened.day)


def _id_of(opened: _Opened, target: re.Match[str]) -> str:
    return numbered_story_id(opened.agency, target["service"], target["number"], opened.day)


def _family(opened: _Opened) -> str | None:
    """The item led or added to: by its number, else all of this slug and day (wire-rules 4.2)."""
    version = opened.version
    if version is None:
        return None
    target = _NUMBER.search(opened.slug) or _NUMBER.search(opened.message.slug)
    if target:
        return _id_of(opened, target)
    base = opened.slug.partition(",")[0].strip()
    return derived_story_id(opened.agency, opened.day, base)


def _signal(opened: _Opened, headline: str) -> str | None:
    version = opened.version
    told = signal_in((headline, *opened.lines.notes))
    if told == CORRECTION or (version and version["correction"]):
        return CORRECTION
    return told or (UPDATE if version and version["lead"] else None)


def _first_sentence(opened: _Opened) -> str:
    body, dateline = opened.lines.body, opened.dateline
    if not body:
        opened.notes.append("no headline: the slug stands in")
        return opened.slug
    opened.notes.append("no headline: the first sentence stands in")
    return first_sentence(body[0][dateline.end if dateline else 0 :]) or opened.slug


def _subjects(opened: _Opened) -> tuple[Subject, ...]:
    category = opened.message.category
    return (Subject(code=f"anpacat:{category}", name=category),) if category != "-" else ()
