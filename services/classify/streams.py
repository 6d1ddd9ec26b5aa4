"""The streams that classify reads and appends to."""

from faststream.redis import RedisRouter

from shared.events import Lane, StoryClassified, StoryReceived
from shared.hop import Hop
from shared.keys import all_partitions


def classify_streams(hop: Hop, partitions: int) -> RedisRouter:
    """Return the router: each received stream is read, its classified one declared."""
    router = RedisRouter()
    for partition in all_partitions(partitions):
        for lane in Lane:
            hop.subscribe(router, partition.received(lane), partition.dead, StoryReceived)
            stream = partition.classified(lane)
            router.publisher(
                stream=stream,
                title=f"classify appends to {stream}",
                description="Tagged revisions; each field of an entry holds JSON.",
                schema=StoryClassified,
            )
    return router
