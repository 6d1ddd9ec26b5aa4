"""What ingest refuses, in the words a desk reads."""

from shared.problems import Refusal


def foreign_credit(desk: str, credit: str | None, allowed: tuple[str, ...]) -> Refusal:
    may = ", ".join(allowed) or "none"
    return Refusal(
        403, "Credit not allowed", f"desk {desk} may not post under {credit!r}, only under: {may}"
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
