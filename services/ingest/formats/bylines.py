"""Reads the byline of NITF: names, and the title of who bears them."""

import re
from typing import Final

from services.ingest.formats.xml_elements import Node

_INITIALS: Final = re.compile(r"[a-zäöüß]{1,5}(?:[/-][a-zäöüß]{1,5}){0,5}")


def byline_in(byline: Node) -> str | None:
    """Give a byline in one line: `By Udo Muster, Science Writer`; initials are for the desk."""
    if byline.element is None:
        return None
    title = byline.line("byttl")
    parts = [str(text) for text in byline.element.itertext()]
    line = " ".join(" ".join(parts).split()).replace(" ,", ",")
    if title and line.endswith(title) and (name := line.removesuffix(title).rstrip(" ,")):
        return f"{name}, {title}"
    return None if are_initials(line) else line or None


def are_initials(line: str) -> bool:
    """Tell `tb/beg` and `wh` from a name."""
    return _INITIALS.fullmatch(line) is not None
