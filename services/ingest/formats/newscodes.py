"""Writes the codes of IPTC's vocabularies in one way: `medtop:20001065`, however an agency spells them."""

import re
from collections.abc import Mapping
from typing import Final

_NEWSCODES: Final = "cv.iptc.org/newscodes/"
_SCHEMES: Final = {
    "mediatopic": "medtop",
    "signal": "sig",
    "subjectcode": "subj",
    "genre": "genre",
    "pubstatusg2": "stat",
    "ninature": "ninat",
}
# What catalogs of agencies call the same vocabularies.
_ALIASES: Final = {
    "mediatopic": "medtop",
    "mediatopics": "medtop",
    "iptcmedtop": "medtop",
    "iptc-medtop": "medtop",
    "medtop": "medtop",
    "subjectcode": "subj",
    "iptcsubjectcode": "subj",
    "iptcsubjectcodes": "subj",
    "iptcsubj": "subj",
    "iptc-subj": "subj",
    "subj": "subj",
    "sig": "sig",
}
_EIGHT_DIGITS: Final = re.compile(r"(?:^|:)(\d{8})(?::|$)")


def qcode(code: str, aliases: Mapping[str, str] | None = None) -> str:
    """Shorten an IPTC NewsCodes URI: `http://cv.iptc.org/newscodes/mediatopic/1` is `medtop:1`.

    `aliases` are the prefixes that a document's own catalog declares, with their URIs.
    """
    if _NEWSCODES in code:
        path = code.partition(_NEWSCODES)[2]
        scheme, _, name = path.strip("/").partition("/")
        prefix = _SCHEMES.get(scheme)
        return f"{prefix}:{name}" if prefix and name else code
    alias, colon, name = code.partition(":")
    uri = aliases.get(alias) if aliases else None
    if uri and _NEWSCODES in uri:
        return qcode(f"{uri.rstrip('/')}/{name}")
    prefix = _ALIASES.get(alias.lower())
    return f"{prefix}:{name}" if colon and prefix else code


def iptc_code(text: str) -> str | None:
    """Find the eight digits of IPTC in a code of an agency's own: `TT:02000000:LAG` is `subj:02000000`."""
    found = _EIGHT_DIGITS.search(text)
    if found is None:
        return None
    return f"medtop:{found[1]}" if found[1].startswith("2") else f"subj:{found[1]}"
