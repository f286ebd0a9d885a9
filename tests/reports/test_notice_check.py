"""A notice whose figures its printed tables do not bear out is refused, whatever was doctored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reports.notice_annexes import Annex
from reports.notice_check import refuse_disagreement
from rules.errors import XunjianError
from tests.reports.notices import FIGURES, LINES, account, june, worded


def doctored(which: str, **changes: Any) -> tuple[Annex, ...]:
    """June's tables, one of them changed behind the figures' back."""
    annexes = worded(june()).annexes
    return tuple(replace(one, **changes) if one.key == which else one for one in annexes)


def test_what_agrees_is_let_through() -> None:
    refuse_disagreement(FIGURES, worded(june()).annexes)


@pytest.mark.parametrize(
    ("annexes", "what"),
    [
        (doctored("2", groups=()), "不合格政务新媒体数"),
        (doctored("4", groups=((("1", "甲区政府", "55", "44"),),)), "报送信息条数"),
        (doctored("4", groups=((("1", "甲区政府", "54", "45"),),)), "采用信息条数"),
        (doctored("5", groups=()), "报送信息条数"),
        (doctored("1", key="failed"), "不合格网站数"),
    ],
)
def test_a_doctored_table_is_refused_by_name(annexes: tuple[Annex, ...], what: str) -> None:
    with pytest.raises(XunjianError, match=what):
        refuse_disagreement(FIGURES, annexes)


@pytest.mark.parametrize(
    "wrong", [{"accounts_unknown": 1}, {"sites_unknown": 1}, {"sites": 46}, {"submitted": None}]
)
def test_a_doctored_figure_is_refused(wrong: dict[str, int | None]) -> None:
    with pytest.raises(XunjianError, match="不一致"):
        refuse_disagreement(replace(FIGURES, **wrong), worded(june()).annexes)  # type: ignore[arg-type]


def test_an_account_that_stands_twice_is_one_account() -> None:
    twice = june((*LINES, account(7, on_list="account_failed", problem="僵尸账号", target="a1")))
    refuse_disagreement(FIGURES, worded(twice).annexes)
