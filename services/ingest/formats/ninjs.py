"""Reads ninjs 1.x, 2.x and 3.x (IPTC): one story a document. The family is found, not trusted."""

from datetime import datetime

from services.ingest.datelines import agency_of, read_dateline
from services.ingest.formats.json_fields import Fields
from services.ingest.formats.labels import Kind
from services.ingest.formats.ninjs_family import family_of
from services.ingest.formats.ninjs_tags import item_status, pictures_of, signal_of, subjects_of
from services.ingest.formats.ninjs_text import body_of, headline_of
from services.ingest.formats.reading import ReadStory, Unreadable
from services.ingest.formats.service_copy import has_service_mark, is_service_headline
from services.ingest.formats.wire_copy import Copy
from shared.story import Dateline, Story

KIND = Kind.JSON
_DATELINE_WITHIN = 3  # paragraphs: a subheading or a note may stand above it


def looks_like(copy: Copy) -> bool:
    """Claim any JSON object, as long as no other JSON format claims it first."""
    return copy.document is not None


def parse(copy: Copy) -> tuple[ReadStory, ...]:
    """Read one ninjs document (ninjs 1.6, 2.2, 3.1). Raises Unreadable with a JSON pointer."""
    document = copy.document or {}
    notes = list(copy.repairs)
    item = Fields(document, notes)
    story_id = item.line("uri")
    if story_id is None:
        raise Unreadable("a story needs its uri", item.pointer("uri"))
    body = body_of(item)
    return (ReadStory(family_of(item, document), _story(item, story_id, body)),)


def _story(item: Fields, story_id: str, body: tuple[str, ...]) -> Story:
    headline = headline_of(item, body)
    dateline, credit = _dateline(item, body)
    signal = signal_of(item)
    return Story(
        story_id=story_id,
        agency_version=item.number_or_text("version"),
        version_created=item.moment("versioncreated"),
        first_created=item.moment("firstcreated"),
        status=item_status(item),
        signal=signal,
        urgency=_urgency(item),
        embargoed=_embargoed(item),
        expires=item.moment("expires"),
        language=item.line("language"),
        headline=headline,
        slug=item.line("slugline"),
        dateline=dateline,
        credit=credit,
        byline=item.line("byline") or item.line("by"),
        pictures=pictures_of(item),
        body_text="\n\n".join(body),
        subjects=subjects_of(item),
        keywords=item.texts("keywords"),
        copyright_notice=item.text("copyrightnotice"),
        usage_terms=item.text("usageterms"),
        ed_note=item.text("ednote"),
        publishable=_is_publishable(item, headline, signal),
        repairs=tuple(item.notes),
    )


def _dateline(item: Fields, body: tuple[str, ...]) -> tuple[Dateline, str | None]:
    """Find the dateline, and the agency: as the copy says, else the source, else the rights' holder."""
    datelines = map(read_dateline, body[:_DATELINE_WITHIN])
    found = next(filter(None, datelines), None)
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
    return None


def _urgency(item: Fields) -> int | None:
    """1 (most urgent) to 9 (wire-rules 8.1); another number is none, and noted."""
    urgency = item.number_or_text("urgency")
    if isinstance(urgency, str):
        raise Unreadable("a number from 1 to 9 is expected", item.pointer("urgency"))
    if urgency is None or 1 <= urgency <= 9:  # noqa: PLR2004 - the scale, as above
        return urgency
    item.notes.append(f"{item.pointer('urgency')}: {urgency} is not from 1 to 9, left out")
    return None


def _embargoed(item: Fields) -> datetime | None:
    """Take the embargo, `embargoedUntil` since 3.0; if both are given, the later (nothing early)."""
    moments = [
        moment
        for name in ("embargoed", "embargoeduntil")
        if (moment := item.moment(name, assume_berlin=False))
    ]
    return max(moments, default=None)


def _is_publishable(item: Fields, headline: str, signal: str | None) -> bool:
    if is_service_headline(headline) or item.line("type") in {"event", "planning"}:
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
