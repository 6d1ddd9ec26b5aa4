"""Sorts the lines of ANPA text: slug, headline, notes, byline, then the paragraphs of the body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from services.ingest.datelines import read_dateline

_INDENT: Final = re.compile(r"[ ]{0,8}\t|[ ]{2,12}\S")
_END: Final = ("<", "=", "+")
_HEAD_END: Final = re.compile(r"[<=][ ]*$")
_SIGNED: Final = re.compile(r"==?(?:Kyodo|AP|CP|NZPA|AAP|END)\s*")
_SLUG: Final = re.compile(r"(?:[A-Z]{2}-|[A-Z]{2,4}--)\S.*|.{3,80},\s?\d{2,5}")
_WORDS_COUNT: Final = re.compile(r",?\s{0,2}\d{2,5}\s*$")
_NOTE: Final = re.compile(
    r"\(?(?:eds?|editors?|editors?'? notes?|advisory|with|attn|attention)\b[:.,'’ ]|\(?AP (?:Photos?|Graphics?|Video|Audio)\b"
    r"|\(?(?:for release|hold for release|embargo|advance for|eds)",
    re.IGNORECASE,
)
_BYLINE: Final = re.compile(r"(?:By|Par) [A-Z][^.!?]{2,120}")
_BY_WHOM: Final = re.compile(
    r"(?:The )?(?:Associated Press|Canadian Press|Kyodo News|AP|CP|Reuters|AAP|NZPA)(?: [A-Z][\w' -]{2,40})?"
    r"|(?:AP|CP) [A-Z][\w' -]{2,40}",
)
_AGENCIES: Final = frozenset(
    ("Associated Press", "The Associated Press", "The Canadian Press", "Kyodo News", "Reuters")
)
_ROW: Final = re.compile(r"[^;]*;[^;]*;|[^\S\n]{0,3}\S[^\n]{0,60}?\S[ ]{3,}\S")
_GAP: Final = re.compile(r"\S[ ]{2,}\S")
_NUMBER: Final = re.compile(r"(?:^|\s)[.\d][\d.,{-]{0,8}(?=\s|$)")
_FEWEST_NUMBERS: Final = 3
_MOST_HEADS: Final = 24


@dataclass(slots=True)
class Lines:
    """The lines of one message, sorted."""

    slug: str | None = None
    headline: str | None = None
    byline: str | None = None
    notes: list[str] = field(default_factory=list[str])
    summaries: list[str] = field(default_factory=list[str])
    subheads: list[str] = field(default_factory=list[str])
    body: list[str] = field(default_factory=list[str])


def read_lines(text: str) -> Lines:
    """Sort the lines of a text; the heads end at the first paragraph."""
    rows = text.replace("< ^", "<\n^").split("\n")
    start = _body_at(rows)
    found = Lines(body=_paragraphs(rows[start:]))
    for row in rows[:start]:
        if head := _bare(row):
            _sort(head, found, is_subhead=row.rstrip().endswith("=") or _is_row(head))
    found.body = [*found.subheads, *found.body]
    if not found.body:
        found.body, found.summaries = found.summaries, []
    return found


def _body_at(rows: Sequence[str]) -> int:
    """Find the first paragraph: indented or with a dateline, no head; else the first plain line.

    AP puts a caret before each head and a mark behind it: what follows unmarked is the text.
    """
    is_closed = False
    for at, row in enumerate(rows[:_MOST_HEADS]):
        if row.startswith("^") or not row.strip():
            is_closed = row.startswith("^") and bool(_HEAD_END.search(row) or _is_row(row[1:]))
            continue
        if is_closed or _INDENT.match(row) or read_dateline(row.strip()) or _is_row(row):
            return at
    return len(rows[:_MOST_HEADS])


def _sort(head: str, found: Lines, *, is_subhead: bool) -> None:
    if head.startswith("*") and head[1:].isdigit():
        return
    if found.slug is None and found.headline is None and _SLUG.fullmatch(head):
        found.slug = _WORDS_COUNT.sub("", head)
    elif _NOTE.match(head):
        found.notes.append(head.removeprefix("(").removesuffix(")"))
    elif _BYLINE.fullmatch(head):
        found.byline = head
    elif (found.byline and _BY_WHOM.fullmatch(head)) or head in _AGENCIES:
        return
    elif found.headline is None:
        found.headline = head
    elif is_subhead:
        found.subheads.append(head)
    else:
        found.summaries.append(head)


def _paragraphs(rows: Sequence[str]) -> list[str]:
    blocks: list[list[list[str]]] = []
    for at, row in enumerate(rows):
        bare = _bare(row)
        if not bare or _SIGNED.fullmatch(bare):
            continue
        before = rows[at - 1] if at else ""
        if not blocks or not before.strip() or row.startswith("^") or _INDENT.match(row):
            blocks.append([[bare]])
        elif _is_row(row) or _is_row(before) or before.rstrip(" ").endswith(_END):
            blocks[-1].append([bare])
        else:
            blocks[-1][-1].append(bare)
    return ["\n".join(" ".join(line) for line in block) for block in blocks]


def _is_row(line: str) -> bool:
    """Tell whether a line is a row of a table: cells between semicolons or wide gaps."""
    if ";" in line or "   " in line:
        return _ROW.match(line) is not None
    return len(_NUMBER.findall(line)) >= _FEWEST_NUMBERS and _GAP.search(line) is not None


def _bare(row: str) -> str:
    bare = row.strip().removeprefix("^").rstrip()
    return (bare[:-1] if bare.endswith(_END) else bare).strip()
