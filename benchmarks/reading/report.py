"""The figures as lines: one a figure, false accusations first, with the noise beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.reading.score import (
    Result,
    Tally,
    by_group,
    confusion,
    quantile,
    ranking,
    reliability,
    share,
    tally,
)

KINDS = {"list": "lists", "article": "articles", "home": "home pages"}


def accusations(results: Iterable[Result]) -> Iterator[str]:
    """Every confident answer older than the truth, and every page called EMPTY that is not."""
    bad = [row for row in results if row.older or row.blank]
    yield f"false accusations (confident and older than the truth, or wrongly EMPTY): {len(bad)}"
    for row in bad:
        yield f"  ACCUSED {_told(row)}"


def _told(row: Result) -> str:
    hidden = f", hidden: {row.hidden}" if row.hidden else ""
    return (
        f"{row.id}: truth {row.truth}, read {row.read} "
        f"at {row.confidence:.2f}, state {row.state}, items {row.items}/{row.count}{hidden}"
    )


def dates(results: Sequence[Result]) -> Iterator[str]:
    """Exact dates, answers, errors and item counts for lists, articles and home pages."""
    for kind, name in KINDS.items():
        rows = [row for row in results if row.kind == kind]
        yield f"{name}: {figures(tally(rows))}"


def figures(count: Tally) -> str:
    """The counts of a group in one line; the interval says what so few pages can prove."""
    portion, low, high = share(count.exact, count.pages)
    text = (
        f"exact {count.exact} of {count.pages} "
        f"({portion:.1%}, 95 % interval {low:.1%} to {high:.1%}), "
        f"answered {count.answered}, wrong {count.wrong}, older {count.older}"
    )
    if count.items_known:
        text += f", item count right {count.items_right} of {count.items_known}"
    return text


def misses(results: Iterable[Result]) -> Iterator[str]:
    """Every page whose date was not read exactly."""
    for row in results:
        if not row.exact:
            yield f"  miss {_told(row)}"


def states(results: Sequence[Result]) -> Iterator[str]:
    """Page states: the count, the confusion table, every page read as another state."""
    wrong = [row for row in results if row.state not in row.states]
    yield f"states: right {len(results) - len(wrong)} of {len(results)}"
    for (accepted, read), count in sorted(confusion(results).items()):
        mark = "" if read in accepted.split("|") else "  <- wrong"
        yield f"  {accepted} read as {read}: {count}{mark}"
    for row in wrong:
        yield f"  state {row.id}: accepted {'|'.join(row.states)}, read {row.state}"


def hosts(results: Sequence[Result]) -> Iterator[str]:
    """Each host held out in turn. Nothing is trained, so this shows what one host weighs."""
    groups = by_group(row for row in results if row.kind in KINDS)
    shares = []
    for host, rows in groups.items():
        count = tally(rows)
        shares.append(count.exact / count.pages)
        yield f"  {host}: exact {count.exact} of {count.pages}, wrong {count.wrong}"
    mean = sum(shares) / len(shares) if shares else 0.0
    yield f"mean over {len(shares)} held-out hosts: {mean:.1%} exact"


def trust(results: Sequence[Result], name: str) -> Iterator[str]:
    """Whether confidence means something: right and wrong in each of its bins."""
    yield f"confidence on {name}:"
    for low, high, right, wrong in reliability(results):
        if right + wrong:
            good = right / (right + wrong)
            yield f"  {low:.2f} to {high:.2f}: right {right}, wrong {wrong} ({good:.1%})"
    order = ranking(results)
    told = "no wrong date to rank" if order is None else f"{order:.3f} (chance 0.5)"
    yield f"  a right date ranks above a wrong one: {told}"


def times(name: str, turns: dict[str, list[list[Result]]]) -> Iterator[str]:
    """Milliseconds of processor a page in each tool, so that a busy machine changes little.

    `turns` holds the rounds of each tool, the reader's first; spreads are over the rounds.
    """
    ours = [_at(0.5, rows) for rows in turns["reader"]]
    for tool, rounds in turns.items():
        medians = [_at(0.5, rows) for rows in rounds]
        p95 = quantile([_at(0.95, rows) for rows in rounds], 0.5)
        yield f"{name}, {tool}: median {_spread(medians)} ms of processor, p95 {p95:.1f} ms"
        if "htmldate" in tool:
            ratios = [mine / theirs for mine, theirs in zip(ours, medians, strict=True)]
            yield f"{name}, reader's median is {_spread(ratios)} times that of {tool}"


def _at(share_of: float, rows: Sequence[Result]) -> float:
    return quantile([spent for row in rows for spent in row.milliseconds], share_of)


def _spread(numbers: Sequence[float]) -> str:
    middle = quantile(numbers, 0.5)
    return f"{middle:.2f} (rounds {min(numbers):.2f} to {max(numbers):.2f})"


def made(results: Sequence[Result], name: str) -> Iterator[str]:
    """Generated pages: the share answered, exact among the answered, and what fails by kind."""
    shown = [row for row in results if row.hidden is None]
    hidden = [row for row in results if row.hidden is not None]
    count = tally(shown)
    answered = sum(row.answered for row in shown)
    yield from accusations(results)
    yield from (f"  {row.id}: {row.raised}" for row in results if row.raised)
    yield f"{name}: {figures(count)}"
    yield f"{name}, answered with confidence: {answered / max(1, len(shown)):.2%} (goal 97 %)"
    sure = sum(row.answered and row.exact for row in shown)
    yield f"{name}, exact among these: {sure / max(1, answered):.2%} (goal 99.5 %)"
    yield f"{name}, hidden by the change (no answer asked): {figures(tally(hidden))}"
    yield from failing(shown)


def absent(results: Sequence[Result]) -> Iterator[str]:
    """Pages whose list is not in their bytes: who was accused, and what they were called."""
    yield from accusations(results)
    hidden = [row for row in results if row.hidden is not None]
    sure, all_ = sum(row.blank for row in hidden), sum(row.hollow for row in hidden)
    yield f"list elsewhere: {len(hidden)} pages, surely EMPTY {sure}, EMPTY in doubt {all_ - sure}"
    yield f"list elsewhere, confident older date: {sum(row.older for row in hidden)}"
    bare = [row for row in results if row.truth is None]
    empty = sum(row.state == "EMPTY" for row in bare)
    yield f"empty indeed: {len(bare)} pages, called EMPTY {empty}"
    for (accepted, read), count in sorted(confusion(hidden).items()):
        yield f"  {read}: {count} (accepted {accepted})"


def failing(results: Iterable[Result]) -> Iterator[str]:
    """Kinds of change by how many of their pages were not read exactly, the worst first."""
    rows = [(group, tally(part)) for group, part in by_group(results).items()]
    rows = [(group, count) for group, count in rows if count.exact < count.pages]
    for group, count in sorted(rows, key=lambda row: row[1].exact / row[1].pages):
        yield (
            f"  {group}: exact {count.exact} of {count.pages}, wrong {count.wrong}, "
            f"unanswered {count.pages - count.answered}"
        )
