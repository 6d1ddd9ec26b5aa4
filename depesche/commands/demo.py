"""`depesche demo`: the main job once, from a desk's POST to a partner's webhook."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Generator
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from queue import Empty
from secrets import token_bytes
from typing import Annotated, NoReturn

import typer

from depesche.client import answers, post_story
from depesche.listener import Delivered, Listener

KEY = "demo-sid-key"
READY_WITHIN_S = 20.0
DELIVERED_WITHIN_S = 10.0
ACCEPTED = 202


def demo(
    config: Annotated[Path, typer.Option(help="folder with taxonomy.yaml")] = Path("config"),
) -> None:
    """Start everything on an embedded Redis, post a story, show what the partner received."""
    listener = Listener()
    port = listener.start()
    with tempfile.TemporaryDirectory(prefix="depesche-demo-") as folder:
        own = _configuration(Path(folder), config, port)
        ingest, publish = _free_port(), _free_port()
        with _running(own, Path(folder) / "data", ingest, publish):
            url = f"http://127.0.0.1:{ingest}"
            _await_ready(url, f"http://127.0.0.1:{publish}")
            delivered, took_ms = _post(url, listener, _sample("story.txt").encode())
    listener.stop()
    typer.echo(delivered.body.decode())
    typer.echo("")
    said = {name: v for name, v in delivered.headers.items() if name.startswith("depesche-")}
    typer.echo(
        "  ".join(f"{name.removeprefix('depesche-')}: {_utf8(v)}" for name, v in said.items())
    )
    typer.echo(f"From the desk's POST to the partner's webhook: {took_ms:.1f} ms")


def _sample(name: str) -> str:
    return files("depesche").joinpath("sample", name).read_text(encoding="utf-8")


def _configuration(folder: Path, config: Path, port: int) -> Path:
    own = folder / "config"
    own.mkdir()
    secret = f"whsec_{b64encode(token_bytes(24)).decode()}"
    partners = _sample("partners.yaml").replace("PORT", str(port)).replace("SECRET", secret)
    (own / "partners.yaml").write_text(partners, encoding="utf-8")
    digest = sha256(KEY.encode()).hexdigest()
    (own / "desks.yaml").write_text(
        _sample("desks.yaml").replace("KEY_SHA256", digest), encoding="utf-8"
    )
    shutil.copy(config / "taxonomy.yaml", own / "taxonomy.yaml")
    return own


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _running(config: Path, data: Path, ingest: int, publish: int) -> Generator[None]:
    """Run `depesche up`; its log is shown only if the demo fails."""
    command = [
        *(sys.executable, "-m", "depesche", "up", "--config", str(config), "--data", str(data)),
        *("--ingest-port", str(ingest), "--publish-port", str(publish)),
    ]
    env = {name: v for name, v in os.environ.items() if not name.startswith("DEPESCHE_")}
    log = config.parent / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=env, stdout=out, stderr=out)  # noqa: S603 - ourselves
        try:
            yield
        except BaseException:
            sys.stderr.write(log.read_text(encoding="utf-8", errors="replace"))
            raise
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def _await_ready(*urls: str) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while not all(answers(url) for url in urls):
        if time.monotonic() > deadline:
            _fail(f"the services were not ready within {READY_WITHIN_S:.0f} s")
        time.sleep(0.02)


def _post(url: str, listener: Listener, body: bytes) -> tuple[Delivered, float]:
    begun = time.monotonic()
    status, answer = post_story(url, KEY, body, "text/plain; charset=utf-8")
    if status != ACCEPTED:
        _fail(f"ingest answered {status}: {answer}")
    try:
        delivered = listener.deliveries.get(timeout=DELIVERED_WITHIN_S)
    except Empty:
        _fail(f"nothing arrived within {DELIVERED_WITHIN_S:.0f} s: {answer}")
    typer.echo(f"Posted {answer['story_id']}: {answer['outcome']}\n")
    return delivered, (delivered.at - begun) * 1000


def _fail(why: str) -> NoReturn:
    typer.echo(f"depesche demo: {why}", err=True)
    raise typer.Exit(1)


def _utf8(header: str) -> str:
    """http.server reads headers as Latin-1."""
    return header.encode("latin-1", "replace").decode("utf-8", "replace")
