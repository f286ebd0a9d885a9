# ruff: noqa: E501 - tables, one row a line
"""Every form of date as a row, and what is no date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.dates import (
    FORMS,
    Precision,
    address_date,
    find_dates,
    stack,
    unix_date,
)

TODAY = date(2022, 6, 6)
JUNE_2 = (Precision.FULL, 2022, 6, 2)
WRITTEN: list[tuple[str, str, tuple[Precision, int, int, int]]] = [
    ("2022-06-01T16:30:00Z", "utc", JUNE_2),
    ("2022年06月02日", "cn", JUNE_2),
    ("（２０２２年６月２日）", "cn", JUNE_2),
    ("2022年6月 2日", "cn", JUNE_2),
    ("[2022-06-02]", "dashed", JUNE_2),
    ("2022 - 6 - 2", "dashed", JUNE_2),
    ("2022-06-0208:30", "dashed", JUNE_2),
    ("2022-06-02-08:30", "dashed", JUNE_2),
    ("2022/6/2", "slashed", JUNE_2),
    ("2022.6.2", "dotted", JUNE_2),
    ("2022年06-02", "mixed", JUNE_2),
    ("二〇二二年六月二日", "cn_numerals", JUNE_2),
    ("二○二二年五月三十一日", "cn_numerals", (Precision.FULL, 2022, 5, 31)),
    ("二零二一年十二月二十日", "cn_numerals", (Precision.FULL, 2021, 12, 20)),
    ("Thu, 02 Jun 2022 17:10:00 GMT", "english", (Precision.FULL, 2022, 6, 3)),
    ("02 Jun 2022", "english", JUNE_2),
    ("Jun 2, 2022", "month_first", JUNE_2),
    ("Thu Jun 02 10:00:00 CST 2022", "java", JUNE_2),
    ("22年6月2日", "cn_short_year", JUNE_2),
    ("22-06-02", "short_dash", JUNE_2),
    ("98-06-02", "short_dash", (Precision.FULL, 1998, 6, 2)),
    ("22/06/02", "short_slash", JUNE_2),
    ("22.06.02", "short_dot", JUNE_2),
    ("2022-06-021047", "glued", JUNE_2),
    ("20220602103000", "fourteen", JUNE_2),
    ("20220602", "eight", JUNE_2),
    ("2022年6月", "year_month_cn", (Precision.YEAR_MONTH, 2022, 6, 0)),
    ("6月2日", "month_day_cn", (Precision.NO_YEAR, 0, 6, 2)),
    ("[06-02]", "month_day", (Precision.NO_YEAR, 0, 6, 2)),
    ("6/2", "month_day", (Precision.NO_YEAR, 0, 6, 2)),
    ("06.02", "month_day_dot", (Precision.NO_YEAR, 0, 6, 2)),
    ("4天前", "ago", JUNE_2),
    ("1周前", "ago", (Precision.FULL, 2022, 5, 30)),
    ("2小时前", "ago", (Precision.FULL, 2022, 6, 6)),
    ("昨天 10:00", "day_word", (Precision.FULL, 2022, 6, 5)),
    ("2022-06", "year_month", (Precision.YEAR_MONTH, 2022, 6, 0)),
    ("--2022--", "year", (Precision.YEAR, 2022, 0, 0)),
    ("6月", "month", (Precision.MONTH, 0, 6, 0)),
    ("Jun", "month_name", (Precision.MONTH, 0, 6, 0)),
    ("02", "day", (Precision.DAY, 0, 0, 2)),
]


@pytest.mark.parametrize(("text", "form", "parts"), WRITTEN)
def test_every_form_is_read(text: str, form: str, parts: tuple[Precision, int, int, int]) -> None:
    found = find_dates(text, TODAY)[0]
    assert (found.form, (found.precision, found.year, found.month, found.day)) == (form, parts)


def test_every_form_has_a_row_here() -> None:
    assert {form.name for form in FORMS} == {form for _, form, _ in WRITTEN}


@pytest.mark.parametrize(
    "text",
    [
        "6月31日", "2022-02-30", "2022-13-01", "汴政〔2022〕13号文件通知", "电话：0378-23881234", "豫ICP备05012345号",
        "公网安备 41020002000123号", "第1.5倍增长", "15:30至16:20开放", "2022年是关键之年", "比分 11-12 月均值", "1999.99元",
        "2022-5-2...", "邮编：475000", "共 235 页 1/18页面",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_read_as_a_whole_date(text: str) -> None:
    assert [w for w in find_dates(text, TODAY) if w.date] == []


@given(st.dates(date(1991, 1, 1), date(2022, 12, 31)))
def test_a_date_written_plainly_comes_back(day: date) -> None:
    for text in (f"{day:%Y-%m-%d}", f"{day:%Y年%m月%d日}", f"{day.year}/{day.month}/{day.day}"):
        assert [w.date for w in find_dates(text, TODAY)] == [day]


@given(st.text(max_size=200))
def test_no_text_breaks_the_scan(text: str) -> None:
    for found in find_dates(text, TODAY):
        assert 0 <= found.start < found.end <= len(text)
        assert found.date is None or found.date.year <= TODAY.year + 1


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["02", "2022-06"], JUNE_2), (["2022.06", "02"], JUNE_2), (["2022年6月", "2日"], JUNE_2), (["06-02", "2022"], JUNE_2),
        (["2022", "06/02"], JUNE_2), (["2022", "06", "02"], JUNE_2), (["2022", "6月", "02"], JUNE_2), (["02", "Jun", "2022"], JUNE_2),
        (["6月", "02"], (Precision.NO_YEAR, 0, 6, 2)), (["02", "03"], None), (["2022", "2021"], None),
    ],
)  # fmt: skip
def test_stacked_pieces_make_a_date(
    pieces: list[str], expected: tuple[Precision, int, int, int] | None
) -> None:
    assert stack([find_dates(piece, TODAY)[0] for piece in pieces]) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("./202206/t20220602_955312.html", date(2022, 6, 2)), ("/art/2022/6/2/art_12_99.html", date(2022, 6, 2)),
        ("/2022/06/02/123.html", date(2022, 6, 2)), ("/c/2022-06-02/478618.html", date(2022, 6, 2)),
        ("/n1/2022/0602/c219469.html", date(2022, 6, 2)), ("/content/20220602_99.shtml", date(2022, 6, 2)),
        ("/info/1049/2011.htm", None), ("/t20221399_1.html", None), ("/contents/18287/385610.html", None),
    ],
)  # fmt: skip
def test_addresses_are_read_by_system(address: str, expected: date | None) -> None:
    assert address_date(address, TODAY) == expected


def test_unix_instants_are_read_in_shanghai() -> None:
    assert unix_date(1654099200, TODAY) == date(2022, 6, 2)  # 2022-06-01T16:00Z
    assert unix_date(1654099199000, TODAY) == date(2022, 6, 1)
    assert unix_date(20220602, TODAY) is None


@given(st.integers(0, 400))
def test_days_ago_are_counted_back(count: int) -> None:
    assert find_dates(f"{count}天前", TODAY)[0].date == TODAY - timedelta(days=count)
