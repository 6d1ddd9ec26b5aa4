"""What the rounds come to: medians, spreads, ratios, and whether the targets are met. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.contenders.contender import Contender
from bench.race import Round

P50_TARGET, P99_TARGET = 8.0, 20.0  # milliseconds from POST to webhook handler


@dataclass(slots=True)
class Standing:
    """All rounds of one contender; `failure` is why it dropped out."""

    contender: Contender
    rounds: list[Round] = field(default_factory=list[Round])
    failure: str | None = None

    @property
    def rate(self) -> float | None:
        """Stories a second, the median of the rounds."""
        return median(done.rate for done in self.rounds) if self.rounds else None

    @property
    def spread(self) -> tuple[float, float] | None:
        """The slowest and the fastest round, stories a second."""
        rates = [done.rate for done in self.rounds]
        return (min(rates), max(rates)) if rates else None

    @property
    def cpu(self) -> tuple[float, float] | None:
        """Milliseconds of CPU a story, medians: of the contender's workers, and of Redis."""
        if not self.rounds:
            return None
        workers = median(done.cpu for done in self.rounds)
        return workers * 1e3, median(done.redis_cpu for done in self.rounds) * 1e3


def ratio(depesche: float | None, other: float | None) -> float | None:
    """How many times as fast Depesche was; None unless both finished."""
    return depesche / other if depesche and other else None


def is_met(standing: Standing, depesche: float | None) -> bool | None:
    """Whether Depesche reached its target against this one; None if that cannot be said."""
    target, reached = standing.contender.target, ratio(depesche, standing.rate)
    return None if target is None or reached is None else reached >= target


def depesche_rate(standings: Sequence[Standing]) -> float | None:
    return next((each.rate for each in standings if each.contender.name == "depesche"), None)
