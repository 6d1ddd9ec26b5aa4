"""`depesche post`, `parse` and `tag`: copy from files."""

import json as jsonlib
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from services.ingest.formats import Unreadable, parsed_view, read
from services.ingest.formats.reading import ReadStory
from shared.story import Story

_LARGEST = 64 * 1024 * 1024
Files = Annotated[list[Path], typer.Argument(help="files, or folders of files")]
Json = Annotated[bool, typer.Option("--json", help="one JSON object a story and line")]


def files_in(paths: list[Path]) -> Iterator[Path]:
    """Yield the files, those of folders in order of their names without the hidden ones."""
    for path in paths:
        if path.is_dir():
            inside = (inner for inner in path.rglob("*") if not _is_hidden(inner.relative_to(path)))
            yield from sorted(inner for inner in inside if inner.is_file())
        else:
            yield path


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read(path: Path) -> tuple[ReadStory, ...]:
    if path.stat().st_size > _LARGEST:
        raise Unreadable(f"larger than {_LARGEST} bytes: no wire copy")
    return read(path.read_bytes(), content_type=None, received_at=datetime.now(UTC))


def parse(files: Files, json: Json = False) -> None:
    """Show what the parsers make of files; exit 1 if any failed."""
    failed = False
    for path in files_in(files):
        try:
            views = [parsed_view(one) for one in _read(path)]
        except (Unreadable, OSError) as fault:
            failed = True
            _show({"file": _name(path), "error": str(fault)}, json=json)
            continue
        for view in views:
            _show({"file": _name(path), **view}, json=json)
    raise typer.Exit(int(failed))


def _name(path: Path) -> str:
    """Spell a file's name so that it can be printed, whatever bytes it has."""
    return os.fsencode(path).decode(errors="replace")


def _show(view: dict[str, Any], *, json: bool) -> None:
    if json:
        sys.stdout.write(jsonlib.dumps(view, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        return
    for name, content in view.items():
        if content not in (None, [], ""):
            typer.echo(f"{name:16} {content}")
    typer.echo("")


def tag(
    files: Annotated[list[str], typer.Argument(help="wire files, or - for NDJSON on stdin")],
    json: Json = False,
    config: Annotated[Path, typer.Option(help="folder of the configuration files")] = Path(
        "config"
    ),
) -> None:
    """Show the tags of stories, and why they were given."""
    from services.classify.app import load_tagger  # noqa: PLC0415 - only this command needs it
    from services.classify.tagging import tag as tags_of  # noqa: PLC0415 - as above

    tagger = load_tagger((config / "taxonomy.yaml").read_text(), "taxonomy.yaml")
    failed = False
    for name in files:
        try:
            for story in _stories(name):
                tags = tags_of(story, tagger)
                if json:
                    sys.stdout.write(tags.model_dump_json() + "\n")
                    continue
                typer.echo(story.headline)
                for one in (tags.section, *tags.topics):
                    why = ", ".join(f"{r.term} ({r.field} {r.at})" for r in one.reasons)
                    typer.echo(f"  {one.name:20} {one.code or '-':18} {one.score:.2f} {why}")
        except (Unreadable, OSError, ValueError) as fault:
            typer.echo(f"depesche: {name}: {fault}", err=True)
            failed = True
    raise typer.Exit(int(failed))


def _stories(name: str) -> Iterator[Story]:
    """NDJSON lines have `headline` and `body_text`; anything else is wire copy."""
    if name == "-" or name.endswith((".ndjson", ".jsonl")):
        lines = sys.stdin if name == "-" else Path(name).read_text(encoding="utf-8").splitlines()
        for at, line in enumerate(lines, start=1):
            if line.strip():
                yield Story.model_validate({"story_id": f"{name}:{at}", **jsonlib.loads(line)})
    else:
        for path in files_in([Path(name)]):
            yield from (one.story for one in _read(path))


def post(
    files: Files,
    url: Annotated[str, typer.Option(help="ingest")] = "http://127.0.0.1:8080",
    key: Annotated[str, typer.Option(envvar="DEPESCHE_KEY", help="the desk's key")] = "",
) -> None:
    """Send files to ingest; a line of the answer for each."""
    from rich.progress import track  # noqa: PLC0415 - only this command needs it

    from depesche.client import post_story  # noqa: PLC0415 - as above

    failed = False
    paths = list(files_in(files))
    for path in track(paths, "posting", disable=not sys.stderr.isatty()):
        status, answer = post_story(url, key, path.read_bytes(), None)
        failed = failed or status != 202  # noqa: PLR2004 - accepted
        sys.stdout.write(jsonlib.dumps({"file": str(path), "status": status, **answer}) + "\n")
    raise typer.Exit(int(failed))
