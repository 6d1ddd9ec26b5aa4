"""With which letters the strings that a regular expression matches can begin, worked out from its tree."""

import re
import string
from collections.abc import Callable, Iterable
from functools import partial
from re import _constants as op  # type: ignore[attr-defined] # the tree has no public name
from re import _parser  # type: ignore[attr-defined] # as above
from typing import Any

_LETTERS = frozenset(string.ascii_lowercase)
_OTHER = "\0"  # a mark, a digit or a letter beyond ASCII: nothing after it counts


def openings_of(pattern: re.Pattern[str], letters: int) -> set[str]:
    """Return the openings of so many ASCII letters, in lower case; shorter where no more can follow."""
    found = _sequence(_parser.parse(pattern.pattern, pattern.flags), letters)
    return {opening for opening in found if opening and _OTHER not in opening}


def _sequence(items: Iterable[tuple[Any, Any]], letters: int) -> set[str]:
    begun = {""}
    for kind, value in items:
        begun = _continued(begun, partial(_item, kind, value), letters)
    return begun


def _continued(begun: set[str], following: Callable[[int], set[str]], letters: int) -> set[str]:
    ended = {each for each in begun if len(each) >= letters or each.endswith(_OTHER)}
    return ended | {
        each + more for each in begun - ended for more in following(letters - len(each))
    }


def _item(kind: Any, value: Any, letters: int) -> set[str]:
    match kind:
        case op.LITERAL | op.RANGE | op.IN:
            return _letters_in(kind, value)
        case op.BRANCH:
            return {each for branch in value[1] for each in _sequence(branch, letters)}
        case op.SUBPATTERN:
            return _sequence(value[3], letters)
        case op.MAX_REPEAT | op.MIN_REPEAT:
            least, most, items = value
            return _repeated(least, most, items, letters)
        case op.ASSERT | op.ASSERT_NOT | op.AT:
            return {""}
        case _:
            return {_OTHER}


def _repeated(least: int, most: int, items: Any, letters: int) -> set[str]:
    found, begun = ({""} if least == 0 else set[str]()), {""}
    for times in range(1, min(most, letters + 1) + 1):
        begun = _continued(begun, partial(_sequence, items), letters)
        found |= begun if times >= least else set()
    return found


def _letters_in(kind: Any, value: Any) -> set[str]:
    if kind is op.IN:
        return {letter for part in value for letter in _letters_in(*part)}
    if kind is op.LITERAL:
        return {_letter(value)}
    if kind is op.RANGE:
        return {_letter(code) for code in range(value[0], value[1] + 1)}
    return {_OTHER}


def _letter(code: int) -> str:
    letter = chr(code).lower()
    return letter if letter in _LETTERS else _OTHER
