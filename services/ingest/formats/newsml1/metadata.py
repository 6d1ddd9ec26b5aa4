"""Reads what NewsML 1 says about a story: language, subjects, keywords, credit, byline, notes."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from services.ingest.formats.newscodes import iptc_code, qcode
from services.ingest.formats.newsml1.elements import (
    child,
    children,
    formal_name,
    line_of,
    within,
)
from services.ingest.formats.xml_document import Element
from services.ingest.formats.xml_elements import local_name
from shared.story import Subject

_DESCRIBES: Final = ("DescriptiveMetadata", "DescriptiveMetada")  # TASS spells it so
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_SUBJECTS: Final = frozenset(("subject", "subjectmatter", "subjectdetail", "subjectqualifier"))
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_KEYWORD_MARKS: Final = re.compile(r"[;,]")
_PERSON: Final = re.compile(r"[^\W\d_][\w.'’-]*(?:,? [^\W\d_][\w.'’-]*)+")


def described(components: Sequence[Element], *path: str) -> Iterator[Element]:
    """Give elements at this path in the descriptive metadata, of the innermost component first."""
    for name in _DESCRIBES:
        yield from within(components, name, *path)


def properties(components: Sequence[Element], container: str) -> Iterator[tuple[str, Element]]:
    """Give the properties in a container, each with its name in lower case."""
    for found in within(components, container, "Property"):
        if name := found.get("FormalName"):
            yield name.lower(), found


def language_of(components: Sequence[Element]) -> str | None:
    """Choose the language: as the metadata say, else as the nearest component is marked."""
    names = [formal_name(found) for found in described(components, "Language")]
    names += [component.get(_XML_LANG) for component in reversed(components)]
    return next((tag for name in names if name and (tag := language_tag(name))), None)


def language_tag(name: str) -> str | None:
    """Write a language as BCP 47 does; None if it is none (`x-default`)."""
    if not _LANGUAGE.fullmatch(name):
        return None
    primary, _, rest = name.replace("_", "-").partition("-")
    return f"{primary.lower()}-{rest}" if rest else primary.lower()


def subjects_of(components: Sequence[Element]) -> tuple[Subject, ...]:
    """Read the subject codes as supplied, each once, with the names that topics in the item give."""
    codes: dict[str, None] = {}
    for group in described(components, "SubjectCode"):
        for found in group.iter():
            if local_name(found) in _SUBJECTS and (code := _code(found)):
                codes[code] = None
    names = _topic_names(components) if codes else {}
    return tuple(Subject(code=code, name=names.get(code.rpartition(":")[2])) for code in codes)


def keywords_of(components: Sequence[Element]) -> tuple[str, ...]:
    """Read the keywords, each once: lines of them, or properties of that name."""
    lines = [line_of(found) for found in within(components, "NewsLines", "KeywordLine")]
    for container in (*_DESCRIBES, "Metadata"):
        for name, found in properties(components, container):
            if name.endswith(("keyword", "keywords")) and not found.get("Role"):
                lines.append(found.get("Value"))
    words = (word.strip() for line in lines if line for word in _KEYWORD_MARKS.split(line))
    return tuple(dict.fromkeys(word for word in words if word))


def genres_of(components: Sequence[Element]) -> tuple[str, ...]:
    """Give the genres, as the agency names them."""
    return tuple(name for found in described(components, "Genre") if (name := formal_name(found)))


def parties_of(components: Sequence[Element], role: str) -> Iterator[str]:
    """Give the names of those who made or sent it (`Provider`, `Creator`, `Source`)."""
    for party in within(components, "AdministrativeMetadata", role, "Party"):
        if name := formal_name(party):
            yield name


def byline_of(components: Sequence[Element]) -> str | None:
    """Choose the byline: the line, else a creator who is named like a person and not by initials."""
    for found in within(components, "NewsLines", "ByLine"):
        if line := line_of(found):
            return line
    providers = set(parties_of(components, "Provider"))
    return next(
        (
            name
            for name in parties_of(components, "Creator")
            if name not in providers and _PERSON.fullmatch(name)
        ),
        None,
    )


def city_of(components: Sequence[Element]) -> str | None:
    """Give the city that the story comes from, where the metadata name one."""
    for place in described(components, "Location"):
        if (place.get("HowPresent") or "Origin").lower() != "origin":
            continue
        for found in children(place, "Property"):
            if found.get("FormalName") == "City" and (city := (found.get("Value") or "").strip()):
                return city
    return None


def _code(found: Element) -> str | None:
    name = formal_name(found)
    if not name:
        return None
    if code := iptc_code(name):
        return code
    scheme = (found.get("Scheme") or "").strip()
    if not scheme and (vocabulary := found.get("Vocabulary")):
        # urn:newsml:provider:date:name:revision
        parts = vocabulary.split(":")
        scheme = parts[4] if len(parts) > 4 else vocabulary.rpartition("/")[2].partition(".")[0]  # noqa: PLR2004 - the name's place in a urn:newsml
    return qcode(f"{scheme}:{name}") if scheme else name


def _topic_names(components: Sequence[Element]) -> dict[str, str]:
    names: dict[str, str] = {}
    for topic in within(components, "TopicSet", "Topic"):
        code = line_of(child(topic, "FormalName"))
        labels = [
            found
            for found in children(topic, "Description")
            if found.get("Variant") in {None, "Name"}
        ]
        if code and labels:
            names.setdefault(code, line_of(labels[0]) or "")
    return {code: name for code, name in names.items() if name}
