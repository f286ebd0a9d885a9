"""The notice of a quarter: months concluded into one, by the month rule, over the whole span."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from rules.errors import RoundIncomplete
from rules.profiles import MonthRule
from rules.reviewing import Decision, Dismissal, Reference, Ruling, Subject
from rules.submissions import Form, Submission
from storage.engine import transaction
from storage.reviews import decide
from storage.submissions import keep_submissions
from tests.months import at
from tests.reports.months_by_hand import Office2022, book

APRIL, MAY, MAY_END, JUNE = (
    date(2022, 4, 6),
    date(2022, 5, 6),
    date(2022, 5, 27),
    date(2022, 6, 27),
)
QUARTER = "2022-04..2022-06"


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office2022:
    return Office2022(engine, tmp_path, book(tmp_path))


def rows(office: Office2022, name: str = QUARTER) -> list[tuple[str, tuple[str, ...]]]:
    return [(line.site or "", line.rounds) for line in office.notice(name).lines]


def test_a_duty_that_failed_in_two_months_stands_once_with_all_its_days(
    office: Office2022,
) -> None:
    office.inspect(APRIL, jia=True)
    office.inspect(MAY, jia=True, yi=True)
    office.inspect(JUNE)
    office.confirm()
    assert rows(office) == [("甲网", ("2022-04-06", "2022-05-06")), ("乙网", ("2022-05-06",))]
    found = office.notice("2022Q2")
    assert found.month == QUARTER
    assert found.rounds == (APRIL, MAY, JUNE)
    assert rows(office, "2022-05..2022-06") == [
        ("甲网", ("2022-05-06",)),
        ("乙网", ("2022-05-06",)),
    ]


def test_a_span_of_one_month_is_that_month_s_notice(office: Office2022) -> None:
    office.inspect(MAY, jia=True)
    office.confirm()
    assert office.notice("2022-05..2022-05") == office.notice("2022-05")


def test_under_the_last_rule_what_was_mended_within_the_span_falls(office: Office2022) -> None:
    office.profile = replace(office.profile, month_rule=MonthRule.LAST)
    office.inspect(APRIL, jia=True, yi=True)
    office.inspect(MAY, jia=True)
    office.confirm()
    assert [site for site, _ in rows(office)] == ["甲网"]


def test_under_the_rule_of_two_nobody_is_printed_whom_nobody_reviewed(office: Office2022) -> None:
    office.profile = replace(office.profile, month_rule=MonthRule.TWICE)
    office.inspect(APRIL, jia=True)
    office.inspect(MAY, jia=True, yi=True)
    office.inspect(MAY_END, yi=True)
    office.confirm()
    assert [site for site, _ in rows(office)] == ["乙网"]
    assert any("1 个检查对象" in note for note in office.notice(QUARTER).notes)


def test_what_was_dismissed_in_one_month_lends_the_other_no_days(office: Office2022) -> None:
    office.inspect(APRIL, jia=True)
    office.inspect(MAY, jia=True)
    with transaction(office.engine) as session:
        misread = Ruling(
            Reference(Subject.VIOLATION, 1), Decision.DISMISSED, Dismissal.MISREAD, "", "张三"
        )
        decide(session, [misread], at(MAY))
    office.confirm()
    assert rows(office) == [("甲网", ("2022-05-06",))]


def test_submissions_are_summed_and_text_and_tables_agree(office: Office2022) -> None:
    office.inspect(APRIL)
    office.inspect(JUNE, jia=True)
    office.confirm()
    sent = [
        Submission(month, unit, Form.COUNT, submitted=submitted, adopted=adopted)
        for month, unit, submitted, adopted in (
            ("2022-04", "甲局", 10, 1),
            ("2022-06", "甲局", 5, 4),
            ("2022-05", "乙局", 20, 9),
        )
    ]
    with transaction(office.engine) as session:
        keep_submissions(session, sent, at(JUNE))
    told = office.printed("2022Q2")
    assert "截至6月30日，市政府门户网站共收到各县区各部门报送信息35条，采用14条" in told
    assert "1\t乙局\t20\t9\n2\t甲局\t15\t5" in told
    assert "2022年第二季度存在问题的网站名单" in told


def test_a_month_without_a_complete_round_is_told_of_in_the_notice_itself(
    office: Office2022,
) -> None:
    office.inspect(APRIL, jia=True)
    office.inspect(MAY)
    office.stand(MAY, "incomplete")
    office.confirm()
    told = office.printed(QUARTER)
    assert "2022-05 没有已完成的检查批次" in told
    assert "2022-06 没有已完成的检查批次" in told
    assert "2022-04-13 批次缺失" in told


def test_a_span_without_any_complete_round_is_refused(office: Office2022) -> None:
    with pytest.raises(RoundIncomplete, match=QUARTER):
        office.notice(QUARTER)


def test_a_site_renamed_within_the_quarter_stands_once_under_its_last_name(
    office: Office2022,
) -> None:
    office.inspect(APRIL, jia=True)
    office.confirm()
    office.register = book(office.folder, jia="was: 甲网")
    renamed = replace(office.register.sites[0], name="甲区网", unit="甲区局", was="甲网")
    office.register = replace(office.register, sites=(renamed, *office.register.sites[1:]))
    office.inspect(JUNE)
    (row,) = office.notice(QUARTER).annex1
    assert (row["site"], row["unit"]) == ("甲区网", "甲区局")
