"""Reads AP's editorial types: what kind of version this is, and what must be done with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.ingest.formats.json_fields import Fields
from services.ingest.formats.signs import CORRECTION, UPDATE
from shared.story import Status

_KILLS: Final = frozenset(("kill", "elimination"))
_HOLDS: Final = frozenset(("withhold", "disregard"))
_HELD: Final = "holdforrelease"
_CORRECTIONS: Final = frozenset(("corrective", "correction", "clarification"))
_UPDATES: Final = frozenset(("writethru", "lead", "update", "refile", "recast"))
_ADDS: Final = frozenset(("add", "takes", "take", "sub", "insert"))


@dataclass(frozen=True, slots=True)
class EditorialTypes:
    """The types of one item, in lower case and without blanks."""

    names: frozenset[str]

    @property
    def signal(self) -> str | None:
        """A correction outranks an update (wire-rules 5.4)."""
        if self.names & _CORRECTIONS:
            return CORRECTION
        return UPDATE if self.names & _UPDATES else None

    @property
    def adds(self) -> bool:
        """Whether the text is added to another's, not instead of it (wire-rules 4.2)."""
        return bool(self.names & _ADDS)

    def status(self, *, held_until: datetime | None) -> Status:
        """Kill, withhold or let go (wire-rules 6.2); what is held until a time waits for it."""
        if self.names & _KILLS:
            return Status.CANCELED
        if self.names & _HOLDS or (_HELD in self.names and held_until is None):
            return Status.WITHHELD
        return Status.USABLE


def read_editorial_types(item: Fields) -> EditorialTypes:
    """Read the types, which come as words or as objects with a name."""
    words = (
        [entry.line("name") or entry.line("code") or "" for entry in item.objects("editorialtypes")]
        if item.holds_objects("editorialtypes")
        else item.texts("editorialtypes")
    )
    names = frozenset("".join(sign for sign in word.lower() if sign.isalpha()) for word in words)
    return EditorialTypes(names - {""})
