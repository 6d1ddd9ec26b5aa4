"""`depesche audit`: adds up every (revision, partner) and names what is missing."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from redis.asyncio import Redis

from depesche.connection import DataFolder, RedisUrl, redis_url_of
from services.ingest.trace import RevisionTrace, Trace, TraceReader
from shared.dead_letters import LETTER, DeadLetter
from shared.events import Lane, LogEntry, Revision
from shared.keys import Partition, PartnerKeys, all_partitions, partners_of
from shared.settings import ServiceSettings


@dataclass(slots=True)
class Account:
    """The sum: revisions by where they are, (revision, partner) pairs by state, and the holes."""

    stories: int = 0
    revisions: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)


def audit(
    redis_url: RedisUrl = None,
    data: DataFolder = Path("data"),
    quiet: Annotated[bool, typer.Option(help="only what is missing")] = False,
) -> None:
    """Account for every accepted revision at every partner; exit 1 if anything is missing."""
    account = asyncio.run(_account(redis_url_of(redis_url, data)))
    if not quiet:
        typer.echo(f"stories   {account.stories}")
        for title, counts in (("revisions", account.revisions), ("partners", account.pairs)):
            for state, number in sorted(counts.items()):
                typer.echo(f"{title:9} {state:12} {number}")
    for hole in account.missing:
        typer.echo(f"MISSING   {hole}")
    typer.echo("nothing is missing" if not account.missing else f"{len(account.missing)} missing")
    raise typer.Exit(int(bool(account.missing)))


async def _account(url: str) -> Account:
    account = Account()
    async with Redis.from_url(url) as redis:
        partitions = ServiceSettings().partitions
        on_its_way = await _on_its_way(redis, all_partitions(partitions))
        logged = await _logged(redis, account)
        known = await _partners(redis)
        reader = TraceReader(redis, partitions)
        async for trace in _traces(redis, reader, all_partitions(partitions)):
            account.stories += 1
            for revision in trace.revisions:
                _add(account, trace, revision, on_its_way, logged)
                account.pairs += _elsewhere(revision, known)
    return account


async def _partners(redis: Redis) -> dict[str, set[str]]:
    """Return who the partners were, by the digest of the configuration."""
    prefix = partners_of("")
    found: dict[str, set[str]] = {}
    async for key in redis.scan_iter(match=f"{prefix}*", count=1000):
        ids: Any = await redis.get(key)
        found[key.decode().removeprefix(prefix)] = set(ids.decode().split())
    return found


def _elsewhere(revision: RevisionTrace, known: Mapping[str, set[str]]) -> Counter[str]:
    """Count the partners that a routed revision did not go to: filtered, held or superseded."""
    if revision.partners_digest is None:
        return Counter()
    others = known.get(revision.partners_digest, set()) - {at.partner for at in revision.partners}
    if revision.superseded_by is not None:
        return Counter({"superseded": len(others)})
    if revision.held_until is not None:
        return Counter({"held": len(others)})
    return Counter({"filtered": len(others)})


def _add(
    account: Account,
    trace: Trace,
    revision: RevisionTrace,
    on_its_way: set[tuple[str, int]],
    logged: set[tuple[str, str, int]],
) -> None:
    name = f"{trace.story_id} version {revision.version}"
    waits = (trace.story_id, revision.version) in on_its_way
    if revision.routed_at is None:
        account.revisions["on its way" if waits else "missing"] += 1
        if not waits:
            account.missing.append(f"{name}: accepted, neither routed nor on its way")
        return
    account.revisions["superseded" if revision.superseded_by is not None else "routed"] += 1
    for at in revision.partners:
        account.pairs[at.state] += 1
        there = (at.partner, trace.story_id, revision.version) in logged
        if not there and at.state != "superseded" and not waits:
            account.missing.append(f"{name}: not in the log of {at.partner}")


async def _logged(redis: Redis, account: Account) -> set[tuple[str, str, int]]:
    """Return what all logs hold; a version that falls or comes twice is missing order."""
    found: set[tuple[str, str, int]] = set()
    async for key in redis.scan_iter(match=PartnerKeys("*").log, count=1000):
        partner = key.decode().split("partner:")[1].split("}")[0]
        last: dict[str, int] = {}
        async for _, fields in _entries(redis, key.decode()):
            entry = LogEntry.model_validate_json(fields[b"entry"])
            if last.get(entry.story_id, -1) >= entry.version:
                account.missing.append(
                    f"{entry.story_id}: version {entry.version} follows "
                    f"{last[entry.story_id]} in the log of {partner}"
                )
            last[entry.story_id] = entry.version
            found.add((partner, entry.story_id, entry.version))
    return found


async def _on_its_way(redis: Redis, partitions: tuple[Partition, ...]) -> set[tuple[str, int]]:
    """Return the revisions that wait in a stream or among the dead letters."""
    found: set[tuple[str, int]] = set()
    for partition in partitions:
        streams = [
            stream(lane) for stream in (partition.received, partition.classified) for lane in Lane
        ]
        for stream in (*streams, partition.dead):
            async for _, fields in _entries(redis, stream):
                if b"revision" in fields:
                    revision = Revision.model_validate_json(fields[b"revision"])
                    found.add((revision.story_id, revision.version))
                elif LETTER in fields:
                    letter = DeadLetter.model_validate_json(fields[LETTER])
                    found.add((letter.story_id or "", letter.version or -1))
    return found


async def _entries(redis: Redis, stream: str) -> AsyncIterator[tuple[bytes, dict[bytes, bytes]]]:
    after = "-"
    while True:
        page: Any = await redis.xrange(stream, min=after, count=1000)
        for id_, fields in page:
            yield id_, fields
        if not page:
            return
        after = f"({page[-1][0].decode()}"


async def _traces(
    redis: Redis, reader: TraceReader, partitions: tuple[Partition, ...]
) -> AsyncIterator[Trace]:
    for partition in partitions:
        prefix = partition.story("")
        async for key in redis.scan_iter(match=f"{prefix}*", count=1000):
            trace = await reader.read(key.decode().removeprefix(prefix))
            if trace is not None:
                yield trace
