"""Reading a request's body without ever holding more than is allowed."""

from collections.abc import AsyncIterator

from starlette.requests import Request

from services.ingest import problems

DROPPED_AT_MOST = 67_108_864


async def whole_body(request: Request, limit: int) -> bytes:
    """Return the body; raises Refusal 413 if more than `limit` bytes are announced or sent.

    The rest is read and dropped first, up to DROPPED_AT_MOST: who is still sending when the
    connection closes sees a broken pipe and never the answer.
    """
    announced = int(request.headers.get("content-length") or 0)
    if announced > limit and request.headers.get("expect", "").lower() == "100-continue":
        raise problems.too_large(limit)  # this desk waits for our word before it sends
    size, parts = 0, []
    async for part in request.stream():
        size += len(part)
        if size > DROPPED_AT_MOST:
            break
        if max(size, announced) <= limit:
            parts.append(part)
        else:
            parts.clear()
    if max(size, announced) > limit:
        raise problems.too_large(limit)
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
