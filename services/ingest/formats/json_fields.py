"""Reads typed fields from a JSON object; what has the wrong type is named by its JSON pointer."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, cast
from zoneinfo import ZoneInfo

from services.ingest.formats.reading import Unreadable
from services.ingest.formats.times import BERLIN, in_zone, iso_moment
from services.ingest.formats.wire_copy import name_of

_INT64_DIGITS: Final = 18
_NEVER_SET: Final = "0001-01-01"  # what .NET writes for a time that nobody gave


class Fields:
    """The fields of one JSON object, found whatever the case of their names.

    Absent, null and blank are the same. `notes` collects what was mended.
    """

    __slots__ = ("_by_name", "_members", "_parent", "notes")

    def __init__(
        self,
        members: dict[str, object],
        notes: list[str],
        parent: "tuple[Fields, str, int | str] | None" = None,
    ) -> None:
        self._by_name = {name.lower(): value for name, value in members.items()}
        self._members = members
        self._parent = parent
        self.notes = notes
        if len(self._by_name) != len(members):
            raise Unreadable("a field in two spellings", self.pointer(self._doubled()))

    def __contains__(self, name: str) -> bool:
        return self._by_name.get(name) is not None

    def names(self) -> Iterator[str]:
        """Iterate over the names of all fields, in lower case, in the order of the source."""
        return iter(self._by_name)

    def pointer(self, name: str) -> str:
        """Say where a field is (RFC 6901), as the source spells it."""
        if name not in self._members:
            name = next((known for known in self._members if known.lower() == name), name)
        return f"{self._at()}/{_escaped(name)}"

    def wrong(self, name: str, expected: str) -> Unreadable:
        """Make the error for a field of the wrong type."""
        found = name_of(self._by_name.get(name))
        return Unreadable(f"{expected} is expected, found {found}", self.pointer(name))

    def text(self, name: str) -> str | None:
        """Take a text without blanks at its ends; None if nothing is left."""
        value = self._by_name.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.wrong(name, "text")
        return value.strip() or None

    def line(self, name: str) -> str | None:
        """Take a text, in one line."""
        value = self._by_name.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.wrong(name, "text")
        text = value.strip()
        return (text if text.isprintable() else " ".join(text.split())) or None

    def number_or_text(self, name: str) -> int | str | None:
        """Take a whole number where the field holds digits that fit 64 bits, else its text."""
        value = self._by_name.get(name)
        if value is None:
            return None
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise self.wrong(name, "a whole number or text")
        text = str(value).strip()
        digits = text.removeprefix("-")
        is_number = digits.isascii() and digits.isdigit() and len(digits) <= _INT64_DIGITS
        return int(text) if is_number else text or None

    def prose(self, name: str) -> str | None:
        """Take a text, or the texts of an array as lines."""
        value = self._by_name.get(name)
        return "\n".join(self.texts(name)) or None if isinstance(value, list) else self.text(name)

    def digits(self, name: str) -> bool:
        """Tell whether a field holds a whole number, be it as text."""
        value = self._by_name.get(name)
        if isinstance(value, str):
            return value.strip().isdecimal()
        return isinstance(value, int) and not isinstance(value, bool)

    def plain(self, name: str) -> object:
        """Take a field as it is, whatever its type."""
        return self._by_name.get(name)

    def codes(self, name: str) -> tuple[str, ...] | None:
        """Take the codes of a field written as `{"code": ["a", "b"]}` (Fingerpost); None if it is not."""
        value = self._by_name.get(name)
        if not isinstance(value, dict):
            return None
        codes = cast("dict[str, object]", value).get("code")
        return (
            Fields({"code": codes}, self.notes).texts("code") if isinstance(codes, list) else None
        )

    def moment(self, name: str, *, zone: ZoneInfo | None = BERLIN) -> datetime | None:
        """Take a time with its offset; without one, by the clocks of `zone`, noted, or refused."""
        text = self.text(name)
        if text is None:
            return None
        if text.startswith(_NEVER_SET):
            self.notes.append(f"{self.pointer(name)}: {_NEVER_SET} is no time, left out")
            return None
        try:
            moment = iso_moment(text)
        except ValueError:
            raise Unreadable("not an ISO 8601 date and time", self.pointer(name)) from None
        if moment.tzinfo is not None:
            return moment
        if zone is None:
            raise Unreadable("a time needs its offset from UTC", self.pointer(name))
        self.notes.append(f"{self.pointer(name)}: no offset, read as {zone.key}")
        return in_zone(moment, zone)

    def objects(self, name: str) -> list["Fields"]:
        """Take the objects in a field, which may be an array or an object of objects."""
        value = self._by_name.get(name)
        if value is None:
            return []
        return [
            Fields(self._object(name, key, entry), self.notes, (self, name, key))
            for key, entry in self._entries(name, value)
            if entry is not None
        ]

    def within(self, name: str) -> "Fields | None":
        """Take the one object in a field; None if there is none."""
        value = self._by_name.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.wrong(name, "an object")
        return Fields(cast("dict[str, object]", value), self.notes, (self, name, ""))

    def holds_objects(self, name: str) -> bool:
        """Tell whether a field holds an array that begins with an object."""
        value = self._by_name.get(name)
        entries = cast("list[object]", value) if isinstance(value, list) else []
        return bool(entries) and isinstance(entries[0], dict)

    def texts(self, name: str) -> tuple[str, ...]:
        """Take the texts in a field that holds one text or an array of texts."""
        value = self._by_name.get(name)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value.strip(),) if value.strip() else ()
        entries = [entry for _, entry in self._entries(name, value) if entry is not None]
        if not all(isinstance(entry, str) for entry in entries):
            raise Unreadable("texts are expected", self.pointer(name))
        return tuple(text for entry in entries if (text := str(entry).strip()))

    def _at(self) -> str:
        # Spelled out only for an error or a note: most objects never need their place.
        if self._parent is None:
            return ""
        parent, name, key = self._parent
        if key == "":
            return parent.pointer(name)
        return f"{parent.pointer(name)}/{_escaped(str(key))}"

    def _entries(self, name: str, value: object) -> Iterable[tuple[int | str, object]]:
        if isinstance(value, list):
            return enumerate(cast("list[object]", value))
        if isinstance(value, dict):
            return cast("dict[str, object]", value).items()
        raise self.wrong(name, "an array")

    def _object(self, name: str, key: int | str, entry: object) -> dict[str, object]:
        if isinstance(entry, dict):
            return cast("dict[str, object]", entry)
        where = f"{self.pointer(name)}/{_escaped(str(key))}"
        raise Unreadable(f"an object is expected, found {name_of(entry)}", where)

    def _doubled(self) -> str:
        seen: set[str] = set()
        for name in self._members:
            if name.lower() in seen:
                return name
            seen.add(name.lower())
        return ""


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
