"""Opens a NewsML-G2 message: which items it holds, which are texts, which pictures go with them."""

from dataclasses import dataclass
from typing import Final

from services.ingest.formats.reading import Unreadable
from services.ingest.formats.xml_document import Element
from services.ingest.formats.xml_elements import Node, local_name

_NO_STORIES: Final = frozenset(
    ("packageitem", "knowledgeitem", "conceptitem", "planningitem", "catalogitem")
)
ROOTS: Final = frozenset(("newsitem", "newsmessage", *_NO_STORIES))
_TEXT: Final = "text"
_MOST_ITEMS: Final = 2_500
_PICTURES: Final = frozenset(("picture", "graphic", "photo", "image"))
_MEDIA: Final = frozenset(("picture", "graphic", "video", "audio", "animation", "photo", "image"))


@dataclass(frozen=True, slots=True)
class Item:
    """A newsItem, opened. `kind` is its class without the scheme: text, picture, video."""

    node: Node
    guid: str | None
    kind: str

    @property
    def is_text(self) -> bool:
        """Whether it is a story; an item that does not say what it is, is one if it has a text."""
        return self.kind == _TEXT


@dataclass(frozen=True, slots=True)
class Message:
    """The items of one message; `others` names what else lies in it (films, packages)."""

    texts: tuple[Item, ...]
    pictures: dict[str, Item]
    others: tuple[str, ...]
    delivery_id: str | None
    sender: str | None

    def pictures_of(self, story: Item) -> tuple[Item, ...]:
        """Give the pictures that go with a text: all for the only text, else those it links to."""
        if not self.pictures or len(self.texts) == 1:
            return tuple(self.pictures.values())
        links = story.node.child("itemmeta").all("link")
        linked = dict.fromkeys(link.get("residref") or link.get("guidref") for link in links)
        return tuple(self.pictures[guid] for guid in linked if guid in self.pictures)


def open_message(root: Element) -> Message:
    """Find the items in a message, or the one item that came without a message."""
    message = Node(root)
    names = [root, *root.iterchildren()] if message.name != "newsmessage" else []
    if message.name == "newsmessage":
        names = [element for group in message.all("itemset") for element in _children(group)]
        names += list(_children(message))
    items = [_item(Node(element)) for element in names if local_name(element) == "newsitem"]
    if len(items) > _MOST_ITEMS:
        raise Unreadable(f"more than {_MOST_ITEMS} items in one message")
    others = [Node(element) for element in names if local_name(element) in _NO_STORIES]
    header = message.child("header")
    return Message(
        tuple(item for item in items if item.is_text),
        {item.guid or str(at): item for at, item in enumerate(items) if item.kind in _PICTURES},
        (*(item.kind for item in items if not item.is_text), *map(_spelled, others)),
        header.line("transmitid"),
        header.line("sender"),
    )


def _children(node: Node) -> list[Element]:
    return list(node.element) if node.element is not None else []


def _item(node: Node) -> Item:
    said = node.child("itemmeta", "itemclass")
    code = said.get("qcode") or said.get("uri") or said.get("literal") or said.line() or ""
    kind = code.replace("/", ":").rpartition(":")[2].lower()
    if kind not in _MEDIA and (_has_text(node) or not kind):
        kind = _TEXT
    return Item(node, node.get("guid"), kind)


def _has_text(node: Node) -> bool:
    content = node.child("contentset")
    return bool(content.child("inlinexml") or content.child("inlinedata"))


def _spelled(node: Node) -> str:
    return str(node.element.tag).rpartition("}")[2] if node.element is not None else ""
