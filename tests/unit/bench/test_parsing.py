import pytest

from bench.parsing.measure import measure
from bench.parsing.timings import Timing
from bench.parsing.wires import JSON, TARGET, Wire, read_one, wires

WIRES = {wire.name: wire for wire in wires()}
A_STORY = b'{"uri": "urn:x:1", "headline": "Kran kippt"}'


def a_wire(target: float | None = TARGET) -> Wire:
    return Wire("ninjs-3.1", (A_STORY, A_STORY), 2, JSON, target)


@pytest.mark.parametrize("wire", WIRES.values(), ids=WIRES)
def test_the_copy_of_a_format_is_read_as_that_format(wire: Wire) -> None:
    stories = [story for body in wire.bodies for story in read_one(body)]

    assert len(stories) == wire.stories > 2
    assert {story.format for story in stories} == {wire.name}


@pytest.mark.parametrize("name", ["newsml-g2", "newsml-1.2", "nitf", "digitalwires"])
def test_only_copy_that_both_parsers_can_read_is_compared(name: str) -> None:
    wire = WIRES[name]

    assert wire.bare is not None
    assert all(wire.bare.parse(body) is not None for body in wire.bodies)


def test_the_targets_stand_where_they_were_promised() -> None:
    targets = {wire.name: wire.target for wire in WIRES.values() if wire.target is not None}

    assert targets == {"ninjs-3.1": 3, "newsml-g2": 3}


def test_the_ratio_is_that_of_the_medians() -> None:
    assert Timing(a_wire(), read=(10, 99, 20), bare=(5, 10, 1)).ratio == 4


def test_the_target_is_met_up_to_its_very_number() -> None:
    assert Timing(a_wire(), read=(15,), bare=(5,)).is_met is True
    assert Timing(a_wire(), read=(15.1,), bare=(5,)).is_met is False


def test_nothing_is_said_of_a_target_where_there_is_none_or_nothing_to_compare() -> None:
    assert Timing(a_wire(target=None), read=(15,), bare=(5,)).is_met is None
    assert Timing(a_wire(), read=(15,)).is_met is None
    assert Timing(a_wire(), read=(15,)).ratio is None


def test_every_repeat_times_both_parsers() -> None:
    (timing,) = measure([a_wire()], repeats=2)

    assert (len(timing.read), len(timing.bare)) == (2, 2)
    assert min(timing.read) > min(timing.bare) > 0
