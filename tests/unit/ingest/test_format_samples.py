"""Every sample in tests/wires beside what it must become: add a pair, add a test.

Fields that are null may be left out of an expectation; several stories make an array.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.ingest.formats import Unreadable, parsed_view, read

WIRES = Path(__file__).parents[2] / "wires"
SUFFIX = ".expected.json"
EXPECTED = sorted(WIRES.glob(f"*/*{SUFFIX}"))
RECEIVED_AT = datetime(2024, 6, 4, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_sample_becomes_the_story_beside_it(expected: Path) -> None:
    body = expected.with_name(expected.name.removesuffix(SUFFIX)).read_bytes()
    told = json.loads(expected.read_text("utf-8"))

    found = _read(body)

    stories = told if isinstance(told, list) else [told]
    assert found == [dict.fromkeys(found[0]) | story for story in stories]


def test_every_sample_has_its_expectation() -> None:
    samples = [path for path in WIRES.glob("*/*") if not path.name.endswith(SUFFIX)]

    assert len(samples) == len(EXPECTED) > 0


def _read(body: bytes) -> list[dict[str, Any]]:
    try:
        stories = read(body, content_type=None, received_at=RECEIVED_AT)
    except Unreadable as fault:
        return [{"error": str(fault)}]
    return [parsed_view(story) for story in stories]
