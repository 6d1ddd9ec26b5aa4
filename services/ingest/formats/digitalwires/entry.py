"""Reads one entry of dpa's digitalwires as a story."""

from typing import Final

from services.ingest.datelines import CopyDateline, agency_of, read_dateline
from services.ingest.formats.digitalwires.categories import Categories, read_categories
from services.ingest.formats.digitalwires.ednotes import EdNotes, read_ednotes
from services.ingest.formats.digitalwires.texts import body_of, pictures_of, teaser_of
from services.ingest.formats.json_documents import JsonObject
from services.ingest.formats.json_fields import Fields
from services.ingest.formats.language_tags import language_tag
from services.ingest.formats.paragraphs import first_sentence
from services.ingest.formats.reading import ReadStory, Unreadable
from services.ingest.formats.service_copy import has_service_mark, is_service_headline
from services.ingest.formats.signs import CORRECTION, chief_signal, status_of, stricter
from services.ingest.formats.urgency import urgency_in
from services.ingest.formats.wire_copy import Copy
from services.ingest.sources import source_of
from shared.story import Dateline, Story

_DEFAULT_URGENCY: Final = 3  # dpa's own (wire-rules 8.3)
_NO_STORIES: Final = frozenset(("image", "picture", "video", "graphic", "audio"))
_SERVICE_DESKS: Final = frozenset(("dpacat:rs", "dpacat:dm"))


def is_text(document: JsonObject) -> bool:
    """Tell an article from a picture or a recording, which may stand in the same body."""
    if str(document.get("type")).lower() in _NO_STORIES:
        return False
    return bool(document.get("article_html")) or not document.get("associations")


def read_entry(document: JsonObject, copy: Copy) -> ReadStory:
    """Read one entry; a picture alone is a story of its caption."""
    notes = list(copy.repairs)
    item = Fields(document, notes)
    urn = item.line("urn")
    if urn is None:
        raise Unreadable("a story needs its urn", item.pointer("urn"))
    return ReadStory("digitalwires", _story(item, urn, copy), item.line("entry_id"))


def _story(item: Fields, urn: str, copy: Copy) -> Story:
    categories = read_categories(item)
    ednotes = read_ednotes(item)
    dateline = read_dateline(f"{item.line('dateline') or ''} ")
    body = body_of(item)
    headline = _headline(item, body)
    credit = _credit(item, categories, dateline)
    embargoed, embargo_status = ednotes.embargo(item, copy.received_at)
    where = item.pointer("pubstatus")
    word = item.line("pubstatus")
    status = status_of(word, where=where, notes=item.notes, embargoed=embargoed)
    return Story(
        story_id=urn,
        agency_version=item.number_or_text("version"),
        version_created=item.moment("version_created"),
        first_created=item.moment("content_created"),
        status=stricter(status, embargo_status),
        signal=_signal(item, categories, ednotes, headline),
        urgency=_urgency(item),
        embargoed=embargoed,
        expires=item.moment("expires"),
        language=language_tag(item.line("language")),
        headline=headline,
        kicker=item.line("kicker"),
        dateline=_dateline(item, categories, dateline),
        credit=credit,
        byline=item.line("byline"),
        teaser=teaser_of(item, body),
        picture_note=ednotes.of_pictures,
        pictures=pictures_of(item),
        body_text="\n\n".join(body),
        subjects=categories.subjects,
        keywords=categories.keywords,
        copyright_notice=item.text("copyrightnotice"),
        usage_terms=item.text("usageterms"),
        ed_note=ednotes.for_editors,
        correction_note=ednotes.for_readers,
        publishable=_is_publishable(categories, ednotes, headline),
        repairs=tuple(item.notes),
    )


def _headline(item: Fields, body: tuple[str, ...]) -> str:
    if headline := item.line("headline"):
        return headline
    dateline = read_dateline(body[0]) if body else None
    opening = first_sentence(body[0][dateline.end if dateline else 0 :]) if body else None
    for name, text in (("first sentence", opening), ("teaser", item.line("teaser"))):
        if text:
            item.notes.append(f"no headline: the {name} stands in")
            return text
    item.notes.append("no headline")
    return ""


def _credit(item: Fields, categories: Categories, dateline: CopyDateline | None) -> str | None:
    """Name the agency: dpa re-sells others' copy (wire-rules 1.7), and credits who took a picture."""
    told = item.line("creditline")
    if told:
        source = source_of(told) or source_of(told.rpartition("/")[2])
        return source.name if source else told
    if dateline:
        return agency_of(dateline.credit)
    return categories.provider


def _dateline(item: Fields, categories: Categories, found: CopyDateline | None) -> Dateline:
    if found:
        return Dateline(place=found.place or categories.located, credit=found.credit)
    place = (item.line("dateline") or "").rstrip(" -–") or categories.located
    return Dateline(place=place)


def _signal(item: Fields, categories: Categories, ednotes: EdNotes, headline: str) -> str | None:
    """Decide by the notes too: corrections come as `sig:update` (wire-rules 5.5)."""
    seen = ednotes.signal(headline)
    if seen == CORRECTION:
        return CORRECTION
    told = item.line("signal")
    signals = [f"sig:{told}" if told and ":" not in told else told, *categories.signals]
    known = [signal for signal in signals if signal and signal.startswith("sig:")]
    return chief_signal([*known, *([seen] if seen else [])])


def _urgency(item: Fields) -> int:
    urgency = urgency_in(item)
    if urgency is None:
        item.notes.append(f"no urgency: dpa's {_DEFAULT_URGENCY} stands in")
    return urgency if urgency is not None else _DEFAULT_URGENCY


def _is_publishable(categories: Categories, ednotes: EdNotes, headline: str) -> bool:
    """Tests, diaries, advisories and the agency's own notices are not (wire-rules 10.2, 10.3)."""
    if is_service_headline(headline) or ednotes.is_service:
        return False
    if any(code in _SERVICE_DESKS for code in categories.desks):
        return False
    return not has_service_mark((*categories.genres, *categories.signals))
