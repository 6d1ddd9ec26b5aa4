"""The shipped docker-compose.yml carries a story from a desk to a partner's feed."""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest

from tests.support.eventually import eventually
from tests.support.redis_server import docker_is_required, why_no_engine

pytestmark = pytest.mark.container

ROOT = Path(__file__).parents[2]
IN_CLASSIFY = (
    "import urllib.request as web; print(web.urlopen('http://127.0.0.1:8082/healthz').read())"
)
STORY = {
    "uri": "urn:beispiel:sid:hafenfunk-1",
    "type": "text",
    "version": "1",
    "versionCreated": "2026-03-02T09:30:00+01:00",
    "pubStatus": "usable",
    "urgency": 3,
    "language": "de",
    "headlines": [{"role": "main", "value": "Hafenfunk zeigt die Regionalliga der Frauen"}],
    "bodies": [
        {
            "role": "main",
            "contentType": "text/plain",
            "value": "Bremen (SID). Der Sender Hafenfunk überträgt in der kommenden Saison alle Spiele "
            "der Regionalliga der Frauen im Fernsehen und im Stream.",
        }
    ],
}


@dataclass(frozen=True, slots=True)
class Installation:
    """The containers of one run, under a name and on ports of their own."""

    project: str
    ingest: str
    publish: str
    environment: dict[str, str]

    def compose(self, *words: str) -> str:
        command = [*_compose_program(), "--project-name", self.project, *words]
        return _run(command, self.environment)

    def containers(self) -> list[str]:
        return self.compose("ps", "-q").split()


@pytest.fixture(scope="module")
def installation() -> Generator[Installation]:
    reason = why_no_engine()
    if reason and not docker_is_required():
        pytest.skip(reason)
    assert not reason, reason
    here = _installation(f"depesche-test-{uuid4().hex[:8]}")
    base, image = f"{here.project}-base", f"depesche:{here.project}"
    with ExitStack() as cleared:
        cleared.callback(_run, ["docker", "image", "rm", "--force", image, base])
        _build(base, image)
        down = ("down", "--volumes", "--remove-orphans", "--timeout", "5")
        cleared.callback(here.compose, *down)
        cleared.callback(lambda: print(here.compose("logs", "--no-color", "--tail", "40")))  # noqa: T201 - shown on failure
        here.compose("up", "--detach", "--no-build")
        yield here


async def test_a_story_posted_by_a_desk_is_in_the_feed_of_a_partner(
    installation: Installation,
) -> None:
    desk = {"Authorization": "Bearer demo-sid-key"}
    partner = {"Authorization": "Bearer demo-archiv-token"}
    async with aiohttp.ClientSession() as session:
        await _ready(session, installation.ingest)
        await _ready(session, installation.publish)

        async with session.post(
            f"{installation.ingest}/v1/stories", json=STORY, headers=desk
        ) as posted:
            receipt = await posted.text()
        async with session.get(
            f"{installation.publish}/v1/feed?wait=20", headers=partner
        ) as answer:
            feed = await answer.text()

    assert posted.status == 202, receipt
    assert json.loads(receipt)["outcome"] == "accepted"
    assert answer.status == 200, feed
    assert "Hafenfunk zeigt die Regionalliga der Frauen" in feed


async def test_every_container_becomes_healthy(installation: Installation) -> None:
    containers = installation.containers()
    health = ["docker", "inspect", "-f", "{{.State.Health.Status}}", *containers]

    healthy: bool = await eventually(lambda: set(_run(health).split()) == {"healthy"}, within=60)

    assert healthy
    assert len(containers) == len(("redis", "ingest", "classify", "publish"))
    assert "ok" in installation.compose("exec", "-T", "classify", "python", "-c", IN_CLASSIFY)


def test_the_services_run_without_root(installation: Installation) -> None:
    who = "import os; print(os.getuid())"

    users = {
        service: int(installation.compose("exec", "-T", service, "python", "-c", who))
        for service in ("ingest", "classify", "publish")
    }

    assert 0 not in users.values(), users


def _installation(project: str) -> Installation:
    ingest, publish = _free_port(), _free_port()
    environment = {
        **os.environ,
        "DEPESCHE_VERSION": project,
        "DEPESCHE_REDIS_IMAGE": os.environ.get("DEPESCHE_TEST_REDIS_IMAGE", "redis:8.2"),
        "DEPESCHE_INGEST_PORT": str(ingest),
        "DEPESCHE_PUBLISH_PORT": str(publish),
    }
    return Installation(
        project, f"http://127.0.0.1:{ingest}", f"http://127.0.0.1:{publish}", environment
    )


def _build(base: str, image: str) -> None:
    # Some images keep their Python below /root, which nobody else may enter by default.
    python = os.environ.get("DEPESCHE_TEST_PYTHON_IMAGE", "python:3.12-slim")
    opened = f"FROM {python}\nRUN chmod a+rx /root\n"
    _run(["docker", "build", "--tag", base, "-"], text=opened)
    _run(
        ["docker", "build", "--network", "host", "--build-arg", f"BASE={base}", "--tag", image, "."]
    )


def _compose_program() -> list[str]:
    plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    if plugin.returncode == 0:
        return ["docker", "compose"]
    assert shutil.which("docker-compose"), "neither `docker compose` nor docker-compose is here"
    return ["docker-compose"]


def _run(
    command: list[str], environment: dict[str, str] | None = None, text: str | None = None
) -> str:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, (
        f"{' '.join(command)}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    )
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def _ready(session: aiohttp.ClientSession, service: str) -> None:
    async def is_ready() -> bool:
        try:
            async with session.get(f"{service}/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    ready: bool = await eventually(is_ready, within=45)

    assert ready
