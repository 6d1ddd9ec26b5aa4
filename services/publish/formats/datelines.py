"""Whether a body opens with its dateline already: only where it does not, a format adds it."""

from typing import Final

from shared.story import Dateline

_AFTER_PLACE: Final = (" (", ".", ":", " - ", " – ", " — ")


def has_dateline(body: str, dateline: Dateline) -> bool:
    """Whether the agency wrote the dateline into the body, in whatever case and form."""
    if dateline.place:
        end = len(dateline.place)
        return body[:end].casefold() == dateline.place.casefold() and body.startswith(
            _AFTER_PLACE, end
        )
    return dateline.credit is not None and body.startswith(f"({dateline.credit})")
