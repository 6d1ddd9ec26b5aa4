"""Classify put together: settings, taxonomy, broker, stage."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from services.classify.settings import ClassifySettings
from services.classify.stage import Classify
from services.classify.streams import classify_streams
from services.classify.tagging import Tagger, compile_taxonomy
from services.classify.taxonomy import parse_taxonomy
from shared.broker import StreamBroker
from shared.hop import Hop
from shared.logs import configure
from shared.service import in_background, operations, redis_answers, serve
from shared.watched_file import Watched


def build_app(settings: ClassifySettings) -> FastAPI:
    """Return the ASGI app; raises BadConfig if taxonomy.yaml is wrong. Connects when it starts."""
    taxonomy = Watched(settings.config / "taxonomy.yaml", load_tagger)
    broker = StreamBroker(settings.redis_url)
    stage = Classify(lambda: taxonomy.current, settings.partitions)
    hop = Hop("classify", stage, broker.client(), settings)
    broker.include_router(classify_streams(hop, settings.partitions))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        await hop.ensure_groups()
        await broker.start()
        async with in_background(taxonomy.watch()):
            yield
        await broker.stop()

    app = FastAPI(title="Depesche classify", version=version("depesche"), lifespan=lifespan)
    app.include_router(operations({"redis": redis_answers(broker.client())}))
    return app


def load_tagger(text: str, file: str) -> Tagger:
    """Return what tags with the taxonomy that `text` holds; raises BadConfig."""
    return compile_taxonomy(parse_taxonomy(text, file))


def main(settings: ClassifySettings) -> None:
    """Run classify until it is told to stop."""
    configure(settings, "classify")
    serve(build_app(settings), settings.host, settings.classify_port)
