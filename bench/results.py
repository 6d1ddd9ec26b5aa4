"""The results as the table and as JSON. Pure but for what the machine is asked about itself."""

import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version

from rich.table import Table

from bench.latency.measure import Latency
from bench.latency.percentiles import Waits
from bench.parsing.timings import Timing, shown
from bench.standings import P50_TARGET, P99_TARGET, Standing, depesche_rate, is_met, ratio

LIBRARIES = ("celery", "dramatiq", "faststream", "hiredis", "kombu", "lxml", "pydantic", "redis")


def table(
    standings: Sequence[Standing],
    latency: Latency | str | None,
    parsing: Sequence[Timing],
    title: str,
) -> Table:
    """The one table; `latency` is its figures, why there are none, or None if not asked for."""
    drawn = Table(
        title=title,
        caption="ratio: Depesche / contender; parsing: time of Depesche / time of the bare parser",
        caption_justify="left",
    )
    drawn.add_column("contender")
    for heading in ("median", "spread", "CPU ms/story", "Redis ms/story", "ratio", "target"):
        drawn.add_column(heading, justify="right")
    drawn.add_column("met")
    for standing in standings:
        drawn.add_row(*_throughput_row(standing, depesche_rate(standings)))
    drawn.add_section()
    for row in _latency_rows(latency):
        drawn.add_row(*row)
    drawn.add_section()
    for timing in parsing:
        for row in _parsing_rows(timing):
            drawn.add_row(*row)
    return drawn


def _throughput_row(standing: Standing, depesche: float | None) -> tuple[str, ...]:
    rate, spread, cpu = standing.rate, standing.spread, standing.cpu
    if standing.failure or rate is None or spread is None or cpu is None:
        return (standing.contender.title, "not finished")
    figures = (f"{rate:,.0f}/s", f"{spread[0]:,.0f} to {spread[1]:,.0f}")
    used = tuple("–" if each != each else f"{each:.2f}" for each in cpu)  # noqa: PLR0124 - NaN
    target = standing.contender.target
    if target is None:
        return (standing.contender.title, *figures, *used, "", "", "")
    reached = ratio(depesche, rate)
    shown = "–" if reached is None else f"{reached:.2f}×"
    return (
        standing.contender.title,
        *figures,
        *used,
        shown,
        f"≥ {target:g}×",
        _yes(is_met(standing, depesche)),
    )


def _latency_rows(latency: Latency | str | None) -> list[tuple[str, ...]]:
    if latency is None:
        return []
    if isinstance(latency, str):
        return [("Depesche, desk to webhook", "not finished")]
    ours, bare = latency.depesche, latency.one_hop
    met = ours.p50 < P50_TARGET and ours.p99 < P99_TARGET and not ours.missing + ours.twice
    target = f"p50 < {P50_TARGET:g}, p99 < {P99_TARGET:g} ms"
    lost = f", {ours.missing} missing, {ours.twice} twice" if ours.missing + ours.twice else ""
    return [
        (f"Depesche, desk to webhook{lost}", *_waits(ours), "", "", "", target, _yes(met)),
        ("plain HTTP, one hop", *_waits(bare), "", "", f"{ours.p50 / bare.p50:.1f}×", "", ""),
    ]


def _parsing_rows(timing: Timing) -> list[tuple[str, ...]]:
    wire, ratio_shown, target, met = timing.wire, "", "", ""
    if timing.ratio is not None:
        ratio_shown = f"{timing.ratio:.1f}×"
    if wire.target is not None:
        target, met = f"≤ {wire.target:g}×", _yes(timing.is_met)
    rows: list[tuple[str, ...]] = [
        (f"read a story, {wire.name}", *shown(timing.read), "", "", ratio_shown, target, met)
    ]
    if wire.bare:
        rows.append((f"{wire.bare.name}, the same", *shown(timing.bare), "", "", "", "", ""))
    return rows


def _waits(waits: Waits) -> tuple[str, str]:
    return f"p50 {waits.p50:.1f} ms", f"p90 {waits.p90:.1f}, p99 {waits.p99:.1f} ms"


def _yes(met: bool | None) -> str:  # noqa: FBT001 - it is what is shown
    return {True: "yes", False: "no", None: "–"}[met]


def as_json(
    standings: Sequence[Standing],
    latency: Latency | str | None,
    parsing: Sequence[Timing],
    stories: int,
) -> dict[str, object]:
    """Everything measured, with what it was measured on."""
    depesche = depesche_rate(standings)
    return {
        "machine": {
            "cpus": os.cpu_count(),
            "system": platform.platform(terse=True),
            "python": platform.python_version(),
            **{name: version(name) for name in LIBRARIES},
        },
        "stories": stories,
        "throughput": {
            each.contender.name: {
                "stories_per_second": each.rate,
                "rounds": [asdict(done) for done in each.rounds],
                "failure": each.failure,
                "ratio": ratio(depesche, each.rate),
                "target": each.contender.target,
                "met": is_met(each, depesche),
            }
            for each in standings
        },
        "latency": latency if isinstance(latency, str | None) else asdict(latency),
        "parsing": {
            each.wire.name: {
                "bodies": len(each.wire.bodies),
                "stories": each.wire.stories,
                "bytes": sum(map(len, each.wire.bodies)),
                "microseconds_a_story": each.read,
                "bare": each.wire.bare.name if each.wire.bare else None,
                "bare_microseconds_a_story": each.bare,
                "ratio": each.ratio,
                "target": each.wire.target,
                "met": each.is_met,
            }
            for each in parsing
        },
    }
