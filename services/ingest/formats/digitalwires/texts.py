"""Reads what readers read in digitalwires: the article with its dateline, and its pictures."""

import re
from typing import Final

from services.ingest.formats.json_fields import Fields
from services.ingest.formats.signs import status_of
from services.ingest.formats.xhtml import plain_paragraphs
from shared.story import Picture, Status

_PICTURES: Final = frozenset(("image", "picture", "photo"))
# Two line breaks are a paragraph's end, and a list is lines of one paragraph, as in dpa's text wires.
_BLOCKS: Final = re.compile(
    r"(?P<breaks>(?:<br\s{0,3}/?>\s{0,9}){2,99})|<(?P<list>/?[uo]l)\b[^<>]{0,200}>|<(?P<entry>/?li)\b[^<>]{0,200}>",
    re.IGNORECASE,
)


class _Lists:
    """Sets the entries of lists as lines, numbered where the list is (`ol`)."""

    def __init__(self) -> None:
        self._number: int | None = None

    def as_paragraphs(self, found: re.Match[str]) -> str:
        if found["breaks"]:
            return "</p><p>"
        if name := found["list"]:
            self._number = 0 if name.lower() == "ol" else None
            return "</p>" if name.startswith("/") else "<p>"
        if found["entry"].startswith("/"):
            return ""
        if self._number is None:
            return "<br/>* "
        self._number += 1
        return f"<br/>{self._number}. "


def body_of(item: Fields) -> tuple[str, ...]:
    """Read the article's paragraphs; the dateline is put before the first, where text wires have it."""
    body = plain_paragraphs(_BLOCKS.sub(_Lists().as_paragraphs, item.text("article_html") or ""))
    for name, text in (("teaser", item.text("teaser")), ("caption", _caption(item))):
        if not body and text:
            item.notes.append(f"no body: the {name} stands in")
            body = (text,)
    if "infobox_html" in item:
        item.notes.append("infobox left out")
    dateline = item.line("dateline")
    if not dateline or not body or body[0].startswith(dateline):
        return body
    return (f"{dateline} {body[0]}", *body[1:])


def teaser_of(item: Fields, body: tuple[str, ...]) -> str | None:
    """Read the teaser, unless it stands in for a body."""
    teaser = item.line("teaser")
    return teaser if teaser and body and not body[0].endswith(teaser) else None


def pictures_of(item: Fields) -> tuple[Picture, ...]:
    """Read the pictures that go with the story, the first of them first, and may be used."""
    entries = [
        entry
        for entry in item.objects("associations")
        if (entry.line("type") or "").lower() in _PICTURES and _is_usable(entry)
    ]
    entries.sort(key=_rank)
    return tuple(_picture(entry) for entry in entries)


def _caption(item: Fields) -> str | None:
    entries = item.objects("descriptions")
    return next((text for entry in entries if (text := entry.text("description"))), None)


def _is_usable(entry: Fields) -> bool:
    where = entry.pointer("pubstatus")
    return status_of(entry.line("pubstatus"), where=where, notes=entry.notes) is Status.USABLE


def _rank(entry: Fields) -> int:
    rank = entry.number_or_text("rank")
    return rank if isinstance(rank, int) else 0


def _picture(entry: Fields) -> Picture:
    best: tuple[int, str] | None = None
    for rendition in entry.objects("renditions"):
        href = rendition.line("url") or rendition.line("href")
        width = rendition.number_or_text("width")
        pixels = width if isinstance(width, int) else 0
        if href and (best is None or pixels > best[0]):
            best = pixels, href
    caption = entry.line("caption") or entry.line("headline")
    credit = entry.line("creditline") or entry.line("byline")
    return Picture(caption=caption, credit=credit, href=best[1] if best else None)
