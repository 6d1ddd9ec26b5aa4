"""`depesche up`: all three services, supervised, on an embedded Redis unless a URL is given."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from depesche.embedded_redis import Durability, EmbeddedRedis
from depesche.supervisor import Child, Supervisor
from shared.config_file import BadConfig, Problem
from shared.logs import configure
from shared.settings import ServiceSettings

SERVICES = ("ingest", "classify", "publish")


def up(
    config: Annotated[Path, typer.Option(help="folder of the configuration files")] = Path(
        "config"
    ),
    data: Annotated[Path, typer.Option(help="folder of the embedded Redis")] = Path("data"),
    redis_url: Annotated[
        str | None,
        typer.Option("--redis-url", envvar="DEPESCHE_REDIS_URL", help="a Redis that runs"),
    ] = None,
    ingest_port: Annotated[int, typer.Option(help="0 takes a free one")] = 8080,
    publish_port: Annotated[int, typer.Option(help="0 takes a free one")] = 8081,
    durability: Annotated[
        Durability,
        typer.Option(help="what an answer to a desk survives: process deaths, or a power cut too"),
    ] = Durability.PROCESS,
) -> None:
    """Run ingest, classify and publish; a service that dies is started again."""
    check(config)
    configure(ServiceSettings(), "up")
    redis = None if redis_url else EmbeddedRedis(data, durability=durability)
    if redis is not None:
        redis.start()
    url = redis_url or (redis.url if redis else "")
    sys.stderr.write(
        f"depesche: ingest on http://127.0.0.1:{ingest_port}, "
        f"publish on http://127.0.0.1:{publish_port}, Redis at {url}\n"
    )
    env = environment(config, url, ingest_port, publish_port)
    raise typer.Exit(Supervisor(children(env), redis).run())


def check(config: Path) -> None:
    """Read all configuration before anything starts; raises BadConfig with every problem."""
    from services.classify.app import load_tagger  # noqa: PLC0415 - slow to import, quick to need
    from services.ingest.desks import parse_desks  # noqa: PLC0415 - as above
    from services.publish.app import load_rules  # noqa: PLC0415 - as above

    problems: list[Problem] = []
    for name, load in (
        ("desks.yaml", parse_desks),
        ("partners.yaml", load_rules),
        ("taxonomy.yaml", load_tagger),
    ):
        try:
            load((config / name).read_text(), name)
        except BadConfig as bad:
            problems += bad.problems
    if problems:
        raise BadConfig(problems)


def environment(config: Path, url: str, ingest_port: int, publish_port: int) -> Mapping[str, str]:
    """Return the environment of the services."""
    return {
        **os.environ,
        "DEPESCHE_CONFIG": str(config.resolve()),
        "DEPESCHE_REDIS_URL": url,
        "DEPESCHE_INGEST_PORT": str(ingest_port),
        "DEPESCHE_PUBLISH_PORT": str(publish_port),
        "DEPESCHE_CLASSIFY_PORT": "0",
    }


def children(env: Mapping[str, str]) -> tuple[Child, ...]:
    return tuple(Child(name, (sys.executable, "-m", "depesche", name), env) for name in SERVICES)
