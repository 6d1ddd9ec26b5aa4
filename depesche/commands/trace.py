"""`depesche trace`: a story's whole way."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from redis.asyncio import Redis

from depesche.connection import DataFolder, RedisUrl, redis_url_of
from services.ingest.trace import AtPartner, RevisionTrace, Trace, TraceReader
from shared.events import Tag
from shared.settings import ServiceSettings


def trace(
    story_id: str,
    json: Annotated[bool, typer.Option("--json", help="as JSON")] = False,
    redis_url: RedisUrl = None,
    data: DataFolder = Path("data"),
) -> None:
    """Show a story: received, revisions, tags and reasons, each partner's state."""
    found = asyncio.run(_read(redis_url_of(redis_url, data), story_id))
    if found is None:
        typer.echo(f"depesche: no story {story_id!r} was ever accepted", err=True)
        raise typer.Exit(1)
    typer.echo(found.model_dump_json(indent=2) if json else "\n".join(lines_of(found)))


async def _read(url: str, story_id: str) -> Trace | None:
    async with Redis.from_url(url) as redis:
        return await TraceReader(redis, ServiceSettings().partitions).read(story_id)


def lines_of(found: Trace) -> list[str]:
    """Return the trace to read on a terminal."""
    lines = [f"{found.story_id}  version {found.version}  {found.status}"]
    for revision in found.revisions:
        lines += _revision_lines(revision)
    lines += [
        f"late      {late.received_at:%Y-%m-%d %H:%M:%S} by {late.desk}: version {late.version} stood"
        for late in found.late
    ]
    return lines


def _revision_lines(revision: RevisionTrace) -> list[str]:
    lines = [
        f"version {revision.version}  {revision.status}  {revision.lane}",
        f"  received {revision.received_at.isoformat(timespec='milliseconds')} from {revision.desk}",
    ]
    if revision.changed is not None:
        lines.append(f"  changed  {', '.join(revision.changed) or 'nothing that shows'}")
    lines += [f"  remark   {remark}" for remark in revision.remarks]
    if revision.tags:
        for kind, tags in (("section", (revision.tags.section,)), ("topic", revision.tags.topics)):
            lines += [_tag_line(kind, tag) for tag in tags]
    if revision.routed_at:
        lines.append(f"  routed   {revision.routed_at.isoformat(timespec='milliseconds')}")
    for label in ("superseded_by", "held_until", "why_nobody"):
        if (said := getattr(revision, label)) is not None:
            lines.append(f"  {label.replace('_', ' ')}: {said}")
    return [*lines, *map(_partner_line, revision.partners)]


def _tag_line(kind: str, tag: Tag) -> str:
    why = ", ".join(f"{r.term} ({r.field} {r.at})" for r in tag.reasons)
    return f"  {kind:8} {tag.name} {tag.code or ''} {tag.score:.2f}: {why}"


def _partner_line(at: AtPartner) -> str:
    when = at.at.isoformat(timespec="milliseconds") if at.at else ""
    attempts = f", attempts {at.attempts}" if at.attempts else ""
    return f"  partner  {at.partner}: {at.state} {when}{attempts} {at.why or ''}".rstrip()
