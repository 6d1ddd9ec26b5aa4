"""Ingest put together: settings, broker, desks, routes."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from services.ingest.acceptance import Acceptance
from services.ingest.desks import parse_desks
from services.ingest.intake import Intake
from services.ingest.routes import desk_routes
from services.ingest.settings import IngestSettings
from services.ingest.streams import received_streams
from services.ingest.trace import TraceReader
from shared.broker import StreamBroker
from shared.logs import configure
from shared.problems import install
from shared.service import in_background, operations, redis_answers, serve
from shared.watched_file import Watched


def build_app(settings: IngestSettings) -> FastAPI:
    """Return the ASGI app; raises BadConfig if desks.yaml is wrong. Connects when it starts."""
    desks = Watched(settings.config / "desks.yaml", parse_desks)
    broker = StreamBroker(settings.redis_url, retries=2, answer_within_s=5)
    broker.include_router(received_streams(settings.partitions))
    redis = broker.client()
    acceptance = Acceptance(
        redis,
        partitions=settings.partitions,
        copy_seconds=settings.copy_seconds,
        backlog_limit=settings.backlog_limit,
    )
    intake = Intake(redis, acceptance, settings.max_story_bytes)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        async with in_background(desks.watch()):
            yield
        await broker.stop()

    app = FastAPI(
        title="Depesche ingest",
        version=version("depesche"),
        description="Wire desks post their stories here.",
        lifespan=lifespan,
    )
    install(app)
    app.include_router(operations({"redis": redis_answers(redis)}))
    app.include_router(
        desk_routes(settings, desks, intake, TraceReader(redis, settings.partitions))
    )
    return app


def main(settings: IngestSettings) -> None:
    """Run ingest until it is told to stop."""
    configure(settings, "ingest")
    serve(build_app(settings), settings.host, settings.ingest_port)
