"""Reads the breadcrumb above an article: numbered lines, one line with arrows, or lines from `Startseite`."""

import re
from collections.abc import Sequence
from typing import Final

_NUMBERED: Final = re.compile(r"(?P<number>\d{1,2})\.\s+(?P<name>\S.*)")
_ARROWS: Final = re.compile(r"\s{0,3}[>»›→]\s{0,3}")
_SLASHES: Final = re.compile(r"\s{1,3}[/|]\s{1,3}")
_HOMES: Final = frozenset(("startseite", "home", "start"))
_LONGEST: Final = 200
_LONGEST_NAME: Final = 30
_MOST_LINES: Final = 6


def read_breadcrumb(lines: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """Read the names, from the home page down, and the line below; no names if there is none."""
    start = next((at for at, line in enumerate(lines) if line), len(lines))
    found = _numbered(lines, start)
    if not found[0] and start < len(lines):
        found = _in_line(lines, start) or _stacked(lines, start)
    names, end = found
    return (names[1:] if names and names[0].lower() in _HOMES else names), end


def _numbered(lines: Sequence[str], start: int) -> tuple[tuple[str, ...], int]:
    names: list[str] = []
    for line in lines[start:]:
        found = _NUMBERED.fullmatch(line)
        if found is None or int(found["number"]) != len(names) + 1:
            break
        names.append(found["name"])
    return tuple(names), start + len(names)


def _in_line(lines: Sequence[str], start: int) -> tuple[tuple[str, ...], int] | None:
    line = lines[start]
    if len(line) > _LONGEST:
        return None
    for parting in (_ARROWS, _SLASHES):
        names = tuple(name for name in parting.split(line) if name)
        is_home = bool(names) and names[0].lower() in _HOMES
        if len(names) > 1 and (is_home or (parting is _ARROWS and len(names) > 2)):  # noqa: PLR2004
            return names, start + 1
    return None


def _stacked(lines: Sequence[str], start: int) -> tuple[tuple[str, ...], int]:
    if lines[start].lower() not in _HOMES:
        return (), start
    end = start
    while end < len(lines) and 0 < len(lines[end]) <= _LONGEST_NAME and end < start + _MOST_LINES:
        end += 1
    return tuple(lines[start:end]), end
