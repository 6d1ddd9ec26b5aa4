"""Sorts what a NewsML 1 item holds: NewsComponents to any depth, each text and picture with its role."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from services.ingest.formats.newsml1.content import holds_text
from services.ingest.formats.newsml1.elements import child, children, formal_name
from services.ingest.formats.xml_document import Element
from services.ingest.formats.xml_elements import local_name

_CAPTIONS: Final = frozenset(("caption", "captions", "photocaption", "picturecaption", "legend"))
_TITLES: Final = frozenset(("headline", "title", "hedline", "titel"))
_NO_BODY_WORDS: Final = (
    "abstract byline contact contacts copyright credit dateline keyword keywords kicker logo preview "
    "quicklook quote slug stylesheet subheadline subtitle summary teaser thumbnail tweet tweettext"
)
_NO_BODY: Final = frozenset(_NO_BODY_WORDS.split())
_OF_PICTURES: Final = frozenset(("picture", "photo", "image", "graphic", "video", "audio"))
_ABSTRACTS: Final = frozenset(("abstract", "summary", "teaser"))
_PICTURE_MEDIA: Final = frozenset(("photo", "picture", "image", "graphic", "still", "illustration"))
_PICTURE_FILES: Final = (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".webp", ".svg", ".eps")
_PICTURE_FORMATS: Final = ("jpeg", "jpg", "png", "gif", "tiff", "svg")
_FILMS: Final = ("video", "audio", "animat", "mpeg", "mp3", "mp4", "flash")
_NO_COPY: Final = ("css", "pdf", "javascript")


@dataclass(slots=True)
class Node:
    """A NewsComponent: its role (inherited where it names none), its texts, pictures and parts."""

    component: Element
    role: str
    texts: list[Element] = field(default_factory=list[Element])
    pictures: list[Element] = field(default_factory=list[Element])
    parts: list["Node"] = field(default_factory=list["Node"])
    has_film: bool = False

    @property
    def holds_alternatives(self) -> bool:
        """Whether its parts say the same, in other words or another format (EquivalentsList)."""
        return (self.component.get("EquivalentsList") or "").lower() == "yes"

    @property
    def has_body(self) -> bool:
        """Whether the text of a story lies here, at any depth."""
        return next(self.bodies(), None) is not None

    @property
    def has_picture(self) -> bool:
        """Whether a picture lies here, at any depth."""
        return bool(self.pictures) or any(part.has_picture for part in self.parts)

    @property
    def has_media(self) -> bool:
        """Whether a picture, a film or sound lies here, at any depth."""
        return any(node.pictures or node.has_film for node in self.walk())

    def walk(self) -> Iterator["Node"]:
        """Give this node and all within it, in the order of the document."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def bodies(self) -> Iterator["Node"]:
        """Give the nodes that hold text of the story itself."""
        return (node for node in self.walk() if node.texts and _is_body(node.role))

    def titles(self) -> Iterator["Node"]:
        """Give the nodes whose text is a headline."""
        return (node for node in self.walk() if node.texts and node.role in _TITLES)

    def captions(self) -> Iterator["Node"]:
        """Give the nodes whose text is a caption."""
        return (node for node in self.walk() if node.texts and _is_caption(node.role))

    def abstracts(self) -> Iterator["Node"]:
        """Give the nodes whose text sums the story up."""
        return (node for node in self.walk() if node.texts and node.role in _ABSTRACTS)


def read_tree(component: Element, inherited_role: str = "") -> Node:
    """Read a NewsComponent and all within it; only texts and pictures are kept."""
    role = _role(component) or inherited_role
    node = Node(component, role)
    for part in component:
        name = local_name(part)
        if name == "newscomponent":
            node.parts.append(read_tree(part, role))
        elif name == "contentitem":
            _sort(part, node)
    return node


def _sort(item: Element, node: Node) -> None:
    media = (formal_name(child(item, "MediaType")) or "").lower()
    mime = (formal_name(child(item, "MimeType")) or "").lower()
    format_ = (formal_name(child(item, "Format")) or "").lower()
    href = (item.get("Href") or "").lower().partition("?")[0]
    said = f"{media} {mime} {format_}"
    if any(word in said for word in _NO_COPY):
        return
    if any(word in said for word in _FILMS):
        node.has_film = True
        return
    is_picture = media in _PICTURE_MEDIA or mime.startswith("image/")
    if is_picture or href.endswith(_PICTURE_FILES) or format_.startswith(_PICTURE_FORMATS):
        node.pictures.append(item)
    elif holds_text(item):
        node.texts.append(item)


def _role(component: Element) -> str:
    names = (formal_name(role) for role in children(component, "Role"))
    name = next(filter(None, names), "")
    return "".join(name.split()).rpartition(":")[2].lower()


def _is_body(role: str) -> bool:
    is_other = role in _CAPTIONS or role in _TITLES or role in _NO_BODY or role in _OF_PICTURES
    return not is_other


def _is_caption(role: str) -> bool:
    return role in _CAPTIONS or role in _OF_PICTURES
