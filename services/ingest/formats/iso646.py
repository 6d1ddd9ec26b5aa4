"""Reads the German umlauts of 7-bit wires (ISO 646-DE, the IA5 of teleprinters), only where it is sure."""

import re
from typing import Final

_UMLAUTS: Final = str.maketrans("[\\]{|}~", "ÄÖÜäöüß")
# A bracket or brace between small letters is no bracket: `f}r`, `Stra~e`, `H{user`.
_WITHIN_WORDS: Final = re.compile(r"[a-z][{|}~](?=[a-z])|\b[fF]}r\b|\b[{|}\[\\\]][a-z]{3}")
_FEWEST: Final = 3
REPAIR: Final = "7-bit German (ISO 646-DE): umlauts restored"


def with_umlauts(text: str) -> str | None:
    """Restore the umlauts; None if this is not plainly such text."""
    if not text.isascii() or "}" not in text:
        return None
    if len(_WITHIN_WORDS.findall(text)) < _FEWEST:
        return None
    return text.translate(_UMLAUTS)
