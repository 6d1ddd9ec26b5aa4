"""What the repeats come to: medians, spreads, the ratio, and whether the target is met. Pure."""

from dataclasses import dataclass
from statistics import median

from bench.parsing.wires import Wire


@dataclass(frozen=True, slots=True)
class Timing:
    """One format: microseconds a story, one figure a repeat; `bare` is empty if nothing compares."""

    wire: Wire
    read: tuple[float, ...]
    bare: tuple[float, ...] = ()

    @property
    def ratio(self) -> float | None:
        """How many times as long as the bare parser it takes to read a story."""
        return median(self.read) / median(self.bare) if self.bare else None

    @property
    def is_met(self) -> bool | None:
        if self.wire.target is None or self.ratio is None:
            return None
        return self.ratio <= self.wire.target


def shown(times: tuple[float, ...]) -> tuple[str, str]:
    """Median and spread as the table shows them."""
    return f"{median(times):.1f} µs", f"{min(times):.1f} to {max(times):.1f}"
