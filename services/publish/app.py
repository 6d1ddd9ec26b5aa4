"""Publish put together: settings, partners, broker, stage, push worker, routes."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from services.publish.dispatches import Rules
from services.publish.feed import Feeds
from services.publish.held import Held
from services.publish.partners import parse_partners
from services.publish.push.worker import PushWorker
from services.publish.round_trips import RoundTrips
from services.publish.routes import partner_routes
from services.publish.routing import Router
from services.publish.settings import PublishSettings
from services.publish.stage import Publish
from services.publish.streams import publish_streams
from services.publish.wakes import Wakes
from shared.broker import StreamBroker, connect
from shared.hop import Hop
from shared.logs import configure
from shared.problems import install
from shared.service import in_background, operations, redis_answers, serve
from shared.watched_file import Watched


def build_app(settings: PublishSettings) -> FastAPI:
    """Return the ASGI app; raises BadConfig if partners.yaml is wrong. Connects when it starts."""
    rules = Watched(settings.config / "partners.yaml", load_rules)
    broker = StreamBroker(settings.redis_url)
    redis = connect(settings.redis_url)  # answers to partners must not wait for ever
    wakes = Wakes(redis)
    trips = RoundTrips(redis)
    worker = PushWorker(trips, lambda: rules.current.book, wakes, settings)
    held = Held(trips, settings.partitions)
    stage = Publish(
        lambda: rules.current,
        RoundTrips(broker.client()),
        worker.tell,
        settings,
        name=wakes.name,
    )
    hop = Hop("publish", stage, broker.client(), settings)
    broker.include_router(publish_streams(hop, settings.partitions))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        await hop.ensure_groups()
        await broker.start()
        async with in_background(
            wakes.run(), worker.run_for_ever(), held.keep_releasing(), rules.watch()
        ):
            yield
        await broker.stop()
        await redis.aclose()

    app = FastAPI(
        title="Depesche publish",
        version=version("depesche"),
        description="Partners read here what they were sent.",
        lifespan=lifespan,
    )
    install(app)
    app.include_router(operations({"redis": redis_answers(redis)}))
    app.include_router(partner_routes(settings, rules, Feeds(redis, wakes, settings.partitions)))
    return app


def load_rules(text: str, file: str) -> Rules:
    """Return the partners that `text` holds, indexed; raises BadConfig."""
    book = parse_partners(text, file, os.environ)
    return Rules(book, Router(book))


def main(settings: PublishSettings) -> None:
    """Run publish until it is told to stop."""
    configure(settings, "publish")
    serve(build_app(settings), settings.host, settings.publish_port)
