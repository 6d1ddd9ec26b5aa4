"""Reads what readers read in AP's JSON: headline, byline, the body where it is inline, pictures."""

from typing import Final

from services.ingest.datelines import read_dateline
from services.ingest.formats.json_fields import Fields
from services.ingest.formats.paragraphs import first_sentence, paragraphs
from services.ingest.formats.signs import status_of
from services.ingest.formats.xhtml import plain_paragraphs
from shared.story import Picture, Status

_BODIES: Final = ("body_nitf", "body_xhtml", "body_html", "nitf", "body", "body_text", "story")
_RENDITIONS: Final = ("nitf", "xhtml", "html", "text")
_CONTENTS: Final = ("content", "body", "value", "text", "data")


def body_of(item: Fields) -> tuple[str, ...]:
    """Read the body where the item holds it; else it is behind a link, which is noted."""
    for name in _BODIES:
        if isinstance(item.plain(name), str) and (text := item.text(name)):
            return _paragraphs(text)
    renditions = item.within("renditions")
    for name in _RENDITIONS if renditions else ():
        if renditions and (text := _inline(renditions, name)):
            return _paragraphs(text)
    if caption := item.text("description_caption"):
        item.notes.append("no body: the caption stands in")
        return (caption,)
    item.notes.append("no body: the item only links to it")
    return ()


def headline_of(item: Fields, body: tuple[str, ...]) -> str:
    """Choose the headline; else the longer one, the title, the first sentence or the slug, noted."""
    if headline := item.line("headline"):
        return headline
    dateline = read_dateline(body[0]) if body else None
    opening = first_sentence(body[0][dateline.end if dateline else 0 :]) if body else None
    for name, text in (
        ("extended headline", item.line("headline_extended")),
        ("first sentence", opening),
        ("title", item.line("title")),
        ("slug", item.line("slugline")),
    ):
        if text:
            item.notes.append(f"no headline: the {name} stands in")
            return text
    item.notes.append("no headline")
    return ""


def byline_of(item: Fields) -> str | None:
    """Read who wrote it: `bylines` are objects, `byline` is text."""
    if item.holds_objects("bylines"):
        names = [
            b.line("by") or b.line("byline") or b.line("name") for b in item.objects("bylines")
        ]
        return ", ".join(name for name in names if name) or None
    return ", ".join(item.texts("bylines")) or item.line("byline")


def pictures_of(item: Fields) -> tuple[Picture, ...]:
    """Read the pictures that go with the story and may be used."""
    return tuple(
        _picture(entry)
        for entry in item.objects("associations")
        if (entry.line("type") or "") in {"picture", "photo"} and _is_usable(entry)
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    # NITF repeats headline and byline above its content.
    _, mark, content = text.partition("<body.content")
    text = f"<body.content{content.partition('</body.content')[0]}" if mark else text
    return plain_paragraphs(text) if text.lstrip().startswith("<") else paragraphs(text)


def _inline(renditions: Fields, name: str) -> str | None:
    value = renditions.plain(name)
    if isinstance(value, str):
        return renditions.text(name)
    rendition = renditions.within(name) if isinstance(value, dict) else None
    for content in _CONTENTS if rendition else ():
        if rendition and isinstance(rendition.plain(content), str):
            return rendition.text(content)
    return None


def _is_usable(entry: Fields) -> bool:
    where = entry.pointer("pubstatus")
    return status_of(entry.line("pubstatus"), where=where, notes=entry.notes) is Status.USABLE


def _picture(entry: Fields) -> Picture:
    photographer = entry.plain("photographer")
    maker = entry.within("photographer") if isinstance(photographer, dict) else None
    credit = entry.line("description_creditline") or (maker.line("name") if maker else None)
    best: tuple[int, str] | None = None
    for rendition in entry.objects("renditions"):
        href, width = rendition.line("href"), rendition.number_or_text("width")
        pixels = width if isinstance(width, int) else 0
        is_picture = (rendition.line("type") or "picture") == "picture"
        if href and is_picture and (best is None or pixels > best[0]):
            best = pixels, href
    caption = entry.line("description_caption") or entry.line("caption") or entry.line("headline")
    return Picture(caption=caption, credit=credit, href=best[1] if best else None)
