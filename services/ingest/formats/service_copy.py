"""Tells copy for editors (tests, advisories, diaries) from stories. It never withholds a story."""

import re
from collections.abc import Iterable
from typing import Final

# Plain words only: "Test: Kopfhörer im Vergleich" is a story.
_HEADLINE: Final = re.compile(
    r"\W*(?:achtung\W+)?(?:"
    r"planungshinweis|redaktioneller hinweis|(?:[a-z]{2,6}[-/ ])?(?:tages|termin|wochen)vorschau\b"
    r"|impressum\W*$|(?:folgende )?lesestücke\b|labwire-testartikel|test(?:meldung|artikel)\W*$"
    r"|testmeldung\b|test\W+(?:bitte )?nicht (?:verwenden|veröffentlichen|senden)"
    r"|test\W+please (?:disregard|ignore)|(?:this is )?a test\W+please|media advisory\b|advisory:"
    r"|heartbeat\W*$|(?:kill|hold)\s+(?:kill|hold)\b)",
    re.IGNORECASE,
)
_MARKS_WORDS: Final = (
    "test advisory mediaadvisory advisories agenda daybook diary tagesvorschau terminvorschau "
    "vorschau planungshinweis impressum lesestücke genrenote heartbeat planning"
)
_MARKS: Final = frozenset(_MARKS_WORDS.split())


def is_service_headline(headline: str) -> bool:
    """Tell whether a headline plainly says that this is not for readers (wire-rules 10.2, 10.3)."""
    return _HEADLINE.match(headline) is not None


def has_service_mark(marks: Iterable[str]) -> bool:
    """Tell whether a profile, genre or signal says so: "Test", "genre:Advisory", ".../Daybook"."""
    return any(_mark_name(mark) in _MARKS for mark in marks)


def _mark_name(mark: str) -> str:
    name = mark.strip().rstrip("/")
    for separator in "/:#":
        name = name.rpartition(separator)[2]
    return "".join(name.split()).replace("_", "").replace("-", "").casefold()
