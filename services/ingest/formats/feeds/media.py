"""Finds the pictures of a feed's entry: enclosures and Media RSS, each with caption and credit."""

from collections.abc import Iterator
from typing import Final

from services.ingest.formats.feeds.names import Parts, each, first, parts_of
from services.ingest.formats.feeds.texts import title_line
from services.ingest.formats.xml_document import Element
from shared.story import Picture

_FILES: Final = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".tif", ".tiff", ".svg")


def pictures_of(parts: Parts) -> tuple[Picture, ...]:
    """Find the pictures of an entry; a thumbnail counts where there is nothing larger."""
    pictures = list(_grouped(parts)) + list(_single(parts))
    known = {picture.href for picture in pictures}
    pictures += [
        Picture(href=href, caption=caption)
        for href, caption in _enclosed(parts)
        if href not in known
    ]
    if not pictures:
        thumbnail = first(parts, "media:thumbnail")
        href = thumbnail.get("url") if thumbnail is not None else None
        pictures = [_described(href, parts)] if href else []
    return tuple(dict.fromkeys(pictures))


def _grouped(parts: Parts) -> Iterator[Picture]:
    for group in each(parts, "media:group"):
        inner = parts_of(group)
        files = [found for found in each(inner, "media:content") if _is_picture(found, "url")]
        if files:
            widest = max(files, key=_width)
            yield _described(widest.get("url"), {**parts, **inner, **parts_of(widest)})


def _single(parts: Parts) -> Iterator[Picture]:
    """Pictures without a group; some feeds list one picture in several widths so."""
    files = [found for found in each(parts, "media:content") if _is_picture(found, "url")]
    widths = [_width(found) for found in files]
    told = [_described(None, parts_of(found)) for found in files]
    is_same = all(picture == told[0] and not picture.caption for picture in told)
    if files and is_same and all(widths) and len(set(widths)) == len(files):
        files = [max(files, key=_width)]
    for found in files:
        yield _described(found.get("url"), {**parts, **parts_of(found)})


def _enclosed(parts: Parts) -> Iterator[tuple[str, str | None]]:
    for found in each(parts, "enclosure"):
        if (href := found.get("url")) and _is_picture(found, "url"):
            yield href, None
    for found in each(parts, "link"):
        is_enclosure = (found.get("rel") or "").lower() == "enclosure"
        if is_enclosure and (href := found.get("href")) and _is_picture(found, "href"):
            yield href, found.get("title")


def _described(href: str | None, parts: Parts) -> Picture:
    caption = title_line(first(parts, "media:description")) or title_line(
        first(parts, "media:title")
    )
    return Picture(caption=caption, credit=_credit(parts), href=href)


def _credit(parts: Parts) -> str | None:
    return title_line(first(parts, "media:credit")) or title_line(first(parts, "media:copyright"))


def _is_picture(found: Element, where: str) -> bool:
    """Tell by medium or type; where neither is named, by the file's name."""
    said = (found.get("medium") or found.get("type") or "").lower()
    if said and said != "application/octet-stream":
        return said.startswith("image")
    return (found.get(where) or "").lower().partition("?")[0].endswith(_FILES)


def _width(found: Element) -> int:
    width = found.get("width") or ""
    return int(width[:9]) if width.isascii() and width.isdigit() else 0
