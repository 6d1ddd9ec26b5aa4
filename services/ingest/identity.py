"""Gives copy without an id an id of its own, the same each time the same copy comes."""

import hashlib
import re
import unicodedata
from datetime import date
from typing import Final

_LEFT_OUT: Final = frozenset("\"'`´‘’‚‛“”„‟«»‹›′″")  # quotes vary from system to system
_DASHES: Final = re.compile("[‐‑‒–—−]")
_NOT_NAME: Final = re.compile(r"[^a-z0-9]+")


def derived_story_id(credit: str | None, day: date, headline: str) -> str:
    """Make an id from agency, day and headline (wire-rules 1.4: copy without an id needs one).

    The form is `urn:depesche:<credit>:<yyyy-mm-dd>:<16 hex digits>`. Case, spaces, the style
    of quotes and dashes, and the Unicode form of the headline make no difference.
    """
    digest = hashlib.sha256(_normalised(headline).encode()).hexdigest()
    return f"urn:depesche:{_agency(credit)}:{day.isoformat()}:{digest[:16]}"


def numbered_story_id(agency: str | None, service: str, number: str, day: date) -> str:
    """Make an id for copy of a numbered wire (wire-rules 1.4); numbers begin anew each day.

    The form is `urn:depesche:<agency>:<yyyy-mm-dd>:<service><number>`.
    """
    name = _NOT_NAME.sub("-", (agency or "").lower()).strip("-") or "uncredited"
    letters = _NOT_NAME.sub("", service.lower())
    return f"urn:depesche:{name}:{day.isoformat()}:{letters}{number}"


def with_credit(story_id: str, credit: str) -> str:
    """Put the credit that a desk's copy got afterwards into an id that was made without one."""
    made_without = f"urn:depesche:{_agency(None)}:"
    if not story_id.startswith(made_without):
        return story_id
    return f"urn:depesche:{_agency(credit)}:{story_id.removeprefix(made_without)}"


def _agency(credit: str | None) -> str:
    return _NOT_NAME.sub("-", (credit or "").lower()).strip("-") or "uncredited"


def _normalised(headline: str) -> str:
    # Twice: folding case can leave a form that is no longer composed.
    folded = unicodedata.normalize("NFKC", headline).casefold()
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", folded))
    return "".join(sign for sign in text if not _is_left_out(sign))


def _is_left_out(sign: str) -> bool:
    # Cf: soft hyphens, joiners and marks of direction, which nobody sees.
    return sign.isspace() or sign in _LEFT_OUT or unicodedata.category(sign) == "Cf"
