"""Annex 6 as rules: a row of a 政府信息公开平台, its remark, and what must agree in it. Pure.

Five cells, each three-valued: 1 is `ok`, 0 is `violation`, 未核实 is `unknown`, never 0 (standard,
section 6). How cells follow from what was seen is the matter of `rules.disclosure_proving`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from rules.facts import Truth
from rules.words import say


class Built(StrEnum):
    """是否符合标准格式: exactly one of the three, or nothing is known (None)."""

    ABSENT = "absent"  # 未建设
    NONCONFORMING = "nonconforming"  # 已建设不符合
    CONFORMING = "conforming"  # 已建设符合


class Cell(StrEnum):
    """The other four cells, in the order of the annex."""

    HOME_ENTRY = "home_entry"  # 首页直接入口
    SEARCH = "search"  # 检索
    BROWSE = "browse"  # 查阅
    UPDATED = "updated"  # 更新情况


@dataclass(frozen=True, slots=True)
class Row:
    """One unit's row. `missing` are the printed names of the labels that a platform lacks, `empty`
    of those that lead to nothing."""

    unit: str
    home_entry: Truth
    built: Built | None
    search: Truth
    browse: Truth
    updated: Truth
    missing: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    remark: str = ""

    def cell(self, cell: Cell) -> Truth:
        """The value of one of the four cells."""
        value: Truth = getattr(self, cell.value)
        return value

    @property
    def zeros(self) -> tuple[Cell, ...]:
        """The cells that stand at 0."""
        return tuple(one for one in Cell if self.cell(one) is Truth.VIOLATION)

    @property
    def accuses(self) -> bool:
        """Whether it says anything against the unit."""
        return bool(self.zeros) or self.built in (Built.ABSENT, Built.NONCONFORMING)

    @property
    def unverified(self) -> tuple[Cell, ...]:
        """The cells that nobody could verify."""
        return tuple(one for one in Cell if self.cell(one) is Truth.UNKNOWN)


def remark_of(row: Row) -> str:
    """异常情况说明 as it follows from the cells; empty where all is well."""
    return say("disclosure.joint").join(_clauses(row))


def _clauses(row: Row) -> Iterator[str]:
    if row.built is Built.ABSENT:
        yield say("disclosure.absent")
        return
    if row.home_entry is Truth.VIOLATION:
        yield say("disclosure.no_home_entry")
    if row.missing:
        yield say("disclosure.missing", labels=say("disclosure.and").join(row.missing))
    if row.empty:
        yield say("disclosure.empty", labels=say("disclosure.and").join(row.empty))
    yield from (say(f"disclosure.no_{one}") for one in row.zeros if one is not Cell.HOME_ENTRY)
    unknown = [say(f"disclosure.{one}") for one in row.unverified]
    unknown += [say("disclosure.format")] if row.built is None else []
    if unknown:
        yield say("disclosure.unverified", cells=say("disclosure.and").join(unknown))


def with_remark(row: Row) -> Row:
    """The row with the remark that follows from its cells."""
    return replace(row, remark=remark_of(row))


def breaches(row: Row) -> tuple[str, ...]:
    """The cross-field rules that a row breaks (keys of the words `disclosure.breach_…`); none: it
    may be printed. Exactly one format cell holds by type."""
    lacking = (*row.missing, *row.empty)
    zeros = row.built is Built.ABSENT or all(map(row.remark.__contains__, said(row)))
    wrong = {
        "absent": row.built is Built.ABSENT and set(row.zeros) != set(Cell),
        "conforming": row.built is Built.CONFORMING and say("disclosure.lacks") in row.remark,
        "nonconforming": row.built is Built.NONCONFORMING
        and not (lacking and all(name in row.remark for name in lacking)),
        "stray": row.built is not Built.NONCONFORMING and bool(lacking),
        "silent": row.accuses and not row.remark.strip(),
        "unsaid": not zeros,
    }
    return tuple(rule for rule, broken in wrong.items() if broken)


def said(row: Row) -> tuple[str, ...]:
    """The words that a remark must hold, whoever wrote it: one for every 0 beside the format."""
    return tuple(say(f"disclosure.{one}_word") for one in row.zeros)
