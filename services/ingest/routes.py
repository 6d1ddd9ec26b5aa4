"""HTTP for desks: one story, many stories, and where a story is."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic_core import to_json
from redis.exceptions import RedisError

from services.ingest.bodies import lines_in_groups, whole_body
from services.ingest.desks import Desk, DeskBook
from services.ingest.intake import Intake, Receipt
from services.ingest.settings import IngestSettings
from services.ingest.trace import Trace, TraceReader
from shared.problems import Refusal, answer, bearer, documented, no_key, redis_away
from shared.watched_file import Watched

LINES_AT_ONCE = 200
REFUSALS = documented(401, 403, 413, 415, 422, 429, 503)
COPY_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"type": "object"}},
            "text/plain": {"schema": {"type": "string"}},
        },
    }
}
LINES_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
    }
}


def desk_routes(
    settings: IngestSettings, desks: Watched[DeskBook], intake: Intake, traces: TraceReader
) -> APIRouter:
    """Return the routes under `/v1`."""
    router = APIRouter(prefix="/v1", tags=["stories"])

    def desk_of(request: Request) -> Desk:
        key = bearer(request)
        desk = desks.current.by_key(key) if key else None
        if desk is None:
            raise no_key("the desk's key")
        return desk

    @router.post(
        "/stories",
        status_code=202,
        summary="Post one story",
        response_model=Receipt,
        responses=REFUSALS,
        openapi_extra=COPY_BODY,
    )
    async def post_story(
        request: Request,
        force: Annotated[str | None, Query(description="a story's id: see below")] = None,
    ) -> Response:
        """One story in any format that is understood, by content type or by looking.

        202 means that it is stored: it survives the death of any process from then on. Copy
        whose version was accepted with other content is `quarantined`; with its id as `force` it
        becomes the next version, on an editor's word.
        """
        desk = desk_of(request)
        body = await whole_body(request, settings.max_story_bytes)
        content_type = request.headers.get("content-type")
        now = datetime.now(UTC)
        (result,) = await intake.take(desk, [body], content_type, now, force=force)
        if isinstance(result, Refusal):
            return answer(result)
        return _json(result, 202)

    @router.post(
        "/stories/batch",
        summary="Post many stories, one JSON story a line",
        responses={**REFUSALS, 200: {"content": {"application/x-ndjson": {}}}},
        openapi_extra=LINES_BODY,
        response_class=StreamingResponse,
    )
    async def post_batch(request: Request) -> Response:
        """A line of the answer for each line of the body, in order: a receipt or a problem.

        A problem is about its own line only. The lines come as the stories are stored.
        """
        desk = desk_of(request)
        body = await whole_body(request, settings.max_batch_bytes)
        return StreamingResponse(_answer_lines(desk, body), media_type="application/x-ndjson")

    async def _answer_lines(desk: Desk, body: bytes) -> AsyncIterator[bytes]:
        async for lines in lines_in_groups(body, LINES_AT_ONCE):
            for result in await _take_lines(desk, lines):
                shown = result.problem if isinstance(result, Refusal) else result
                yield to_json(shown, exclude_none=True) + b"\n"

    async def _take_lines(desk: Desk, lines: list[bytes]) -> list[Receipt | Refusal]:
        try:
            return [*await intake.take(desk, lines, "application/json", datetime.now(UTC))]
        except RedisError:  # the answer has begun, so each line says it
            return [redis_away() for _ in lines]

    @router.get(
        "/stories/{story_id:path}",
        summary="Where a story is, and why",
        responses=documented(401, 404, 503),
    )
    async def get_trace(request: Request, story_id: str) -> Trace:
        desk_of(request)
        found = await traces.read(story_id)
        if found is None:
            raise Refusal(404, "Unknown story", f"no story {story_id!r} was ever accepted")
        return found

    return router


def _json(receipt: Receipt, status: int) -> Response:
    return Response(
        to_json(receipt, exclude_none=True), status_code=status, media_type="application/json"
    )
