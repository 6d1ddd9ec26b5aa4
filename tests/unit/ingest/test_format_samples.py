"""Every sample in tests/wires beside what it must become: add a pair, add a test."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.ingest.formats import Unreadable, parsed_view, read

WIRES = Path(__file__).parents[2] / "wires"
SUFFIX = ".expected.json"
EXPECTED = sorted(
    path for folder in ("ninjs", "text", "article") for path in (WIRES / folder).glob(f"*{SUFFIX}")
)
RECEIVED_AT = datetime(2024, 6, 4, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_sample_becomes_the_story_beside_it(expected: Path) -> None:
    body = expected.with_name(expected.name.removesuffix(SUFFIX)).read_bytes()

    found = _read(body)

    assert found == json.loads(expected.read_text("utf-8"))


def test_every_sample_has_its_expectation() -> None:
    samples = [
        path
        for folder in ("ninjs", "text", "article")
        for path in (WIRES / folder).iterdir()
        if not path.name.endswith(SUFFIX)
    ]

    assert len(samples) == len(EXPECTED) > 0


def _read(body: bytes) -> dict[str, object]:
    try:
        stories = read(body, content_type=None, received_at=RECEIVED_AT)
    except Unreadable as fault:
        return {"error": str(fault)}
    assert len(stories) == 1
    return parsed_view(stories[0])
