"""The notice says what the tables say, in the register's order, and what it does not know."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, delete, select, update

from reports.notice import Notice, notice
from rules.errors import Exit, RoundIncomplete
from rules.months import ViolationRecord
from storage.engine import reading, transaction
from storage.models import Round, SampleDay, Violation
from storage.proposals import replace_proposals
from storage.vetoes import conclude_again
from storage.violations import replace_month
from tests.months import DAYS, NEWS, POLICY, record
from tests.storage.test_proposals import RECORD


def june_notice(engine: Engine, *, draft: bool = True) -> Notice:
    with reading(engine) as session:
        return notice(session, "2022-06", draft=draft)


def write(engine: Engine, *records: ViolationRecord) -> None:
    with transaction(engine) as session:
        replace_month(session, "2022-06", records)


def test_annex_1_holds_the_published_columns(june: Engine) -> None:
    write(june, record())
    assert june_notice(june).annex1 == (
        {
            "site": "甲区政府网",
            "unit": "甲区政府",
            "column": "基层动态",
            "problem": "超过2周未更新",
            "status": "candidate",
        },
    )


def test_rows_stand_in_the_registers_order(june: Engine) -> None:
    write(june)
    write(june, record("gone/column", column="旧栏目"), record(POLICY, column="政策文件"), record())
    assert [row["column"] for row in june_notice(june).annex1] == ["基层动态", "政策文件", "旧栏目"]


@pytest.mark.parametrize(
    ("rule", "problem", "columns"),
    [
        ("P11", "网页不兼容", [["基层动态", "政策文件"]]),
        ("P01", "超过2周未更新", ["基层动态", "政策文件"]),
    ],
)
def test_only_columns_with_one_cause_share_a_row(
    june: Engine, rule: str, problem: str, columns: list[object]
) -> None:
    same = {"rule": rule, "problem": problem, "family": "f"}
    write(june, record(NEWS, **same), record(POLICY, column="政策文件", **same))
    assert [row["column"] for row in june_notice(june).annex1] == columns


def confirm_all(engine: Engine) -> None:
    with transaction(engine) as session:
        session.execute(update(Violation).values(status="confirmed"))


def test_nothing_is_printed_before_a_person_confirmed_it(june: Engine) -> None:
    found = june_notice(june, draft=False)
    assert found.annex1 == ()
    assert any("2 条" in note and "V1、V2" in note for note in found.notes)
    confirm_all(june)
    found = june_notice(june, draft=False)
    assert [row["unit"] for row in found.annex1] == ["甲区政府", "乙局"]
    assert not any("status" in row for row in found.annex1)


def test_what_is_confirmed_and_no_longer_found_is_left_out_and_named(june: Engine) -> None:
    confirm_all(june)
    write(june, record())
    found = june_notice(june, draft=False)
    assert [row["unit"] for row in found.annex1] == ["甲区政府"]
    assert any("V2" in note and "不再成立" in note for note in found.notes)


def test_what_is_under_appeal_waits_and_what_was_mended_stays_and_is_told(june: Engine) -> None:
    with transaction(june) as session:
        first, second = session.scalars(select(Violation).order_by(Violation.id))
        first.status, second.status = "appealed", "rectified"
    found = june_notice(june, draft=False)
    assert [(row["unit"], row.get("status")) for row in found.annex1] == [("乙局", None)]
    assert found.to_json()["rectified"] == ["V2"]
    assert any("V1" in note and "申诉" in note for note in found.notes)


def test_a_draft_shows_what_is_only_proposed_and_says_so(june: Engine) -> None:
    with transaction(june) as session:
        replace_proposals(session, "2022-06", [RECORD])
    statuses = [(row["column"], row["status"]) for row in june_notice(june).annex1]
    assert statuses[:2] == [("基层动态", "candidate"), ("基层动态", "proposed")]
    assert june_notice(june, draft=False).annex1 == ()


def test_accounts_stand_by_platform_weibo_wechat_douyin_then_the_rest(june: Engine) -> None:
    platforms = ("douyin", "channels", "wechat", "weibo")
    write(
        june,
        *(
            record(one, list="account_problem", site=None, account=one, platform=one)
            for one in platforms
        ),
    )
    named = [row["platform"] for row in june_notice(june).annex3]
    assert named == ["新浪微博", "微信公众号", "抖音", "视频号"]


def test_what_a_person_dismissed_is_not_printed(june: Engine) -> None:
    with transaction(june) as session:
        session.execute(
            update(Violation).where(Violation.target == NEWS).values(status="dismissed")
        )
    assert [row["unit"] for row in june_notice(june).annex1] == ["乙局"]


def test_the_figures_count_running_sites_and_those_nobody_could_read(june: Engine) -> None:
    found = june_notice(june)
    assert found.rounds == (DAYS[0], DAYS[1])
    figures = found.to_json()["figures"]
    assert figures == {
        "sites": 3,
        "sites_ok": 2,
        "sites_unknown": 1,
        "accounts": 1,
        "accounts_ok": 0,
        "accounts_unknown": 1,
        "submitted": None,
        "adopted": None,
    }


def test_a_site_with_a_veto_is_not_ok_and_is_named_in_the_notes(june: Engine) -> None:
    write(june, replace(record(), list="site_failed", problem="站点无法访问"))
    found = june_notice(june)
    assert found.figures.sites_ok == 1
    assert found.annex1 == ()
    assert any("甲区政府网" in note for note in found.notes)


def test_accounts_stand_in_annexes_2_and_3(june: Engine) -> None:
    account = {"site": None, "column": None, "account": "甲发布", "platform": "weibo"}
    failed = record("a", list="account_failed", problem="超过两周未更新", **account)
    quota = record("a", family="quota", list="account_problem", problem="一周未更新两次", **account)
    write(june, failed, quota)
    confirm_all(june)
    row = {"account": "甲发布", "unit": "甲区政府", "platform": "新浪微博"}
    found = june_notice(june, draft=False)
    assert found.annex2 == ({**row, "problem": "超过两周未更新"},)
    assert found.annex3 == ({**row, "problem": "一周未更新两次"},)
    assert found.annex1 == ()


def failing_sites(told: bool) -> int:
    return 1 if told else 0


@pytest.mark.parametrize(("failing", "told"), [(0, False), (2, True)])
def test_a_site_past_the_veto_of_its_samples_is_told_to_the_maker_and_printed_nowhere(
    june: Engine, failing: int, told: bool
) -> None:
    with transaction(june) as session:
        for number in range(7):
            causes = {"timeout": failing} if failing else {}
            day = DAYS[1] - timedelta(days=number + 1)
            session.add(
                SampleDay(site="甲区政府网", day=day, n=20, left_out=0, dropped=0, causes=causes)
            )
        conclude_again(session, "2022-06")
    found = june_notice(june, draft=False)
    assert dict(found.unchecked)["V2"] == 2
    assert any("甲区政府网" in note and "否决线" in note for note in found.notes) is told
    assert found.failed_sites == ()
    confirm_all(june)
    after = june_notice(june, draft=False)
    assert [row["problem"] for row in after.failed_sites] == ["站点无法访问"] * failing_sites(told)
    assert after.figures.sites_ok == found.figures.sites_ok - failing_sites(told)
    assert not any("否决线" in note for note in after.notes)


def test_the_notes_tell_of_every_round_that_is_not_in_it(june: Engine) -> None:
    notes = june_notice(june).notes
    assert any("2022-06-27" in note and "缺失" in note for note in notes)
    assert any("2022-06-20" in note and "未完成" in note for note in notes)
    assert any("2022-06-13" in note and "未能核实过多" in note for note in notes)
    assert not any("2022-06-06" in note for note in notes)
    assert any("2 条" in note and "复核" in note for note in notes)


def test_confirmed_rows_need_no_warning(june: Engine) -> None:
    confirm_all(june)
    assert not any("复核" in note for note in june_notice(june).notes)


def test_a_month_without_violations_is_a_notice_all_the_same(june: Engine) -> None:
    write(june)
    found = june_notice(june).to_json()
    assert list(found) == [
        *("month", "rounds", "figures"),
        *(f"annex{number}" for number in range(1, 7)),
        *("failed_sites", "rectified", "draft", "notes"),
    ]
    assert all(found[f"annex{number}"] == [] for number in range(1, 7))


def test_a_month_without_a_complete_round_is_refused(june: Engine) -> None:
    with transaction(june) as session:
        session.execute(update(Round).values(status="blind"))
    with pytest.raises(RoundIncomplete) as caught:
        june_notice(june)
    assert caught.value.exit_code == Exit.INCOMPLETE
    with transaction(june) as session:
        session.execute(delete(Violation))
    with reading(june) as session, pytest.raises(RoundIncomplete, match="2022-07"):
        notice(session, "2022-07")
