"""Finds notes to editors that stand in a frame of dashes within the text, as APA's corrections do."""

import re
from typing import Final

_RULE_SIGNS: Final = frozenset("-=*_–—")
_SHORTEST_RULE: Final = 10
_ABOUT: Final = re.compile(
    r"\W{0,10}(?:achtung\W{1,5})?(?:\w{0,20}(?:hinweis|korrektur|berichtigung)\b|an die redaktion|correction\b"
    r"|(?:editors?.{0,3} )?note\b|advisory\b|attention\b)",
    re.IGNORECASE,
)


def framed_note(text: str) -> str | None:
    """Give the note in a frame: a line of dashes, what it is about, the note, a line of dashes."""
    lines = [line.strip() for line in text.strip().splitlines()]
    if len(lines) < 3 or not (_is_rule(lines[0]) and _is_rule(lines[-1])):  # noqa: PLR2004 - frame and note
        return None
    return " ".join(lines[1:-1]) if _ABOUT.match(lines[1]) else None


def _is_rule(line: str) -> bool:
    return len(line) >= _SHORTEST_RULE and _RULE_SIGNS.issuperset(line)
