"""Reaches into NewsML 1, where what is said of a story lies in components within components."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from services.ingest.formats.xml_document import Element
from services.ingest.formats.xml_elements import text_in


def children(element: Element | None, name: str) -> Iterable[Element]:
    """Give the children of this name, whatever their namespace."""
    return () if element is None else [e for e in element[:] if _bare(str(e.tag)) == name]


def child(element: Element | None, *path: str) -> Element | None:
    """Give the first child of this name, and of that the next."""
    for name in path:
        if element is None:
            return None
        element = _first(element, name)
    return element


def _first(element: Element, name: str) -> Element | None:
    for part in element[:]:
        if _bare(str(part.tag)) == name:
            return part
    return None


@lru_cache(maxsize=4096)  # as in xml_elements
def _bare(name: str) -> str:
    return name.rpartition("}")[2]


def line_of(element: Element | None) -> str | None:
    """Give all text within an element in one line; None if there is none."""
    if element is None:
        return None
    return " ".join(text_in(element).split()) or None


def formal_name(element: Element | None) -> str | None:
    """Give what an element names: its FormalName, or its text where the agency writes it there."""
    if element is None:
        return None
    return " ".join((element.get("FormalName") or "").split()) or line_of(element)


def within(components: Sequence[Element], *path: str) -> Iterator[Element]:
    """Give elements at this path in each component, the innermost component first."""
    steps = "/".join(f"{{*}}{name}" for name in path)
    for component in reversed(components):
        yield from component.iterfind(steps)
