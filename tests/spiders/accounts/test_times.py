"""Times of platforms: every form, and nothing that is not exactly one."""

from __future__ import annotations

import locale
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.facts import SHANGHAI
from rules.posts import Precision
from spiders.accounts.times import FORMS, read_time

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
TENTH = datetime(2026, 11, 17, 10, 5, tzinfo=SHANGHAI)
SECOND, MINUTE, DAY = Precision.SECOND, Precision.MINUTE, Precision.DAY


def day(month: int, number: int, year: int = 2026) -> datetime:
    return datetime(year, month, number, tzinfo=SHANGHAI)


READ: list[tuple[str, object, datetime, Precision]] = [
    ("seconds", 1794881100, TENTH, SECOND),
    ("seconds", "1794881100", TENTH, SECOND),
    ("milliseconds", 1794881100000, TENTH, SECOND),
    ("milliseconds", "1794881100000", TENTH, SECOND),
    ("ctime", "Tue Nov 17 10:05:00 +0800 2026", TENTH, SECOND),
    ("ctime", "Tue Nov 17 02:05:00 +0000 2026", TENTH, SECOND),
    ("rfc822", "Tue, 17 Nov 2026 10:05:00 +0800", TENTH, SECOND),
    ("rfc822", "Tue, 17 Nov 2026 02:05:00 GMT", TENTH, SECOND),
    ("rfc822", "17 Nov 2026 10:05 +0800", TENTH, MINUTE),
    ("rfc822", "Tue, 17 Nov 2026 10:05:00", TENTH, SECOND),
    ("iso", "2026-11-17T10:05:00+08:00", TENTH, SECOND),
    ("iso", "2026-11-17T02:05:00Z", TENTH, SECOND),
    ("iso", "2026-11-17T02:05:00.000Z", TENTH, SECOND),
    ("iso", "2026-11-17 10:05:00", TENTH, SECOND),
    ("iso", "2026-11-17 10:05", TENTH, MINUTE),
    ("iso", "2026-11-17", day(11, 17), DAY),
    ("slashes", "2026/11/17 10:05", TENTH, MINUTE),
    ("dots", "2026.11.17", day(11, 17), DAY),
    ("chinese", "2026年11月17日 10:05", TENTH, MINUTE),
    ("chinese", "2026年11月17日", day(11, 17), DAY),
    ("chinese_yearless", "11月17日 10:05", TENTH, MINUTE),
    ("yearless", "11-17", day(11, 17), DAY),
    ("yearless", "11-24", day(11, 24, 2025), DAY),
    ("yearless", "02-29", day(2, 29, 2024), DAY),
    ("named_day", "昨天 10:05", datetime(2026, 11, 22, 10, 5, tzinfo=SHANGHAI), MINUTE),
    ("named_day", "今天 09:00", datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI), MINUTE),
    ("named_day", "前天", day(11, 21), DAY),
    ("now", "刚刚", NOW, MINUTE),
    ("seconds_ago", "30秒前", NOW - timedelta(seconds=30), MINUTE),
    ("minutes_ago", "5分钟前", NOW - timedelta(minutes=5), MINUTE),
    ("hours_ago", "3小时前", NOW - timedelta(hours=3), DAY),
    ("days_ago", "6天前", day(11, 17), DAY),
    ("weeks_ago", "1周前", day(11, 16), DAY),
]


@pytest.mark.parametrize(("form", "written", "at", "precision"), READ)
def test_every_form_is_read(form: str, written: object, at: datetime, precision: Precision) -> None:
    moment = read_time(written, NOW)
    assert moment is not None
    assert (moment.at, moment.precision) == (at, precision)
    assert read_time(written, NOW, form) == moment


def test_every_form_has_its_row_above() -> None:
    assert {row[0] for row in READ} == {form.name for form in FORMS}


@pytest.mark.parametrize(
    "written",
    [
        None,
        True,
        0,
        17.5,
        179488110,
        17948811000,
        "1794881100.0",
        -1794881100,
        [],
        {},
        "",
        "Mon, 17 Nov 2026 10:05:00 +0800",
        "Mon Nov 17 10:05:00 +0800 2026",
        "Di, 17 Nov 2026 10:05:00 +0800",
        "Tue, 17 Nov 26 10:05:00 +0800",
        "Tue, 17 Nov 2026 10:05:00 CST",
        "Tue, 17 Nov 2026 10:05:00 EST",
        "2026-06-31",
        "2026-13-01 10:05:00",
        "2026-11-17 24:05:00",
        "2026-11-17 10:05:00 ago",
        "发布于2026-11-17 10:05",
        "1926-11-17",
        "2126-11-17 10:05",
        "9999999999",
        "06-31",
        "13-01",
        "明天 10:05",
        "五分钟前",
        "１７９４８８１１００",
        "2026-11-17T10:05:00+25:00",
        "2026-11-17 10:05:00" + " " * 100,
        "9" * 5000,
    ],
)
def test_what_is_not_exactly_a_form_is_no_time(written: object) -> None:
    assert read_time(written, NOW) is None


def test_a_year_that_was_not_written_is_marked_as_guessed() -> None:
    assert [m.guessed for t in ("11-17", "2026-11-17", "昨天") if (m := read_time(t, NOW))] == [
        True,
        False,
        False,
    ]


def test_only_the_named_form_is_read_where_one_is_named() -> None:
    assert read_time("2026-11-17", NOW, "slashes") is None
    assert read_time("2026-11-17", NOW, "no such form") is None


def test_names_of_months_are_english_in_any_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "getlocale", lambda *_: ("zh_CN", "UTF-8"))
    assert read_time("Tue Nov 17 10:05:00 +0800 2026", NOW)
    assert read_time("星期二 11月 17 10:05:00 +0800 2026", NOW) is None


@given(
    st.one_of(
        st.text(max_size=80),
        st.integers(),
        st.from_regex(r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,2}日? ?\d{0,2}:?\d{0,2}", fullmatch=True),
        st.from_regex(r"[A-Z][a-z]{2},? \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}"),
    )
)
def test_nothing_written_raises_and_all_that_is_read_is_aware(written: object) -> None:
    moment = read_time(written, NOW)
    assert moment is None or moment.at.tzinfo is not None


@given(st.integers(1_104_624_000, 4_102_272_000))
def test_a_time_survives_being_written(second: int) -> None:
    at = datetime.fromtimestamp(second, UTC)
    for text in (
        str(second),
        at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        at.astimezone(SHANGHAI).strftime("%Y/%m/%d %H:%M:%S"),
    ):
        moment = read_time(text, NOW)
        assert moment is not None
        assert moment.at == at
