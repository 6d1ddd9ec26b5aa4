"""The streams that publish reads and appends to."""

from faststream.redis import RedisRouter

from shared.events import Lane, LogEntry, StoryClassified
from shared.hop import Hop
from shared.keys import PartnerKeys, all_partitions


def publish_streams(hop: Hop, partitions: int) -> RedisRouter:
    """Return the router: each classified stream is read, the partner logs are declared."""
    router = RedisRouter()
    for partition in all_partitions(partitions):
        for lane in Lane:
            hop.subscribe(router, partition.classified(lane), partition.dead, StoryClassified)
    router.publisher(
        stream=PartnerKeys("ID").log,
        title="publish appends to a partner's log",
        description=(
            "One stream for each partner, ID is the partner's id. Field `entry` holds the "
            "reference as JSON; with `log: full`, field `story` holds the formatted story."
        ),
        schema=LogEntry,
    )
    return router
