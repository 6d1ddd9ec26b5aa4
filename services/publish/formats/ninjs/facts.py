"""What all versions of ninjs say about a story, before it is spelled and nested."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from pydantic_core import to_json

from services.publish.formats.profiles import Rendered
from shared.events import Labels, Revision
from shared.story import Picture, Status, Story

CONTENT_TYPE: Final = "application/json"
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


@dataclass(frozen=True, slots=True)
class Concept:
    """A subject or genre. `certainty` is in percent, and None for what the agency said."""

    code: str | None
    name: str | None
    rel: str = "about"
    certainty: int | None = None


def written(document: Json) -> Rendered:
    """Write a document without the fields that the story has nothing for."""
    given = {name: value for name, value in document.items() if value is not None}
    return Rendered(to_json(given), CONTENT_TYPE)


def standard(version: str) -> Json:
    """Name the standard and its schema."""
    schema = f"http://www.iptc.org/std/ninjs/ninjs-schema_{version}.json"
    return {"name": "ninjs", "version": version, "schema": schema}


def is_usable(revision: Revision) -> bool:
    """Whether the text may be shown; a recalled story is bare (wire-rules 6.10)."""
    return revision.status is Status.USABLE


def uri_of(identifier: str) -> str:
    """Return an id as the URI that ninjs asks for; one that is none goes into a URN."""
    return identifier if is_uri(identifier) else f"urn:depesche:{quote(identifier, safe='')}"


def is_uri(text: str) -> bool:
    return _URI.fullmatch(text) is not None


def urgency_of(story: Story) -> int | None:
    known = story.urgency is not None and MOST_URGENT <= story.urgency <= LEAST_URGENT
    return story.urgency if known else None


def source_of(story: Story) -> str | None:
    return story.credit or story.dateline.credit


def subjects_of(story: Story, tags: Labels) -> Iterator[Concept]:
    """Our section and topics, each with how sure we are, then what the agency gave besides."""
    ours = (("section", tags.section), *(("about", topic) for topic in tags.topics))
    for rel, tag in ours:
        certainty = round(min(max(tag.score, 0.0), 1.0) * 100)
        yield Concept(tag.code, tag.name, rel, certainty)
    said = {(tag.code, tag.name) for _, tag in ours}
    for subject in story.subjects:
        if (subject.code, subject.name) not in said:
            yield Concept(subject.code, subject.name)


def kind_of(story: Story) -> Concept | None:
    """Say what kind of version this is, as a genre: ninjs has no field for the signal of G2."""
    signal = story.signal
    return Concept(signal, signal.rpartition(":")[2]) if signal else None


def newscode(code: str) -> tuple[str | None, str]:
    """Part one of IPTC's codes into the URI of its scheme and its value; others have no scheme."""
    prefix, _, value = code.partition(":")
    scheme = NEWSCODES.get(prefix)
    return (scheme, value) if scheme and value else (None, code)


def assigned(concept: Concept) -> Json:
    """Say who assigned a subject and how surely, if that was us."""
    if concept.certainty is None:
        return {}
    return {"creator": TAGGER, "confidence": concept.certainty}


def href_of(picture: Picture) -> str | None:
    """Return where a picture lies, if that can be written as a URI."""
    href = quote(picture.href, safe=":/?#[]@!$&'()*+,;=%~") if picture.href else ""
    return href if is_uri(href) else None
