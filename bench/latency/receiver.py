"""All partners' webhook handlers in one process: notes when what came for whom, answers 204."""

import sys
import time

import uvloop
from aiohttp import web

ARRIVALS: list[tuple[str, str, int]] = []  # partner, story, nanoseconds of the monotonic clock


async def receive(request: web.Request) -> web.Response:
    await request.read()  # before that, no handler can do anything with the story
    now = time.monotonic_ns()
    story = request.headers.get("depesche-story-id", "")
    ARRIVALS.append((request.match_info["partner"], story, now))
    return web.Response(status=204)


async def count(_: web.Request) -> web.Response:
    return web.json_response(len(ARRIVALS))


async def report(_: web.Request) -> web.Response:
    """Everything that arrived since the last report."""
    told = ARRIVALS.copy()
    ARRIVALS.clear()
    return web.json_response(told)


def main() -> None:
    app = web.Application()
    app.router.add_post("/{partner}", receive)
    app.router.add_get("/count", count)
    app.router.add_get("/report", report)
    web.run_app(
        app,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        access_log=None,
        print=None,
        loop=uvloop.new_event_loop(),
    )


if __name__ == "__main__":
    main()
