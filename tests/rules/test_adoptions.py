"""A portal's pieces by the unit that their source stands for."""

from __future__ import annotations

from datetime import date

from rules.adoptions import Found, Piece, pieces_of
from rules.register import Register, Unit
from rules.submissions import UnitBook

UNITS = UnitBook.of(
    Register(
        city="示例市",
        units=(Unit("甲区政府", short_name="甲区"), Unit("乙局", "市乙局", aliases=("乙委",))),
    )
)
DAY = date(2022, 6, 7)


def found(number: int, source: str | None, day: date = DAY, title: str = "") -> Found:
    return Found(f"http://p.test/{number}", title or f"第{number}篇", day, source)


def test_a_piece_counts_for_the_unit_that_its_source_stands_for_under_any_of_its_names() -> None:
    entries = [found(1, "甲区"), found(2, "乙委"), found(3, "市乙局"), found(4, "新华社")]
    units = [piece.unit for piece in pieces_of(entries, "2022-06", UNITS)]
    assert units == ["甲区政府", "乙局", "乙局", None]


def test_what_names_nobody_counts_for_nobody_and_what_is_of_another_month_not_at_all() -> None:
    entries = [
        found(1, None),
        found(2, "甲区", date(2022, 5, 31)),
        found(3, "甲区", date(2022, 7, 1)),
    ]
    assert list(pieces_of(entries, "2022-06", UNITS)) == [
        Piece("http://p.test/1", "第1篇", DAY, None, None)
    ]


def test_a_piece_in_two_columns_counts_once_and_two_pieces_of_one_title_on_two_days_twice() -> None:
    entries = [
        found(1, "甲区", title="工作简报"),
        found(2, "甲区政府", title="工作简报"),
        found(3, "甲区", date(2022, 6, 8), title="工作简报"),
    ]
    assert [piece.url[-1] for piece in pieces_of(entries, "2022-06", UNITS)] == ["1", "3"]
