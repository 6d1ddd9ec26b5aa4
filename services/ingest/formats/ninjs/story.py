"""Reads one ninjs document as a story. Its family is found, not trusted."""

from datetime import datetime
from zoneinfo import ZoneInfo

from services.ingest.datelines import agency_of, read_dateline
from services.ingest.formats.headlines import without_headline
from services.ingest.formats.json_documents import JsonObject
from services.ingest.formats.json_fields import Fields
from services.ingest.formats.language_tags import language_tag
from services.ingest.formats.ninjs.family import family_of
from services.ingest.formats.ninjs.tags import item_status, pictures_of, signal_of, subjects_of
from services.ingest.formats.ninjs.texts import body_of, correction_of, headline_of
from services.ingest.formats.reading import ReadStory, Unreadable
from services.ingest.formats.service_copy import has_service_mark, is_service_headline
from services.ingest.formats.signs import CORRECTION, status_in, stricter
from services.ingest.formats.times import BERLIN
from services.ingest.formats.urgency import urgency_in
from services.ingest.formats.wire_copy import Copy
from services.ingest.sources import identify, identify_by, source_of
from shared.story import Dateline, Story

_DATELINE_WITHIN = 3  # paragraphs: a subheading or a note may stand above it
_NO_STORIES = frozenset(("advisory", "event", "planning"))


def read_story(document: JsonObject, copy: Copy) -> ReadStory:
    """Read one document (ninjs 1.6, 2.2, 3.1). Raises Unreadable with a JSON pointer."""
    notes = list(copy.repairs)
    item = Fields(document, notes)
    raw_id = item.line("uri") or item.line("guid") or item.line("_id")
    if raw_id is None:
        raise Unreadable("a story needs its uri", item.pointer("uri"))
    body = body_of(item)
    return ReadStory(family_of(item, document), _story(item, raw_id, body))


def _story(item: Fields, raw_id: str, body: tuple[str, ...]) -> Story:
    headline = headline_of(item, body)
    body = without_headline(body, headline, told=not _stands_in(item))
    dateline, credit = _dateline(item, body)
    agency = source_of(credit, raw_id)
    identity = identify_by(agency, raw_id, item.number_or_text("version"))
    zone = ZoneInfo(agency.zone) if agency else BERLIN
    note = item.prose("ednote")
    correction = correction_of(item)
    signal = CORRECTION if correction else signal_of(item, headline, note)
    embargoed = _embargoed(item)
    return Story(
        story_id=identity.story_id,
        agency_version=identity.version,
        version_created=item.moment("versioncreated", zone=zone),
        first_created=item.moment("firstcreated", zone=zone) or _first_version(item, zone),
        status=stricter(item_status(item, embargoed), status_in([headline], [note or ""])),
        signal=signal,
        urgency=_urgency(item),
        embargoed=embargoed,
        expires=item.moment("expires", zone=zone),
        language=language_tag(item.line("language")),
        headline=headline,
        slug=item.line("slugline") or item.line("slug"),
        dateline=dateline,
        credit=credit,
        byline=item.line("byline") or item.line("by"),
        pictures=pictures_of(item),
        body_text="\n\n".join(body),
        subjects=subjects_of(item),
        keywords=item.texts("keywords"),
        copyright_notice=item.prose("copyrightnotice"),
        usage_terms=item.prose("usageterms") or item.prose("usage"),
        ed_note=note,
        correction_note=correction,
        family_id=_family_id(item),
        publishable=_is_publishable(item, headline, signal),
        repairs=tuple(item.notes),
    )


def _urgency(item: Fields) -> int | None:
    urgency = urgency_in(item)
    if urgency is None and item.digits("priority"):
        return urgency_in(item, "priority")
    return urgency


def _stands_in(item: Fields) -> bool:
    return any("first sentence" in note for note in item.notes)


def _first_version(item: Fields, zone: ZoneInfo) -> datetime | None:
    """Fingerpost's field, in which some put a version's name."""
    text = item.line("firstversion")
    return item.moment("firstversion", zone=zone) if text and text[:4].isdigit() else None


def _family_id(item: Fields) -> str | None:
    """The story that this one replaces under an id of its own (wire-rules 1.5)."""
    former = item.line("evolvedfrom") or item.line("rewrite_of")
    former = former or next(iter(item.texts("replacing")), None)
    return identify(former).story_id if former else None


def _dateline(item: Fields, body: tuple[str, ...]) -> tuple[Dateline, str | None]:
    """Find the dateline, and the agency: as the copy says, else the source, else the rights' holder."""
    found = next(filter(None, map(read_dateline, body[:_DATELINE_WITHIN])), None)
    located = item.line("located")
    if found is None:
        return Dateline(place=located), _source(item) or item.line("copyrightholder")
    dateline = Dateline(place=found.place or located, credit=found.credit)
    return dateline, agency_of(found.credit)


def _source(item: Fields) -> str | None:
    for name in ("infosource", "infosources"):
        for source in item.objects(name):
            if credit := source.line("name") or source.line("literal") or source.line("code"):
                return credit
    told = item.line("source") or item.line("source-feed")
    found = source_of(told)
    return found.name if found else told


def _embargoed(item: Fields) -> datetime | None:
    """Take the embargo, `embargoedUntil` since 3.0; if both are given, the later (nothing early)."""
    moments = [
        moment
        for name in ("embargoed", "embargoeduntil")
        if (moment := item.moment(name, zone=None))
    ]
    return max(moments, default=None)


def _is_publishable(item: Fields, headline: str, signal: str | None) -> bool:
    if is_service_headline(headline) or item.line("type") in _NO_STORIES:
        return False
    if "eventdetails" in item or "plannedcoverage" in item:
        return False
    marks = [mark for mark in (item.line("profile"), signal) if mark]
    for name in ("genre", "genres"):
        for genre in item.objects(name):
            marks += [
                mark for field in ("name", "code", "literal", "uri") if (mark := genre.line(field))
            ]
    return not has_service_mark(marks)
