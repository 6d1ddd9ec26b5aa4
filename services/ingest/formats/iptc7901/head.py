"""Reads the lines above the body: notes in brackets, leads, headline, byline; the last ends in ` =`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from services.ingest.datelines import read_dateline

_MOST_HEAD_LINES: Final = 24
_LONGEST_NOTE: Final = 14  # lines
_BYLINE: Final = re.compile(
    r"(?:Von|By|Par|Door|Di|Por|Da|Af|Av|Av\.|Texte?:|Text:|(?:Das )?(?:Interview|Gespräch|Protokoll)(?: führten?)?:?"
    r"|(?:Die )?Fragen(?: stellten?)?:?|Aufgezeichnet von) "
    r"(?:(?:dpa|AFP|SID|epd|KNA)|(?:[A-ZÄÖÜÉ'’]|d[eu]s? |dpa|unser|our|AFP)[^!?]{2,120})"
)
# `1ST LEAD`, `3RD NET`, `2. ZUSAMMENFASSUNG`, `EXTRA`: words of the trade on a line of their own.
_LEAD: Final = re.compile(
    r"(?:\d{1,2}(?:ST|ND|RD|TH|ER|E|EME|ÈME|\.)?[ -]?)?(?:LEAD|NET|NL|LD|UPDATE|WRAP(?:UP)?|ROUNDUP|ADD|TAKE"
    r"|ZUSAMMENFASSUNG|GESAMTZUSAMMENFASSUNG|FASSUNG|AKTUALISIERUNG|ERGÄNZUNG|FOLGE|SYNTHESE|SYNTHÈSE|PAPIER GENERAL)"
    r"(?:[ -]?\d{1,3})?(?:[ -]?(?:ADD|TAKE) ?\d{1,2})?"
    r"|REFILE|EXTRA|URGENT|FLASH|ALERTE?|EILMELDUNG|EIL|BLITZ|CORRECT(?:ED|ION|IF)|BERICHTIGUNG|KORREKTUR"
    r"|RECTIFICATIF|REPEAT|WIEDERHOLUNG|ADVISORY|ACHTUNG|AVIS|KILL(?: KILL){1,4}|HOLD(?: HOLD){1,4}|KILL|HOLD"
    r"|ANNULATION|\d{1,2}(?:st|nd|rd|th) (?:Lead|Net|Update)"
    r"|VERSIÓN CORREGIDA|ACTUALIZACIÓN|RPT(?: RPT)?|ATENCION REDACCIONES|\*{1,5} ELIMINAR - ELIMINAR|АННУЛИРОВАНИЕ"
)
# dpa's other languages: `Update`, then the genre, each on a line of its own above the headline.
_TRADE: Final = re.compile(
    r"Full ?Story|Update|Correction|Refile|Mettre à jour|Remettre|Aktualizacja|Korekta|Powtarzanie"
    r"|Roundup|Feature|News ?[Ff]eature|Analysis|News [Aa]nalysis|Interview|Background|Preview|Commentary|Profile"
    r"|Chronology|Factbox|Explainer|Summary"
)
_ATTENTION: Final = re.compile(r"\(Achtung\)\s+(?P<told>\S.*)")
_PLAIN_CAPITALS: Final = re.compile(r"[A-ZÄÖÜÉÈ]{3,12}(?:[ -][A-ZÄÖÜÉÈ]{2,12}){0,2}")
_NARROWEST: Final = 50


@dataclass(slots=True)
class Head:
    """What stands above the body, sorted. `body` are the lines from there on.

    `withdrawal` is what dpa writes behind `(Achtung)` over an item that it takes back.
    """

    headline: str | None = None
    withdrawal: str | None = None
    notes: list[str] = field(default_factory=list[str])
    leads: list[str] = field(default_factory=list[str])
    byline: str | None = None
    below: list[str] = field(default_factory=list[str])
    body: list[str] = field(default_factory=list[str])


def read_head(text: str) -> Head:
    """Sort the lines above the body of one message."""
    lines = text.strip("\n").split("\n")
    end = _head_end(lines)
    head = Head(body=lines[end:])
    titles: list[str] = []
    at = 0
    above = [" ".join(line.split()).removesuffix("=").rstrip() for line in lines[:end]]
    width = min(80, max([_NARROWEST, *map(len, (line.rstrip() for line in lines))]))
    while at < len(above):
        at += _sort(above, at, head, titles, width)
    head.headline, head.below = _headline(titles, width)
    return head


def _head_end(lines: Sequence[str]) -> int:
    """Find the line after the head: after ` =`, else before the dateline or the first blank line."""
    last = min(len(lines), _MOST_HEAD_LINES)
    marked = 0
    for at in range(last):
        if lines[at].rstrip().endswith("=") and not lines[at].rstrip().endswith("=="):
            marked = at + 1
        elif marked and at > marked + 2:
            return marked
        if read_dateline(lines[at].strip()):
            return marked or at
    for at in () if marked else range(1, last):
        if not lines[at].strip() or lines[at].startswith(("   ", "\t")):
            return at
    if marked:
        return marked
    return 1 if len(lines) > 1 and not lines[0].rstrip().endswith((".", "!", "?")) else 0


def _sort(lines: Sequence[str], at: int, head: Head, titles: list[str], width: int) -> int:
    """Sort the line at `at`; returns how many lines belonged to it."""
    line = lines[at]
    if at == 0 and (attention := _ATTENTION.fullmatch(line)):
        length = _paragraph_length(lines, width)
        head.withdrawal = " ".join((attention["told"], *lines[1:length]))
        return length
    if line.startswith("("):
        length = _note_length(lines[at : at + _LONGEST_NOTE])
        if length:
            note = " ".join(lines[at : at + length])
            head.notes.append(note.removeprefix("(").removesuffix(")").strip())
            return length
    bare = line.rstrip(" :-=*")
    if _LEAD.fullmatch(bare) or (not titles and _is_trade_word(lines, at)):
        head.leads.append(bare)
    elif _BYLINE.fullmatch(line) and titles:
        length = _paragraph_length(lines[at:], width)
        head.byline = " ".join((*filter(None, [head.byline]), *lines[at : at + length]))
        return length
    elif line:
        titles.append(line)
    return 1


def _paragraph_length(lines: Sequence[str], width: int) -> int:
    """Count the lines that the width broke; a note in brackets begins anew."""
    for at, (line, following) in enumerate(pairwise(lines), 1):
        if not following or following.startswith("(") or not _was_wrapped(line, following, width):
            return at
    return len(lines)


def _note_length(lines: Sequence[str]) -> int:
    depth = 0
    for at, line in enumerate(lines):
        depth += line.count("(") - line.count(")")
        if depth <= 0:
            return at + 1 if line.endswith(")") else 0
    return 0


def _is_trade_word(lines: Sequence[str], at: int) -> bool:
    following = next((line for line in lines[at + 1 :] if line and not line.startswith("(")), "")
    bare = lines[at].rstrip(" :-=")
    if following and _TRADE.fullmatch(bare):
        return True
    return bool(
        _PLAIN_CAPITALS.fullmatch(bare)
        and following
        and not following.isupper()
        and not _BYLINE.fullmatch(following)
    )


def _headline(titles: Sequence[str], width: int) -> tuple[str | None, list[str]]:
    """Join the headline where it was wrapped; what stands below it on lines of its own is not it."""
    if not titles:
        return None, []
    parts = [titles[0]]
    at = 1
    while at < len(titles) and _was_wrapped(parts[-1], titles[at], width):
        parts.append(titles[at])
        at += 1
    return " ".join(parts), list(titles[at:])


def _was_wrapped(line: str, following: str, width: int) -> bool:
    if line.endswith(":"):
        return True
    if len(line) + 1 + len(following.partition(" ")[0]) > width - 2:
        return True
    return following[:1].islower() and len(line) > width // 2
