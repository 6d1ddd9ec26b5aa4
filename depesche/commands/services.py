"""`depesche ingest`, `classify`, `publish`: one service each, as docker-compose.yml runs them.

Imports stand inside: a service need not load the other two.
"""

# ruff: noqa: PLC0415 - as said above

from pathlib import Path
from typing import Annotated, Any

import typer

Config = Annotated[Path | None, typer.Option(help="folder of the configuration files")]
Port = Annotated[int | None, typer.Option(help="port to listen on; 0 takes a free one")]
Url = Annotated[str | None, typer.Option("--redis-url", help="else DEPESCHE_REDIS_URL")]


def given(**options: Any) -> dict[str, Any]:
    """Return what was said on the command line; the rest comes from the environment."""
    return {name: value for name, value in options.items() if value is not None}


def ingest(config: Config = None, redis_url: Url = None, port: Port = None) -> None:
    """Take stories from desks over HTTP."""
    from services.ingest.app import main
    from services.ingest.settings import IngestSettings

    main(IngestSettings(**given(config=config, redis_url=redis_url, ingest_port=port)))


def classify(config: Config = None, redis_url: Url = None, port: Port = None) -> None:
    """Tag received stories."""
    from services.classify.app import main
    from services.classify.settings import ClassifySettings

    main(ClassifySettings(**given(config=config, redis_url=redis_url, classify_port=port)))


def publish(config: Config = None, redis_url: Url = None, port: Port = None) -> None:
    """Deliver classified stories to partners."""
    from services.publish.app import main
    from services.publish.settings import PublishSettings

    main(PublishSettings(**given(config=config, redis_url=redis_url, publish_port=port)))
