"""The names of all keys in Redis. Pure; one story lives in one slot, one partner in another."""

from dataclasses import dataclass
from zlib import crc32

from shared.events import Lane


@dataclass(frozen=True, slots=True)
class Partition:
    """The streams and the state of the stories that hash to one slot of Redis Cluster."""

    number: int

    @property
    def prefix(self) -> str:
        return f"depesche:{{p{self.number}}}"

    def received(self, lane: Lane) -> str:
        return f"{self.prefix}:received:{lane}"

    def classified(self, lane: Lane) -> str:
        return f"{self.prefix}:classified:{lane}"

    @property
    def dead(self) -> str:
        """What could not be processed: a stream, each entry with its reason."""
        return f"{self.prefix}:dead"

    @property
    def held(self) -> str:
        """Stories under embargo by the time of their release (ms), a sorted set."""
        return f"{self.prefix}:held"

    @property
    def held_entries(self) -> str:
        """The revision that is held of each, whole: a hash by story id."""
        return f"{self.prefix}:held:entries"

    def story(self, story_id: str) -> str:
        """What is known of a story: a hash, kept for ever."""
        return f"{self.prefix}:story:{story_id}"

    def copy(self, story_id: str) -> str:
        """A story's raw and formatted copy: a hash, kept for a set time."""
        return f"{self.prefix}:copy:{story_id}"


def partition_of(story_id: str, partitions: int) -> Partition:
    """Return the partition of a story; all its versions share it."""
    return Partition(crc32(story_id.encode()) % partitions)


def all_partitions(partitions: int) -> tuple[Partition, ...]:
    return tuple(map(Partition, range(partitions)))


@dataclass(frozen=True, slots=True)
class PartnerKeys:
    """What one partner was sent, and what is still on its way."""

    partner_id: str

    @property
    def prefix(self) -> str:
        return f"depesche:{{partner:{self.partner_id}}}"

    @property
    def log(self) -> str:
        """The partner's log: a stream of LogEntry, in order."""
        return f"{self.prefix}:log"

    @property
    def texts(self) -> str:
        """Where a log that holds the stories themselves has each one: entry ids by story id."""
        return f"{self.prefix}:texts"

    @property
    def standing(self) -> str:
        """The last version of each story in this log: a hash by story id."""
        return f"{self.prefix}:standing"

    @property
    def deliveries(self) -> str:
        """The state of each push: a hash by story id and version."""
        return f"{self.prefix}:deliveries"

    def due(self, lane: Lane) -> str:
        """Open pushes by the time of their next attempt (ms): a sorted set of log entry ids."""
        return f"{self.prefix}:due:{lane}"

    @property
    def due_urgent(self) -> str:
        return self.due(Lane.URGENT)

    @property
    def due_routine(self) -> str:
        return self.due(Lane.ROUTINE)

    @property
    def dead(self) -> str:
        """What this partner refused for good: a stream, each entry with its reason."""
        return f"{self.prefix}:dead"

    @property
    def lease(self) -> str:
        """Which push worker serves this partner; expires by itself."""
        return f"{self.prefix}:lease"

    @property
    def disabled(self) -> str:
        """Why pushing stopped for good (410 Gone), until an operator enables it again."""
        return f"{self.prefix}:disabled"


def partners_of(digest: str) -> str:
    """Who the partners were under this digest of the configuration: ids, parted by blanks."""
    return f"depesche:partners:{digest}"


WAKE = "depesche:wake"
"""Pub/sub channel that names who appended and the partners whose logs grew, parted by blanks."""
