"""A notice names its span as an office would: a month, a quarter, or from one month to another."""

from __future__ import annotations

from datetime import date

import pytest

from reports.notice_period import period
from tests.reports.notices import june, worded


@pytest.mark.parametrize(
    ("name", "whole", "short", "kind"),
    [
        ("2022-06", "2022年6月份", "6月份", "月度"),
        ("2022-04..2022-06", "2022年第二季度", "第二季度", "季度"),
        ("2022-05..2022-07", "2022年5月至7月", "5月至7月", ""),
        ("2021-11..2022-01", "2021年11月至2022年1月", "2021年11月至2022年1月", ""),
    ],
)
def test_the_words_of_a_span(name: str, whole: str, short: str, kind: str) -> None:
    found = period(name)
    assert (found.whole, found.short, found.kind) == (whole, short, kind)


def test_a_quarter_s_notice_says_so_in_title_opening_basis_and_annexes() -> None:
    days = tuple(date(2022, month, day) for month in (4, 5, 6) for day in (6, 27))
    text = worded(june(month="2022-04..2022-06", rounds=days))
    assert text.subject == "关于全市政府网站与政务新媒体季度检查情况的通报"
    assert "开展了第二季度全市" in text.opening
    annex = next(one for one in text.annexes if one.key == "1")
    assert annex.title == "2022年第二季度存在问题的网站名单"
    assert annex.basis == "（以4月6日、27日、5月6日、27日、6月6日、27日检查结果为准）"
    assert "截至6月30日" in text.sections[1].paragraphs[0][1]
    assert "第二季度报送信息较好" in text.sections[1].paragraphs[0][1]
