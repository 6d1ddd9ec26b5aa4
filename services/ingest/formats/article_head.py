"""Reads the head of an article page: breadcrumb, kicker, headline, pictures, times."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.ingest.datelines import read_dateline
from services.ingest.formats.breadcrumbs import read_breadcrumb
from services.ingest.formats.page_furniture import is_furniture
from services.ingest.formats.page_times import PageTime, page_times
from services.ingest.sources import source_of
from shared.story import Picture

_LONGEST_HEAD: Final = 60
_MOST_ABOVE_TIMES: Final = 6
_BYLINE: Final = re.compile(r"(?:Von|By):? [A-ZÄÖÜ][^.!?:|]{1,80}")
_CUT: Final = re.compile(r" ?(?:…|\.\.\.)$")


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """The head of a page; its body begins at line `body_at`. `repairs` tells what was mended."""

    breadcrumb: tuple[str, ...]
    kicker: str | None
    headline: str | None
    byline: str | None
    pictures: tuple[Picture, ...]
    published: datetime | None
    updated: datetime | None
    body_at: int
    repairs: tuple[str, ...]


def is_article_head(lines: Sequence[str]) -> bool:
    """Tell whether lines begin a page: a breadcrumb and a time or the headline, or a line of times."""
    crumbs, at = read_breadcrumb(lines)
    times_at = _times_at(lines, at)
    if crumbs:
        return times_at is not None or _repeats(lines, at, crumbs[-1]) is not None
    # A line of one bare day may be anything, and so may one far down.
    is_near = times_at is not None and sum(map(bool, lines[:times_at])) <= _MOST_ABOVE_TIMES
    return is_near and times_at is not None and _tells_much(lines[times_at])


def read_article_head(lines: Sequence[str]) -> ArticleHead:
    """Sort the lines above the body; what stands below the headline unmarked is a caption."""
    crumbs, at = read_breadcrumb(lines)
    times_at = _times_at(lines, at)
    comes_first = times_at is not None and not any(lines[at:times_at])
    end = _body_at(lines, at, crumbs) if times_at is None or comes_first else times_at
    rest = [line for line in lines[at:end] if line and not _is_aside(line)]
    captions = [line for line in rest if _is_caption(line)]
    titles = [line for line in rest if line not in captions and not _BYLINE.fullmatch(line)]
    headline_at = _headline_at(titles, crumbs)
    below = titles[headline_at + 1 :]
    headline = titles[headline_at] if titles else (crumbs[-1] if crumbs else None)
    body_at = end
    last = min(len(lines), end + _LONGEST_HEAD)
    while body_at < last and _stands_above_body(lines[body_at]):
        body_at += 1
    published, updated, repairs = _times(lines[at:body_at])
    bylines = [line for line in lines[at:body_at] if _BYLINE.fullmatch(line)]
    return ArticleHead(
        breadcrumb=_without_headline(crumbs, headline),
        kicker=titles[headline_at - 1].removesuffix(":") if headline_at > 0 else None,
        headline=headline,
        byline=bylines[0].replace(":", "", 1) if bylines else None,
        pictures=tuple(dict.fromkeys(_picture(line) for line in rest if line in captions + below)),
        published=published,
        updated=updated,
        body_at=body_at,
        repairs=repairs,
    )


def _times_at(lines: Sequence[str], start: int) -> int | None:
    window = range(start, min(len(lines), start + _LONGEST_HEAD))
    for at in window:
        if read_dateline(lines[at]):
            return None
        if _is_times(lines[at]):
            return at
    return None


def _is_times(line: str) -> bool:
    try:
        return page_times(line) is not None
    except ValueError:
        return True  # the form of times, though there is no such day


def _tells_much(line: str) -> bool:
    times = _times([line])[:2]
    return "|" in line or ":" in line or (times[0] is not None and "Uhr" in line)


def _times(
    lines: Sequence[str],
) -> tuple[datetime | None, datetime | None, tuple[str, ...]]:
    found: list[PageTime] = []
    for line in lines:
        try:
            found += page_times(line) or ()
        except ValueError:
            return None, None, (f"no such date: {line}",)
    if not found:
        return None, None, ()
    published = next((time.moment for time in found if not time.is_update), found[0].moment)
    return published, found[-1].moment, ()


def _body_at(lines: Sequence[str], start: int, crumbs: Sequence[str]) -> int:
    """Without a date line: the body begins with its dateline, or below headline and captions."""
    for at in range(start, min(len(lines), start + _LONGEST_HEAD)):
        if read_dateline(lines[at]):
            return at
    repeated = _repeats(lines, start, crumbs[-1]) if crumbs else None
    at = start if repeated is None else repeated + 1
    last = min(len(lines), start + _LONGEST_HEAD)
    while at < last and _stands_above_body(lines[at]):
        at += 1
    return at


def _stands_above_body(line: str) -> bool:
    return not line or _is_aside(line) or _is_caption(line) or bool(_BYLINE.fullmatch(line))


def _is_aside(line: str) -> bool:
    return is_furniture(line) or _is_times(line) or source_of(line) is not None


def _headline_at(titles: Sequence[str], crumbs: Sequence[str]) -> int:
    if crumbs and (repeated := _repeats(titles, 0, crumbs[-1])) is not None:
        return repeated
    return 1 if len(titles) > 1 else 0


def _repeats(lines: Sequence[str], start: int, crumb: str) -> int | None:
    window = range(start, min(len(lines), start + _LONGEST_HEAD))
    return next((at for at in window if _is_same(lines[at], crumb)), None)


def _is_same(line: str, crumb: str) -> bool:
    """Whether a crumb is this headline; pages cut long crumbs short with an ellipsis."""
    headline, name = " ".join(line.split()), " ".join(crumb.split())
    cut = _CUT.sub("", name)
    return bool(cut) and (headline == name or (cut != name and headline.startswith(cut)))


def _without_headline(crumbs: tuple[str, ...], headline: str | None) -> tuple[str, ...]:
    ends_with_headline = bool(crumbs) and headline is not None and _is_same(headline, crumbs[-1])
    return crumbs[:-1] if ends_with_headline else crumbs


def _is_caption(line: str) -> bool:
    _, sign, credit = line.rpartition("©")
    return bool(sign and credit.strip())


def _picture(line: str) -> Picture:
    caption, sign, credit = line.rpartition("©")
    if not sign:
        return Picture(caption=line)
    caption = caption.rstrip().removesuffix("|").rstrip()
    return Picture(caption=caption or None, credit=credit.strip() or None)
