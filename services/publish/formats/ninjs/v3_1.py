"""Writes a story as ninjs 3.1 (IPTC): one JSON document, the same bytes for the same story."""

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from pydantic_core import to_json

from services.publish.formats.profiles import Profile, Rendered
from shared.events import Labels, Revision
from shared.story import Picture, Status, Story

CONTENT_TYPE: Final = "application/json"
STANDARD: Final = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
NEWSCODES: Final = {
    "genre": "http://cv.iptc.org/newscodes/genre/",
    "medtop": "http://cv.iptc.org/newscodes/mediatopic/",
    "sig": "http://cv.iptc.org/newscodes/signal/",
    "subj": "http://cv.iptc.org/newscodes/subjectcode/",
}
TAGGER: Final = "Depesche"
MOST_URGENT, LEAST_URGENT = 1, 9
# RFC 3986, as far as characters go
_URI: Final = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
)

# What json holds is the standard's to say; the contract test holds it to the schema.
Json = dict[str, Any]


def render(story: Story, revision: Revision, tags: Labels, profile: Profile) -> Rendered:  # noqa: ARG001 - the same for all partners
    """Write the document. A recalled story has neither body nor pictures (wire-rules 6.10).

    Notes to editors are never part of it, though ninjs has a field for them (wire-rules 10.1).
    """
    uri = _uri(story.story_id)
    usable = revision.status is Status.USABLE
    document: Json = {
        "uri": uri,
        "standard": STANDARD,
        "type": "text",
        "representationType": "full" if usable else "partial",
        "version": str(revision.version),
        "firstCreated": story.first_created,
        "versionCreated": story.version_created or revision.received_at,
        "embargoedUntil": story.embargoed,
        "expires": story.expires,
        "pubStatus": revision.status,
        "urgency": _urgency(story),
        "language": story.language,
        "headlines": list(_headlines(story)),
        "bodies": [_text("text", story.body_text)] if usable and story.body_text else None,
        "subjects": list(_subjects(story, tags)),
        "genres": _genres(story),
        "located": story.dateline.place,
        "by": story.byline,
        "infoSources": _sources(story),
        "slugline": story.slug,
        "copyrightNotice": story.copyright_notice,
        "usageTerms": story.usage_terms,
        "associations": list(_pictures(story, uri)) if usable and story.pictures else None,
        "altIds": None if uri == story.story_id else [_alt_id(story)],
    }
    given = {name: value for name, value in document.items() if value is not None}
    return Rendered(to_json(given), CONTENT_TYPE)


def _uri(identifier: str) -> str:
    """Return an id as the URI that ninjs asks for; one that is none goes into a URN."""
    if _URI.fullmatch(identifier):
        return identifier
    return f"urn:depesche:{quote(identifier, safe='')}"


def _alt_id(story: Story) -> Json:
    return {"role": "storyId", "value": story.story_id}


def _urgency(story: Story) -> int | None:
    known = story.urgency is not None and MOST_URGENT <= story.urgency <= LEAST_URGENT
    return story.urgency if known else None


def _text(role: str, value: str) -> Json:
    return {"role": role, "contentType": "text/plain", "value": value}


def _headlines(story: Story) -> Iterator[Json]:
    yield _text("main", story.headline)
    if story.kicker:
        yield _text("kicker", story.kicker)


def _subjects(story: Story, tags: Labels) -> Iterator[Json]:
    """Our section and topics, each with how sure we are, then what the agency gave besides."""
    ours = (("section", tags.section), *(("about", topic) for topic in tags.topics))
    for rel, tag in ours:
        certainty = round(min(max(tag.score, 0.0), 1.0) * 100)
        concept = _concept(tag.code, tag.name)
        yield concept | {"rel": rel, "creator": TAGGER, "confidence": certainty}
    said = {(tag.code, tag.name) for _, tag in ours}
    for subject in story.subjects:
        if (subject.code, subject.name) not in said:
            yield _concept(subject.code, subject.name) | {"rel": "about"}


def _concept(code: str | None, name: str | None) -> Json:
    concept: Json = {"name": name} if name else {}
    if not code:
        return concept
    scheme, _, value = code.partition(":")
    if scheme in NEWSCODES:
        return concept | {"uri": f"{NEWSCODES[scheme]}{quote(value)}"}
    is_uri = code.startswith(("http://", "https://", "urn:")) and _URI.fullmatch(code)
    return concept | {"uri" if is_uri else "literal": code}


def _genres(story: Story) -> list[Json] | None:
    """Say what kind of version this is: 3.1 has no field for the signal of G2."""
    if not story.signal:
        return None
    return [_concept(story.signal, story.signal.rpartition(":")[2])]


def _sources(story: Story) -> list[Json] | None:
    credit = story.credit or story.dateline.credit
    return [{"name": credit}] if credit else None


def _pictures(story: Story, uri: str) -> Iterator[Json]:
    for at, picture in enumerate(story.pictures, 1):
        yield _association(picture, f"picture-{at}", uri)


def _association(picture: Picture, name: str, uri: str) -> Json:
    association: Json = {"name": name, "uri": f"{uri}#{name}", "type": "picture"}
    if picture.caption:
        association["descriptions"] = [_text("caption", picture.caption)]
    if picture.credit:
        association["by"] = picture.credit
    if picture.href:
        href = quote(picture.href, safe=":/?#[]@!$&'()*+,;=%~")
        if _URI.fullmatch(href):
            association["renditions"] = [{"name": "original", "href": href}]
    return association
