"""Depesche's own hop between three stages that do nothing: what the work itself costs, by difference.

Taking over from the dead, dead letters and append-with-acknowledgement are all there. The bare
loop's producer feeds it.
"""

import asyncio
import os
import sys
from collections.abc import Sequence

import uvloop
from faststream.redis import RedisRouter

from bench.contenders.bare_loop import stream
from bench.ground import Ground
from bench.tally import Tally
from shared.broker import StreamBroker
from shared.events import StoryReceived
from shared.hop import Append, Entry, Hop, Stage
from shared.settings import ServiceSettings


def build_stage(number: int, tally: Tally) -> Stage:
    """Stage 1 and 2 hand on what they got; stage 3 counts it."""

    async def carry(batch: Sequence[Entry]) -> list[tuple[Append, ...]]:
        return [(Append(stream(number + 1), entry.fields),) for entry in batch]

    async def count(batch: Sequence[Entry]) -> list[tuple[Append, ...]]:
        tally.mark(len(batch))
        return [()] * len(batch)

    return carry if number < 3 else count


async def run_stage(number: int, ground: Ground) -> None:
    broker = StreamBroker(ground.redis_url)
    stage = build_stage(number, Tally(ground.tally))
    hop = Hop(f"stage-{number}", stage, broker.client(), ServiceSettings())
    router = RedisRouter()
    hop.subscribe(router, stream(number), "hop:dead", StoryReceived)
    broker.include_router(router)
    await hop.ensure_groups()
    await broker.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(run_stage(int(sys.argv[1]), Ground.of(os.environ)))
