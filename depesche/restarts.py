"""Decides how long a child that died stays down before it is started again. Reads no clock."""

SOON = 5.0  # a life shorter than this is one more death in a row
LASTING = 10.0  # a life at least this long makes up for all deaths before
_FIRST, _LONGEST = 0.1, 2.0


def deaths_in_a_row(earlier: int, lived: float) -> int:
    """Count this death, after `lived` seconds, with those before it."""
    if lived >= LASTING:
        return 1
    return earlier + 1 if lived < SOON else max(earlier, 1)


def next_pause(deaths: int) -> float:
    """Give the seconds to wait after so many deaths in a row: 0, 0.1, 0.2, 0.4 … 2."""
    return 0.0 if deaths <= 1 else min(_LONGEST, _FIRST * 2.0 ** min(deaths - 2, 10))
