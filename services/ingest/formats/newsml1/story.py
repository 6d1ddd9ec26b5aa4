"""Puts a story together from a piece of a NewsML 1 item and all that is said of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.ingest.formats.embargo_line import without_embargo
from services.ingest.formats.headlines import (
    headline_or_stand_in,
    without_headline,
    without_markup,
)
from services.ingest.formats.newsml1.elements import child, line_of, within
from services.ingest.formats.newsml1.identifier import family_of
from services.ingest.formats.newsml1.items import Item
from services.ingest.formats.newsml1.metadata import (
    byline_of,
    city_of,
    genres_of,
    keywords_of,
    language_of,
    parties_of,
    subjects_of,
)
from services.ingest.formats.newsml1.notes import corrections_in, kicker_of, notes_of
from services.ingest.formats.newsml1.pieces import (
    Piece,
    body_of,
    headline_of,
    inner_line_of,
    inner_pictures_of,
    stand_in_of,
)
from services.ingest.formats.service_copy import has_service_mark, is_service_headline
from services.ingest.formats.signing import sign
from services.ingest.formats.signs import (
    CORRECTION,
    chief_signal,
    signal_in,
    signal_in_notes,
    status_in,
    stricter,
)
from services.ingest.formats.times import berlin_day
from services.ingest.formats.xml_document import Element
from services.ingest.identity import derived_story_id
from services.ingest.sources import source_of
from shared.story import Dateline, Picture, Status, Story


@dataclass(frozen=True, slots=True)
class _Copy:
    """What there is to read of a story, and what its text says of its embargo."""

    headline: str
    body: tuple[str, ...]
    slug: str | None
    embargoed: datetime | None
    held: Status


def story_of(item: Item, piece: Piece, number: int, pictures: Sequence[Picture]) -> Story:
    """Tell the story of the piece with this number; the first bears the item's own id."""
    notes = list(item.repairs)
    components = (item.element, *piece.components)
    copy = _copy_of(item, piece, components, notes)
    remarks = notes_of(item.element, components)
    dateline, credit = _signed(item, components, copy.body)
    story_id, family_id = _ids(item, piece, number, notes)
    management, genres = item.management, genres_of(components)
    status = stricter(stricter(management.status, copy.held), status_in((copy.headline,), remarks))
    is_kept_back = _is_service_copy(copy.headline, genres, management.kind)
    return Story(
        story_id=story_id or _derived_id(item, credit, copy.headline, notes),
        agency_version=item.identifier.version,
        version_created=management.created,
        first_created=management.first_created,
        status=status,
        signal=_signal(copy.headline, remarks, genres, components),
        urgency=management.urgency,
        embargoed=_later(management.embargoed, copy.embargoed),
        expires=management.expires,
        language=language_of(components),
        headline=copy.headline,
        kicker=kicker_of(components),
        slug=copy.slug,
        dateline=dateline,
        credit=credit,
        byline=byline_of(components) or _inner_byline(piece),
        pictures=tuple(dict.fromkeys((*pictures, *inner_pictures_of(piece)))),
        body_text="\n\n".join(copy.body),
        subjects=subjects_of(components),
        keywords=keywords_of(components),
        copyright_notice=_line(components, "CopyrightLine"),
        usage_terms=_line(components, "RightsLine"),
        ed_note="\n".join(remarks) or None,
        family_id=family_id or family_of(item.element, story_id),
        publishable=status is not Status.USABLE or not is_kept_back,
        repairs=tuple(notes),
    )


def _copy_of(item: Item, piece: Piece, components: Sequence[Element], notes: list[str]) -> _Copy:
    text = body_of(piece, notes) or stand_in_of(piece, notes)
    slug = _slug(item, components)
    told = without_markup(headline_of(piece))
    text, embargoed, held = without_embargo(text, item.received_at, notes)
    headline = headline_or_stand_in(told, text, notes, slug=slug)
    body = without_headline(text, headline, told=told is not None)
    return _Copy(headline, body, slug, embargoed, held)


def _inner_byline(piece: Piece) -> str | None:
    """Read the byline in the NITF; initials (`daa/mt/msr`) are for the desk."""
    byline = inner_line_of(piece, "byline")
    return byline if byline and " " in byline else None


def _later(first: datetime | None, second: datetime | None) -> datetime | None:
    """Of two embargoes the later holds: nothing leaves early (wire-rules 7)."""
    return max((moment for moment in (first, second) if moment), default=None)


def _is_service_copy(headline: str, genres: Sequence[str], kind: str | None) -> bool:
    """Whether it is for editors; what takes a story back always goes the story's way."""
    return is_service_headline(headline) or has_service_mark((*genres, kind or ""))


def _ids(item: Item, piece: Piece, number: int, notes: list[str]) -> tuple[str | None, str | None]:
    """Choose the id and the family: what adds to a story (wire-rules 4.2) has an id of its own."""
    own_id = item.identifier.story_id
    if own_id is None:
        return None, None
    if number:
        return f"{own_id}#{_part_name(piece, number)}", own_id
    if item.is_addition:
        notes.append("an addition (Update A): held as a story of its own")
        return f"{own_id}:{item.identifier.version}A", own_id
    return own_id, None


def _part_name(piece: Piece, number: int) -> str:
    component = piece.node.component
    names = (component.get("Duid"), component.get("Euid"), language_of(piece.components))
    return next((name for name in names if name and name != "0"), str(number + 1))


def _derived_id(item: Item, credit: str | None, headline: str, notes: list[str]) -> str:
    notes.append("no id: one made from agency, day and headline")
    told = item.management.first_created or item.management.created
    if told is None:
        notes.append("no date: the day of receipt stands in")
    return derived_story_id(credit, berlin_day(told or item.received_at), headline)


def _slug(item: Item, components: Sequence[Element]) -> str | None:
    return _line(components, "SlugLine") or line_of(
        child(item.element, "Identification", "NameLabel")
    )


def _signed(
    item: Item, components: Sequence[Element], body: Sequence[str]
) -> tuple[Dateline, str | None]:
    """Find dateline and credit: as the text signs, else as the provider is named, else the sender."""
    line = _line(components, "DateLine")
    return sign(body, line=line, place=city_of(components), names=_names(item, components))


def _names(item: Item, components: Sequence[Element]) -> Iterator[str | None]:
    yield _line(components, "CreditLine")
    yield from parties_of(components, "Provider")
    yield item.envelope.sender
    source = source_of(item.identifier.provider)
    yield source.name if source else None
    yield from parties_of(components, "Source")
    yield item.identifier.provider


def _signal(
    headline: str, remarks: Sequence[str], genres: Sequence[str], components: Sequence[Element]
) -> str | None:
    """Decide by headline, notes and genre what kind of change this is (wire-rules 5.5, 5.6)."""
    signals = [CORRECTION] if corrections_in(components) else []
    found = (signal_in((headline, *remarks)), signal_in_notes(remarks), signal_in(genres))
    return chief_signal([*signals, *filter(None, found)])


def _line(components: Sequence[Element], name: str) -> str | None:
    found = (line_of(line) for line in within(components, "NewsLines", name))
    return next(filter(None, found), None)
