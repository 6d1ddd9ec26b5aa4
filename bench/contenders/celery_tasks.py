"""Three chained Celery tasks on Redis; the story is the task's argument, no result is kept."""

import os
from typing import Any

from celery import Celery

from bench import stories
from bench.ground import Ground
from bench.producer import produce
from bench.tally import Tally

ground = Ground.of(os.environ)
tally = Tally(ground.tally)
app: Any = Celery("bench", broker=ground.redis_url)
app.conf.update(
    task_ignore_result=True,
    task_store_errors_even_if_ignored=False,
    worker_prefetch_multiplier=64,
    worker_send_task_events=False,
    task_routes={f"bench.{name}": {"queue": name} for name in ("one", "two", "three")},
)


def first(story: str) -> None:
    app.tasks["bench.two"].delay(story)


def second(story: str) -> None:
    app.tasks["bench.three"].delay(story)


def third(story: str) -> None:
    assert story
    tally.mark()


for name, stage in {"one": first, "two": second, "three": third}.items():
    app.task(stage, name=f"bench.{name}")


def prepare(begin: int, count: int) -> list[str]:
    return [line.decode() for line in stories.lines(begin, count)]


def send(copy: list[str]) -> None:
    for story in copy:
        app.tasks["bench.one"].delay(story)


if __name__ == "__main__":
    produce(prepare, send)
