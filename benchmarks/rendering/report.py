"""The figures of a run, a line each. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from statistics import median, quantiles

from benchmarks.rendering.mix import NASTY, name_of
from benchmarks.rendering.watching import Memory, Watched

FLAT = 0.2  # by so much the end of a run may differ from its beginning, once it is warm
MEGABYTE = 1 << 20


def lines(name: str, wanted: int, run: Watched) -> Iterator[str]:
    """What one renderer did with so many pages."""
    seconds = [page["seconds"] for page in run.pages]
    honest = [page for page in run.pages if name_of(page["url"]) not in NASTY]
    yield (
        f"{name}: {len(run.pages)} of {wanted} pages ({len(run.pages) - len(honest)} nasty) in"
        f" {run.seconds:.0f} s, {len(run.pages) / max(run.seconds, 0.1):.2f} a second"
    )
    if len(seconds) > 1:
        yield f"{name}: a page takes {_spread(seconds)}"
        yield f"{name}: an honest page takes {_spread([page['seconds'] for page in honest])}"
    yield f"{name}: honest pages {_counts(honest)}"
    yield f"{name}: nasty pages {_counts([page for page in run.pages if page not in honest])}"
    for what, held in PARTS.items():
        yield f"{name}: {_memory(what, [held(one) for one in run.memory])}"
    if run.browsers is not None:
        yield f"{name}: browsers started {run.browsers}, pages seen again after a death {run.again}"
    hung = "hung for good" if run.hung else "came to its end"
    yield f"{name}: {hung}, {run.left_behind} processes left behind"


PARTS: dict[str, Callable[[Memory], int]] = {
    "whole": lambda one: one.browsers + one.own + one.driver,
    "browsers": lambda one: one.browsers,
    "interpreter": lambda one: one.own,
    "driver": lambda one: one.driver,
}


def _spread(seconds: Sequence[float]) -> str:
    cuts = quantiles(seconds, n=20)
    return f"median {median(seconds):.2f} s, p95 {cuts[18]:.2f} s, at most {max(seconds):.1f} s"


def _counts(pages: Sequence[dict[str, str]]) -> str:
    found = Counter(page["outcome"] for page in pages).most_common()
    return ", ".join(f"{outcome} {count}" for outcome, count in found) or "none"


def _memory(what: str, held: Sequence[int]) -> str:
    """The medians of the fifths of a run: the first warms up, of the others the later two should
    be like the earlier two (a driver and browsers that are started anew go up and down)."""
    fifths = [held[len(held) * n // 5 : len(held) * (n + 1) // 5] for n in range(5)]
    if not all(fifths):
        return f"memory of the {what}: too short a run"
    middles = [median(one) / MEGABYTE for one in fifths]
    change = (middles[3] + middles[4]) / max(middles[1] + middles[2], 0.1) - 1
    shown = " ".join(f"{one:.0f}" for one in middles)
    word = "flat" if abs(change) <= FLAT else "not flat"
    return (
        f"memory of the {what}, medians of five fifths: {shown} MB, peak"
        f" {max(held) / MEGABYTE:.0f}; the end against the beginning {change:+.0%}, {word}"
    )
