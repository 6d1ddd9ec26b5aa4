"""What README and CONTRIBUTING name exists, and every decision record can be found."""

import os
import re
from itertools import takewhile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODED = re.compile(r"`([^`\s]+)`")
LINKED = re.compile(r"\]\(([^)#\s]+)")


def test_each_step_of_follow_one_story_is_where_the_table_says() -> None:
    rows = [line for line in _follow_one_story() if line.startswith("|")]
    named = [place for row in rows for place in CODED.findall(row) if _is_path(place)]

    missing = [place for place in named if not _found(place)]

    assert named, "README.md has no table under Follow one story"
    assert not missing


def test_the_life_cycle_has_each_rule_with_its_place_and_a_test_that_exists() -> None:
    rows = [
        line.split("|")[1:-1] for line in _text("docs/life-cycle.md").splitlines() if "| `" in line
    ]
    tests = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
    }
    rules = [rule.strip() for rule, *_ in rows]

    misplaced = [each for *_, where, _ in rows for each in CODED.findall(where) if not _found(each)]
    untested = [each for *_, named in rows for each in CODED.findall(named) if each not in tests]

    assert rules == sorted(set(rules), key=lambda rule: [*map(int, rule.split("."))])
    assert set(rules) == set(_rules_of_the_reference())
    assert not misplaced
    assert not untested


def _rules_of_the_reference() -> list[str]:
    reference = Path(os.environ.get("DEPESCHE_REFERENCE", str(ROOT.parent / "shared")))
    return re.findall(
        r"^(\d+\.\d+) ", (reference / "wire-rules.md").read_text("utf-8"), re.MULTILINE
    )


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_file_a_document_links_exists(document: str) -> None:
    links = [link for link in LINKED.findall(_text(document)) if ":" not in link]

    missing = [link for link in links if not (ROOT / link).exists()]

    assert not missing


def test_every_path_in_contributing_exists() -> None:
    named = [place for place in CODED.findall(_text("CONTRIBUTING.md")) if _is_path(place)]

    missing = [place for place in named if not _found(place)]

    assert named
    assert not missing


def test_every_make_word_in_the_documents_is_a_target() -> None:
    targets = set(re.findall(r"^([a-z-]+):", _text("Makefile"), re.MULTILINE))
    named = {
        word
        for document in ("README.md", "CONTRIBUTING.md")
        for word in re.findall(r"`make ([a-z-]+)", _text(document))
    }

    assert named
    assert named <= targets


def test_every_decision_record_is_linked_from_contributing() -> None:
    records = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/adr").glob("*.md")}

    assert records
    assert records <= set(LINKED.findall(_text("CONTRIBUTING.md")))


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _follow_one_story() -> list[str]:
    lines = iter(_text("README.md").splitlines())
    for line in lines:
        if line.startswith("#") and line.strip("# ").lower() == "follow one story":
            return list(takewhile(lambda row: not row.startswith("#"), lines))
    return []


def _is_path(place: str) -> bool:
    """Code with a slash and a file's ending, or a folder written with its slash at the end."""
    path = place.partition("::")[0]
    return (
        "/" in path
        and not path.startswith(("/", "http", ".venv"))
        and (path.endswith("/") or "." in path.rpartition("/")[2])
    )


def _found(place: str) -> bool:
    """Whether the file exists and, after `::`, whether it defines that name."""
    path, _, name = place.partition("::")
    files = (
        [path]
        if (ROOT / path).exists()
        else sorted(
            found.relative_to(ROOT).as_posix() for found in ROOT.glob(path.replace("<format>", "*"))
        )
    )
    defines = re.compile(
        rf"^\s*(?:async def|def|class) {re.escape(name)}\b|^{re.escape(name)}\b", re.MULTILINE
    )
    return bool(files) and (not name or any(defines.search(_text(file)) for file in files))
