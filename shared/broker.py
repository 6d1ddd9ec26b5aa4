"""The connection to Redis: FastStream's broker that survives a lost group and a lost server."""

from typing import Any

import structlog
from faststream.redis import RedisBroker
from faststream.redis.configs.state import RedisConnectionState
from redis.asyncio import ConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import ResponseError

log = structlog.get_logger()

FOREVER = -1


def connect(url: str, *, retries: int = 3) -> Redis:
    """Return a client; nothing is sent until it is used.

    Retries bridge a restart of Redis: 3 take about 0.3 s, FOREVER waits as long as it takes.
    """
    return Redis.from_url(url, retry=_retry(retries))


def _retry(retries: int) -> Retry:
    return Retry(ExponentialBackoff(cap=0.5, base=0.05), retries)


class GroupKeepingRedis(Redis):
    """A client that makes a consumer group again when Redis came back without it.

    A group begins at 0, so that what was appended before it existed is read too; entries are
    deleted when they are acknowledged, so nothing is read twice.
    """

    async def execute_command(self, *args: Any, **options: Any) -> Any:
        try:
            return await super().execute_command(*args, **options)  # type: ignore[no-untyped-call] # redis-py
        except ResponseError as error:
            if not _is_lost_group(error) or args[0] not in {"XREADGROUP", "XAUTOCLAIM"}:
                raise
            stream, group = _group_named_in(args)
            log.warning("group_recreated", stream=stream, group=group, why=str(error))
            await ensure_group(self, stream, group)
            return await super().execute_command(*args, **options)  # type: ignore[no-untyped-call] # redis-py


def _is_lost_group(error: ResponseError) -> bool:
    return any(word in str(error) for word in ("NOGROUP", "UNBLOCKED"))


def _group_named_in(args: tuple[Any, ...]) -> tuple[Any, Any]:
    if args[0] == "XAUTOCLAIM":
        return args[1], args[2]
    return args[args.index(b"STREAMS") + 1] if b"STREAMS" in args else args[
        args.index("STREAMS") + 1
    ], args[2]


async def ensure_group(redis: Redis, stream: Any, group: Any) -> None:
    """Make the group if it is missing, from the stream's beginning (FastStream's begins at `$`)."""
    try:
        await redis.xgroup_create(stream, group, id="0", mkstream=True)
    except ResponseError as error:
        if "BUSYGROUP" not in str(error):
            raise


class _GroupKeepingState(RedisConnectionState):
    __slots__ = ()

    def make(self) -> Redis:
        """Return the client; it connects at its first command."""
        if self._client is None:
            self._client = GroupKeepingRedis.from_pool(ConnectionPool(**self._options))
        return self._client

    async def connect(self) -> Redis:
        self._connected = True
        return self.make()


class StreamBroker(RedisBroker):
    """FastStream's broker over a client that keeps its groups and waits for its server.

    `retries` bridge a restart of Redis (3 take about 0.3 s, FOREVER as long as it takes);
    `answer_within_s` bounds the wait for one answer, None for readers that block.
    """

    def __init__(
        self, url: str, *, retries: int = FOREVER, answer_within_s: float | None = None
    ) -> None:
        super().__init__(
            url,
            apply_types=False,
            logger=None,  # type: ignore[arg-type] # None switches its log off, as documented
            retry=_retry(retries),
            socket_timeout=answer_within_s,
        )

    def client(self) -> Redis:
        """Return the broker's own client, for the scripts of its service."""
        state = self.config.broker_config.connection
        if not isinstance(state, _GroupKeepingState):
            raise TypeError(f"{state!r} was not made by this broker")
        return state.make()

    def _make_connection_state(
        self,
        connection_options: dict[str, Any],
        kwargs: dict[str, Any],  # noqa: ARG002 - FastStream's signature
    ) -> RedisConnectionState:
        return _GroupKeepingState(connection_options)
