"""Tells a page to machines: schema.org's NewsArticle as JSON-LD, safe inside a script element."""

import re
from typing import Any, Final

from pydantic_core import to_json

from services.publish.formats.page import CORRECTION, EMBARGO, Page, dateline_of, embargo_end, line
from shared.events import Labels, Revision
from shared.story import Picture, Status, Story

_BY: Final = re.compile(r"(?:von|by)\s+", re.IGNORECASE)
_WEB: Final = ("http://", "https://")
# Neither `</script>` nor `<!--` may stand in a script element, nor controls in HTML at all.
_UNSAFE: Final = re.compile(r"[<>&\x7f-\x9f]")

# What json holds is schema.org's to say.
Json = dict[str, Any]


def json_ld(document: Json) -> str:
    """Write a document so that nothing in it can end the script element around it."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", to_json(document).decode())


def news_article(
    story: Story, revision: Revision, tags: Labels, page: Page, description: str
) -> Json:
    """Say what the page says; `isBasedOn` is the story that this one takes up (wire-rules 1.5)."""
    agency = _named("Organization", story.credit or story.dateline.credit)
    document: Json = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": story.story_id,
        "version": str(revision.version),
        "creativeWorkStatus": None if revision.status is Status.USABLE else revision.status,
        "headline": page.headline,
        "description": description,
        "datePublished": page.published.isoformat(timespec="seconds"),
        "dateModified": page.updated.isoformat(timespec="seconds"),
        "expires": story.expires,
        "inLanguage": story.language,
        "articleSection": tags.section.name,
        "keywords": _keywords(story, tags),
        "dateline": line(dateline_of(story)),
        "author": _named("Person", _BY.sub("", story.byline or "", count=1)) or agency,
        "publisher": agency,
        "sourceOrganization": agency,
        "image": _image(page.picture),
        "isBasedOn": _based_on(story),
        "correction": _correction(page),
        "conditionsOfAccess": page.embargo and f"{EMBARGO} {embargo_end(page.embargo)}",
        "copyrightNotice": story.copyright_notice,
        "usageInfo": {"@type": "CreativeWork", "text": story.usage_terms}
        if story.usage_terms
        else None,
    }
    return {name: value for name, value in document.items() if value}


def web_address(picture: Picture) -> str:
    """Return where a picture lies on the web; a page must not lead anywhere else."""
    href = (picture.href or "").strip()
    return href if href.lower().startswith(_WEB) else ""


def _named(kind: str, name: str | None) -> Json | None:
    told = line(name or "")
    return {"@type": kind, "name": told} if told else None


def _keywords(story: Story, tags: Labels) -> list[str]:
    return list(dict.fromkeys((*(topic.name for topic in tags.topics), *story.keywords)))


def _image(picture: Picture | None) -> Json | None:
    if picture is None:
        return None
    told = {
        "url": web_address(picture),
        "caption": line(picture.caption or ""),
        "creditText": line(picture.credit or ""),
    }
    given = {name: value for name, value in told.items() if value}
    return {"@type": "ImageObject", **given} if given else None


def _based_on(story: Story) -> Json | None:
    if not story.family_id:
        return None
    return {"@type": "NewsArticle", "identifier": story.family_id}


def _correction(page: Page) -> Json | None:
    note = page.correction.removeprefix(CORRECTION).strip()
    return {"@type": "CorrectionComment", "text": note} if note else None
