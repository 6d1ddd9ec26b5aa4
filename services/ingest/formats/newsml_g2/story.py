"""Puts a story together from a text item and what goes with it."""

from dataclasses import dataclass
from typing import Final

from services.ingest.formats.headlines import (
    headline_or_stand_in,
    without_headline,
    without_markup,
)
from services.ingest.formats.newsml_g2 import about, meta
from services.ingest.formats.newsml_g2.content import Content, read_content
from services.ingest.formats.newsml_g2.items import Item, Message
from services.ingest.formats.newsml_g2.notes import EditorsNotes, read_notes
from services.ingest.formats.service_copy import has_service_mark, is_service_headline
from services.ingest.formats.signing import sign
from services.ingest.formats.signs import status_in, stricter
from services.ingest.formats.urgency import urgency_of
from services.ingest.formats.wire_copy import Copy
from services.ingest.formats.xml_elements import Node
from shared.story import Dateline, Picture, Status, Story

_USABLE: Final = "usable"


@dataclass(frozen=True, slots=True)
class _Draft:
    """An item with all that several fields of its story need."""

    node: Node
    meta: Node
    content: Content
    headline: str
    slug: str | None
    language: str | None
    remarks: EditorsNotes
    signals: tuple[str, ...]
    provider: str | None
    notes: list[str]


def story_of(item: Item, message: Message, copy: Copy) -> Story:
    """Read a text item as a story. Raises Unreadable if it has no guid."""
    draft = _draft(item, list(copy.repairs))
    node, notes = draft.node, draft.notes
    identity = meta.read_identity(item, draft.provider)
    times = meta.read_times(draft.meta, draft.provider, notes)
    status = meta.read_status(draft.meta, times, notes, signals=draft.signals)
    status = stricter(status, status_in((draft.headline,), draft.remarks.lines))
    dateline, credit = _signed(draft, message)
    return Story(
        story_id=identity.story_id,
        agency_version=identity.version,
        version_created=times.version_created,
        first_created=times.first_created,
        status=status,
        signal=meta.read_signal(draft.signals, draft.headline, draft.slug, draft.remarks),
        urgency=urgency_of(node.line("contentmeta", "urgency"), notes),
        embargoed=times.embargoed,
        expires=times.expires,
        language=draft.language,
        headline=draft.headline,
        slug=draft.slug,
        dateline=dateline,
        credit=credit,
        byline=about.byline_of(node, draft.content.byline, notes),
        pictures=_pictures(item, message, draft.content),
        body_text="\n\n".join(draft.content.body),
        subjects=about.subjects_of(node, about.aliases_of(node)),
        keywords=about.keywords_of(node),
        copyright_notice=_right(draft, "copyrightnotice"),
        usage_terms=_right(draft, "usageterms"),
        ed_note="\n".join(draft.remarks.lines) or None,
        correction_note=draft.remarks.for_readers,
        family_id=meta.family_of(item, identity.story_id, draft.provider),
        publishable=status is not Status.USABLE or _is_publishable(draft),
        repairs=tuple(notes),
    )


def _draft(item: Item, notes: list[str]) -> _Draft:
    node, item_meta = item.node, item.node.child("itemmeta")
    content = read_content(node, notes)
    slug = node.line("contentmeta", "slugline")
    titles = (item_meta.line("title"), *content.titles)
    language = about.language_of(node)
    told = without_markup(about.headline_of(node, language))
    headline = headline_or_stand_in(told, content.body, notes, titles=titles, slug=slug)
    body = without_headline(content.body, headline, told=bool(told or content.titles))
    body = _without_subtitles(body, node)
    return _Draft(
        node,
        item_meta,
        content._replace(body=body),
        headline,
        slug,
        language,
        read_notes(item_meta, content.framed),
        meta.signals_in(item_meta),
        meta.provider_of(item_meta),
        notes,
    )


def _without_subtitles(body: tuple[str, ...], node: Node) -> tuple[str, ...]:
    """Take the other headlines off the head of the text, too; a first sentence ends with a stop."""
    titles = {title.line() for title in node.child("contentmeta").all("headline")}
    while len(body) > 1 and body[0] in titles and not body[0].endswith("."):
        body = body[1:]
    return body


def _signed(draft: _Draft, message: Message) -> tuple[Dateline, str | None]:
    return sign(
        draft.content.body,
        line=draft.node.line("contentmeta", "dateline") or draft.content.dateline,
        place=about.place_of(draft.node),
        names=about.names_of(draft.node, draft.provider, message.sender),
    )


def _pictures(item: Item, message: Message, content: Content) -> tuple[Picture, ...]:
    beside = [
        about.picture_of(picture) for picture in message.pictures_of(item) if _is_usable(picture)
    ]
    within = () if any(beside) else content.pictures
    found = (*filter(None, beside), *about.remote_pictures(item.node), *within)
    return tuple(dict.fromkeys(found))


def _is_usable(picture: Item) -> bool:
    code = picture.node.child("itemmeta", "pubstatus").get("qcode") or _USABLE
    return code.lower().rpartition(":")[2] == Status.USABLE


def _right(draft: _Draft, name: str) -> str | None:
    """Read a line of the rights, in the item's language if it comes in several."""
    lines = draft.node.child("rightsinfo").all(name)
    if len(lines) > 1:
        own = (draft.language or "").partition("-")[0]
        lines = sorted(lines, key=lambda n: (n.language or own).lower().partition("-")[0] != own)
    return next(filter(None, map(Node.line, lines)), None)


def _is_publishable(draft: _Draft) -> bool:
    """Whether it is for readers at all; what takes a story back always goes the story's way."""
    if is_service_headline(draft.headline) or is_service_headline(draft.slug or ""):
        return False
    return not has_service_mark((*about.genres_of(draft.node), *draft.signals))
