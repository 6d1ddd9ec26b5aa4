"""Shows a story that was read as one JSON object, for `depesche parse --json`."""

from datetime import datetime

from services.ingest.formats.reading import ReadStory


def parsed_view(read: ReadStory) -> dict[str, object]:
    """Show what the parser found: absent values null, times in ISO 8601 with their offset."""
    story = read.story
    return {
        "format": read.format,
        "story_id": story.story_id,
        "version": story.agency_version,
        "version_created": _iso(story.version_created),
        "first_created": _iso(story.first_created),
        "status": story.status.value,
        "signal": story.signal,
        "urgency": story.urgency,
        "embargoed": _iso(story.embargoed),
        "expires": _iso(story.expires),
        "language": story.language,
        "headline": story.headline,
        "kicker": story.kicker,
        "breadcrumb": list(story.breadcrumb),
        "slug": story.slug,
        "dateline": story.dateline.model_dump(),
        "credit": story.credit,
        "byline": story.byline,
        "teaser": story.teaser,
        "picture_note": story.picture_note,
        "pictures": [picture.model_dump() for picture in story.pictures],
        "body_text": story.body_text,
        "subjects": [subject.model_dump() for subject in story.subjects],
        "keywords": list(story.keywords),
        "copyright_notice": story.copyright_notice,
        "usage_terms": story.usage_terms,
        "ed_note": story.ed_note,
        "correction_note": story.correction_note,
        "family_id": story.family_id,
        "publishable": story.publishable,
        "repairs": list(story.repairs),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
