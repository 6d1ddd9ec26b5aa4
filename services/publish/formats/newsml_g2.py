"""Writes a story as NewsML-G2 2.35 (IPTC), power conformance: one newsItem, its text in XHTML."""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

from services.publish.formats.profiles import Profile, Rendered
from services.publish.formats.subjects import Told, told_subjects
from services.publish.formats.xml_texts import (
    DECLARATION,
    attributes,
    element,
    empty,
    identifier,
    line,
    moment,
    paragraphs,
    within,
)
from shared.events import Labels, Revision
from shared.story import Picture, Status, Story

CONTENT_TYPE: Final = "application/vnd.iptc.g2.newsitem+xml"
_ROOT: Final = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" standard="NewsML-G2"'
    ' standardversion="2.35" conformance="power"'
)
_IPTC_CATALOG: Final = (
    '<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"/>'
)
_IN_CATALOG: Final = frozenset(("drol", "genre", "irel", "medtop", "ninat", "sig", "stat", "subj"))
_OURS: Final = "depesche"
_NOTE_ROLES: Final = "dpaednoterole"
_UNKNOWN_PROVIDER: Final = "Depesche"
_QCODE: Final = re.compile(r"(?P<alias>[A-Za-z][\w.-]*):[^\s:/][^\s]*", re.ASCII)
_URI: Final = re.compile(r"(?:https?://|urn:)[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_SIGNAL: Final = re.compile(r"(?:sig:)?(?P<name>[a-z][a-zA-Z]*)")
_MOST_URGENT, _LEAST_URGENT = 1, 9


def render(story: Story, revision: Revision, tags: Labels, profile: Profile) -> Rendered:  # noqa: ARG001 - the same for all partners
    """Write the item. A recalled story has neither contentSet nor pictures (wire-rules 6.10).

    Of notes, only what readers may know of a correction is told (wire-rules 5.2, 10.1).
    """
    subjects = list(told_subjects(story, tags))
    credit = story.credit or story.dateline.credit
    item = {
        "guid": identifier(story.story_id),
        # The standard counts from 1; a version 0 is told from a first by its time.
        "version": str(max(revision.version, 1)),
        "xml:lang": _language(story),
    }
    document = "".join(
        (
            f"{DECLARATION}{_ROOT}{attributes(item)}>{_IPTC_CATALOG}",
            _catalog(subject.code for subject in subjects),
            within("rightsInfo", "".join(_rights(story, credit))),
            within("itemMeta", "".join(_item_meta(story, revision, credit))),
            within("contentMeta", "".join(_content_meta(story, revision, credit, subjects))),
            _content_set(story) if revision.status is Status.USABLE else "",
            "</newsItem>\n",
        )
    )
    return Rendered(document.encode(), CONTENT_TYPE)


def _catalog(codes: Iterable[str | None]) -> str:
    """Declare the schemes that IPTC's catalog does not: ours, and those of agencies."""
    found = (_QCODE.fullmatch(code) for code in codes if code)
    aliases = {match["alias"] for match in found if match} - _IN_CATALOG
    schemes = (
        empty("scheme", {"alias": alias, "uri": f"urn:depesche:scheme:{alias}:"})
        for alias in sorted(aliases | {_OURS, _NOTE_ROLES})
    )
    return within("catalog", "".join(schemes))


def _rights(story: Story, credit: str | None) -> Iterator[str]:
    if story.copyright_notice and credit:
        yield f"<copyrightHolder{attributes({'literal': credit})}/>"
    yield element("copyrightNotice", story.copyright_notice)
    yield element("usageTerms", story.usage_terms)


def _item_meta(story: Story, revision: Revision, credit: str | None) -> Iterator[str]:
    usable = revision.status is Status.USABLE
    yield '<itemClass qcode="ninat:text"/>'
    yield empty("provider", {"literal": credit or _UNKNOWN_PROVIDER})
    yield element("versionCreated", moment(story.version_created or revision.received_at))
    yield element("firstCreated", moment(story.first_created))
    yield element("embargoed", moment(story.embargoed))
    yield empty("pubStatus", {"qcode": f"stat:{revision.status.value}"})
    if usable:
        role = {"role": f"{_NOTE_ROLES}:correction_consumerready"}
        yield element("edNote", story.correction_note, role)
    yield _signal(story.signal)
    yield element("expires", moment(story.expires))
    if usable:
        yield from (
            _link(picture, f"{identifier(story.story_id)}#picture-{at}")
            for at, picture in enumerate(story.pictures, 1)
            if picture != Picture()
        )


def _signal(signal: str | None) -> str:
    if not signal:
        return ""
    known = _SIGNAL.fullmatch(signal)
    return empty("signal", {"qcode": f"sig:{known['name']}"} if known else {"literal": signal})


def _link(picture: Picture, name: str) -> str:
    """Point to a picture, with what is known of it as hints."""
    href = quote(picture.href, safe=":/?#@!$&'()*+,;=%~") if picture.href else None
    values = {
        "rel": "irel:seeAlso",
        "residref": name,
        "href": href if href and _URI.fullmatch(href) else None,
    }
    return (
        f'<link{attributes(values)}><itemClass qcode="ninat:picture"/>'
        f"{element('description', picture.caption, {'role': 'drol:caption'})}"
        f"{element('creditline', picture.credit)}</link>"
    )


def _content_meta(
    story: Story, revision: Revision, credit: str | None, subjects: Iterable[Told]
) -> Iterator[str]:
    if story.urgency is not None and _MOST_URGENT <= story.urgency <= _LEAST_URGENT:
        yield element("urgency", str(story.urgency))
    if place := element("name", story.dateline.place):
        yield f"<located>{place}</located>"
    if credit:
        yield empty("infoSource", {"literal": credit})
    yield empty("language", {"tag": _language(story)})
    yield from map(_subject, subjects)
    yield element("slugline", story.slug)
    yield f"<headline>{line(story.headline)}</headline>"
    yield element("headline", story.kicker, {"role": f"{_OURS}:kicker"})
    yield element("dateline", _dateline(story))
    yield element("by", story.byline)
    yield element("creditline", credit)
    yield from (element("keyword", keyword) for keyword in story.keywords)
    if revision.status is Status.USABLE:
        yield element("description", story.teaser, {"role": "drol:summary"})


def _language(story: Story) -> str | None:
    told = story.language
    return told if told and _LANGUAGE.fullmatch(told) else None


def _dateline(story: Story) -> str:
    place, credit = story.dateline.place, story.dateline.credit
    return " ".join(filter(None, (place, credit and f"({credit})")))


def _subject(subject: Told) -> str:
    """Write a subject: ours with how sure we are, and whether it is the section or a topic."""
    ours = subject.role is not None
    values = {
        **_identified(subject.code, subject.name),
        "creator": f"{_OURS}:tagger" if ours else None,
        "why": f"{_OURS}:{subject.role}" if ours else None,
        "confidence": str(subject.certainty) if ours else None,
    }
    return f"<subject{attributes(values)}>{element('name', subject.name)}</subject>"


def _identified(code: str | None, name: str | None) -> dict[str, str | None]:
    """Identify a concept: by qcode or URI; what is neither is a literal, as is a mere name."""
    if code and _URI.fullmatch(code):
        return {"uri": code}
    if code and _QCODE.fullmatch(code):
        return {"qcode": code}
    return {"literal": code or name}


def _content_set(story: Story) -> str:
    body = "".join(paragraphs(story.body_text))
    if not body:
        return ""
    return (
        '<contentSet><inlineXML contenttype="application/xhtml+xml">'
        '<html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>{line(story.headline)}</title></head><body>{body}</body>"
        "</html></inlineXML></contentSet>"
    )
