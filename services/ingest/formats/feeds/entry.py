"""Puts a story together from what an entry of a feed says, Atom or RSS alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.ingest.formats.bylines import are_initials
from services.ingest.formats.embargo_line import without_embargo
from services.ingest.formats.feeds.management import Managed
from services.ingest.formats.feeds.names import Parts, each, text_of
from services.ingest.formats.headlines import headline_or_stand_in, without_headline
from services.ingest.formats.newscodes import iptc_code, qcode
from services.ingest.formats.service_copy import has_service_mark, is_service_headline
from services.ingest.formats.signing import sign
from services.ingest.formats.signs import signal_in, status_in, stricter
from services.ingest.formats.times import berlin_day
from services.ingest.identity import derived_story_id
from services.ingest.sources import identify, source_of
from shared.story import Picture, Status, Story, Subject

_IPTC_PREFIXES: Final = ("medtop:", "subj:")


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says for all its entries."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    rights: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry, read: times bear an offset, texts are plain. Atom and RSS know no versions."""

    raw_id: str | None
    title: str | None
    body: tuple[str, ...]
    updated: datetime | None
    published: datetime | None
    language: str | None
    authors: tuple[str, ...]
    sources: tuple[str, ...]
    subjects: tuple[Subject, ...]
    keywords: tuple[str, ...]
    pictures: tuple[Picture, ...]
    rights: str | None
    managed: Managed
    is_draft: bool = False
    ed_note: str | None = None

    @property
    def status(self) -> Status:
        """What may be done with it; a draft is for nobody yet."""
        return stricter(self.managed.status, Status.WITHHELD if self.is_draft else None)


def story_of(entry: Entry, feed: Feed, received_at: datetime, notes: list[str]) -> Story:
    """Tell the story of an entry."""
    told = entry.managed.headline or entry.title
    headline = headline_or_stand_in(told, entry.body, notes)
    body, embargoed, held = without_embargo(entry.body, received_at, notes)
    body = without_headline(body, headline, told=told is not None)
    dateline, credit = sign(body, line=None, place=None, names=_names(entry, feed))
    status = stricter(stricter(entry.status, held), status_in((headline,)))
    raw_id = entry.managed.story_id or entry.raw_id
    identity = identify(raw_id, credit, entry.managed.version) if raw_id else None
    story_id = (
        identity.story_id if identity else _derived_id(entry, credit, headline, received_at, notes)
    )
    return Story(
        story_id=story_id,
        agency_version=identity.version if identity else None,
        version_created=entry.updated or entry.published,
        first_created=entry.published if entry.updated else None,
        status=status,
        signal=signal_in((headline,)),
        urgency=entry.managed.urgency,
        embargoed=embargoed,
        language=_language(entry.language or feed.language),
        headline=headline,
        slug=entry.managed.slug,
        dateline=dateline,
        credit=credit,
        byline=_byline(entry.authors, credit, feed),
        pictures=entry.pictures,
        body_text="\n\n".join(body),
        subjects=entry.subjects,
        keywords=entry.keywords,
        copyright_notice=entry.rights or feed.rights,
        ed_note=entry.ed_note,
        publishable=status is not Status.USABLE or _is_publishable(headline, entry.keywords),
        repairs=tuple(notes),
    )


def _is_publishable(headline: str, keywords: Sequence[str]) -> bool:
    return not is_service_headline(headline) and not has_service_mark(keywords)


def tags_of(parts: Parts) -> tuple[tuple[Subject, ...], tuple[str, ...]]:
    """Part the categories: those of IPTC's schemes are subjects, the others keywords."""
    subjects: dict[Subject, None] = {}
    keywords: dict[str, None] = {}
    for found in each(parts, "category", "dc:subject", "media:keywords", "keywords"):
        term = (found.get("term") or text_of(found) or "").strip()
        label = (found.get("label") or "").strip()
        code = _iptc_code(term, found.get("scheme") or found.get("domain") or "")
        if code:
            subjects[Subject(code=code, name=label or None)] = None
        elif label or term:
            keywords |= dict.fromkeys(
                _words(label or term, several="category" not in str(found.tag))
            )
    return tuple(subjects), tuple(keywords)


def _names(entry: Entry, feed: Feed) -> Iterator[str | None]:
    """Give who may be the agency: known ones first, else the sources and the feed's own title."""
    names = (*entry.sources, *entry.authors, *feed.authors, feed.title)
    yield from (name for name in names if source_of(name))
    yield from entry.sources
    yield feed.title


def _byline(authors: Sequence[str], credit: str | None, feed: Feed) -> str | None:
    """Name who wrote it; an agency that calls itself the author has no byline."""
    agencies = {credit, feed.title}
    people = [
        name
        for name in authors
        if name not in agencies and source_of(name) is None and not are_initials(name)
    ]
    return ", ".join(people) or None


def _derived_id(
    entry: Entry, credit: str | None, headline: str, received_at: datetime, notes: list[str]
) -> str:
    notes.append("no id: one made from agency, day and headline")
    told = entry.published or entry.updated
    if told is None:
        notes.append("no date: the day of receipt stands in")
    return derived_story_id(credit, berlin_day(told or received_at), headline)


def _language(tag: str | None) -> str | None:
    if not tag or not tag.strip():
        return None
    primary, _, rest = tag.strip().replace("_", "-").partition("-")
    return f"{primary.lower()}-{rest}" if rest else primary.lower()


def _words(text: str, *, several: bool) -> list[str]:
    words = text.replace(";", ",").split(",") if several else [text]
    return [word.strip() for word in words if word.strip()]


def _iptc_code(term: str, scheme: str) -> str | None:
    code = qcode(term)
    if code.startswith(_IPTC_PREFIXES):
        return code
    return iptc_code(code) if "iptc" in f"{scheme}{term}".lower() else None
