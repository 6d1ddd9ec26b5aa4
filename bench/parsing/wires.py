"""The copy that is read, and the bare parser it is measured by."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from bench.stories import lines
from services.ingest.formats import ReadStory, Unreadable, read

SAMPLES = Path(__file__).parents[2] / "tests" / "wires"
STORIES = 200  # of the bench's own, in ninjs
TARGET = 3.0  # times the bare parser
_RECEIVED = datetime(2026, 2, 2, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Bare:
    """A parser that does nothing else."""

    name: str
    parse: Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Wire:
    """One format: bodies as a desk posts them, how many stories they hold, what is asked of them."""

    name: str
    bodies: tuple[bytes, ...]
    stories: int
    bare: Bare | None
    target: float | None = None


JSON = Bare("json.loads", json.loads)
XML = Bare("lxml.etree.fromstring", etree.fromstring)


def wires() -> tuple[Wire, ...]:
    """The formats, those with a target first."""
    return (
        _wire("ninjs-3.1", tuple(lines(0, STORIES)), JSON, TARGET),
        _wire("newsml-g2", _samples("newsml-g2"), XML, TARGET),
        _wire("newsml-1.2", _samples("newsml-1.2"), XML),
        _wire("nitf", _samples("nitf"), XML),
        _wire("digitalwires", _samples("digitalwires"), JSON),
        _wire("iptc7901", _samples("iptc7901"), None),
    )


def read_one(body: bytes) -> tuple[ReadStory, ...]:
    """Read a body as ingest does, but with no label to help."""
    return read(body, content_type=None, received_at=_RECEIVED)


def _wire(
    name: str, bodies: tuple[bytes, ...], bare: Bare | None, target: float | None = None
) -> Wire:
    """Leave out what holds no story or what the bare parser refuses: there is nothing to compare."""
    kept = tuple(body for body in bodies if _stories_in(body) and _parses(bare, body))
    return Wire(name, kept, sum(map(_stories_in, kept)), bare, target)


def _samples(folder: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in _paths(SAMPLES / folder))


def _paths(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if not path.name.endswith(".expected.json"))


def _stories_in(body: bytes) -> int:
    try:
        return len(read_one(body))
    except Unreadable:
        return 0


def _parses(bare: Bare | None, body: bytes) -> bool:
    try:
        return bare is None or bare.parse(body) is not None
    except (ValueError, etree.XMLSyntaxError):
        return False
