"""Reaches into NewsML 1, where what is said of a story lies in components within components."""

from collections.abc import Iterator, Sequence

from services.ingest.formats.xml_document import Element
from services.ingest.formats.xml_elements import local_name


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Give the children of this name, whatever their namespace and their capitals."""
    wanted = name.lower()
    for found in element if element is not None else ():
        if local_name(found) == wanted:
            yield found


def child(element: Element | None, *path: str) -> Element | None:
    """Give the first child of this name, and of that the next."""
    for name in path:
        element = next(children(element, name), None)
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
    for component in reversed(components):
        yield from _at(component, path)


def _at(element: Element, path: Sequence[str]) -> Iterator[Element]:
    if len(path) == 1:
        yield from children(element, path[0])
        return
    for found in children(element, path[0]):
        yield from _at(found, path[1:])
