"""The glance at a line's first letters passes over nothing that a sign would be found in."""

import re

import pytest

from services.ingest.formats import signs
from services.ingest.formats.openings import may_open_with_sign
from tests.support.regex_openings import openings_of

PATTERNS = {
    **{signal: pattern for pattern, signal in signs.SIGNALS},
    "kill": signs.KILL,
    "hold": signs.WITHHOLD,
}


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_every_opening_of_a_sign_is_looked_at(pattern: re.Pattern[str]) -> None:
    openings = openings_of(pattern, 3)

    assert len(openings) > 5
    assert not [opening for opening in openings if not may_open_with_sign(f"{opening}…")]


@pytest.mark.parametrize("line", ["Kran kippt", "FC Kieselbrück gewinnt", "Wetter: Regen"])
def test_most_headlines_are_told_apart_at_a_glance(line: str) -> None:
    assert not may_open_with_sign(line)


@pytest.mark.parametrize(
    ("written", "openings"),
    [
        (r"ab|cde", {"ab", "cde"}),
        (r"(?:x{2}|y?)z+a", {"xxz", "yza", "yzz", "za", "zza", "zzz"}),
        (r"\W*k[io]l", {"kil", "kol"}),
        (r"Ä|ö", set[str]()),
    ],
)
def test_openings_are_worked_out_from_the_pattern(written: str, openings: set[str]) -> None:
    assert openings_of(re.compile(written, re.IGNORECASE), 3) == openings
