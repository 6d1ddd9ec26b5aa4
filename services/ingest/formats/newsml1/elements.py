"""Reaches into NewsML 1, where what is said of a story lies in components within components."""

from collections.abc import Iterable, Iterator, Sequence

from services.ingest.formats.xml_document import Element


def children(element: Element | None, name: str) -> Iterable[Element]:
    """Give the children of this name, whatever their namespace."""
    return () if element is None else element.iterchildren(f"{{*}}{name}")


def child(element: Element | None, *path: str) -> Element | None:
    """Give the first child of this name, and of that the next."""
    for name in path:
        if element is None:
            return None
        element = element.find(f"{{*}}{name}")
    return element


def line_of(element: Element | None) -> str | None:
    """Give all text within an element in one line; None if there is none."""
    if element is None:
        return None
    return " ".join("".join(element.itertext()).split()) or None


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
