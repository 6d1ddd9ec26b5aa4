"""Reaches into XML by local names in lower case: namespaces and capitals differ from desk to desk."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from services.ingest.formats.xml_document import Element

_MOST_ATTRIBUTES: Final = 100
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def local_name(element: Element) -> str:
    """Give an element's name without namespace and prefix, in lower case."""
    return _local(str(element.tag))


@lru_cache(maxsize=4096)  # a vocabulary is small, and told apart a thousand times a second
def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2].lower()


def text_in(element: Element) -> str:
    """Give all text within an element, as it stands."""
    # Most hold nothing but text, and to ask for that alone takes a twentieth of the time.
    return "".join(element.itertext()) if len(element) else element.text or ""


class Node:
    """An element and its children by name; a missing one is an empty node, so that paths never fail."""

    __slots__ = ("_attributes", "_by_name", "element")

    def __init__(self, element: Element | None) -> None:
        self.element = element
        self._attributes: dict[str, str] | None = None
        self._by_name: dict[str, list[Node]] | None = None

    def __bool__(self) -> bool:
        return self.element is not None

    @property
    def name(self) -> str:
        """The local name, in lower case; nothing if the element is missing."""
        return "" if self.element is None else local_name(self.element)

    def all(self, *names: str) -> "Sequence[Node]":
        """Give the children of these names: those of the first name, then those of the next."""
        by_name = self._children() if self._by_name is None else self._by_name
        if len(names) == 1:
            return by_name.get(names[0], ())
        return [node for name in names for node in by_name.get(name, ())]

    def child(self, *path: str) -> "Node":
        """Give the first child of this name, and of that the next."""
        node = self
        for name in path:
            by_name = node._children() if node._by_name is None else node._by_name
            found = by_name.get(name)
            if found is None:
                return _NOTHING
            node = found[0]
        return node

    def get(self, name: str) -> str | None:
        """Give an attribute, in one line, whatever its namespace and case; None if it is blank."""
        named = self._named_values() if self._attributes is None else self._attributes
        value = named.get(name)
        if not named and self.element is not None:
            value = self.element.get(name)
        return (" ".join(value.split()) or None) if value else None

    @property
    def language(self) -> str | None:
        """The xml:lang, as given."""
        named = self._named_values() if self._attributes is None else self._attributes
        if self.element is None or "lang" not in named:
            return None
        return self.element.get(_LANG) or self.get("lang")

    def text(self) -> str:
        """Give all text within, as it stands."""
        return "" if self.element is None else text_in(self.element)

    def line(self, *path: str) -> str | None:
        """Give the text at a path in one line; None if it is blank."""
        element = self.child(*path).element
        return " ".join(text_in(element).split()) or None if element is not None else None

    def _children(self) -> "dict[str, list[Node]]":
        # Nodes are kept: many fields are asked of the same few elements.
        by_name: dict[str, list[Node]] = {}
        # A slice takes a third of the time of iteration.
        for child in self.element[:] if self.element is not None else ():
            name = _local(str(child.tag))
            if name in by_name:
                by_name[name].append(Node(child))
            else:
                by_name[name] = [Node(child)]
        self._by_name = by_name
        return by_name

    def _named_values(self) -> dict[str, str]:
        named: dict[str, str] = {}
        element = self.element
        # lxml finds each by walking over all, so a thousand would take a million steps.
        has_few = element is not None and len(element.attrib) <= _MOST_ATTRIBUTES
        for name, value in element.items() if element is not None and has_few else ():
            local = _local(str(name))
            if local == name:  # the plain spelling counts before any other
                named[local] = str(value)
            else:
                named.setdefault(local, str(value))
        self._attributes = named
        return named


_NOTHING: Final = Node(None)
