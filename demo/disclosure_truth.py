"""The truth about a city's disclosure platforms, for tests alone: annex 6 as it should come out.

No program of the product reads this. Cells are 1, 0, or None where a firewall lets nobody verify.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from demo.disclosure import Platform, platforms_of

ABSENT, NONCONFORMING, CONFORMING = "未建设", "已建设不符合", "已建设符合"
# How a section is called where a remark says that it is missing.
SHORT = {
    "policy": "政策",
    "guide": "公开指南",
    "rules": "公开制度",
    "statutory": "法定主动公开内容",
    "annual_report": "公开年报",
}
NO_PLATFORM = "未建设政府信息公开平台"
WALLED = "检索、查阅、更新情况、标准格式未能核实"


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """One row of annex 6, as `xunjian notice --format json` tells it."""

    unit: str
    home_entry: int | None
    format: str | None
    search: int | None
    browse: int | None
    updated: int | None
    remark: str


@cache
def expected_rows(seed: int, *, after_rounds: bool = False) -> tuple[ExpectedRow, ...]:
    """Annex 6 of the city of `seed`, in its order, as a survey alone must find it; or after the
    month's rounds, which have read the yearly report in a column of the site's own."""
    rows = platforms_of(seed)
    if after_rounds:
        rows = tuple(replace(one, report=True) for one in rows)
    return tuple(map(_row, rows))


def targets_of(seed: int) -> tuple[str, ...]:
    """The identities of the platforms, in the same order."""
    return tuple(f"platform:{one.named}" for one in platforms_of(seed))


def _row(one: Platform) -> ExpectedRow:
    if not one.built:
        return ExpectedRow(one.unit, 0, ABSENT, 0, 0, 0, NO_PLATFORM)
    if one.walled:
        return ExpectedRow(one.unit, int(one.entry), None, None, None, None, WALLED)
    return ExpectedRow(
        unit=one.unit,
        home_entry=int(one.entry),
        format=NONCONFORMING if one.lacks else CONFORMING,
        search=int(one.search),
        browse=int(one.opens),
        updated=int(one.report),
        remark="；".join(_clauses(one)),
    )


def _clauses(one: Platform) -> Iterator[str]:
    if not one.entry:
        yield "首页无直接入口"
    if one.lacks:
        yield f"缺少{'、'.join(SHORT[key] for key in one.lacks)}栏目"
    if not one.search:
        yield "检索功能不可用"
    if not one.opens:
        yield "信息内容无法查阅"
    if not one.report:
        yield "信息未及时更新"
