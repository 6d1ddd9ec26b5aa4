"""Changes copy by its pieces, where chance among bytes would only break it; and makes it long."""

import re
from collections.abc import Callable
from random import Random

from fuzz.tokens import pieces_of

Mutate = Callable[[bytes, int], bytes]
_MOST_CHANGES = 6
_LONGEST_RUN = 40_000
_TEXT, _BLANK, _SCALARS = b"text", b"blank", b"scalar"
_SCALAR = re.compile(rb"\s*(?:-?\d[\d.]*|true|false|null)\s*")
_MARKS = b'<"{}[],:&'
_VALUE = re.compile(rb"""(=["'])[^"']{0,400}""")
_NAME = re.compile(rb"<([\w.:-]{1,60})(?=[\s>])")


def mutator(words: list[bytes], by_bytes: Mutate) -> Callable[[bytes, int, int], bytes]:
    """Make atheris's custom mutator: most by pieces, some by repeating, the rest by bytes."""
    alike = _sorted_by_kind(words)

    def mutate(body: bytes, most: int, seed: int) -> bytes:
        chance = Random(seed)
        way = chance.random()
        if way < 0.5:
            return by_kind(body, alike, chance)[:most]
        if way < 0.65:
            return by_pieces(body, words, chance)[:most]
        if way < 0.7:
            return repeated(body, words, most, chance)
        return by_bytes(body, most)

    return mutate


def by_kind(body: bytes, alike: dict[bytes, list[bytes]], chance: Random) -> bytes:
    """Change texts and values for others, double and drop whole elements: it stays well-formed."""
    pieces = pieces_of(body) or [b""]
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        at = chance.randrange(len(pieces))
        piece = pieces[at]
        if not piece.startswith(b"<"):
            pieces[at] = chance.choice(alike.get(_kind(piece), [piece]))
        elif chance.random() < 0.6:
            pieces[at] = _VALUE.sub(
                lambda found: found[1] + chance.choice(alike[_TEXT]).translate(None, b"<>&\"'"),
                piece,
                count=chance.randint(1, 3),
            )
        else:
            _move_element(pieces, at, chance)
    return b"".join(pieces)


def _move_element(pieces: list[bytes], at: int, chance: Random) -> None:
    """Double an element, drop it, put it elsewhere, or put it into itself."""
    name = _NAME.match(pieces[at])
    closing = b"</" + name[1] + b">" if name else b""
    if closing not in pieces[at:]:
        return
    end = pieces.index(closing, at) + 1
    element = pieces[at:end]
    match chance.randrange(4):
        case 0:
            pieces[at:at] = element
        case 1:
            pieces[at:end] = [b""]
        case 2:
            pieces[at:end] = [b""]
            other = chance.randrange(len(pieces))
            pieces[other:other] = element
        case _:
            pieces[at + 1 : at + 1] = element


def _sorted_by_kind(words: list[bytes]) -> dict[bytes, list[bytes]]:
    alike: dict[bytes, list[bytes]] = {_TEXT: [b"x"], b'"': [b'"x"']}
    for word in words:
        alike.setdefault(_kind(word), []).append(word)
    return alike


def _kind(piece: bytes) -> bytes:
    if not piece.strip():
        return _BLANK
    if _SCALAR.fullmatch(piece):
        return _SCALARS
    first = piece[:1]
    return first if first and first in _MARKS else _TEXT


def by_pieces(body: bytes, words: list[bytes], chance: Random) -> bytes:
    """Replace, drop, double, swap, insert a few pieces."""
    pieces = pieces_of(body) or [b""]
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        at = chance.randrange(len(pieces))
        match chance.randrange(5):
            case 0:
                pieces[at] = chance.choice(words)
            case 1:
                pieces[at] = b""
            case 2:
                pieces.insert(at, pieces[at])
            case 3:
                other = chance.randrange(len(pieces))
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case _:
                pieces.insert(at, chance.choice(words))
    return b"".join(pieces)


def repeated(body: bytes, words: list[bytes], most: int, chance: Random) -> bytes:
    """Repeat one or two pieces in place, up to the greatest length: what is not linear, shows."""
    pieces = pieces_of(body) or [b""]
    at = chance.randrange(len(pieces))
    unit = b"".join(pieces[at : at + chance.randint(1, 4)]) or chance.choice(words)
    if chance.random() < 0.5:
        unit += chance.choice(words)
    room = max(0, most - len(body))
    times = min(room, _LONGEST_RUN * chance.choice((1, 1, 5))) // max(1, len(unit))
    pieces[at] = unit * times
    return b"".join(pieces)[:most]
