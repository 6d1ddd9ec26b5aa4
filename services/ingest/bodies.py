"""Reading a request's body without ever holding more than is allowed."""

from collections.abc import AsyncIterator

from starlette.requests import Request

from services.ingest import problems


async def whole_body(request: Request, limit: int) -> bytes:
    """Return the body; raises Refusal 413 as soon as more than `limit` bytes are announced or sent."""
    if int(request.headers.get("content-length") or 0) > limit:
        raise problems.too_large(limit)
    size, parts = 0, []
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise problems.too_large(limit)
        parts.append(part)
    return b"".join(parts)


async def lines_in_groups(body: bytes, most: int) -> AsyncIterator[list[bytes]]:
    """Yield the non-empty lines of NDJSON, at most `most` at a time."""
    group: list[bytes] = []
    for line in body.split(b"\n"):
        if not line.strip():
            continue
        group.append(line)
        if len(group) == most:
            yield group
            group = []
    if group:
        yield group
