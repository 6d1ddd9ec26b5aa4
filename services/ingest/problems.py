"""What ingest refuses, in the words a desk reads."""

from shared.problems import Refusal


def foreign_credit(desk: str, credit: str | None, allowed: tuple[str, ...]) -> Refusal:
    may = ", ".join(allowed) or "none"
    return Refusal(
        403, "Credit not allowed", f"desk {desk} may not post under {credit!r}, only under: {may}"
    )


def foreign_story(desk: str, story_id: str, credit: str) -> Refusal:
    return Refusal(
        403,
        "Story not yours",
        f"desk {desk} may not change {story_id!r}, which was posted under the credit {credit!r}",
    )


def too_large(limit: int) -> Refusal:
    return Refusal(413, "Too large", f"the body is larger than {limit} bytes")


def backlogged() -> Refusal:
    return Refusal(
        429,
        "Backlog",
        "too many stories wait to be classified; send again later",
        headers={"Retry-After": "5"},
    )
