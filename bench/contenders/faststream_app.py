"""An ordinary FastStream application: a message a call, models, default acknowledgement.

Its best case: no logging of each message, uvloop, and stages that only hand the story on.
"""

import asyncio
import os
import sys
from typing import Any

import uvloop
from faststream import FastStream
from faststream.redis import RedisBroker, StreamSub
from pydantic import BaseModel

from bench import stories
from bench.ground import Ground
from bench.producer import produce
from bench.redis_client import connect
from bench.tally import Tally

GROUP = "bench"
QUIET: Any = None  # as FastStream documents it, which its types do not know


class Named(BaseModel):
    uri: str | None = None
    name: str


class Text(BaseModel):
    role: str
    value: str


class Wire(BaseModel):
    """What a reader of the tutorial would write down of a ninjs story."""

    uri: str
    version: str
    versionCreated: str  # noqa: N815 - the standard's spelling
    urgency: int
    language: str
    slugline: str
    headlines: list[Text]
    subjects: list[Named]
    bodies: list[Text]


def build_stage(number: int, ground: Ground) -> FastStream:
    """Stage 1 and 2 publish what they got to the next stream; stage 3 counts it."""
    broker = RedisBroker(ground.redis_url, logger=QUIET)
    subscription = StreamSub(_stream(number), group=GROUP, consumer="one")
    subscriber = broker.subscriber(stream=subscription)
    tally = Tally(ground.tally)

    async def carry(story: Wire) -> Wire:
        return story

    async def count(story: Wire) -> None:
        assert story.uri
        tally.mark()

    if number < 3:
        subscriber(broker.publisher(stream=_stream(number + 1))(carry))
    else:
        subscriber(count)
    return FastStream(broker, logger=None)


async def run_stage(number: int, ground: Ground) -> None:
    with connect(ground.redis_url) as redis:  # else what is sent first would be lost
        redis.xgroup_create(_stream(number), GROUP, id="0", mkstream=True)
    await build_stage(number, ground).run()


def _stream(number: int) -> str:
    return f"faststream:{number}"


def prepare(first: int, count: int) -> list[Wire]:
    return [Wire.model_validate_json(line) for line in stories.lines(first, count)]


def send(copy: list[Wire]) -> None:
    uvloop.run(_publish(copy))


async def _publish(copy: list[Wire]) -> None:
    async with RedisBroker(Ground.of(os.environ).redis_url, logger=QUIET) as broker:
        for at in range(0, len(copy), 64):
            window = copy[at : at + 64]
            await asyncio.gather(*[broker.publish(wire, stream=_stream(1)) for wire in window])


def main() -> None:
    if sys.argv[1] == "produce":
        produce(prepare, send)
    else:
        uvloop.run(run_stage(int(sys.argv[2]), Ground.of(os.environ)))


if __name__ == "__main__":
    main()
