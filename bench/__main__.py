"""`python -m bench`: times the parsing, races the contenders, measures the latency, prints one table."""

import json
import signal
import sys
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bench.contenders.field import CONTENDERS
from bench.ground import Ground
from bench.latency.measure import Latency, measure
from bench.parsing.measure import measure as measure_parsing
from bench.parsing.timings import Timing
from bench.parsing.wires import wires
from bench.processes import Unfinished
from bench.race import run_round
from bench.redis_server import redis_server
from bench.results import as_json, table
from bench.standings import Standing

LATENCY = "latency"
PARSING = "parsing"
NAMES = (*(contender.name for contender in CONTENDERS), LATENCY, PARSING)

said = Console(stderr=True)


@contextmanager
def _folder() -> Generator[Path, None, None]:
    with tempfile.TemporaryDirectory(prefix="depesche-bench-") as folder:
        yield Path(folder)


@contextmanager
def _ground(redis_url: str) -> Generator[Ground, None, None]:
    with _folder() as folder:
        yield Ground.new(redis_url, folder)


def race(names: Sequence[str], redis_url: str, stories: int, rounds: int) -> list[Standing]:
    """Run the rounds interleaved, so that a busy minute of the machine hits all alike."""
    standings = [Standing(each) for each in CONTENDERS if each.name in names]
    for number in range(1, rounds + 1):
        for standing in standings:
            if standing.failure is None:
                _one_round(standing, redis_url, stories)
                _tell(standing, f"round {number} of {rounds}")
    return standings


def _one_round(standing: Standing, redis_url: str, stories: int) -> None:
    with _ground(redis_url) as ground:
        try:
            standing.rounds.append(run_round(standing.contender, ground, stories))
        except Unfinished as why:
            standing.failure = str(why)


def _tell(standing: Standing, when: str) -> None:
    outcome = standing.failure or f"{standing.rounds[-1].rate:,.0f} stories/s"
    said.print(f"{when}: {standing.contender.title}: {outcome}", highlight=False, markup=False)


def _latency(redis_url: str, seconds: float) -> Latency | str:
    said.print(f"latency: {seconds:.0f} s through Depesche", highlight=False)
    with _ground(redis_url) as ground:
        try:
            return measure(ground, seconds)
        except Unfinished as why:
            said.print(f"latency: {why}", highlight=False, markup=False)
            return str(why)


def _parsing() -> list[Timing]:
    said.print("parsing: each format and its bare parser in turns", highlight=False)
    return measure_parsing(wires())


def _end(*_: object) -> None:
    """Leave by an exception, so that everything that was started is ended."""
    sys.exit(128 + signal.SIGTERM)


def run(
    stories: Annotated[int, typer.Option(min=1, help="Stories a round.")] = 10_000,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of each contender.")] = 3,
    only: Annotated[list[str] | None, typer.Option(help=f"Any of {', '.join(NAMES)}.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures.")] = None,
    seconds: Annotated[float, typer.Option(min=1, help="Length of the latency run.")] = 30.0,
) -> None:
    """Measure Depesche beside what else one could have built it on, in one run on one machine."""
    names = only or NAMES
    if unknown := set(names) - set(NAMES):
        raise typer.BadParameter(f"unknown: {', '.join(sorted(unknown))}", param_hint="--only")
    signal.signal(signal.SIGTERM, _end)
    parsing = _parsing() if PARSING in names else []
    standings: list[Standing] = []
    latency: Latency | str | None = None
    if set(names) - {PARSING}:
        with _folder() as data, redis_server(data) as redis_url:
            standings = race(names, redis_url, stories, rounds)
            latency = _latency(redis_url, seconds) if LATENCY in names else None
    title = f"{stories:,} stories of 2 KB through three stages, rounds: {rounds}"
    Console(width=None if sys.stdout.isatty() else 140).print(
        table(standings, latency, parsing, title)
    )
    if json_file:
        told = json.dumps(as_json(standings, latency, parsing, stories), indent=2)
        json_file.write_text(told + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(run)
