"""Depesche whole: HTTP in, parsing, tagging, routing to 3 of 20 partners, formatting, logs out."""

import asyncio
import json
import os
import sys
from typing import Any

import aiohttp
import uvloop

from bench import stories
from bench.contenders.contender import PYTHON, Command, Contender
from bench.ground import Ground
from bench.producer import produce
from bench.services import KEY, Partner, await_ready, commands, write_config

LINES = 250  # stories a request
IN_FLIGHT = 4  # requests
ELSEWHERE = (  # Media Topics that none of the stories is about
    *("01000000", "02000000", "03000000", "05000000", "06000000", "07000000", "09000000"),
    *("10000000", "12000000", "13000000", "14000000", "16000000", "17000000", "20001293"),
)
FOOTBALL = ("fussball-1", "fussball-2", "fussball-3")
ECONOMY = ("wirtschaft-1", "wirtschaft-2", "wirtschaft-3")


def partners() -> list[Partner]:
    """Twenty of them: three take the football, three the economy, fourteen what never comes."""
    takes: dict[str, dict[str, list[str]]] = {
        **{name: {"topics": [stories.SPORT.code]} for name in FOOTBALL},
        **{name: {"sections": [stories.TRADE.name]} for name in ECONOMY},
        **{f"sonst-{code}": {"topics": [f"medtop:{code}"]} for code in ELSEWHERE},
    }
    return [
        {"id": name, "name": name, "takes": [selection], "format": form}
        for (name, selection), form in zip(
            takes.items(), ("article", "ninjs-3.1") * 10, strict=True
        )
    ]


def workers(ground: Ground) -> dict[str, Command]:
    write_config(ground.config, partners())
    return commands(ground)


def seen(_: Ground, redis: Any) -> int:
    """How many stories stand in the logs of all partners that take them."""
    pipeline = redis.pipeline(transaction=False)
    for name in (*FOOTBALL, *ECONOMY):
        pipeline.xlen(f"depesche:{{partner:{name}}}:log")
    lengths = pipeline.execute()
    return int(min(lengths[:3]) + min(lengths[3:]))


DEPESCHE = Contender(
    name="depesche",
    title="Depesche, all its work",
    target=None,
    producer=(PYTHON, "-m", "bench.contenders.depesche_desk"),
    workers=workers,
    seen=seen,
    await_ready=await_ready,
)


def prepare(first: int, count: int) -> list[bytes]:
    lines = list(stories.lines(first, count))
    return [b"\n".join(lines[at : at + LINES]) + b"\n" for at in range(0, count, LINES)]


def send(bodies: list[bytes]) -> None:
    answers = uvloop.run(_post_all(bodies))
    for line in b"".join(answers).splitlines():
        if json.loads(line).get("outcome") != "accepted":
            sys.exit(f"not accepted: {line.decode()}")


async def _post_all(bodies: list[bytes]) -> list[bytes]:
    url = f"http://127.0.0.1:{Ground.of(os.environ).ports[0]}/v1/stories/batch"
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/x-ndjson"}
    turns = asyncio.Semaphore(IN_FLIGHT)

    async with aiohttp.ClientSession(headers=headers, raise_for_status=True) as session:

        async def post(body: bytes) -> bytes:
            async with turns, session.post(url, data=body) as answer:
                return await answer.read()

        return await asyncio.gather(*map(post, bodies))


if __name__ == "__main__":
    produce(prepare, send)
