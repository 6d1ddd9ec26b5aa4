"""The streams that ingest appends to, declared for the AsyncAPI document."""

from faststream.redis import RedisRouter

from shared.events import Lane, StoryReceived
from shared.keys import all_partitions


def received_streams(partitions: int) -> RedisRouter:
    """Return the router that declares them; appending itself is the acceptance script's."""
    router = RedisRouter()
    for partition in all_partitions(partitions):
        for lane in Lane:
            stream = partition.received(lane)
            router.publisher(
                stream=stream,
                title=f"ingest appends to {stream}",
                description="Accepted revisions; each field of an entry holds JSON.",
                schema=StoryReceived,
            )
    return router
