"""Answers to requests that cannot be met: RFC 9457 problem details, the same for every service."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel
from pydantic_core import to_json
from redis.exceptions import RedisError

PROBLEM_JSON = "application/problem+json"


class Problem(BaseModel):
    """The body of an error, `application/problem+json`."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    where: str | None = None
    dead_letter: str | None = None


class Refusal(Exception):  # noqa: N818 - an answer to the caller, no fault
    """Carries a problem to where it is answered."""

    def __init__(self, status: int, title: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.headers: Mapping[str, str] = more.pop("headers", {})
        self.problem = Problem(title=title, status=status, detail=detail, **more)


def no_key(what: str) -> Refusal:
    """401: `what` says whose key or token was expected."""
    return Refusal(
        401,
        "Not authorised",
        f"send {what} as `Authorization: Bearer …`",
        headers={"WWW-Authenticate": 'Bearer realm="depesche"'},
    )


def redis_away() -> Refusal:
    return Refusal(
        503,
        "Redis is away",
        "nothing was stored or read; try again",
        headers={"Retry-After": "2"},
    )


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of a route that may answer with these problems."""
    return {status: {"model": Problem, "content": {PROBLEM_JSON: {}}} for status in statuses}


def answer(refusal: Refusal) -> Response:
    return Response(
        to_json(refusal.problem, exclude_none=True),
        status_code=refusal.problem.status,
        media_type=PROBLEM_JSON,
        headers=dict(refusal.headers),
    )


def bearer(request: Request) -> str | None:
    """Return the key or token a request carries."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() or None if scheme.lower() == "bearer" else None


def install(app: FastAPI) -> None:
    """Answer refusals, bad parameters, and a Redis that is away, with a problem."""

    @app.exception_handler(Refusal)
    async def refused(_: Request, refusal: Refusal) -> Response:
        return answer(refusal)

    @app.exception_handler(RedisError)
    async def away(_: Request, __: RedisError) -> Response:
        return answer(redis_away())

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        return answer(Refusal(422, "Bad parameter", first["msg"], where=where))
