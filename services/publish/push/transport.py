"""One webhook call: what went out, what came back; it decides nothing about either."""

import asyncio
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from services.publish.destinations import Forbidden, Rules, check_address, check_url

ANSWER_KEPT_BYTES = 2048
CONNECTIONS_PER_PARTNER = 32


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, or in `failure` why there was none; `body` is its first 2 KB."""

    status: int | None
    failure: str | None
    retry_after: str | None
    body: str
    milliseconds: float


class GuardedResolver(AbstractResolver):
    """Resolves names and refuses what a webhook may not reach, at the moment of connecting."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._resolver = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the allowed addresses; raises OSError naming what is not."""
        found = await self._resolver.resolve(host, port, family)
        for one in found:
            try:
                check_address(one["host"], self._rules)
            except Forbidden as forbidden:
                raise OSError(f"{host}: {forbidden.why}") from forbidden
        return found

    async def close(self) -> None:
        await self._resolver.close()


class Transport:
    """The HTTP client of all pushes; one connection pool, bounded per partner."""

    def __init__(self, rules: Rules, timeout_s: float) -> None:
        self._rules = rules
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._session: aiohttp.ClientSession | None = None
        self._allowed: set[str] = set()

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0,
                limit_per_host=CONNECTIONS_PER_PARTNER,
                resolver=GuardedResolver(self._rules),
                ttl_dns_cache=30,
            ),
            timeout=self._timeout,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": "Depesche"},
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post once, following no redirect; every failure to get an answer is an Answer too."""
        begun = time.perf_counter()
        try:
            self._check(url)
            status, retry_after, text = await self._exchange(url, headers, body)
        except (TimeoutError, Forbidden, OSError, ValueError, aiohttp.ClientError) as fault:
            return Answer(None, _plainly(fault), None, "", _since(begun))
        return Answer(status, None, retry_after, text, _since(begun))

    def _check(self, url: str) -> None:
        """Judge a spelling once; the address is judged at every connection."""
        if url not in self._allowed:
            check_url(url, self._rules)
            self._allowed.add(url)

    async def _exchange(
        self, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, str | None, str]:
        if self._session is None:
            raise RuntimeError("the transport is not open")
        async with self._session.post(
            url, data=body, headers=headers, allow_redirects=False
        ) as response:
            kept = await response.content.read(ANSWER_KEPT_BYTES)
            return (
                response.status,
                response.headers.get("Retry-After"),
                kept.decode("utf-8", "replace"),
            )


def _plainly(fault: Exception) -> str:
    if isinstance(fault, (TimeoutError, asyncio.TimeoutError)):
        return "timeout"
    return f"{type(fault).__name__}: {fault}"[:200]


def _since(begun: float) -> float:
    return round((time.perf_counter() - begun) * 1000, 2)
