"""Joins datelines to the text they open: some copy has them in a paragraph of their own, or twice."""

from collections.abc import Sequence

from services.ingest.datelines import read_dateline


def with_dateline_joined(blocks: Sequence[str], within: int) -> tuple[str, ...]:
    """Join the first dateline among the first `within` paragraphs to what follows it."""
    for at, block in enumerate(blocks[:within]):
        dateline = read_dateline(block)
        if dateline is None:
            continue
        opening, rest = block[: dateline.end].rstrip(), block[dateline.end :].lstrip()
        if not rest and at + 1 < len(blocks):
            return (*blocks[:at], f"{opening} {blocks[at + 1]}", *blocks[at + 2 :])
        if rest.startswith(opening):
            return (*blocks[:at], rest, *blocks[at + 1 :])
        break
    return tuple(blocks)
