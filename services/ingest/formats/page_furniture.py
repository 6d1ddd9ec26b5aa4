"""Tells what belongs to an article page and not to its story: buttons, labels, links, comments."""

import re
from collections.abc import Sequence
from typing import Final

from services.ingest.formats.page_times import is_reading_time

_FURNITURE: Final = re.compile(
    r"(?:\d+ )?(?:kommentare?|teilen|drucken|merken|anzeige|werbung|artikel (?:teilen|drucken|merken|anhören)"
    r"|vorlesen|schriftgröße|newsletter|zur startseite|startseite|facebook|twitter|whatsapp|e-?mail|xing|linkedin"
    r"|telegram|pocket|flipboard|threads|bluesky|link kopieren|feedback|folgen|anhören|speichern|zum thema)",
    re.IGNORECASE,
)
_LINK: Final = re.compile(
    r"(?:lesen sie (?:auch|hier|dazu|mehr)|mehr dazu|siehe auch|auch interessant|video)[^:.]{0,30}: .{3,160}[^.]",
    re.IGNORECASE,
)
# A caption within the text: `Der Kran. | © Foto`.
_CAPTION: Final = re.compile(r"(?:[^©]{0,300}\| ?)?© ?[^©]{1,60}")
# What stands behind these is no story; behind the others only if no text follows.
_ENDS: Final = re.compile(
    r"kommentare?\s?\(?\d{1,5}\)?|\d{1,5} kommentare?|leserkommentare|(?:diesen artikel )?kommentieren"
    r"|(?:das )?könnte (?:sie|dich|euch) (?:auch |noch )?interessieren\W{0,3}|das könnte .{0,20}interessieren\W{0,3}"
    r"|leserbriefe?",
    re.IGNORECASE,
)
_MAY_END: Final = re.compile(
    r"(?:mehr|weitere artikel|weiteres|themen|weitere)(?: zum| zu diesem) thema\W?|mehr zum thema\W?|auch interessant\W?|lesen sie auch\W?"
    r"|weitere (?:artikel|meldungen|nachrichten)\W?|meistgelesen\W?|mehr aus .{2,30}|schlagw(?:ort|orte|örter)\W?.{0,80}"
    r"|(?:copyright )?(?:©|\(c\)).{1,120}|quellen?: .{1,40}",
    re.IGNORECASE,
)
_SHORTEST_TEXT: Final = 100


def is_furniture(line: str) -> bool:
    """Tell whether a line belongs to the page and not to the story: `Kommentare`, `Teilen`."""
    return bool(_FURNITURE.fullmatch(line) or _LINK.fullmatch(line)) or is_reading_time(line)


def is_caption(line: str) -> bool:
    """Recognise a caption that stands within the text."""
    return _CAPTION.fullmatch(line) is not None


def text_end(lines: Sequence[str]) -> int:
    """Find the line at which the story is over: comments, links to others, notices of rights."""
    last_text = max((at for at, line in enumerate(lines) if _is_text(line)), default=0)
    for at, line in enumerate(lines):
        if _ENDS.fullmatch(line) and at:
            return at
        if at > last_text and _MAY_END.fullmatch(line):
            return at
    return len(lines)


def _is_text(line: str) -> bool:
    return len(line) >= _SHORTEST_TEXT and line.endswith((".", "!", "?", '"', "“", "«", "»"))
