"""The glance at a line's first letters passes over nothing that a sign would be found in."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ingest.formats import signs
from services.ingest.formats.openings import may_open_with_sign

PATTERNS = {
    **{signal: pattern for pattern, signal in signs.SIGNALS},
    "kill": signs.KILL,
    "hold": signs.WITHHOLD,
}


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
@settings(max_examples=500)
@given(st.data())
def test_every_line_that_a_pattern_matches_is_looked_at(
    pattern: re.Pattern[str], data: st.DataObject
) -> None:
    line = data.draw(st.from_regex(re.compile(rf"\A(?:{pattern.pattern})", pattern.flags)))

    assert may_open_with_sign(line)


@pytest.mark.parametrize("line", ["Kran kippt", "FC Kieselbrück gewinnt", "Wetter: Regen"])
def test_most_headlines_are_told_apart_at_a_glance(line: str) -> None:
    assert not may_open_with_sign(line)
