"""No regular expression of the parsers takes longer than in proportion to the text."""

import re
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

SERVICES = Path(__file__).parents[3] / "services"
SOURCES = {path: path.read_text("utf-8") for path in sorted((SERVICES / "ingest").rglob("*.py"))}
METHODS = "match|search|fullmatch|findall|finditer|sub|split"
# What text of the wires is made of, blanks above all: they are what expressions stumble over.
PUMPS = (
    *(" ", "\n", " \n", "a", "A", "1", "a ", "A ", "1 ", "A,", "a-", "a/", "a.", "Aa ", "é", "<"),
    *(
        "<a ",
        "&",
        "&a",
        "(",
        "[",
        '"',
        "-",
        "=",
        "|",
        "@",
        "^",
        "<!--",
        "<?",
        "<![CDATA[",
        "]",
        "#",
    ),
    *("*", "_", ":", ";", "\t", "zu a12", "KILL ", "Von A", "By A", "3. Juni ", "03.06.", "- "),
)


def _patterns() -> Iterator[tuple[str, str, "re.Pattern[str]"]]:
    """Give each expression that a module names, with each method by which it is used there."""
    for path, source in SOURCES.items():
        named = re.findall(
            r"^(_?[A-Z][A-Z_0-9]*)(?:: Final)? = re\.compile\((?!\s*rb)", source, re.MULTILINE
        )
        if not named:
            continue
        place = ".".join(path.relative_to(SERVICES.parent).with_suffix("").parts)
        module = import_module(place.removesuffix(".__init__"))
        for name in named:
            users = source if name.startswith("_") else "".join(SOURCES.values())
            for method in sorted(set(re.findall(rf"\b{name}\.({METHODS})\b", users))):
                yield f"{place}.{name}", method, getattr(module, name)


PATTERNS = list(_patterns())


@pytest.mark.parametrize(
    ("method", "pattern"),
    [pytest.param(method, pattern, id=f"{name}.{method}") for name, method, pattern in PATTERNS],
)
def test_a_pattern_is_linear_on_any_run(method: str, pattern: "re.Pattern[str]") -> None:
    for pump in PUMPS:
        for head in ("", "Von A "):
            short, long = (f"{head}{pump * (n // len(pump))}\x00" for n in (4_000, 16_000))
            spent = _cost(pattern, method, short)
            # In proportion is 4, by the square 16; beneath a few milliseconds only noise is measured.
            if spent > 0.002:
                assert _cost(pattern, method, long) < 9 * spent, f"{head!r} and {pump!r} repeated"


def test_the_patterns_were_found() -> None:
    assert len({name for name, _, _ in PATTERNS}) > 80


def _cost(pattern: "re.Pattern[str]", method: str, text: str) -> float:
    return min(_timed(pattern, method, text) for _ in range(2))


def _timed(pattern: "re.Pattern[str]", method: str, text: str) -> float:
    started = time.process_time()
    match method:
        case "sub":
            pattern.sub("", text)
        case "finditer":
            sum(1 for _ in pattern.finditer(text))
        case _:
            getattr(pattern, method)(text)
    return time.process_time() - started
