"""A bare redis-py loop: a batch read, one pipeline of appends and acknowledgements, no JSON.

The practical limit of three hops over Redis Streams in Python; it does nothing with a story.
"""

import os
import sys
from typing import Any

from bench import stories
from bench.ground import Ground
from bench.producer import produce
from bench.redis_client import connect
from bench.tally import Tally

BATCH = 256
GROUP = "bench"

Entries = list[tuple[bytes, dict[bytes, bytes]]]


def run_stage(number: int, redis: Any, tally: Tally) -> None:
    """Carry batches from stream `number` to the next one, for ever; the last stage counts them."""
    here = stream(number)
    redis.xgroup_create(here, GROUP, id="0", mkstream=True)
    while True:
        answer = redis.xreadgroup(GROUP, "one", {here: ">"}, count=BATCH, block=1000)
        if answer:
            _carry(number, redis, answer[0][1])
            if number == 3:
                tally.mark(len(answer[0][1]))


def _carry(number: int, redis: Any, entries: Entries) -> None:
    pipeline = redis.pipeline(transaction=False)
    if number < 3:
        for _, fields in entries:
            pipeline.xadd(stream(number + 1), fields)
    pipeline.xack(stream(number), GROUP, *[entry for entry, _ in entries])
    pipeline.execute()


def stream(number: int) -> str:
    return f"bare:{number}"


def prepare(first: int, count: int) -> list[bytes]:
    return list(stories.lines(first, count))


def send(copy: list[bytes]) -> None:
    redis = connect(Ground.of(os.environ).redis_url)
    for at in range(0, len(copy), BATCH):
        pipeline = redis.pipeline(transaction=False)
        for line in copy[at : at + BATCH]:
            pipeline.xadd(stream(1), {"story": line})
        pipeline.execute()


def main() -> None:
    if sys.argv[1] == "produce":
        produce(prepare, send)
    else:
        ground = Ground.of(os.environ)
        run_stage(int(sys.argv[2]), connect(ground.redis_url), Tally(ground.tally))


if __name__ == "__main__":
    main()
