"""Reads the head of an article page: breadcrumb, kicker, headline, pictures, times."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.ingest.datelines import read_dateline
from services.ingest.formats.times import german_moment
from shared.story import Picture

_LONGEST_HEAD: Final = 60
_CRUMB: Final = re.compile(r"(?P<number>\d{1,2})\.\s+(?P<name>\S.*)")
_BYLINE: Final = re.compile(r"(?:Von|By) [A-ZÄÖÜ][^.!?:|]{2,80}")
_FURNITURE: Final = re.compile(
    r"(?:\d+ )?(?:kommentare?|teilen|drucken|merken|anzeige|artikel (?:teilen|drucken|merken|anhören)"
    r"|vorlesen|schriftgröße|newsletter|zur startseite|mehr zum thema|startseite)",
    re.IGNORECASE,
)
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
    """Tell whether lines begin a page: a line of two dates, or a breadcrumb and a date or the headline."""
    crumbs, at = _crumbs(lines)
    date_at = _date_line_at(lines, at)
    if date_at is not None:
        return bool(crumbs) or (date_at > 0 and "|" in lines[date_at])
    return bool(crumbs) and _repeats(lines, at, crumbs[-1]) is not None


def read_article_head(lines: Sequence[str]) -> ArticleHead:
    """Sort the lines above the body; what stands below the headline unmarked is a caption."""
    crumbs, at = _crumbs(lines)
    date_at = _date_line_at(lines, at)
    end = _body_at(lines, at, crumbs) if date_at is None else date_at
    rest = [line for line in lines[at:end] if line and not is_furniture(line)]
    captions = [line for line in rest if _is_caption(line)]
    titles = [line for line in rest if line not in captions and not _BYLINE.fullmatch(line)]
    headline_at = _headline_at(titles, crumbs)
    below = titles[headline_at + 1 :]
    headline = titles[headline_at] if titles else (crumbs[-1] if crumbs else None)
    published, updated, repairs = (
        _times(lines[date_at]) if date_at is not None else (None, None, ())
    )
    return ArticleHead(
        breadcrumb=_without_headline(crumbs, headline),
        kicker=titles[headline_at - 1] if headline_at > 0 else None,
        headline=headline,
        byline=next((line for line in rest if _BYLINE.fullmatch(line)), None),
        pictures=tuple(dict.fromkeys(_picture(line) for line in rest if line in captions + below)),
        published=published,
        updated=updated,
        body_at=end if date_at is None else date_at + 1,
        repairs=repairs,
    )


def is_furniture(line: str) -> bool:
    """Tell whether a line belongs to the page and not to the story: `Kommentare`, `Teilen`."""
    return _FURNITURE.fullmatch(line) is not None


def _crumbs(lines: Sequence[str]) -> tuple[tuple[str, ...], int]:
    names: list[str] = []
    for at, line in enumerate(lines):
        if not line and not names:
            continue
        found = _CRUMB.fullmatch(line)
        if found is None or int(found["number"]) != len(names) + 1:
            return tuple(names), at
        names.append(found["name"])
    return tuple(names), len(lines)


def _date_line_at(lines: Sequence[str], start: int) -> int | None:
    for at in range(start, min(len(lines), start + _LONGEST_HEAD)):
        if lines[at][:1].isdigit() and _is_date_line(lines[at]):
            return at
    return None


def _is_date_line(line: str) -> bool:
    try:
        return all(german_moment(part) for part in line.split("|", 2))
    except ValueError:
        return True  # the form of dates, though there is no such day


def _times(line: str) -> tuple[datetime | None, datetime | None, tuple[str, ...]]:
    try:
        moments = [german_moment(part) for part in line.split("|", 2)]
    except ValueError:
        return None, None, (f"no such date: {line}",)
    return moments[0], moments[-1], ()


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
    return not line or is_furniture(line) or _is_caption(line)


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
