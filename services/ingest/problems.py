"""Answers to requests that cannot be met, as RFC 9457 problem details."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response
from pydantic import BaseModel
from pydantic_core import to_json
from redis.exceptions import RedisError

RETRY_AFTER_S = 2


class Problem(BaseModel):
    """The body of an error, `application/problem+json`."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    where: str | None = None
    dead_letter: str | None = None


class Refusal(Exception):  # noqa: N818 - an answer to the desk, no fault
    """Carries a problem to where it is answered."""

    def __init__(self, status: int, title: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.headers: Mapping[str, str] = more.pop("headers", {})
        self.problem = Problem(title=title, status=status, detail=detail, **more)


def no_key() -> Refusal:
    return Refusal(
        401,
        "No valid key",
        "send the desk's key as `Authorization: Bearer KEY`",
        headers={"WWW-Authenticate": 'Bearer realm="depesche"'},
    )


def foreign_credit(desk: str, credit: str | None, allowed: tuple[str, ...]) -> Refusal:
    may = ", ".join(allowed) or "none"
    return Refusal(
        403, "Credit not allowed", f"desk {desk} may not post under {credit!r}, only under: {may}"
    )


def too_large(limit: int) -> Refusal:
    return Refusal(413, "Too large", f"the body is larger than {limit} bytes")


def backlogged() -> Refusal:
    return Refusal(
        429,
        "Backlog",
        "too many stories wait to be classified; send again later",
        headers={"Retry-After": "5"},
    )


def not_stored() -> Refusal:
    return Refusal(
        503,
        "Not stored",
        "Redis is away; the story was not accepted, send it again",
        headers={"Retry-After": str(RETRY_AFTER_S)},
    )


def answer(refusal: Refusal) -> Response:
    return Response(
        to_json(refusal.problem, exclude_none=True),
        status_code=refusal.problem.status,
        media_type="application/problem+json",
        headers=dict(refusal.headers),
    )


def install(app: FastAPI) -> None:
    """Answer refusals, and a Redis that is away, with a problem."""

    @app.exception_handler(Refusal)
    async def _(_: Request, refusal: Refusal) -> Response:
        return answer(refusal)

    @app.exception_handler(RedisError)
    async def _(_: Request, __: RedisError) -> Response:
        return answer(not_stored())
