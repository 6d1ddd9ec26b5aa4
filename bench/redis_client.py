"""A connection to the run's Redis."""

from typing import Any

from redis import Redis


def connect(url: str) -> Any:
    """A blocking redis-py client; Any, as redis-py leaves half of its own types open."""
    return Redis.from_url(url)  # pyright: ignore[reportUnknownMemberType]  # as above
