"""Writes a story as ninjs 1.6: lower case, one field a text, codes parted into scheme and code."""

from collections.abc import Iterator
from typing import Final

from services.publish.formats.ninjs.facts import (
    Concept,
    Json,
    assigned,
    href_of,
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

STANDARD: Final = standard("1.6")


def render(story: Story, revision: Revision, tags: Labels, profile: Profile) -> Rendered:  # noqa: ARG001 - the same for all partners
    """Write the document. A recalled story has no body, note or pictures (wire-rules 6.10).

    Notes to editors are never part of it, though ninjs has a field for them (wire-rules 10.1);
    what was corrected is a description, which readers may see (wire-rules 5.2).
    """
    uri = uri_of(story.story_id)
    usable = is_usable(revision)
    kind, source = kind_of(story), source_of(story)
    return written(
        {
            "$standard": STANDARD,
            "uri": uri,
            "type": "text",
            "representationtype": "complete" if usable else "incomplete",
            "version": str(revision.version),
            "firstcreated": story.first_created,
            "versioncreated": story.version_created or revision.received_at,
            "embargoed": story.embargoed,
            "expires": story.expires,
            "pubstatus": revision.status,
            "urgency": urgency_of(story),
            "language": story.language,
            "headline": story.headline,
            "headline_kicker": story.kicker or None,
            "description_correction": (story.correction_note or None) if usable else None,
            "body_text": (story.body_text or None) if usable else None,
            "subject": list(_subjects(story, tags)),
            "genre": [_concept(kind)] if kind else None,
            "located": story.dateline.place,
            "byline": story.byline,
            "infosource": [{"name": source}] if source else None,
            "slugline": story.slug,
            "copyrightnotice": story.copyright_notice,
            "usageterms": story.usage_terms,
            "associations": _pictures(story, uri) if usable and story.pictures else None,
            "altids": None if uri == story.story_id else {"storyid": story.story_id},
        }
    )


def _subjects(story: Story, tags: Labels) -> Iterator[Json]:
    for subject in subjects_of(story, tags):
        yield {**_concept(subject), "rel": subject.rel, **assigned(subject)}


def _concept(concept: Concept) -> Json:
    named: Json = {"name": concept.name} if concept.name else {}
    if not concept.code:
        return named
    scheme, value = newscode(concept.code)
    return named | ({"scheme": scheme} if scheme else {}) | {"code": value}


def _pictures(story: Story, uri: str) -> Json:
    pictures = enumerate(story.pictures, 1)
    return {f"picture_{at}": _picture(picture, f"{uri}#picture-{at}") for at, picture in pictures}


def _picture(picture: Picture, uri: str) -> Json:
    item: Json = {"uri": uri, "type": "picture"}
    if picture.caption:
        item["description_caption"] = picture.caption
    if picture.credit:
        item["byline"] = picture.credit
    if href := href_of(picture):
        item["renditions"] = {"original": {"href": href}}
    return item
