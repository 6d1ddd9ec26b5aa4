"""Writes a story as NITF 3.6 (IPTC)."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from services.publish.formats.profiles import Profile, Rendered
from services.publish.formats.subjects import Told, told_subjects
from services.publish.formats.xml_texts import (
    DECLARATION,
    NMTOKEN,
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

CONTENT_TYPE: Final = "text/vnd.iptc.nitf; charset=utf-8"
_ROOT: Final = (
    '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" version="-//IPTC//DTD NITF 3.6//EN"'
    ' change.date="September 11, 2009" change.time="12:26"'
)
_EMBARGOED: Final = "embargoed"
_CORRECTION: Final = "Berichtigung:"
_LEAST_URGENT: Final = 8
_IPTC: Final = frozenset(("medtop", "subj"))
_TOP: Final = re.compile(r"\d{2}0{6}")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


def render(story: Story, revision: Revision, tags: Labels, profile: Profile) -> Rendered:  # noqa: ARG001 - the same for all partners
    """Write the document. A recalled story has neither text nor pictures (wire-rules 6.10).

    Of notes, only what readers may know of a correction is told (wire-rules 5.2, 10.1).
    """
    created = story.version_created or revision.received_at
    document = "".join(
        (
            DECLARATION,
            f"{_ROOT}{attributes({'baselang': story.language})}>",
            "<head>",
            *_head(story, revision, tags, created),
            "</head><body>",
            within("body.head", "".join(_body_head(story, revision))),
            within("body.content", "".join(_content(story, revision))),
            "</body></nitf>\n",
        )
    )
    return Rendered(document.encode(), CONTENT_TYPE)


def _head(story: Story, revision: Revision, tags: Labels, created: datetime) -> Iterator[str]:
    yield element("title", story.headline)
    subjects = list(told_subjects(story, tags))
    yield within("tobject", "".join(_tobject(subject) for subject in subjects if _is_held(subject)))
    others = [subject for subject in subjects if not _is_held(subject)]
    yield f"<docdata{attributes({'management-status': _status(story, revision, created)})}>"
    yield from _docdata(story, revision, created)
    yield within("identified-content", "".join(map(_classifier, others)))
    yield "</docdata>"
    if story.first_created:
        yield empty("revision-history", {"norm": moment(created)})


def _status(story: Story, revision: Revision, created: datetime) -> str:
    """An embargo that was over when the version was made is none any more (wire-rules 7.2)."""
    ahead = story.embargoed is not None and story.embargoed > created
    return _EMBARGOED if ahead and revision.status is Status.USABLE else revision.status.value


def _docdata(story: Story, revision: Revision, created: datetime) -> Iterator[str]:
    credit = story.credit or story.dateline.credit
    kind = (story.signal or "").rpartition(":")[2]
    if kind.casefold() == "correction" or story.correction_note:
        yield empty("correction", {"id-string": identifier(story.story_id)})
    yield empty("doc-id", {"regsrc": credit, "id-string": identifier(story.story_id)})
    yield empty("urgency", {"ed-urg": _urgency(story)})
    yield empty("date.issue", {"norm": moment(story.first_created or created)})
    yield empty("date.release", {"norm": moment(story.embargoed)})
    yield empty("date.expire", {"norm": moment(story.expires)})
    yield empty("ed-msg", {"msg-type": kind})
    yield empty("du-key", {"version": str(revision.version), "key": story.slug})
    if story.copyright_notice:
        year = _YEAR.search(story.copyright_notice)
        holder = credit or story.copyright_notice
        yield empty("doc.copyright", {"year": year[0] if year else None, "holder": holder})
    yield empty("doc.rights", {"limitations": story.usage_terms})
    words = (empty("keyword", {"key": keyword}) for keyword in story.keywords)
    yield within("key-list", "".join(words))


def _urgency(story: Story) -> str | None:
    """NITF counts to 8."""
    known = story.urgency is not None and story.urgency >= 1
    return str(min(story.urgency or 0, _LEAST_URGENT)) if known else None


def _is_held(subject: Told) -> bool:
    """A tobject.subject needs a code that is one word; what has none goes to the classifiers."""
    maker, _, number = (subject.code or "").partition(":")
    return bool(maker) and NMTOKEN.fullmatch(number) is not None


def _tobject(subject: Told) -> str:
    maker, _, number = (subject.code or "").partition(":")
    level = "type" if _TOP.fullmatch(number) else "matter"
    values = {
        "tobject.subject.ipr": "IPTC" if maker in _IPTC else maker,
        "tobject.subject.refnum": number,
        f"tobject.subject.{level}": subject.name,
    }
    return empty("tobject.subject", values)


def _classifier(subject: Told) -> str:
    values = attributes({"type": "subject", "value": subject.code})
    return f"<classifier{values}>{line(subject.name)}</classifier>"


def _body_head(story: Story, revision: Revision) -> Iterator[str]:
    kicker = element("hl2", story.kicker, {"class": "kicker"})
    yield f"<hedline><hl1>{line(story.headline)}</hl1>{kicker}</hedline>"
    usable = revision.status is Status.USABLE
    if usable and story.correction_note:
        note = f"{_CORRECTION} {story.correction_note.removeprefix(_CORRECTION).strip()}"
        told = within("body.content", element("p", note))
        yield f'<note noteclass="editorsnote" type="std">{told}</note>'
    yield element("rights", story.copyright_notice)
    yield element("byline", story.byline)
    yield element("distributor", story.credit)
    yield within("dateline", element("location", story.dateline.place))
    if usable and story.teaser:
        yield within("abstract", element("p", story.teaser))


def _content(story: Story, revision: Revision) -> Iterator[str]:
    if revision.status is Status.USABLE:
        yield from paragraphs(story.body_text)
        yield from (_media(picture) for picture in story.pictures if picture != Picture())


def _media(picture: Picture) -> str:
    return (
        f'<media media-type="image"><media-reference{attributes({"source": picture.href})}/>'
        f"{element('media-caption', picture.caption)}{element('media-producer', picture.credit)}"
        "</media>"
    )
