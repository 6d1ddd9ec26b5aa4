"""Reads what is for editors only: advisories, product lines, instructions, comments."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from services.ingest.formats.newsml1.elements import child, children, formal_name, line_of, within
from services.ingest.formats.newsml1.management import instructions_of
from services.ingest.formats.newsml1.metadata import properties
from services.ingest.formats.xml_document import Element

_FOR_EDITORS: Final = re.compile(
    r"advis|product|ed(?:itor(?:ial)?)?[ _-]?(?:note|info)|note|instruct|correct|bericht|korrek|rectif"
    r"|embargo|sperrfrist|warning|update|hinweis|message",
    re.IGNORECASE,
)
_KICKERS: Final = frozenset(
    ("catchword", "kicker", "overline", "dachzeile", "spitzmarke", "surtitle", "eyebrow")
)
_CORRECTION: Final = re.compile(r"correct|bericht|korrek|rectif", re.IGNORECASE)


def notes_of(item: Element, components: Sequence[Element]) -> tuple[str, ...]:
    """Give all notes for editors, each once."""
    lines = [text for name, text in _news_lines(components) if _FOR_EDITORS.search(name)]
    for container in ("AdministrativeMetadata", "DescriptiveMetadata", "Metadata"):
        for name, found in properties(components, container):
            if _FOR_EDITORS.search(name) and "keyword" not in name:
                lines.append((found.get("Value") or "").strip())
    for place in (
        item,
        child(item, "NewsManagement"),
        *components,
        *within(components, "ContentItem"),
    ):
        lines += [line for line in _comments(place) if line]
    for name in ("EditorialNote", "EdNote"):
        lines += [line for found in within((item, *components), name) if (line := line_of(found))]
    return tuple(dict.fromkeys(filter(None, (*lines, *instructions_of(item)))))


def corrections_in(components: Sequence[Element]) -> tuple[str, ...]:
    """Give the lines whose very type says that they correct."""
    return tuple(text for name, text in _news_lines(components) if _CORRECTION.search(name))


def kicker_of(components: Sequence[Element]) -> str | None:
    """Give the catchword that stands above the headline, where there is one."""
    return next((text for name, text in _news_lines(components) if name.lower() in _KICKERS), None)


def _news_lines(components: Sequence[Element]) -> Iterator[tuple[str, str]]:
    for found in within(components, "NewsLines", "NewsLine"):
        name = formal_name(child(found, "NewsLineType"))
        for text in children(found, "NewsLineText"):
            if name and (line := line_of(text)):
                yield name, line


def _comments(place: Element | None) -> Iterator[str | None]:
    for comment in children(place, "Comment"):
        name = comment.get("FormalName") or ""
        if _FOR_EDITORS.search(name) or not name:
            yield line_of(comment)
