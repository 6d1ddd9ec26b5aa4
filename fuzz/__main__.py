"""`python -m fuzz`: fuzzes one format after the other and tells what was found; exit 1 if anything was."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
WIRES = ROOT / "tests" / "wires"
FOLDER = ROOT / ".fuzz"
ALL = "all"
FORMATS = (*sorted(path.name for path in WIRES.iterdir() if path.is_dir()), ALL)


def seeds_of(form: str) -> list[Path]:
    """Find the samples of a format, ours and those of the reference folder, which stay where they are."""
    reference = Path(os.environ.get("DEPESCHE_REFERENCE", ROOT.parent / "shared")) / "wires"
    folder = "*" if form == ALL else form
    found = [path for place in (WIRES, reference) for path in place.glob(f"{folder}/*")]
    return sorted(path for path in found if path.is_file() and ".expected." not in path.name)


def fuzz(
    formats: Annotated[list[str] | None, typer.Argument(help=f"of {', '.join(FORMATS)}")] = None,
    seconds: Annotated[int, typer.Option(help="in all, shared out evenly")] = 600,
) -> None:
    """Fuzz the parsers: no crash, no hang, no memory, only sound stories or a clear refusal."""
    chosen = formats or list(FORMATS)
    if unknown := set(chosen) - set(FORMATS):
        raise typer.BadParameter(f"no such format: {', '.join(sorted(unknown))}")
    said = Console(stderr=True)
    failed = False
    table = Table("format", "executions", "read", "slowest", "peak", "faults")
    for form in chosen:
        said.print(f"{form} …")
        ended = _run(form, max(1, seconds // len(chosen)))
        told = json.loads((FOLDER / form / "run.json").read_text("utf-8"))
        faults = sorted(path.name for path in (FOLDER / form / "faults").glob("*.txt"))
        failed = failed or bool(faults) or ended != 0
        spent = f"{told['slowest']:.2f} s", f"{told['peak_kB'] // 1000} MB"
        ending = [f"ended with {ended}, see {FOLDER / form}"] if ended else []
        row = str(told.get("executions", 0)), str(told.get("read", 0)), *spent
        table.add_row(form, *row, "\n".join([*faults, *ending]))
    Console().print(table)
    raise typer.Exit(int(failed))


def _run(form: str, seconds: int) -> int:
    home = FOLDER / form
    home.mkdir(parents=True, exist_ok=True)
    for old in (home / "faults").glob("*"):
        old.unlink()
    (home / "run.json").write_text('{"slowest": 0, "peak_kB": 0}', "utf-8")
    command = [sys.executable, "-m", "fuzz.harness", form, str(home), str(seconds)]
    with (home / "log.txt").open("w") as log:
        done = subprocess.run(
            [*command, *map(str, seeds_of(form))], cwd=ROOT, stderr=log, stdout=log, check=False
        )
    return done.returncode


if __name__ == "__main__":
    typer.run(fuzz)
