"""Reads an urgency from 1 (most urgent) to 9 (wire-rules 8.1); another one is none, and noted."""


def urgency_of(text: str | None, notes: list[str], where: str = "urgency") -> int | None:
    """Read the digit."""
    if text is None:
        return None
    if len(text) == 1 and text in "123456789":
        return int(text)
    notes.append(f"{where}: {text[:20]!r} is not from 1 to 9, left out")
    return None
