"""How copy is changed for fuzzing: nothing gets lost on the way, and nothing gets too long."""

from pathlib import Path

import pytest

from fuzz.mutation import mutator
from fuzz.tokens import dictionary, pieces_of, words_of

WIRES = Path(__file__).parents[2] / "wires"
SAMPLES = sorted(path for path in WIRES.glob("*/*") if ".expected." not in path.name)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_the_pieces_of_a_sample_are_the_whole_of_it(sample: Path) -> None:
    body = sample.read_bytes()

    pieces = pieces_of(body)

    assert b"".join(pieces) == body
    assert len(pieces) > 1


def test_a_mutation_is_another_body_and_never_too_long() -> None:
    body = SAMPLES[0].read_bytes()
    mutate = mutator(words_of("all", SAMPLES), lambda same, _most: same)

    made = [mutate(body, 5000, seed) for seed in range(300)]

    assert 4900 < max(map(len, made)) <= 5000
    assert len(set(made)) > 150
    assert made == [mutate(body, 5000, seed) for seed in range(300)]


def test_a_dictionary_spells_every_octet() -> None:
    assert dictionary([b'<p a="\n', b"x" * 65]) == '"\\x3c\\x70\\x20\\x61\\x3d\\x22\\x0a"\n'
