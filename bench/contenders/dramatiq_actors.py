"""Three chained dramatiq actors on Redis; the story is the message's argument."""

import os
from typing import Any

import dramatiq
from dramatiq.brokers.redis import RedisBroker

from bench import stories
from bench.ground import Ground
from bench.producer import produce
from bench.tally import Tally

ground = Ground.of(os.environ)
tally = Tally(ground.tally)
broker: Any = RedisBroker  # it carries no types
dramatiq.set_broker(broker(url=ground.redis_url))


@dramatiq.actor(queue_name="one")
def first(story: str) -> None:
    second.send(story)


@dramatiq.actor(queue_name="two")
def second(story: str) -> None:
    third.send(story)


@dramatiq.actor(queue_name="three")
def third(story: str) -> None:
    assert story
    tally.mark()


def prepare(begin: int, count: int) -> list[str]:
    return [line.decode() for line in stories.lines(begin, count)]


def send(copy: list[str]) -> None:
    for story in copy:
        first.send(story)


if __name__ == "__main__":
    produce(prepare, send)
