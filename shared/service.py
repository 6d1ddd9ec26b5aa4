"""How every service runs: one ASGI app with health, readiness and metrics, served by uvicorn."""

import asyncio
import gc
import os
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any

import structlog
import uvicorn
from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger()

Check = Callable[[], Awaitable[str | None]]
"""Returns why the service is not ready, or None."""


def operations(checks: Mapping[str, Check]) -> APIRouter:
    """Return the routes `/healthz`, `/readyz` (503 with every reason) and `/metrics`."""
    router = APIRouter(tags=["operations"])

    @router.get("/healthz", summary="Is the process alive?")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get(
        "/readyz", summary="Can it do its work?", responses={503: {"description": "Not ready"}}
    )
    async def readyz(response: Response) -> dict[str, Any]:
        reasons = {name: why for name, check in checks.items() if (why := await check())}
        if reasons:
            response.status_code = 503
        return {"status": "not ready" if reasons else "ready", "reasons": reasons}

    @router.get("/metrics", summary="Prometheus metrics", response_class=Response)
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


def redis_answers(redis: Redis, within_s: float = 2.0) -> Check:
    """Return the check that Redis answers in time."""

    async def check() -> str | None:
        try:
            await asyncio.wait_for(redis.ping(), within_s)
        except (RedisError, TimeoutError) as error:
            return f"Redis does not answer: {error or 'timeout'}"
        return None

    return check


@asynccontextmanager
async def in_background(*works: Coroutine[Any, Any, None]) -> AsyncGenerator[None]:
    """Run work beside the service. If any of it fails, the service stops, to be started afresh."""
    tasks = [asyncio.create_task(work) for work in works]
    for task in tasks:
        task.add_done_callback(_stop_if_failed)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _stop_if_failed(task: asyncio.Task[None]) -> None:
    fault = None if task.cancelled() else task.exception()
    if fault is not None:
        log.critical("background_failed", exc_info=fault)
        os.kill(os.getpid(), signal.SIGTERM)


def _collect_garbage_seldom() -> None:
    """Frozen values form no cycles: looking for some after every few of them cost a third."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def serve(app: Any, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished."""
    _collect_garbage_seldom()
    uvicorn.run(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=10,
        server_header=False,
    )
