"""Names the elements of feeds alike, whatever prefix or namespace a feed gives them."""

from collections.abc import Iterator
from typing import Final

from services.ingest.formats.xml_document import Element

_PREFIXES: Final = {
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/searchmonkey/media": "media",
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/2007/app": "app",
    "http://purl.org/atom/app#": "app",
    "http://purl.org/atompub/tombstones/1.0": "at",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://purl.org/rss/1.0": "rss",
    "http://backend.userland.com/rss2": "rss",
    "http://my.netscape.com/rdf/simple/0.9": "rss",
    "http://channel.netscape.com/rdf/simple/0.9": "rss",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://ap.org/schemas/03/2005/apcm": "apcm",
    "http://ap.org/schemas/03/2005/apnm": "apnm",
}
_CORE: Final = frozenset(("atom", "rss", "rdf", ""))
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

Parts = dict[str, list[Element]]


def name_of(element: Element) -> str:
    """Name an element: `title`, `dc:date`, `media:content`; Atom's and RSS' own bear no prefix."""
    tag = element.tag if isinstance(element.tag, str) else ""
    space, _, local = tag.rpartition("}")
    prefix = _prefix(space.removeprefix("{"), element.prefix)
    if not space:
        prefix, _, local = tag.rpartition(":")
    return local if prefix in _CORE else f"{prefix}:{local}"


def parts_of(element: Element) -> Parts:
    """Sort the children of an element by their names."""
    parts: Parts = {}
    for part in element:
        parts.setdefault(name_of(part), []).append(part)
    return parts


def first(parts: Parts, *names: str) -> Element | None:
    """Give the first child that has one of these names, the earlier name before the later."""
    return next(each(parts, *names), None)


def each(parts: Parts, *names: str) -> Iterator[Element]:
    """Give all children that have one of these names."""
    for name in names:
        yield from parts.get(name, ())


def text_of(element: Element | None) -> str | None:
    """Give all text within an element in one line; None if there is none."""
    return " ".join("".join(element.itertext()).split()) or None if element is not None else None


def language_of(element: Element | None) -> str | None:
    """Give the language an element is marked with."""
    return element.get(_XML_LANG) or None if element is not None else None


def _prefix(space: str, written: str | None) -> str:
    """Find the usual prefix; of a namespace nobody knows, the feed's own stands."""
    if not space:
        return ""
    return _PREFIXES.get(space.lower().rstrip("/"), written or "")
