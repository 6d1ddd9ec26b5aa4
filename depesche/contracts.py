"""Writes the contracts that others rely on: AsyncAPI of the streams, OpenAPI of the two HTTP services."""

from pathlib import Path
from typing import Any

import yaml
from faststream.specification import AsyncAPI

from services.classify.streams import classify_streams
from services.ingest.streams import received_streams
from services.publish.streams import publish_streams
from shared.broker import StreamBroker, connect
from shared.hop import Hop
from shared.settings import ServiceSettings

DOCS = Path("docs")


def asyncapi() -> dict[str, Any]:
    """Return the AsyncAPI document that FastStream generates for all streams, one partition."""
    settings = ServiceSettings(partitions=1)
    broker = StreamBroker("redis://localhost:6379/0")
    client = connect("redis://localhost:6379/0")
    broker.include_router(received_streams(1))
    for group, streams in (("classify", classify_streams), ("publish", publish_streams)):
        hop = Hop(group, _no_stage, client, settings, consumer="HOST-PID")
        broker.include_router(streams(hop, 1))
    document = AsyncAPI(
        broker,
        title="Depesche",
        version="1",
        description="Every stream, its entries, and who reads it. Each property of a payload is a "
        "field of the entry that holds JSON; a partner's log holds it whole in the field `entry`.",
        schema_version="3.0.0",
    )
    made: dict[str, Any] = document.to_specification().to_jsonable()
    return made


async def _no_stage(_: Any) -> list[Any]:
    return []


def openapi(config: Path) -> dict[str, dict[str, Any]]:
    """Return the OpenAPI documents of ingest and publish by name."""
    from services.ingest.app import build_app as ingest  # noqa: PLC0415 - two of the same name
    from services.ingest.settings import IngestSettings  # noqa: PLC0415 - as above
    from services.publish.app import build_app as publish  # noqa: PLC0415 - as above
    from services.publish.settings import PublishSettings  # noqa: PLC0415 - as above

    return {
        "ingest": ingest(IngestSettings(config=config)).openapi(),
        "publish": publish(PublishSettings(config=config)).openapi(),
    }


def as_yaml(document: dict[str, Any]) -> str:
    """Return the document with sorted keys: FastStream keeps its subscribers in a set."""
    return yaml.safe_dump(document, sort_keys=True, allow_unicode=True, width=100)


def contracts(config: Path) -> dict[str, str]:
    """Return each contract's text by its file name in `docs/`."""
    return {
        "asyncapi.yaml": as_yaml(asyncapi()),
        **{f"openapi-{name}.yaml": as_yaml(text) for name, text in openapi(config).items()},
    }


if __name__ == "__main__":
    for name, text in contracts(Path("config")).items():
        (DOCS / name).write_text(text, encoding="utf-8")
