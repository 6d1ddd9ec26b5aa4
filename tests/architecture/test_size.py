"""How large modules and functions may grow before they must be split."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
Function = ast.FunctionDef | ast.AsyncFunctionDef
MODULE_LINES = 250
FUNCTION_LINES = 40
SHARED_MODULES = 14


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in _modules()}

    too_long = {_name(path): lines for path, lines in lengths.items() if lines > MODULE_LINES}

    assert len(lengths) > SHARED_MODULES
    assert not too_long


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {where: lines for path in _modules() for where, lines in _functions(path)}

    too_long = {where: lines for where, lines in lengths.items() if lines > FUNCTION_LINES}

    assert lengths
    assert not too_long


def test_shared_stays_small() -> None:
    modules = sorted(
        path.name for path in (ROOT / "shared").glob("*.py") if path.stem != "__init__"
    )

    assert len(modules) <= SHARED_MODULES, modules


def _modules() -> list[Path]:
    return [
        path
        for package in ("depesche", "services", "shared")
        for path in (ROOT / package).rglob("*.py")
    ]


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function with its own lines: those of functions inside it count for themselves."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, Function):
            inner = [each for each in ast.iter_child_nodes(node) if isinstance(each, Function)]
            yield f"{_name(path)}::{node.name}", _lines(node) - sum(map(_lines, inner))


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
