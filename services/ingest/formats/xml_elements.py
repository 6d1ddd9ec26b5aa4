"""Reaches into XML by local names in lower case: namespaces and capitals differ from desk to desk."""

from collections.abc import Iterator
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


class Node:
    """An element and its children by name; a missing one is an empty node, so that paths never fail."""

    __slots__ = ("_by_attribute", "_by_name", "element")

    def __init__(self, element: Element | None) -> None:
        self.element = element
        self._by_attribute: dict[str, str] | None = None
        self._by_name: dict[str, list[Node]] | None = None

    def __bool__(self) -> bool:
        return self.element is not None

    @property
    def name(self) -> str:
        """The local name, in lower case; nothing if the element is missing."""
        return "" if self.element is None else local_name(self.element)

    def all(self, *names: str) -> Iterator["Node"]:
        """Give the children of these names: those of the first name, then those of the next."""
        children = self._children()
        for name in names:
            yield from children.get(name, ())

    def child(self, *path: str) -> "Node":
        """Give the first child of this name, and of that the next."""
        node = self
        for name in path:
            found = node._children().get(name)
            node = found[0] if found else _NOTHING
        return node

    def get(self, name: str) -> str | None:
        """Give an attribute, in one line, whatever its namespace and case; None if it is blank."""
        if self.element is None:
            return None
        value = self.element.get(name)
        if value is None:
            value = self._attributes().get(name)
        return (" ".join(value.split()) or None) if value else None

    @property
    def language(self) -> str | None:
        """The xml:lang, as given."""
        return (self.element.get(_LANG) or self.get("lang")) if self.element is not None else None

    def text(self) -> str:
        """Give all text within, as it stands."""
        return "" if self.element is None else "".join(self.element.itertext())

    def line(self, *path: str) -> str | None:
        """Give the text at a path in one line; None if it is blank."""
        node = self.child(*path)
        return " ".join(node.text().split()) or None if node else None

    def _attributes(self) -> dict[str, str]:
        if self._by_attribute is None:
            # lxml finds each by walking over all, so a thousand would take a million steps.
            element = self.element
            has_few = element is not None and len(element.attrib) <= _MOST_ATTRIBUTES
            items = element.items() if element is not None and has_few else ()
            self._by_attribute = {_local(str(name)): str(value) for name, value in items}
        return self._by_attribute

    def _children(self) -> "dict[str, list[Node]]":
        # Nodes are kept: many fields are asked of the same few elements.
        if self._by_name is None:
            self._by_name = {}
            for child in self.element if self.element is not None else ():
                self._by_name.setdefault(local_name(child), []).append(Node(child))
        return self._by_name


_NOTHING: Final = Node(None)
