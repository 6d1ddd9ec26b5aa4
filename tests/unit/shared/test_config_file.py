import asyncio
import os
from pathlib import Path

import pytest
from pydantic import Field, field_validator
from structlog.testing import capture_logs

from shared.config_file import BadConfig, Written, read_config
from shared.watched_file import Watched


class Shelf(Written):
    label: str
    width: int = 1

    @field_validator("width")
    @classmethod
    def _has_room(cls, width: int) -> int:
        if width < 1:
            raise ValueError("a shelf has a width")
        return width


class Store(Written):
    shelves: tuple[Shelf, ...]
    signs: dict[str, list[str]] = Field(default_factory=dict)


def load(text: str, file: str) -> Store:
    return read_config(text, Store, file)


def complaints(text: str) -> list[str]:
    with pytest.raises(BadConfig) as caught:
        load(text, "store.yaml")
    return str(caught.value).splitlines()


def test_a_good_file_becomes_its_model() -> None:
    store = load("shelves:\n  - label: Bücher\n    width: 3\nsigns: {Ein: [Aus]}\n", "store.yaml")

    assert store == Store(shelves=(Shelf(label="Bücher", width=3),), signs={"Ein": ["Aus"]})


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "shelves:\n- label: A\n  width: wide\n",
            "store.yaml:3: shelves[0].width: Input should be a valid integer, unable to parse string as an integer",
        ),
        ("shelves:\n- label: A\n- width: 2\n", "store.yaml:3: shelves[1].label: missing"),
        ("\n\nsigns: {}\n", "store.yaml:3: shelves: missing"),
        (
            "shelves:\n- label: no\n",
            "store.yaml:2: shelves[0].label: should be text: put it in quotes",
        ),
        (
            "shelves:\n- label: A\n  width: 0\n",
            "store.yaml:3: shelves[0].width: a shelf has a width",
        ),
        (
            "shelves:\n- label: A\n  widht: 2\n",
            "store.yaml:3: shelves[0].widht: unknown key `widht`, did you mean `width`?",
        ),
        (
            "shelves: []\nxyz: 2\n",
            "store.yaml:2: xyz: unknown key `xyz` (known: shelves, signs)",
        ),
        ("shelves: []\nshelves: []\n", "store.yaml:2: key `shelves` is already on line 1"),
        ("shelves: [\n\n", "store.yaml:3: expected the node content, but found '<stream end>'"),
        ("", "store.yaml: the file is empty"),
        (
            "a: 1\n---\nb: 2\n",
            "store.yaml:2: but found another document",
        ),
        (
            "shelves: []\nsigns:\n  A:\n    - 1\n",
            "store.yaml:4: signs.A[0]: should be text: put it in quotes",
        ),
        (
            "shelves:\n  label: A\n",
            "store.yaml:1: shelves: Input should be a valid tuple",
        ),
    ],
)
def test_a_problem_is_named_with_its_line(text: str, complaint: str) -> None:
    assert complaints(text) == [complaint]


def test_a_repeated_key_of_one_line_is_refused() -> None:
    assert complaints("{shelves: [], shelves: []}") == [
        "store.yaml:1: key `shelves` is already on line 1"
    ]


@pytest.mark.parametrize(
    "text", ["a: \x07", "&a [*a]", "[" * 3000, "x: 2001-99-99", "- !!python/none"]
)
def test_what_is_not_plain_yaml_is_refused_and_not_raised_through(text: str) -> None:
    assert complaints(text)[0].startswith("store.yaml")


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    told = complaints("shelves:\n- width: x\n- label: [1]\nmore: 1\n")

    assert [line.split(":")[1] for line in told] == ["2", "2", "3", "4"]


def test_a_further_check_is_told_with_the_line_too() -> None:
    with pytest.raises(BadConfig) as caught:
        read_config(
            "shelves:\n- label: A\n- label: A\n",
            Store,
            "store.yaml",
            check=lambda store: [(("shelves", len(store.shelves) - 1, "label"), "twice")],
        )

    assert str(caught.value) == "store.yaml:3: shelves[1].label: twice"


GOOD, BETTER, BAD = "shelves: []\n", "shelves: [{label: A}]\n", "shelves: 3\n"


def test_a_changed_file_is_taken_and_an_unchanged_one_left(tmp_path: Path) -> None:
    path = tmp_path / "store.yaml"
    path.write_text(GOOD)
    watched = Watched(path, load)

    before = watched.refresh()
    path.write_text(BETTER)
    with capture_logs() as logs:
        after = watched.refresh()

    assert (before, after) == (False, True)
    assert watched.current.shelves == (Shelf(label="A"),)
    assert [entry["event"] for entry in logs] == ["config_reloaded"]


def test_a_file_of_the_same_size_is_taken_when_it_was_replaced(tmp_path: Path) -> None:
    path, other = tmp_path / "store.yaml", tmp_path / "new.yaml"
    path.write_text("shelves: [{label: A}]\n")
    watched = Watched(path, load)
    other.write_text("shelves: [{label: B}]\n")
    os.utime(other, ns=(path.stat().st_mtime_ns, path.stat().st_mtime_ns))
    other.replace(path)

    assert watched.refresh()
    assert watched.current.shelves[0].label == "B"


def test_a_bad_new_file_changes_nothing_and_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "store.yaml"
    path.write_text(BETTER)
    watched = Watched(path, load)
    path.write_text(BAD)

    with capture_logs() as logs:
        taken = [watched.refresh(), watched.refresh()]

    assert taken == [False, False]
    assert watched.current.shelves == (Shelf(label="A"),)
    assert [(entry["event"], entry["log_level"]) for entry in logs] == [("config_refused", "error")]
    assert logs[0]["problems"] == ["store.yaml:1: shelves: Input should be a valid tuple"]


def test_a_file_that_vanishes_changes_nothing_until_it_is_back(tmp_path: Path) -> None:
    path = tmp_path / "store.yaml"
    path.write_text(GOOD)
    watched = Watched(path, load)
    path.unlink()

    gone = watched.refresh()
    path.write_text(BETTER)
    back = watched.refresh()

    assert (gone, back) == (False, True)


def test_a_file_that_is_missing_or_not_utf_8_at_the_start_is_refused(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"\xe4")

    with pytest.raises(BadConfig, match=r"store\.yaml: cannot be read: No such file"):
        Watched(tmp_path / "store.yaml", load)
    with pytest.raises(BadConfig, match=r"latin\.yaml: cannot be read: not UTF-8"):
        Watched(latin, load)


async def test_watching_takes_a_change_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "store.yaml"
    path.write_text(GOOD)
    watched = Watched(path, load)

    watching = asyncio.create_task(watched.watch(every=0.001))
    path.write_text(BETTER)
    async with asyncio.timeout(5):
        while not watched.current.shelves:  # noqa: ASYNC110 - nothing tells us of a swap
            await asyncio.sleep(0)
    watching.cancel()

    assert watched.current.shelves == (Shelf(label="A"),)
