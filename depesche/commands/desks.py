"""`depesche desks`: check, list, make new keys."""

from pathlib import Path
from secrets import token_urlsafe
from typing import Annotated

import typer

from services.ingest.desks import DeskBook, key_digest, parse_desks

app = typer.Typer(help="Who may post.", no_args_is_help=True)
Config = Annotated[Path, typer.Option(help="folder of the configuration files")]


def _book(config: Path) -> DeskBook:
    return parse_desks((config / "desks.yaml").read_text(), "desks.yaml")


@app.command()
def check(config: Config = Path("config")) -> None:
    """Check desks.yaml; every problem with its line."""
    typer.echo(f"desks.yaml is right: {len(_book(config).desks)} desks")


@app.command("list")
def list_(config: Config = Path("config")) -> None:
    """List the desks and the credits they may use."""
    for desk in _book(config).desks:
        typer.echo(f"{desk.id}\t{desk.name}\t{', '.join(desk.credits)}")


@app.command()
def new_key(desk: str) -> None:
    """Make a key for a desk; its hash goes into desks.yaml, the key to the desk."""
    key = f"dsk_{token_urlsafe(32)}"
    typer.echo(f"key for {desk}, shown only now: {key}")
    typer.echo(f"key_sha256: {key_digest(key)}")
