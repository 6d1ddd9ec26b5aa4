"""Puts a story together from an NITF document."""

from dataclasses import dataclass
from datetime import datetime

from services.ingest.formats.bylines import byline_in
from services.ingest.formats.headlines import (
    headline_or_stand_in,
    without_headline,
    without_markup,
)
from services.ingest.formats.markup import body_paragraphs
from services.ingest.formats.markup_pictures import pictures_in
from services.ingest.formats.nitf import about, docdata
from services.ingest.formats.nitf.docdata import Head
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
from services.ingest.formats.urgency import urgency_of
from services.ingest.formats.wire_copy import Copy
from services.ingest.formats.xml_elements import Node
from services.ingest.identity import derived_story_id
from services.ingest.sources import Identity, identify
from shared.story import Picture, Status, Story


@dataclass(frozen=True, slots=True)
class _Draft:
    """A document with all that several fields of its story need."""

    head: Head
    body: Node
    body_head: Node
    text: tuple[str, ...]
    headline: str
    slug: str | None
    remarks: tuple[str, ...]
    names: tuple[str | None, ...]
    notes: list[str]


def story_of(document: Node, copy: Copy) -> Story:
    """Read a document as a story."""
    draft = _draft(document, list(copy.repairs))
    head, notes = draft.head, draft.notes
    line = _dateline(draft.body_head)
    dateline, credit = sign(draft.text, line=line, place=None, names=draft.names)
    provider = credit or next(filter(None, draft.names), None)
    times = docdata.read_times(head, draft.body_head, provider, copy.received_at, notes)
    told = docdata.read_status(head, times, notes)
    status = stricter(told, status_in((draft.headline,), draft.remarks))
    moment = times.first_created or times.version_created or copy.received_at
    identity = docdata.read_identity(head, provider) or _made(credit, moment, draft)
    identity, family_id = _meant(head, identity, provider, status, notes)
    return Story(
        story_id=identity.story_id,
        agency_version=identity.version,
        version_created=times.version_created,
        first_created=times.first_created,
        status=status,
        signal=_signal(draft),
        urgency=urgency_of(_urgency(head), notes, "ed-urg"),
        embargoed=times.embargoed,
        expires=times.expires,
        language=about.language_of(document, head),
        headline=draft.headline,
        slug=draft.slug,
        dateline=dateline,
        credit=credit,
        byline=byline_in(draft.body_head.child("byline")),
        pictures=_pictures(draft.body),
        body_text="\n\n".join(draft.text),
        subjects=about.subjects_of(head, credit),
        keywords=about.keywords_of(head),
        copyright_notice=about.copyright_of(head, draft.body_head),
        usage_terms=about.usage_of(head),
        ed_note="\n".join(draft.remarks) or None,
        family_id=family_id,
        publishable=status is not Status.USABLE or _is_publishable(draft),
        repairs=tuple(notes),
    )


def _draft(document: Node, notes: list[str]) -> _Draft:
    head, body = docdata.read_head(document), document.child("body")
    body_head = body.child("body.head")
    text = _text(body, notes)
    slug, titles = about.slug_of(head), (head.node.line("title"),)
    told = without_markup(about.headline_of(body_head))
    headline = headline_or_stand_in(told, text, notes, titles=titles, slug=slug)
    return _Draft(
        head,
        body,
        body_head,
        without_headline(text, headline, told=told is not None),
        headline,
        slug,
        about.notes_of(head, body),
        tuple(docdata.names_of(head, body_head)),
        notes,
    )


def _is_publishable(draft: _Draft) -> bool:
    """Whether it is for readers at all; what takes a story back always goes the story's way."""
    if is_service_headline(draft.headline):
        return False
    return not has_service_mark(about.marks_of(draft.head))


def _text(body: Node, notes: list[str]) -> tuple[str, ...]:
    contents = [c.element for c in body.all("body.content") if c.element is not None]
    if not contents and body.element is not None and not body.child("body.head"):
        contents = [body.element]
    text = tuple(block for content in contents for block in body_paragraphs(content, notes))
    if text:
        return text
    abstract = body.child("body.head", "abstract").element
    instead = body_paragraphs(abstract, notes) if abstract is not None else ()
    if instead:
        notes.append("no body: the abstract stands in")
    return instead


def _dateline(body_head: Node) -> str | None:
    dateline = body_head.child("dateline")
    if line := _location(dateline.child("location")):
        return line
    date = dateline.line("story.date")
    line = dateline.line()
    return line.replace(date, "").strip(" ,") if line and date else line


def _location(location: Node) -> str | None:
    """`Norfolk, Virginia`, however city and state are marked."""
    texts = (
        [str(text) for text in location.element.itertext()] if location.element is not None else []
    )
    parts = (" ".join(text.split()).strip(" ,") for text in texts)
    return ", ".join(filter(None, parts)) or None


def _made(credit: str | None, moment: datetime, draft: _Draft) -> Identity:
    draft.notes.append("no doc-id: an id made from agency, day and headline")
    return Identity(derived_story_id(credit, berlin_day(moment), draft.headline))


def _meant(
    head: Head, identity: Identity, provider: str | None, status: Status, notes: list[str]
) -> tuple[Identity, str | None]:
    """A cancel that names another document is that one's (wire-rules 6.5); else they are a family."""
    raw_id = docdata.refers_to(head)
    other = identify(raw_id, provider) if raw_id else None
    if other is None or other.story_id == identity.story_id:
        return identity, None
    if status is not Status.CANCELED:
        return identity, other.story_id
    notes.append(f"cancels another document: read as a version of {other.story_id}")
    return Identity(other.story_id, other.version), None


def _signal(draft: _Draft) -> str | None:
    tail = draft.slug.rpartition(", ")[2] if draft.slug else ""
    found = [CORRECTION] if draft.head.first("correction") else []
    lines = (draft.headline, *draft.remarks, tail)
    return chief_signal([*found, *filter(None, (signal_in(lines), signal_in_notes(draft.remarks)))])


def _urgency(head: Head) -> str | None:
    return head.first("urgency").get("ed-urg") or head.meta("ntbprioritet", "urgency")


def _pictures(body: Node) -> tuple[Picture, ...]:
    found = (pictures_in(c.element) for c in body.all("body.content") if c.element is not None)
    return tuple(dict.fromkeys(picture for pictures in found for picture in pictures))
