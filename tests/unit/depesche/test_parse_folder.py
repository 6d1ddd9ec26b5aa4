"""`depesche parse FOLDER --json`: a line a story, in order, and no more memory for more files."""

import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

from typer.testing import CliRunner

from depesche.cli import app
from services.ingest.formats import Unreadable, read

WIRES = Path(__file__).parents[2] / "wires"
SAMPLES = sorted(path for path in WIRES.glob("*/*") if ".expected." not in path.name)
NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)


def test_a_folder_is_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", ".hidden/c.txt", "b/.d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"Kran {name} fällt\n\nAue (dpa) - Ein Kran.")

    status, told = _parse(tmp_path)

    assert status == 0
    assert [one["file"] for one in told] == [
        str(tmp_path / name) for name in ("a.txt", "b/10.txt", "b/2.txt")
    ]
    assert told[0]["headline"] == "Kran a.txt fällt"


def test_what_cannot_be_read_is_told_in_its_place_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_text("<nitf>\n<p></nitf>")
    (tmp_path / "2.txt").write_text("Kran fällt\n\nAue (dpa) - Ein Kran.")
    (tmp_path / "3.png").write_bytes(b"\x89PNG")

    status, told = _parse(tmp_path)

    assert status == 1
    assert [set(one) == {"file", "error"} for one in told] == [True, False, True]
    assert told[0]["error"].startswith("line 2, column ")


def test_a_file_whose_name_is_no_text_is_told_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "Kran\udcff.txt").write_text("Kran fällt\n\nAue (dpa) - Ein Kran.")

    status, told = _parse(tmp_path)

    assert status == 0
    assert told[0]["file"].endswith("Kran\N{REPLACEMENT CHARACTER}.txt")


def test_a_file_too_large_for_copy_is_not_taken_into_memory(tmp_path: Path) -> None:
    with (tmp_path / "film.txt").open("wb") as film:
        film.truncate(10**12)

    status, told = _parse(tmp_path)

    assert status == 1
    assert "no wire copy" in told[0]["error"]


def test_reading_more_files_takes_no_more_memory() -> None:
    bodies = [path.read_bytes() for path in SAMPLES]
    _read_all(bodies, 10)
    tracemalloc.start()
    _read_all(bodies, 2)

    before = tracemalloc.get_traced_memory()[0]
    _read_all(bodies, 10)
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()

    assert len(bodies) > 20
    assert grown < 100_000


def _read_all(bodies: list[bytes], times: int) -> None:
    for turn in range(times):
        for number, body in enumerate(bodies):
            # Another text each time, as no two files of a day are the same.
            fresh = body.replace(b"Kran", f"Kran{turn}x{number}".encode())
            try:
                read(fresh, content_type=None, received_at=NOW)
            except Unreadable:
                continue


def _parse(folder: Path) -> tuple[int, list[dict[str, str]]]:
    done = CliRunner().invoke(app, ["parse", str(folder), "--json"])
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]
