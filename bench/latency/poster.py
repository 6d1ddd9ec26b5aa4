"""The desk of the latency run: one story after the other by a fixed schedule, whatever happens.

An open loop: a slow answer never delays the next story, so no wait goes unmeasured.
"""

import asyncio
import json
import sys
import time
from concurrent.futures import Future
from threading import Thread

import aiohttp
import uvloop

from bench import stories
from bench.producer import produce
from bench.services import KEY


def prepare(first: int, count: int) -> list[tuple[str, bytes]]:
    numbers = range(first, first + count)
    return [
        (stories.story_id(number), line)
        for number, line in zip(numbers, stories.lines(first, count), strict=True)
    ]


def send(copy: list[tuple[str, bytes]]) -> None:
    """Post to the URL of the first argument, as many a second as the second one says.

    Prints the scheduled moments by story id; exits 1 if an answer was no 2xx.
    """
    url, rate = sys.argv[1], float(sys.argv[2])
    uvloop.run(_post_by_schedule(url, rate, copy))


async def _post_by_schedule(url: str, rate: float, copy: list[tuple[str, bytes]]) -> None:
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    begin = time.monotonic_ns() + 200_000_000
    moments = [begin + int(n * 1e9 / rate) for n in range(len(copy))]
    async with aiohttp.ClientSession(headers=headers, raise_for_status=True) as session:

        async def post(story_id: str, line: bytes) -> None:
            ours = {"depesche-story-id": story_id}  # so that the receiver knows it without Depesche
            async with session.post(url, data=line, headers=ours) as answer:
                await answer.read()

        loop = asyncio.get_running_loop()
        posts: list[Future[None]] = []

        def keep_schedule() -> None:  # a thread's sleep is far finer than the loop's milliseconds
            for moment, (story_id, line) in zip(moments, copy, strict=True):
                time.sleep(max(0, moment - time.monotonic_ns()) / 1e9)
                posts.append(asyncio.run_coroutine_threadsafe(post(story_id, line), loop))

        clockwork = Thread(target=keep_schedule, daemon=True)
        clockwork.start()
        await asyncio.to_thread(clockwork.join)
        await asyncio.gather(*map(asyncio.wrap_future, posts))
    ids = [story_id for story_id, _ in copy]
    print(json.dumps(dict(zip(ids, moments, strict=True))), flush=True)


if __name__ == "__main__":
    produce(prepare, send)
