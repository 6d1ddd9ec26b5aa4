"""Everyone who runs, and the settings that proved best for each on two cores."""

from bench.contenders.contender import PYTHON, Command, Contender, each_stage
from bench.contenders.depesche_desk import DEPESCHE
from bench.ground import Ground

QUEUES = ("one", "two", "three")


def _module(name: str, *arguments: str) -> Command:
    return (PYTHON, "-m", f"bench.contenders.{name}", *arguments)


def _celery(number: int) -> Command:
    quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=ERROR")
    place = ("-P", "solo", "-Q", QUEUES[number - 1], "-n", f"stage{number}@bench")
    return (PYTHON, "-m", "celery", "-A", "bench.contenders.celery_tasks", "worker", *place, *quiet)


def _dramatiq(_: Ground) -> dict[str, Command]:
    size = ("--processes", "2", "--threads", "4")
    prefetch = ("env", "dramatiq_queue_prefetch=64")
    module = "bench.contenders.dramatiq_actors"
    return {"workers": (*prefetch, PYTHON, "-m", "dramatiq", module, *size)}


FASTSTREAM = Contender(
    name="faststream",
    title="FastStream, a message a call",
    target=5.0,
    producer=_module("faststream_app", "produce"),
    workers=each_stage(lambda number: _module("faststream_app", "stage", str(number))),
)
DRAMATIQ = Contender(
    name="dramatiq",
    title="dramatiq",
    target=2.0,
    producer=_module("dramatiq_actors"),
    workers=_dramatiq,
)
CELERY = Contender(
    name="celery",
    title="Celery",
    target=6.0,
    producer=_module("celery_tasks"),
    workers=each_stage(_celery),
)
BARE = Contender(
    name="bare",
    title="bare redis-py loop",
    target=0.4,
    producer=_module("bare_loop", "produce"),
    workers=each_stage(lambda number: _module("bare_loop", "stage", str(number))),
)
HOP = Contender(
    name="hop",
    title="Depesche's hop, empty stages",
    target=None,
    producer=_module("bare_loop", "produce"),
    workers=each_stage(lambda number: _module("hop_stages", str(number))),
)
CONTENDERS = (DEPESCHE, HOP, FASTSTREAM, DRAMATIQ, CELERY, BARE)
