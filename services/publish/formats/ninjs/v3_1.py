"""Writes a story as ninjs 3.1: camelCase, arrays of texts and concepts."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from services.publish.formats.ninjs.facts import (
    Concept,
    Json,
    assigned,
    href_of,
    is_uri,
    is_usable,
    kind_of,
    newscode,
    source_of,
    standard,
    subjects_of,
    urgency_of,
    uri_of,
    written,
)
from services.publish.formats.profiles import Profile, Rendered
from shared.events import Labels, Revision
from shared.story import Picture, Story

STANDARD: Final = standard("3.1")


def render(story: Story, revision: Revision, tags: Labels, profile: Profile) -> Rendered:  # noqa: ARG001 - the same for all partners
    """Write the document."""
    return written({"standard": STANDARD, **document(story, revision, tags)})


def document(story: Story, revision: Revision, tags: Labels) -> Json:
    """Say all but the standard. A recalled story has no body, note or pictures (wire-rules 6.10).

    Notes to editors are never part of it, though ninjs has a field for them (wire-rules 10.1);
    what was corrected is a description, which readers may see (wire-rules 5.2).
    """
    uri = uri_of(story.story_id)
    usable = is_usable(revision)
    kind, source = kind_of(story), source_of(story)
    return {
        "uri": uri,
        "type": "text",
        "representationType": "full" if usable else "partial",
        "version": str(revision.version),
        "firstCreated": story.first_created,
        "versionCreated": story.version_created or revision.received_at,
        "embargoedUntil": story.embargoed,
        "expires": story.expires,
        "pubStatus": revision.status,
        "urgency": urgency_of(story),
        "language": story.language,
        "headlines": _texts(main=story.headline, kicker=story.kicker or None),
        "descriptions": _texts(correction=story.correction_note or None) if usable else None,
        "bodies": _texts(text=story.body_text or None) if usable else None,
        "subjects": list(_subjects(story, tags)),
        "genres": [_concept(kind)] if kind else None,
        "located": story.dateline.place,
        "by": story.byline,
        "infoSources": [{"name": source}] if source else None,
        "slugline": story.slug,
        "copyrightNotice": story.copyright_notice,
        "usageTerms": story.usage_terms,
        "associations": list(_pictures(story, uri)) if usable and story.pictures else None,
        "altIds": None if uri == story.story_id else [_alt_id(story)],
    }


def _texts(**values: str | None) -> list[Json] | None:
    texts = [
        {"role": role, "contentType": "text/plain", "value": value}
        for role, value in values.items()
        if value is not None
    ]
    return texts or None


def _alt_id(story: Story) -> Json:
    return {"role": "storyId", "value": story.story_id}


def _subjects(story: Story, tags: Labels) -> Iterator[Json]:
    for subject in subjects_of(story, tags):
        yield {**_concept(subject), "rel": subject.rel, **assigned(subject)}


def _concept(concept: Concept) -> Json:
    named: Json = {"name": concept.name} if concept.name else {}
    if not concept.code:
        return named
    scheme, value = newscode(concept.code)
    if scheme:
        return named | {"uri": f"{scheme}{quote(value)}"}
    is_known = value.startswith(("http://", "https://", "urn:")) and is_uri(value)
    return named | {"uri" if is_known else "literal": value}


def _pictures(story: Story, uri: str) -> Iterator[Json]:
    for at, picture in enumerate(story.pictures, 1):
        yield _association(picture, f"picture-{at}", uri)


def _association(picture: Picture, name: str, uri: str) -> Json:
    association: Json = {"name": name, "uri": f"{uri}#{name}", "type": "picture"}
    if picture.caption:
        association["descriptions"] = _texts(caption=picture.caption)
    if picture.credit:
        association["by"] = picture.credit
    if href := href_of(picture):
        association["renditions"] = [{"name": "original", "href": href}]
    return association
