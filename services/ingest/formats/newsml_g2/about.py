"""Reads contentMeta: headline, slug, byline, subjects, keywords, and who is named as source."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from services.ingest.formats.newscodes import iptc_code, qcode
from services.ingest.formats.newsml_g2.items import Item
from services.ingest.formats.xml_elements import Node
from shared.story import Picture, Subject

_MAIN_ROLES: Final = frozenset(("", "main", "headline", "head", "title"))
_MAIN_NAMES: Final = frozenset(("", "display", "full"))
_IPTC: Final = ("medtop:", "subj:")
_PERSON: Final = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?:,? [A-ZÀ-Þ][\w.'’-]*){1,3}")
_SHORTEST_TAG: Final = 2


def headline_of(item: Node, language: str | None) -> str | None:
    """Choose the headline: the main one, in the item's language; side and short ones come after."""
    headlines = item.child("contentmeta").all("headline")
    if len(headlines) == 1:
        return headlines[0].line()
    headlines = [headline for headline in headlines if headline.line()]
    language = (language or "").partition("-")[0]

    def rank(headline: Node) -> tuple[bool, bool, str]:
        own = (headline.language or language).lower().partition("-")[0]
        return _role(headline) not in _MAIN_ROLES, own != language, headline.get("rank") or ""

    return min(headlines, key=rank).line() if headlines else None


def language_of(item: Node) -> str | None:
    """Choose the language of the content, else the item's; its primary subtag in lower case."""
    tag = item.child("contentmeta", "language").get("tag") or item.language
    if not tag or len(tag) < _SHORTEST_TAG:
        return None
    primary, _, rest = tag.replace("_", "-").partition("-")
    return f"{primary.lower()}-{rest}" if rest else primary.lower()


def aliases_of(item: Node) -> Mapping[str, str]:
    """Give the prefixes that the item's own catalog declares."""
    schemes = (scheme for catalog in item.all("catalog") for scheme in catalog.all("scheme"))
    return {alias: uri for s in schemes if (alias := s.get("alias")) and (uri := s.get("uri"))}


def subjects_of(item: Node, aliases: Mapping[str, str]) -> tuple[Subject, ...]:
    """Read the subjects as supplied, each once; an IPTC code that is the same as another follows it."""
    subjects: dict[tuple[str | None, str | None], None] = {}
    for entry in item.child("contentmeta").all("subject"):
        name = _name(entry)
        code = _code(entry, aliases) or (None if name else entry.get("literal"))
        if code or name:
            subjects[code, name] = None
        if code is None or not code.startswith(_IPTC):
            for same in filter(None, (_code(s, aliases) for s in entry.all("sameas"))):
                if same.startswith(_IPTC):
                    subjects[same, name] = None
    return tuple(Subject(code=code, name=name) for code, name in subjects)


def genres_of(item: Node) -> Iterator[str]:
    """Give names and codes of genre, profile and role: what may mark copy for editors only."""
    for genre in item.child("contentmeta").all("genre"):
        yield from filter(None, (_name(genre), genre.get("qcode"), genre.get("literal")))
    meta = item.child("itemmeta")
    for field in meta.all("profile", "role", "itemclass"):
        yield from filter(None, (field.line(), field.get("qcode")))


def byline_of(item: Node, inner: str | None, notes: list[str]) -> str | None:
    """Choose the byline; else a creator who is named like a person, which is noted."""
    about = item.child("contentmeta")
    if line := about.line("by") or inner:
        return line
    names = (_name(c) or c.get("literal") for c in about.all("creator"))
    others = set(filter(None, _sources(item)))
    for name in names:
        if name and name not in others and not name.startswith("The ") and _PERSON.fullmatch(name):
            notes.append("no byline: the creator stands in")
            return name
    return None


def names_of(item: Node, provider: str | None, sender: str | None) -> Iterator[str | None]:
    """Give whoever may be credited, the likeliest first."""
    credit = item.child("contentmeta").line("creditline")
    if credit and "/" not in credit.strip("/ "):
        yield credit
    yield from _sources(item)
    yield provider
    yield sender


def place_of(item: Node) -> str | None:
    """Give the place that the story comes from."""
    located = item.child("contentmeta", "located")
    return _name(located) or located.get("literal")


def picture_of(item: Item) -> Picture | None:
    """Read a picture item: caption, credit, the widest file."""
    about = item.node.child("contentmeta")
    descriptions = sorted(about.all("description"), key=lambda d: _role(d) != "caption")
    caption = next((line for d in descriptions if (line := d.line())), None)
    credit = about.line("creditline") or about.line("by") or about.line("creator", "name")
    files = list(item.node.child("contentset").all("remotecontent"))
    href = max(files, key=_width).get("href") if files else None
    picture = Picture(
        caption=caption or headline_of(item.node, language_of(item.node)), credit=credit, href=href
    )
    return None if picture == Picture() else picture


def remote_pictures(item: Node) -> tuple[Picture, ...]:
    """Give the pictures that lie beside the text in its own item."""
    files = (f for f in item.child("contentset").all("remotecontent") if _is_image(f))
    widest: dict[str, Picture] = {}
    for file in sorted(files, key=_width, reverse=True):
        widest.setdefault(
            file.get("residref") or file.get("href") or "", Picture(href=file.get("href"))
        )
    return tuple(picture for picture in widest.values() if picture.href)


def keywords_of(item: Node) -> tuple[str, ...]:
    """Read the keywords, each once."""
    words = (keyword.line() for keyword in item.child("contentmeta").all("keyword"))
    return tuple(dict.fromkeys(word for word in words if word))


def _sources(item: Node) -> Iterator[str | None]:
    for source in item.child("contentmeta").all("infosource"):
        code = source.get("qcode")
        yield source.get("literal") or _name(source) or (code.rpartition(":")[2] if code else None)


def _code(entry: Node, aliases: Mapping[str, str]) -> str | None:
    found = entry.get("qcode") or entry.get("uri")
    if found:
        return qcode(found, aliases)
    literal = entry.get("literal")
    return iptc_code(literal) if literal else None


def _name(entry: Node) -> str | None:
    """Choose a name: the one to display before a short one."""
    names = entry.all("name")
    if len(names) > 1:
        names = sorted(names, key=lambda name: _role(name) not in _MAIN_NAMES)
    return next(filter(None, map(Node.line, names)), None)


def _role(entry: Node) -> str:
    return (entry.get("role") or "").replace("/", ":").rpartition(":")[2].lower()


def _is_image(file: Node) -> bool:
    return (file.get("contenttype") or "").lower().startswith("image/")


def _width(file: Node) -> int:
    width = file.get("width") or ""
    return int(width) if width.isascii() and width.isdigit() and len(width) < 7 else 0  # noqa: PLR2004 - pixels
