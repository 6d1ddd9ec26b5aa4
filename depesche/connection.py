"""Which Redis an operator's command asks: the one named, the environment's, or the embedded one."""

import os
from pathlib import Path
from typing import Annotated

import typer

from depesche.data_folder import running_url

RedisUrl = Annotated[
    str | None, typer.Option("--redis-url", help="else DEPESCHE_REDIS_URL, else that of --data")
]
DataFolder = Annotated[Path, typer.Option("--data", help="folder of the embedded Redis")]


def redis_url_of(redis_url: str | None, data: Path) -> str:
    """Return the URL; ends the command with a clear message if nothing runs."""
    url = redis_url or os.environ.get("DEPESCHE_REDIS_URL") or running_url(data)
    if url is None:
        typer.echo(f"depesche: no Redis: none is named, and none runs in {data}", err=True)
        raise typer.Exit(2)
    return url
