"""Reads the lines above the dateline of plain copy: kicker, headline, byline, notes, keywords."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_BYLINE: Final = re.compile(r"(?:Von|By) [A-ZÄÖÜ][^.!?:]{2,80}$")
_KEYWORDS: Final = re.compile(r"[^\s/][^/]*(?:/[^/]+)*/$")
# Words of the trade on a line of their own: `Berichtigung`, `+++ EILMELDUNG +++`, `2. Zusammenfassung 1630`.
_TRADE: Final = re.compile(
    r"\W{0,6}(?:(?:\d{1,2}\.\s?)?(?:berichtigung|korrektur|wiederholung|aktualisierung|neufassung|ergänzung"
    r"|(?:gesamt)?zusammenfassung|lead|update|correction|repeat|refile)|eilmeldung|eil|blitz|flash|urgent|alert|extra)(?: \d{1,4})?\W{0,6}",
    re.IGNORECASE,
)
_SHORTEST_WRAPPED: Final = 45
_LONGEST_HEADLINE: Final = 200
_LONGEST_BARE_HEADLINE: Final = 120
_LONGEST_KICKER: Final = 30
_MOST_KICKER_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the body. `lead` are paragraphs that belong to the text after all."""

    kicker: str | None
    headline: str | None
    byline: str | None
    ed_note: str | None
    keywords: tuple[str, ...]
    lead: tuple[str, ...]


def read_head(blocks: Sequence[str]) -> Head:
    """Sort the lines above the dateline; a short first line above another is the kicker.

    Notes in brackets are for editors (`(Foto Produktion)`), lines ending in a slash are keywords.
    """
    titles: list[str] = []
    bylines: list[str] = []
    notes: list[str] = []
    keywords: list[str] = []
    for block in blocks:
        title: list[str] = []
        for line in block.split("\n"):
            _sort(line, title, bylines, notes, keywords)
        headlines, below = _unwrapped(title)
        titles += headlines
        notes += below
    kicker, headline, lead = _titles(titles)
    words = tuple(word for line in keywords for word in line.split("/") if word)
    note = "\n".join(notes) or None
    return Head(kicker, headline, bylines[0] if bylines else None, note, words, lead)


def splits_head(blocks: Sequence[str]) -> bool:
    """Tell whether copy without a dateline begins with a headline: a short line that is no sentence."""
    first = blocks[0]
    is_short = len(first) <= _LONGEST_BARE_HEADLINE and not first.endswith((".", ":", "."))
    return len(blocks) > 1 and is_short


def _sort(
    line: str, title: list[str], bylines: list[str], notes: list[str], keywords: list[str]
) -> None:
    line = line.removesuffix("=").rstrip()  # the headline's end in IPTC 7901
    if line.startswith("(") and line.endswith(")"):
        notes.append(line[1:-1])
    elif _TRADE.fullmatch(line):
        notes.append(line.strip("+*!-: "))
    elif _BYLINE.match(line):
        bylines.append(line)
    elif _KEYWORDS.match(line):
        keywords.append(line)
    else:
        title.append(line)


def _unwrapped(title: Sequence[str]) -> tuple[list[str], list[str]]:
    """Join lines that were broken by width; what stands below a whole headline is not it.

    A kicker may stand above it.
    """
    lines: list[str] = []
    for line in title:
        if lines and _goes_on(lines[-1], line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    kept = 2 if len(lines) > 1 and _is_kicker(lines[0]) else 1
    return lines[:kept], lines[kept:]


def _goes_on(line: str, following: str) -> bool:
    if line.endswith((":", ",", "-", "–")) or following[:1].islower():
        return True
    return len(line) >= _SHORTEST_WRAPPED


def _titles(titles: Sequence[str]) -> tuple[str | None, str | None, tuple[str, ...]]:
    if len(titles) > 1 and _is_kicker(titles[0]) and len(titles[1]) <= _LONGEST_HEADLINE:
        return titles[0], titles[1], tuple(titles[2:])
    if titles and len(titles[0]) <= _LONGEST_HEADLINE:
        return None, titles[0], tuple(titles[1:])
    return None, None, tuple(titles)


def _is_kicker(title: str) -> bool:
    is_brief = len(title) <= _LONGEST_KICKER and len(title.split()) <= _MOST_KICKER_WORDS
    return is_brief and not title.endswith((".", "!", "?"))
