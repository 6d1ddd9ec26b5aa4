"""Reads the byline of NITF: names, and the title of who bears them."""

from services.ingest.formats.xml_elements import Node


def byline_in(byline: Node) -> str | None:
    """Give a byline in one line: `By Udo Muster, Science Writer`."""
    if byline.element is None:
        return None
    title = byline.line("byttl")
    parts = [str(text) for text in byline.element.itertext()]
    line = " ".join(" ".join(parts).split()).replace(" ,", ",")
    if title and line.endswith(title) and (name := line.removesuffix(title).rstrip(" ,")):
        return f"{name}, {title}"
    return line or None
