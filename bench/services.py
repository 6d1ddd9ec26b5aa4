"""Depesche's three services as a user runs them: a folder of configuration and three processes."""

import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path

import yaml

from bench.ground import Ground
from bench.processes import Unfinished
from bench.stories import CREDIT

KEY = "bench-desk-key"
PATIENCE = 30.0  # seconds
TAXONOMY = Path(__file__).parent.parent / "config" / "taxonomy.yaml"
SERVICES = ("ingest", "classify", "publish")

Partner = Mapping[str, object]


def write_config(folder: Path, partners: Sequence[Partner]) -> None:
    """Write desks.yaml and partners.yaml, and take the project's taxonomy."""
    folder.mkdir()
    digest = sha256(KEY.encode()).hexdigest()
    desk = {"id": "nwd", "name": "Messdienst", "credits": [CREDIT], "key_sha256": digest}
    webhooks = {"allow_http": True, "allow_networks": ["127.0.0.0/8"]}
    _write(folder / "desks.yaml", {"desks": [desk]})
    _write(folder / "partners.yaml", {"webhooks": webhooks, "partners": [*map(dict, partners)]})
    shutil.copy(TAXONOMY, folder / "taxonomy.yaml")


def _write(file: Path, content: object) -> None:
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def commands(ground: Ground) -> dict[str, tuple[str, ...]]:
    """One process a service; ports and Redis are in the ground's environment."""
    program = str(Path(sys.executable).parent / "depesche")
    return {name: (program, name, "--config", str(ground.config)) for name in SERVICES}


def await_ready(ground: Ground, check: Callable[[], None]) -> None:
    """Return once all three say they are ready; raises Unfinished after PATIENCE, or as `check`."""
    deadline = time.monotonic() + PATIENCE
    for name, port in zip(SERVICES, ground.ports, strict=True):
        while not _is_ready(port):
            check()
            if time.monotonic() > deadline:
                said = (ground.folder / f"{name}.log").read_text(errors="replace")
                raise Unfinished(f"{name} is not ready after {PATIENCE:.0f} s: {said[-400:]}")
            time.sleep(0.05)


def _is_ready(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
