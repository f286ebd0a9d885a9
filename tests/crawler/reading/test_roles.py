# ruff: noqa: E501 - tables, one row a line
"""Labels beside dates, and the headings of tables."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.reading.dates import find_dates, normalise
from crawler.reading.roles import Role, role_of, role_of_heading

TODAY = date(2022, 6, 6)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("发布时间：2022-06-02", Role.PUBLISHED), ("时间：2022-06-02", Role.PUBLISHED), ("日间：2022-06-02", Role.PUBLISHED),
        ("更新日期: 2022-06-02", Role.UPDATED), ("[回复时间：2022-06-02]", Role.ANSWERED), ("来信时间：2022-06-02", Role.SUBMITTED),
        ("成文日期：2022-06-02", Role.WRITTEN), ("截止时间：2022-06-02", Role.OTHER), ("有效期至2022-06-02", Role.OTHER),
        ("自2022年6月2日起施行", Role.OTHER), ("2022年6月2日前报送", Role.OTHER), ("今天是2022年6月2日", Role.CLOCK),
        ("当前位置：2022-06-02", Role.PLAIN), ("您现在的位置：2022-06-02", Role.PLAIN), ("现在是2022-06-02", Role.CLOCK),
        ("当前日期 2022-06-02", Role.CLOCK),
        ("今日要闻 2022-06-02", Role.PLAIN), ("今日开封 2022-06-02", Role.PLAIN), ("当前热点 2022-06-02", Role.PLAIN),
        ("2022-06-02", Role.PLAIN), ("专题学习活动 2022-06-02", Role.PLAIN),
    ],
)  # fmt: skip
def test_a_label_tells_what_the_date_is_of(text: str, role: Role) -> None:
    text = normalise(text)
    assert role_of(find_dates(text, TODAY)[0], text) is role


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("发布日期", Role.PUBLISHED), ("公示日期", Role.PUBLISHED), ("时间", Role.PUBLISHED), ("成文日期", Role.WRITTEN),
        ("答复时间", Role.ANSWERED), ("来信时间", Role.SUBMITTED), ("有效期至", Role.OTHER), ("开标时间", Role.OTHER),
        ("标题", Role.PLAIN), ("工作动态", Role.PLAIN), ("处罚决定书文号", Role.PLAIN),
    ],
)  # fmt: skip
def test_a_heading_tells_what_its_column_is_of(heading: str, role: Role) -> None:
    assert role_of_heading(heading) is role
