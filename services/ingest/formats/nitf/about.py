"""Reads what NITF says of a story: headline, slug, subjects, keywords, notes, rights."""

from collections.abc import Iterator
from typing import Final

from services.ingest.formats.newscodes import iptc_code
from services.ingest.formats.nitf.docdata import Head
from services.ingest.formats.xml_elements import Node, local_name
from services.ingest.sources import source_of
from shared.story import Subject

_IPTC: Final = frozenset(("", "iptc"))
_SHORTEST_TAG: Final = 2


def headline_of(body_head: Node) -> str | None:
    """Choose the headline: the first of the first level, else all that stands in the hedline."""
    lines = (hl1.line() for hedline in body_head.all("hedline") for hl1 in hedline.all("hl1"))
    return next(filter(None, lines), None) or body_head.line("hedline")


def slug_of(head: Head) -> str | None:
    """Choose the slug: the key that versions share, else what an agency calls so, else the keyword."""
    words = keywords_of(head)
    return (
        head.first("du-key").get("key")
        or head.meta("ntbstikkord", "slug", "slugline", "anpa-keyword")
        or next((w for k in head.first("key-list").all("keyword") if (w := k.get("key"))), None)
        or (words[0] if words else None)
    )


def language_of(document: Node, head: Head) -> str | None:
    """Read the language, its primary subtag in lower case."""
    tag = document.get("baselang") or document.language or document.child("body").language
    tag = tag or head.meta("language", "lang", "article-language")
    if not tag or len(tag) < _SHORTEST_TAG:
        return None
    primary, _, rest = tag.replace("_", "-").replace(".", "-").partition("-")
    return f"{primary.lower()}-{rest}" if rest else primary.lower()


def keywords_of(head: Head) -> tuple[str, ...]:
    """Read the keywords, each once; dpa writes several as `Film/Preise/`."""
    keys = (
        keyword.get("key") or keyword.line() for keyword in head.first("key-list").all("keyword")
    )
    words = (
        w.strip() for key in keys if key for w in (key.split("/") if key.endswith("/") else (key,))
    )
    return tuple(dict.fromkeys(word for word in words if word))


def subjects_of(head: Head, agency: str | None) -> tuple[Subject, ...]:
    """Read the subject codes, each once: IPTC's as `subj:15054000`, others under their maker's name."""
    subjects: dict[Subject, None] = {}
    for tobject in head.every("tobject"):
        for entry in tobject.all("tobject.subject"):
            if subject := _subject(entry):
                subjects[subject] = None
    source = source_of(agency) if agency else None
    maker = source.name if source else agency  # dpa-infocom files by dpa's categories
    for scope in head.every("doc-scope"):
        if word := scope.get("scope"):
            prefix = f"{maker.lower()}cat" if maker else "scope"
            subjects[Subject(code=f"{prefix}:{word}")] = None
    return tuple(subjects)


def marks_of(head: Head) -> Iterator[str]:
    """Give the words that may mark copy for editors only."""
    for tobject in head.every("tobject"):
        yield from filter(None, (tobject.get("tobject.type"),))
        for entry in tobject.all("tobject.property"):
            yield from filter(None, (entry.get("tobject.property.type"),))
    yield from filter(None, (head.meta("ntbmeldingstype"), head.first("fixture").get("fix-id")))


def notes_of(head: Head, body: Node) -> tuple[str, ...]:
    """Give all that is for editors only, each once: messages, corrections, notes, the tagline."""
    lines = [message.get("info") or message.line() for message in head.every("ed-msg")]
    lines += [correction.get("info") for correction in head.every("correction")]
    revisions = sorted(head.every("revision-history"), key=lambda entry: entry.get("norm") or "")
    lines += [revision.get("comment") for revision in revisions[-1:]]
    lines += [note.line() for note in body.child("body.head").all("note")]
    lines += (
        [Node(e).line() for e in body.element.iter() if local_name(e) == "note"]
        if body.element is not None
        else []
    )
    lines += [tag.line() for tag in body.child("body.end").all("tagline")]
    return tuple(dict.fromkeys(line for line in lines if line))


def copyright_of(head: Head, body_head: Node) -> str | None:
    """Read the copyright line, or make one of year and holder."""
    told = head.first("doc.copyright")
    line = body_head.line("copyrite") or body_head.line("rights", "copyrite")
    holder = told.get("holder")
    if line or not holder:
        return line or head.meta("copyright")
    return " ".join(filter(None, ("©", told.get("year"), holder)))


def usage_of(head: Head) -> str | None:
    """Read how the text may be used."""
    rights = head.first("doc.rights")
    return rights.get("limitations") or rights.get("type")


def _subject(entry: Node) -> Subject | None:
    number = entry.get("tobject.subject.refnum")
    levels = ("tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type")
    name = next(filter(None, map(entry.get, levels)), None)
    maker = (entry.get("tobject.subject.ipr") or "").lower()
    code = number
    if number:
        code = (iptc_code(number) if maker in _IPTC else None) or f"{maker or 'subj'}:{number}"
    return Subject(code=code, name=name) if code or name else None
