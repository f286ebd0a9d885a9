"""The figures of the runs, a line each. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from benchmarks.crawl.watching import Watched

GOAL = 0.7  # of the bare spider's throughput
MOST_MB = 300
FLAT = 0.2  # by so much the later half may hold more than the earlier one, once it is warm
MEGABYTE = 1 << 20


def speed(name: str, targets: int, runs: Sequence[Watched]) -> str:
    """What one program did with so many targets, by the clock and by the processor."""
    clock = [targets / run.seconds for run in runs]
    busy = [1000 * run.processor / targets for run in runs]
    return (
        f"{name}: {targets} targets, {median(clock):.0f} a second"
        f" (runs {min(clock):.0f} to {max(clock):.0f}),"
        f" {median(busy):.2f} ms of processor each (runs {min(busy):.2f} to {max(busy):.2f})"
    )


def beside(name: str, ours: Sequence[Watched], bare: Sequence[Watched]) -> str:
    """Ours as a share of the bare spider: each run beside the one that came before it."""
    clock = [one.seconds / our.seconds for our, one in zip(ours, bare, strict=True)]
    busy = [one.processor / our.processor for our, one in zip(ours, bare, strict=True)]
    return (
        f"{name}: {median(clock):.2f} of the bare spider's throughput by the clock"
        f" (runs {min(clock):.2f} to {max(clock):.2f}),"
        f" {median(busy):.2f} by the processor (runs {min(busy):.2f} to {max(busy):.2f}),"
        f" goal {GOAL}"
    )


def memory(targets: int, run: Watched) -> Iterator[str]:
    """What one child held."""
    word = "within" if run.peak <= MOST_MB * MEGABYTE else "above"
    yield (
        f"{targets} targets in {run.seconds:.0f} s: peak {run.peak / MEGABYTE:.0f} MB,"
        f" {word} the goal of {MOST_MB}"
    )
    held = run.memory
    fifths = [held[len(held) * n // 5 : len(held) * (n + 1) // 5] for n in range(5)]
    if not all(fifths):
        yield f"{targets} targets: too short a run to see its course"
        return
    middles = [median(one) / MEGABYTE for one in fifths]
    change = (middles[3] + middles[4]) / (middles[1] + middles[2]) - 1
    shown = " ".join(f"{one:.0f}" for one in middles)
    flat = "flat" if change <= FLAT else "not flat"
    yield (
        f"{targets} targets: medians of five fifths {shown} MB; the end against the beginning"
        f" {change:+.0%}, {flat}"
    )


def outcomes(name: str, found: Counter[str]) -> str:
    """What was observed."""
    return f"{name}: " + (", ".join(f"{count} {what}" for what, count in found.most_common()))
