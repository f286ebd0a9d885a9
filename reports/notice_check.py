"""No notice whose numbers disagree: the figures against the tables as they are printed.

The sentences are checked where they are made (`reports.notice_text`); here the printed tables
themselves are counted, whatever made them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from reports.notice import Figures
from reports.notice_annexes import Annex
from rules.errors import XunjianError
from rules.words import say

Sum: TypeAlias = tuple[str, int, int]  # what is counted, what the text says, what the tables hold


def refuse_disagreement(figures: Figures, annexes: Sequence[Annex]) -> None:
    """Raises XunjianError, naming the first figure that the printed tables do not bear out."""
    for name, told, counted in _sums(figures, {annex.key: annex for annex in annexes}):
        if told != counted:
            what = say(f"notice_text.sum_{name}")
            raise XunjianError(say("notice.sums", what=what, told=told, counted=counted))


def _sums(figures: Figures, tables: Mapping[str, Annex]) -> Iterator[Sum]:
    """What must agree: N-K-U with the 不合格 lists, annexes 4 and 5 with what was handed in."""
    failed = tables.get("failed")
    yield "sites", _failing(figures, "sites"), len(failed.groups) if failed else 0
    if figures.accounts:
        failing = _failing(figures, "accounts")
        yield "accounts", failing, _accounts(tables["2"], failing)
    for name, place in (("submitted", 2), ("adopted", 3)):
        rows = (*tables["4"].rows, *tables["5"].rows)
        yield name, getattr(figures, name) or 0, sum(int(row[place]) for row in rows)


def _accounts(table: Annex, told: int) -> int:
    """How many accounts a table names: one may stand in it for several vetoes, and two may have one
    name. Between its names and its rows every number is possible, so `told` is taken there."""
    names = {row[1:4] for row in table.rows}
    return min(max(told, len(names)), len(table.rows))


def _failing(figures: Figures, what: str) -> int:
    count, ok, unknown = (
        getattr(figures, name) for name in (what, f"{what}_ok", f"{what}_unknown")
    )
    return int(count - ok - unknown)
