"""A small notice by hand, for the tests of its forms: two sites, an account, some submissions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from reports.notice import Figures, Notice
from reports.notice_charts import Chart
from reports.notice_lines import Line
from reports.notice_text import NoticeText, Office, notice_text
from reports.submissions import Submissions
from rules.reviewing import Reference, Subject
from rules.submissions import Adjusted, Form, Submission, Total

LONG = "长" * 4000
HOSTILE = f"=cmd|'/C calc'!A0\x1b[31m\u202e{{{{ 7*7 }}}}{{% raw %}}<w:p>&\" {LONG}"
PICTURE = "2022-06-06/ab/1.png"


def line(number: int, **changes: Any) -> Line:
    """A confirmed line of a site's news column, or one unlike it."""
    values: dict[str, Any] = {
        "reference": Reference(Subject.VIOLATION, number),
        "target": f"t{number}",
        "on_list": "site",
        "site": "甲区政府网",
        "account": None,
        "unit": "甲区政府",
        "column": "基层动态",
        "platform": None,
        "problem": "超过2周未更新",
        "rule": "P01",
        "url": "http://jia.example.test/dt/",
        "rounds": ("2022-06-06", "2022-06-13"),
        "status": "confirmed",
        "evidence": ("2022-06-06/ab/1.json", PICTURE),
    }
    return Line(**(values | changes))


def account(number: int, **changes: Any) -> Line:
    """A confirmed line of an account."""
    own = {"site": None, "column": None, "account": "甲发布", "platform": "新浪微博"}
    told = {"on_list": "account_problem", "problem": "一周未更新两次", "rule": "P15"}
    return line(number, **(own | told | changes))


LINES = (
    line(1),
    line(2, column="办事统计", problem="超过1个月未更新"),
    line(3, site="乙局网", unit="乙局", column="公告", problem="网页不兼容", rule="P11"),
    line(4, site="乙局网", unit="乙局", column="动态", problem="网页不兼容", rule="P11"),
    account(5, on_list="account_failed", problem="超过两周未更新", target="a1"),
    account(6, target="a1"),
)
SENT = Submissions(
    counties=(Total("甲区政府", 54, 44),),
    others=(Total("乙局", 20, 19), Total("丙局", 3, 0)),
    adjustments=(
        Submission(
            "2022-06",
            "乙局",
            Form.ADJUSTMENT,
            amount=30,
            counts_for=Adjusted.SUBMITTED,
            reason="主要领导参加政务访谈",
        ),
    ),
    missing=(),
)
NONE_SENT = Submissions((), (), (), ())
FIGURES = Figures(45, 45, 0, 311, 310, 0, 77, 63)
CHARTS = (Chart("问题类型", (("超过2周未更新", 3), ("网页不兼容", 1))),)


def june(lines: Sequence[Line] = LINES, **changes: Any) -> Notice:
    """The notice of June 2022."""
    made = Notice(
        month="2022-06",
        city="示例市",
        rounds=tuple(date(2022, 6, day) for day in (6, 13, 20, 27)),
        figures=FIGURES,
        lines=tuple(lines),
        submissions=SENT,
        stated=(),
        notes=(),
    )
    return replace(made, **changes)


def worded(notice: Notice, **office: Any) -> NoticeText:
    return notice_text(notice, Office(**office))


def hostile() -> Notice:
    """A notice in which everything that could have been scraped is hostile."""
    lines = [
        line(1, site=HOSTILE, unit=HOSTILE, column=HOSTILE, url=f"http://x.test/{HOSTILE}"),
        account(2, account=HOSTILE, unit=HOSTILE),
    ]
    return june(lines, figures=replace(FIGURES, accounts_ok=311))
