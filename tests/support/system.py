"""The whole system as a user runs it: `depesche up` as processes, with a recording partner."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from depesche.client import answers, post_story

ROOT = Path(__file__).parents[2]
KEY = "test-sid-key"
SECRET = f"whsec_{b64encode(b'0123456789abcdef01234567').decode()}"
READY_WITHIN_S = 60.0


@dataclass(frozen=True, slots=True)
class System:
    """A running Depesche."""

    process: subprocess.Popen[bytes]
    ingest: str
    publish: str
    redis_url: str
    log: Path

    def post(self, body: bytes, content_type: str = "application/json") -> tuple[int, Any]:
        return post_story(self.ingest, KEY, body, content_type)

    def post_lines(self, stories: Iterable[Mapping[str, Any]]) -> list[Any]:
        body = b"\n".join(json.dumps(story).encode() for story in stories)
        headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/x-ndjson"}
        request = urllib.request.Request(f"{self.ingest}/v1/stories/batch", body, headers)
        with urllib.request.urlopen(request, timeout=60) as response:
            return [json.loads(line) for line in response.read().splitlines()]

    def get(self, url: str, bearer: str) -> tuple[int, Any]:
        request = urllib.request.Request(url, headers={"Authorization": f"Bearer {bearer}"})
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, json.loads(response.read())
        except urllib.error.HTTPError as refused:
            return refused.code, json.loads(refused.read())

    def service_pids(self) -> dict[str, int]:
        """Return the process ids of the services that run now."""
        found: dict[str, int] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                words = _command_of(entry)
                parent = _parent_of(entry)
                if parent == self.process.pid and "depesche" in words:
                    found[words[-1]] = int(entry.name)
        return found

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of the program's commands against this system."""
        return subprocess.run(
            [sys.executable, "-m", "depesche", *words, "--redis-url", self.redis_url],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


def _command_of(entry: Path) -> list[str]:
    try:
        return (entry / "cmdline").read_text().rstrip("\0").split("\0")
    except OSError:
        return []


def _parent_of(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return -1


def a_configuration(folder: Path, partners: list[dict[str, Any]]) -> Path:
    """Write a configuration folder with these partners, a desk `sid`, and the shipped taxonomy."""
    config = folder / "config"
    config.mkdir()
    desk = {
        "id": "sid",
        "name": "SID",
        "credits": ["SID"],
        "key_sha256": sha256(KEY.encode()).hexdigest(),
    }
    rules = {"allow_http": True, "allow_networks": ["127.0.0.0/8"], "retries": [0.2, 0.2, 0.5] * 20}
    (config / "desks.yaml").write_text(yaml.safe_dump({"desks": [desk]}))
    (config / "partners.yaml").write_text(
        yaml.safe_dump({"webhooks": rules, "partners": partners}, allow_unicode=True)
    )
    (config / "taxonomy.yaml").write_bytes((ROOT / "config" / "taxonomy.yaml").read_bytes())
    return config


def a_partner(id_: str, **more: Any) -> dict[str, Any]:
    token = sha256(f"token-{id_}".encode()).hexdigest()
    return {"id": id_, "name": id_, "format": "article", "token_sha256": token, **more}


def a_webhook(port: int) -> dict[str, str]:
    return {"url": f"http://127.0.0.1:{port}/wire", "secret": SECRET}


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def a_system(config: Path, redis_url: str | None, **env: str) -> Generator[System]:
    """Run `depesche up`: on `redis_url`, or on an embedded Redis beside the configuration."""
    ingest, publish = a_free_port(), a_free_port()
    data = config.parent / "data"
    command = [sys.executable, "-m", "depesche", "up", "--config", str(config), "--data", str(data)]
    command += ["--ingest-port", str(ingest), "--publish-port", str(publish)]
    command += ["--redis-url", redis_url] if redis_url else []
    log = config.parent / "log"
    with log.open("wb") as out:
        clean = {name: v for name, v in os.environ.items() if not name.startswith("DEPESCHE_")}
        process = subprocess.Popen(command, env={**clean, **env}, stdout=out, stderr=out)
        system = System(
            process,
            f"http://127.0.0.1:{ingest}",
            f"http://127.0.0.1:{publish}",
            redis_url or f"unix://{data / 'redis.sock'}",
            log,
        )
        try:
            _await_ready(system)
            yield system
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def _await_ready(system: System) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while not (answers(system.ingest) and answers(system.publish)):
        if time.monotonic() > deadline or system.process.poll() is not None:
            raise AssertionError(f"not ready:\n{system.log.read_text()[-4000:]}")
        time.sleep(0.05)


def a_ninjs(story_id: str, version: int, **more: Any) -> dict[str, Any]:
    """Return an invented ninjs 1.6 story that is tagged Sport and Fußball."""
    return {
        "uri": story_id,
        "type": "text",
        "version": str(version),
        "versioncreated": f"2026-09-14T10:{version % 60:02d}:00+02:00",
        "pubstatus": "usable",
        "urgency": 4,
        "language": "de",
        "headline": f"SV Musterau gewinnt Pokalspiel, Fassung {version}",
        "copyrightholder": "SID",
        "body_text": "Musterau (SID) - Der Fußball-Bundesligist SV Musterau hat das Pokalspiel "
        f"2:1 gewonnen. Trainer und Mannschaft jubelten. Fassung {version}.",
        **more,
    }
