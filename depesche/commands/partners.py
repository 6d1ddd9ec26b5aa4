"""`depesche partners`: check, list, why, new tokens, enable."""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe
from typing import Annotated

import typer
from redis.asyncio import Redis

from depesche.connection import DataFolder, RedisUrl, redis_url_of
from services.ingest.formats import Unreadable, read
from services.ingest.trace import Trace, TraceReader
from services.publish.partners import Partner, PartnerBook, parse_partners, token_digest
from services.publish.routing import entitled
from shared.keys import PartnerKeys, partition_of
from shared.settings import ServiceSettings
from shared.story import Story

app = typer.Typer(help="Who receives.", no_args_is_help=True)
Config = Annotated[Path, typer.Option(help="folder of the configuration files")]


def _book(config: Path) -> PartnerBook:
    return parse_partners((config / "partners.yaml").read_text(), "partners.yaml", os.environ)


@app.command()
def check(config: Config = Path("config")) -> None:
    """Check partners.yaml; every problem with its line."""
    typer.echo(f"partners.yaml is right: {len(_book(config).partners)} partners")


@app.command("list")
def list_(config: Config = Path("config")) -> None:
    """List the partners, their format and the ways they receive by."""
    for partner in _book(config).partners:
        ways = [w for w, on in (("webhook", partner.webhook), ("feed", partner.token_sha256)) if on]
        typer.echo(
            f"{partner.id}\t{partner.name}\t{partner.format}\t{', '.join(ways) or 'log only'}"
        )


@app.command()
def new_token(partner: str) -> None:
    """Make a token for a partner's feed; its hash goes into partners.yaml."""
    token = f"ptk_{token_urlsafe(32)}"
    typer.echo(f"token for {partner}, shown only now: {token}")
    typer.echo(f"token_sha256: {token_digest(token)}")


@app.command()
def why(
    partner: str,
    story_id: str,
    config: Config = Path("config"),
    redis_url: RedisUrl = None,
    data: DataFolder = Path("data"),
) -> None:
    """Say whether a partner got a story, and by which rule it does or does not."""
    known = _book(config).by_id(partner)
    if known is None:
        typer.echo(f"depesche: no partner {partner!r} in partners.yaml", err=True)
        raise typer.Exit(2)
    lines = asyncio.run(_why(known, story_id, redis_url_of(redis_url, data)))
    if lines is None:
        typer.echo(f"depesche: no story {story_id!r} was ever accepted", err=True)
        raise typer.Exit(1)
    typer.echo("\n".join(lines))


async def _why(partner: Partner, story_id: str, url: str) -> list[str] | None:
    partitions = ServiceSettings().partitions
    async with Redis.from_url(url) as redis:
        trace = await TraceReader(redis, partitions).read(story_id)
        if trace is None:
            return None
        copy = partition_of(story_id, partitions).copy(story_id)
        raw = await redis.hget(copy, f"{trace.version}:raw")
    return [*_what_happened(partner, trace), _entitlement(partner, trace, raw)]


def _what_happened(partner: Partner, trace: Trace) -> list[str]:
    return [
        f"version {revision.version}: {at.state} {at.why or ''}".rstrip()
        for revision in trace.revisions
        for at in revision.partners
        if at.partner == partner.id
    ] or [f"{partner.id} was not sent this story"]


def _entitlement(partner: Partner, trace: Trace, raw: bytes | str | None) -> str:
    last = trace.revisions[-1]
    if last.held_until is not None:
        return f"by today's rules: held until {last.held_until.isoformat()}"
    if last.why_nobody is not None:
        return f"by today's rules: no, {last.why_nobody}"
    story = _story_in(raw, trace.story_id)
    if story is None or last.tags is None:
        return "by today's rules: not known, the copy is gone or not tagged yet"
    verdict = entitled(partner, story, last.tags)
    return f"by today's rules: {'yes' if verdict.yes else 'no'}, {verdict.why}"


def _story_in(raw: bytes | str | None, story_id: str) -> Story | None:
    """Read the story again from the bytes it came in, which may hold others; by its label if need be."""
    body = raw.encode() if isinstance(raw, str) else raw or b""
    for label in (None, "text/plain"):
        try:
            stories = read(body, content_type=label, received_at=datetime.now(UTC))
        except Unreadable:
            continue
        found = [each.story for each in stories if each.story.story_id == story_id]
        if found or len(stories) == 1:
            return (found or [stories[0].story])[0]
    return None


@app.command()
def enable(partner: str, redis_url: RedisUrl = None, data: DataFolder = Path("data")) -> None:
    """Push again to a partner that had answered 410 Gone."""

    async def run() -> int:
        async with Redis.from_url(redis_url_of(redis_url, data)) as redis:
            return int(await redis.delete(PartnerKeys(partner).disabled))

    typer.echo("enabled" if asyncio.run(run()) else f"{partner} was not disabled")
