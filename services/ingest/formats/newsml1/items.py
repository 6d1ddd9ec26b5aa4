"""Opens the news items of a NewsML 1 document: who each is, what it may be used for, what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.ingest.formats.newsml1.elements import child, formal_name, line_of
from services.ingest.formats.newsml1.identifier import Identifier, read_identifier
from services.ingest.formats.newsml1.management import Management, read_management
from services.ingest.formats.newsml1.pictures import pictures_in
from services.ingest.formats.newsml1.pieces import Piece, headline_of, pieces_in
from services.ingest.formats.newsml1.tree import Node, read_tree
from services.ingest.formats.xml_document import Element
from shared.story import Picture, Status


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a message says of its sending, never of its stories (wire-rules 3.5)."""

    element: Element | None
    sender: str | None
    delivery_id: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """A news item, opened. `root` is its outermost NewsComponent, if it has one."""

    element: Element
    envelope: Envelope
    identifier: Identifier
    management: Management
    received_at: datetime
    root: Node | None
    pictures: tuple[Picture, ...]
    repairs: tuple[str, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The stories in it; one without a text where it holds none: a kill has no more to say."""
        return pieces_in(self.root or Node(self.element, ""))

    @property
    def is_story(self) -> bool:
        """Whether it is a story in its own right: it has a text, or calls one back (wire-rules 6.10)."""
        if self.management.status is not Status.USABLE:
            return True
        if self.root is None or self.root.has_body:
            return self.root is not None
        is_package = self.element.find(".//{*}NewsItem") is not None
        return not (is_package or self.root.has_media) and any(map(headline_of, self.pieces))

    @property
    def has_media(self) -> bool:
        """Whether it holds a picture, a film or sound; without these or a text it is a container."""
        return self.root is not None and self.root.has_media

    @property
    def is_addition(self) -> bool:
        """Whether its text is to be added to what was sent before (wire-rules 4.2)."""
        has_text = self.root is not None and self.root.has_body
        return (
            has_text and self.identifier.update == "A" and self.management.status is Status.USABLE
        )

    @property
    def only_changes(self) -> bool:
        """Whether it holds nothing but changes to a revision sent before (RevisionId, U and A)."""
        return self.root is None and self.identifier.update in {"U", "A"}


def read_envelope(root: Element) -> Envelope:
    """Read the envelope; a message may come without."""
    element = child(root, "NewsEnvelope")
    number = child(element, "TransmissionId")
    # Agencies count their transmissions from 1 each day, so the number alone names none.
    parts = (
        line_of(child(element, "DateAndTime")),
        line_of(number),
        number.get("Repeat") if number is not None else None,
    )
    delivery_id = "/".join(filter(None, parts)) if line_of(number) else None
    sender = formal_name(child(element, "SentFrom", "Party"))
    return Envelope(element, sender, delivery_id)


def read_item(
    element: Element, envelope: Envelope, received_at: datetime, repairs: Sequence[str]
) -> Item:
    """Open an item."""
    notes = list(repairs)
    identifier = read_identifier(element, notes)
    management = read_management(element, envelope.element, identifier.provider, notes)
    component = child(element, "NewsComponent")
    root = read_tree(component) if component is not None else None
    return Item(
        element,
        envelope,
        identifier,
        management,
        received_at,
        root,
        pictures_in(root) if root else (),
        tuple(notes),
    )
