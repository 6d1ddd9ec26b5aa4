"""Reads what readers read in ninjs: headline, body, descriptions, whatever the family calls them."""

from typing import Final, NamedTuple

from services.ingest.datelines import read_dateline
from services.ingest.formats.json_fields import Fields
from services.ingest.formats.paragraphs import first_sentence, paragraphs
from services.ingest.formats.xhtml import plain_line, plain_paragraphs

_MAIN_ROLES: Final = frozenset(("", "body", "html", "html5", "main", "richtext", "text", "xhtml"))
_CORRECTION: Final = "correction"


class _Text(NamedTuple):
    """One rendering of a text: `name` is its role or field, `media` its content type."""

    name: str
    media: str
    value: str

    @property
    def is_markup(self) -> bool:
        # Some agencies call text/plain what begins with a tag.
        return _is_marked_up(self.name, self.media) or self.value.startswith("<")

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """Main text before side text, plain text before markup, XHTML before other XML."""
        is_xml = "nitf" in self.name or self.media in {"application/xml", "text/xml"}
        return self.name not in _MAIN_ROLES, self.is_markup, is_xml

    def paragraphs(self) -> tuple[str, ...]:
        return plain_paragraphs(self.value) if self.is_markup else paragraphs(self.value)


def body_of(item: Fields) -> tuple[str, ...]:
    """Choose the paragraphs of the body; without one, of the description, which is noted."""
    if bodies := _texts(item, "bodies", "body_"):
        body = _best(bodies).paragraphs()
        return body if len(bodies) == 1 else _parted(item, body, bodies)
    descriptions = _texts(item, "descriptions", "description_")
    told = [text for text in descriptions if text.name != _CORRECTION]
    if not told:
        return ()
    item.notes.append("no body: the description stands in")
    return _best(told).paragraphs()


def _parted(item: Fields, body: tuple[str, ...], texts: list[_Text]) -> tuple[str, ...]:
    """Where plain text is one lump or has the page's head, prefer a rendering with paragraphs only."""
    if len(body) > 1 and body[0] != _headline(item):
        return body
    others = sorted(texts, key=lambda text: text.rank)
    marked = (text.paragraphs() for text in others if text.is_markup and not text.rank[0])
    return next((found for found in marked if len(found) > 1), body)


def correction_of(item: Fields) -> str | None:
    """Take the description that says what was corrected, as Depesche writes it for readers."""
    if "descriptions" not in item and f"description_{_CORRECTION}" not in item:
        return None
    texts = _texts(item, "descriptions", "description_")
    return next((" ".join(text.paragraphs()) for text in texts if text.name == _CORRECTION), None)


def headline_of(item: Fields, body: tuple[str, ...]) -> str:
    """Choose the headline; else the title, the first sentence or the slug, and that is noted.

    Alerts come without one (wire-rules 4.3); a kill may have nothing but its id.
    """
    if headline := _headline(item):
        return headline
    instead = [("title", item.line("title")), ("first sentence", _opening(body))]
    instead.append(("slug", item.line("slugline")))
    for name, text in instead:
        if text:
            item.notes.append(f"no headline: the {name} stands in")
            return text
    item.notes.append("no headline")
    return ""


def caption_of(item: Fields) -> str | None:
    """Choose the caption of a picture: its description, else its headline or title."""
    texts = _texts(item, "descriptions", "description_")
    texts.sort(key=lambda text: text.name != "caption")
    for text in texts:
        if found := " ".join(" ".join(text.paragraphs()).split()):
            return found
    return _headline(item) or item.line("title")


def _headline(item: Fields) -> str | None:
    if not item.holds_objects("headline") and (headline := item.line("headline")):
        return headline
    headlines = _texts(item, "headlines", "headline_")
    headlines.sort(key=lambda text: text.name != "main")
    for text in headlines:
        is_markup = _is_marked_up(text.name, text.media)
        if found := plain_line(text.value) if is_markup else " ".join(text.value.split()):
            return found
    return None


def _opening(body: tuple[str, ...]) -> str | None:
    if not body:
        return None
    dateline = read_dateline(body[0])
    return first_sentence(body[0][dateline.end :] if dateline else body[0])


def _best(texts: list[_Text]) -> _Text:
    return texts[0] if len(texts) == 1 else min(texts, key=lambda text: text.rank)


def _texts(item: Fields, part: str, prefix: str) -> list[_Text]:
    """All renderings: the array `part` of 2.x and 3.x, else the fields `prefix`... of 1.x.

    Drafts of 2.0 had the array under the name of one: `headline`, with `name` for `role`.
    """
    stem = prefix.rstrip("_")
    if part not in item and item.holds_objects(stem):
        part = stem
    if part in item:
        return [
            _Text(
                _lower(entry, "role") or _lower(entry, "name"),
                _lower(entry, "contenttype"),
                value,
            )
            for entry in item.objects(part)
            if (value := entry.text("value"))
        ]
    return [
        _Text(name.removeprefix(stem).removeprefix("_"), "", value)
        for name in item.names()
        if name.startswith(stem)
        and (name.startswith(prefix) or name == f"{stem}text")
        and (value := item.text(name))
    ]


def _lower(entry: Fields, name: str) -> str:
    text = entry.text(name)
    return text.lower() if text else ""


def _is_marked_up(name: str, media: str) -> bool:
    said = media or name
    return "html" in said or "xml" in said or "nitf" in said
