"""`depesche dead`: list, show and replay what could not be processed or delivered."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any

import typer
from redis.asyncio import Redis

from depesche.client import post_story
from depesche.connection import DataFolder, RedisUrl, redis_url_of
from shared.dead_letters import LETTER, RAW, DeadLetter, Kind
from shared.keys import PartnerKeys, all_partitions
from shared.settings import ServiceSettings

app = typer.Typer(help="What could not be processed or delivered.", no_args_is_help=True)
Id = Annotated[str, typer.Argument(help="as `depesche dead list` names it")]


@app.command("list")
def list_(redis_url: RedisUrl = None, data: DataFolder = Path("data")) -> None:
    """List dead letters: id, kind, story, reason; one JSON object a line."""

    async def run() -> None:
        async with Redis.from_url(redis_url_of(redis_url, data)) as redis:
            async for name, letter, _ in _letters(redis):
                said = {"id": name, **letter.model_dump(mode="json", exclude_none=True)}
                sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")

    asyncio.run(run())


@app.command()
def show(letter_id: Id, redis_url: RedisUrl = None, data: DataFolder = Path("data")) -> None:
    """Show one dead letter whole: the reason, then the raw bytes or the event's fields."""

    async def run() -> None:
        async with Redis.from_url(redis_url_of(redis_url, data)) as redis:
            letter, fields = await _find(redis, letter_id)
        typer.echo(letter.model_dump_json(indent=2, exclude_none=True))
        for name, content in fields.items():
            if name != LETTER:
                sys.stdout.buffer.write(b"\n%s:\n%s\n" % (name, content))

    asyncio.run(run())


@app.command()
def replay(
    letter_id: Id,
    url: Annotated[str, typer.Option(help="ingest, for copy that is posted again")] = (
        "http://127.0.0.1:8080"
    ),
    key: Annotated[str, typer.Option(envvar="DEPESCHE_KEY", help="the desk's key")] = "",
    redis_url: RedisUrl = None,
    data: DataFolder = Path("data"),
) -> None:
    """Try again: unreadable copy is posted, an event put back into its stream, a push made due."""

    async def run() -> str | None:
        async with Redis.from_url(redis_url_of(redis_url, data)) as redis:
            letter, fields = await _find(redis, letter_id)
            refused = await _replay(redis, letter, fields, url, key)
            if refused is None:
                stream, entry = await _place(redis, letter_id)
                await redis.xdel(stream, entry)
            return refused

    refused = asyncio.run(run())
    if refused is not None:
        typer.echo(f"depesche: still dead: {refused}", err=True)
        raise typer.Exit(1)
    typer.echo("replayed")


async def _replay(
    redis: Redis, letter: DeadLetter, fields: dict[bytes, bytes], url: str, key: str
) -> str | None:
    """Return why it failed again, None if it went."""
    match letter.kind:
        case Kind.UNREADABLE | Kind.CONTRADICTORY:
            force = letter.kind is Kind.CONTRADICTORY
            status, answer = post_story(
                url, key, fields[RAW], letter.content_type, force=letter.story_id if force else None
            )
            if status == 202:  # noqa: PLR2004 - accepted
                return _what_stands_in_the_way(answer, letter.story_id if force else None)
            if again := answer.get("dead_letter"):  # it is kept already, and stays under its id
                stream, entry = await _place(redis, again)
                await redis.xdel(stream, entry)
            where = answer.get("where")
            return ": ".join(filter(None, (where, answer.get("detail", str(status)))))
        case Kind.UNPROCESSABLE:
            event: Any = {name: content for name, content in fields.items() if name != LETTER}
            await redis.xadd(letter.stream or "", event)
            return None
        case Kind.UNDELIVERABLE:
            return await _push_again(redis, letter)


def _what_stands_in_the_way(answer: dict[str, Any], story_id: str | None) -> str | None:
    """Say why an answer is none for this story; an editor's decision must not be lost on the way."""
    told = [
        one for one in answer.get("stories") or [answer] if story_id in (None, one.get("story_id"))
    ]
    lost = [one for one in told if one.get("outcome") not in {"accepted", "duplicate"}]
    return None if story_id is None or not lost else lost[0].get("why", lost[0].get("outcome"))


async def _push_again(redis: Redis, letter: DeadLetter) -> str | None:
    keys, entry = PartnerKeys(letter.partner or ""), letter.entry or ""
    if not entry or not await redis.xrange(keys.log, min=entry, max=entry):
        return "the entry is gone from the partner's log"
    standing: Any = await redis.hget(keys.standing, letter.story_id or "")
    newest = int(standing.split()[0]) if standing else -1
    if newest > (letter.version or 0):
        return f"version {newest} is in the partner's log; an older one is never sent after it"
    now, _ = await redis.time()
    await redis.zadd(keys.due_urgent, {entry: int(now) * 1000})
    return None


async def _streams(redis: Redis) -> list[tuple[str, str]]:
    """Return the dead-letter streams with the first part of their letters' ids."""
    partitions = all_partitions(ServiceSettings().partitions)
    found = [(str(partition.number), partition.dead) for partition in partitions]
    async for key in redis.scan_iter(match=PartnerKeys("*").dead, count=1000):
        name = key.decode()
        found.append((name.split("partner:")[1].split("}")[0], name))
    return found


async def _letters(
    redis: Redis,
) -> AsyncIterator[tuple[str, DeadLetter, dict[bytes, bytes]]]:
    for short, stream in await _streams(redis):
        entries: Any = await redis.xrange(stream)
        for id_, fields in entries:
            letter = DeadLetter.model_validate_json(fields[LETTER])
            yield f"{short}/{id_.decode()}", letter, fields


async def _place(redis: Redis, letter_id: str) -> tuple[str, str]:
    short, _, entry = letter_id.rpartition("/")
    return dict(await _streams(redis)).get(short, ""), entry


async def _find(redis: Redis, letter_id: str) -> tuple[DeadLetter, dict[bytes, bytes]]:
    stream, entry = await _place(redis, letter_id)
    found: Any = await redis.xrange(stream, min=entry, max=entry) if stream else []
    if not found:
        typer.echo(f"depesche: no dead letter {letter_id!r}", err=True)
        raise typer.Exit(1)
    fields = found[0][1]
    return DeadLetter.model_validate_json(fields[LETTER]), fields
