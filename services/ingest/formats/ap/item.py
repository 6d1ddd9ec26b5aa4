"""Reads one item of AP's JSON as a story."""

from typing import Final
from zoneinfo import ZoneInfo

from services.ingest.datelines import CopyDateline, agency_of, read_dateline
from services.ingest.formats.ap.editorial_types import EditorialTypes, read_editorial_types
from services.ingest.formats.ap.texts import body_of, byline_of, headline_of, pictures_of
from services.ingest.formats.json_documents import JsonObject
from services.ingest.formats.json_fields import Fields
from services.ingest.formats.language_tags import language_tag
from services.ingest.formats.reading import ReadStory, Unreadable
from services.ingest.formats.service_copy import has_service_mark, is_service_headline
from services.ingest.formats.signs import (
    CORRECTION,
    signal_in,
    signal_in_notes,
    status_in,
    status_of,
    stricter,
)
from services.ingest.formats.urgency import urgency_in, urgency_of_letter
from services.ingest.formats.wire_copy import Copy
from services.ingest.sources import source_of
from shared.story import Dateline, Status, Story, Subject

_UTC: Final = ZoneInfo("UTC")
_NO_STORIES: Final = frozenset(("picture", "photo", "graphic", "video", "audio", "complexdata"))
_DATELINE_WITHIN: Final = 3
_SCHEMES: Final = {"category": "apcategorycode", "suppcategory": "apsuppcategorycode"}


def is_text(document: JsonObject) -> bool:
    """Tell a text from a picture or a recording, which may stand in the same feed."""
    return str(document.get("type") or "text").lower() not in _NO_STORIES


def read_item(document: JsonObject, copy: Copy) -> ReadStory:
    """Read one item; a picture alone is a story of its caption."""
    item = Fields(document, list(copy.repairs))
    ids = item.within("altids")
    item_id = ids.line("itemid") if ids else None
    if ids is None or item_id is None:
        raise Unreadable("a story needs its altids.itemid", item.pointer("altids"))
    return ReadStory("ap", _story(item, ids, item_id), ids.line("etag"))


def _story(item: Fields, ids: Fields, item_id: str) -> Story:
    body = body_of(item)
    headline = headline_of(item, body)
    types = read_editorial_types(item)
    note = item.prose("ednote")
    embargoed = item.moment("embargoed", zone=None)
    found = next(filter(None, map(read_dateline, body[:_DATELINE_WITHIN])), None)
    urgency = urgency_in(item)
    return Story(
        story_id=item_id,
        agency_version=item.number_or_text("version"),
        version_created=item.moment("versioncreated", zone=_UTC),
        first_created=item.moment("firstcreated", zone=_UTC),
        status=_status(item, types, note),
        signal=_signal(types, headline, note),
        urgency=urgency or urgency_of_letter(item.line("editorialpriority")),
        embargoed=embargoed,
        expires=item.moment("expires", zone=_UTC),
        language=language_tag(item.line("language")),
        headline=headline,
        slug=item.line("slugline"),
        dateline=_dateline(item, found),
        credit=_credit(item, found),
        byline=byline_of(item),
        pictures=pictures_of(item),
        body_text="\n\n".join(body),
        subjects=_subjects(item),
        keywords=item.texts("keywords"),
        copyright_notice=item.prose("copyrightnotice"),
        usage_terms=item.prose("usageterms"),
        ed_note=note,
        family_id=_family(item, ids, types),
        publishable=_is_publishable(item, headline, types),
        repairs=tuple(item.notes),
    )


def _signal(types: EditorialTypes, headline: str, note: str | None) -> str | None:
    """A correction counts, whoever says so; else the type, else the note (wire-rules 5.5, 5.6)."""
    seen = signal_in([headline, note or ""]) or signal_in_notes([note or ""])
    return CORRECTION if seen == CORRECTION else types.signal or seen


def _status(item: Fields, types: EditorialTypes, note: str | None) -> Status:
    """Decide by status, kinds, note and embargo together (wire-rules 6.2)."""
    embargoed = item.moment("embargoed", zone=None)
    told = status_of(
        item.line("pubstatus"),
        where=item.pointer("pubstatus"),
        notes=item.notes,
        embargoed=embargoed,
    )
    seen = status_in([item.line("headline") or ""], [note or ""])
    return stricter(stricter(told, types.status(held_until=embargoed)), seen)


def _dateline(item: Fields, found: CopyDateline | None) -> Dateline:
    location = item.within("datelinelocation")
    city = location.line("city") if location else None
    if found:
        return Dateline(place=found.place or city, credit=found.credit)
    return Dateline(place=city)


def _credit(item: Fields, found: CopyDateline | None) -> str | None:
    told = item.line("provider")
    source = source_of(told)
    if source:
        return source.name
    return told or (agency_of(found.credit) if found else "AP")


def _family(item: Fields, ids: Fields, types: EditorialTypes) -> str | None:
    """A take or an add belongs to the story of its editorial id (wire-rules 4.2)."""
    if not types.adds:
        return None
    return ids.line("editorialid") or ids.line("referenceid") or item.line("slugline")


def _subjects(item: Fields) -> tuple[Subject, ...]:
    subjects: dict[Subject, None] = {}
    for entry in item.objects("subject"):
        code = entry.line("code")
        rels = entry.texts("rels")
        scheme = next((_SCHEMES[rel] for rel in rels if rel in _SCHEMES), "apsubject")
        subject = Subject(code=f"{scheme}:{code}" if code else None, name=entry.line("name"))
        if subject.code or subject.name:
            subjects[subject] = None
    return tuple(subjects)


def _is_publishable(item: Fields, headline: str, types: EditorialTypes) -> bool:
    """Tests and advisories are not (wire-rules 10.2, 10.3)."""
    marks = [*item.texts("signals"), *types.names]
    for name in ("itemcontenttype", "editorialrole", "genre"):
        value = item.plain(name)
        if isinstance(value, str):
            marks.append(value)
        elif isinstance(value, dict):
            within = item.within(name)
            marks += [mark for mark in (within and within.line("name"),) if mark]
    return not (is_service_headline(headline) or has_service_mark(marks))
