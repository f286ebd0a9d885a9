"""Odd months, from their rounds to the printed notice: each is correct, or one clear refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from rules.errors import RoundIncomplete
from storage.engine import transaction
from storage.models import Due, Round, RoundStatus, VerdictRow, Violation
from storage.violations import replace_month
from tests.months import at, record
from tests.reports.months_by_hand import YI, Office2022, book

DAYS = tuple(date(2022, 6, day) for day in (6, 13, 20, 27))
JUNE = "2022-06"


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office2022:
    return Office2022(engine, tmp_path, book(tmp_path))


def test_a_month_with_a_missing_round_says_which_one(office: Office2022) -> None:
    for day in DAYS[:3]:
        office.inspect(day, jia=True)
    office.confirm()
    told = office.printed(JUNE)
    assert "2022-06-27 批次缺失：结果未包含该检查日" in told
    assert "（以6月6日、13日、20日检查结果为准）" in told


def test_a_month_whose_rounds_are_all_incomplete_is_refused(office: Office2022) -> None:
    for day in DAYS:
        office.inspect(day, jia=True)
        office.stand(day, RoundStatus.INCOMPLETE)
    office.confirm()
    with pytest.raises(RoundIncomplete, match="2022-06 没有已完成的检查批次"):
        office.notice(JUNE)


def test_a_month_without_rounds_is_refused(office: Office2022) -> None:
    with pytest.raises(RoundIncomplete, match=JUNE):
        office.notice(JUNE)


def test_a_month_without_problems_has_empty_annexes_that_say_so(office: Office2022) -> None:
    for day in DAYS:
        office.inspect(day)
    told = office.printed(JUNE)
    assert "政府网站共计2个。经检查，合格2个，合格率为100%。" in told
    assert told.count("\n无\n") >= 3
    assert "存在问题，见附件1" not in told


def test_a_blind_round_counts_for_nothing_and_is_told_of(office: Office2022) -> None:
    office.inspect(DAYS[0])
    office.inspect(DAYS[1], jia=True)
    office.stand(DAYS[1], RoundStatus.BLIND)
    told = office.printed(JUNE)
    assert "2022-06-13 批次失明" in told
    assert "（以6月6日检查结果为准）" in told


def test_a_round_that_came_late_is_told_of(office: Office2022) -> None:
    for day in DAYS[:2]:
        office.inspect(day)
    with transaction(office.engine) as session:
        row = session.scalars(select(Round).where(Round.check_date == DAYS[0])).one()
        row.opened_at = datetime(2022, 6, 10, 1, tzinfo=UTC)
        row.closed_at = datetime(2022, 6, 10, 5, tzinfo=UTC)
    told = office.printed(JUNE)
    assert "2022-06-06 批次迟于检查日：2022-06-10 开始，2022-06-10 完成" in told
    assert "2022-06-13 批次迟于" not in told


def test_a_round_that_ends_when_the_next_is_due_is_late(office: Office2022) -> None:
    office.inspect(DAYS[0])
    with transaction(office.engine) as session:
        row = session.scalars(select(Round).where(Round.check_date == DAYS[0])).one()
        row.closed_at = datetime(2022, 6, 12, 16, tzinfo=UTC)  # the 13th in Shanghai
    assert "2022-06-06 批次迟于检查日" in office.printed(JUNE)


def test_a_site_and_unit_renamed_in_mid_month_stand_under_their_last_names(
    office: Office2022,
) -> None:
    office.inspect(DAYS[0], jia=True)
    renamed = replace(office.register.sites[0], name="甲区网", unit="甲区局", was="甲网")
    office.register = replace(office.register, sites=(renamed, *office.register.sites[1:]))
    office.inspect(DAYS[1], jia=True)
    office.confirm()
    found = office.notice(JUNE)
    assert [(row["site"], row["unit"]) for row in found.annex1] == [("甲区网", "甲区局")]
    assert found.lines[0].rounds == ("2022-06-06", "2022-06-13")
    assert (found.figures.sites, found.figures.sites_unknown) == (2, 0)
    assert "甲区网\t甲区局" in office.printed(JUNE)


def test_a_column_exempted_in_mid_month_is_left_out_and_named_to_the_maker(
    office: Office2022,
) -> None:
    office.inspect(DAYS[0], jia=True)
    office.register = book(office.folder, column=", exempt: {reason: 汛期外, by: 张三}")
    office.inspect(DAYS[1], jia=True)
    office.confirm()
    assert office.notice(JUNE).annex1 == ()
    assert any("豁免，未列入：V1" in note for note in office.notice(JUNE).notes)
    assert "甲网" not in office.printed(JUNE)


def test_an_exemption_that_has_ended_excuses_nothing(office: Office2022) -> None:
    office.register = book(
        office.folder, column=", exempt: {reason: 汛期外, by: 张三, until: 2022-06-10}"
    )
    office.inspect(DAYS[0], jia=True)
    office.inspect(DAYS[1], jia=True)
    office.confirm()
    assert [line.rounds for line in office.notice(JUNE).lines] == [("2022-06-13",)]


def account_failed(office: Office2022) -> None:
    """The account stands as 不合格 and confirmed, by the rounds so far."""
    told = {"site": None, "column": None, "kind": None, "account": "甲发布", "unit": "甲局"}
    failed = record(
        "weibo:1234567890",
        family="account_stale",
        list="account_failed",
        platform="weibo",
        problem="超过两周未更新",
        rule="P14",
        rounds=(DAYS[0],),
        first_failed=DAYS[0],
        last_failed=DAYS[0],
        **told,
    )
    with transaction(office.engine) as session:
        replace_month(session, JUNE, [failed])
        session.scalars(select(Violation)).one().status = "confirmed"
        row = session.scalars(select(Round).where(Round.check_date == DAYS[0])).one()
        common = {"round_id": row.id, "target": "weibo:1234567890"}
        session.add(
            Due(**common, target_kind="account", url="x", host_group="weibo", shard=0, state="done")
        )
        session.add(
            VerdictRow(
                **common,
                profile_hash=row.profile_hash,
                truth="violation",
                rule="P14",
                warn=False,
                outcome="read",
                signs=[],
                judged_at=at(DAYS[0]),
            )
        )


def test_an_account_cancelled_in_mid_month_is_neither_counted_nor_named(
    office: Office2022,
) -> None:
    office.inspect(DAYS[0])
    account_failed(office)
    assert "政务新媒体共计1个。经检查，合格0个" in office.printed(JUNE)
    office.register = book(office.folder, account=", status: cancelled")
    office.inspect(DAYS[1])
    found = office.notice(JUNE)
    assert (found.figures.accounts, found.annex2) == (0, ())
    assert any("已注销" in note and "V1" in note for note in found.notes)
    assert "甲发布" not in office.printed(JUNE)


def test_a_site_closed_in_mid_month_is_neither_counted_nor_named(office: Office2022) -> None:
    office.inspect(DAYS[0], jia=True)
    office.register = book(office.folder, jia="status: closed")
    office.inspect(DAYS[1])
    office.confirm()
    found = office.notice(JUNE)
    assert (found.figures.sites, found.annex1) == (1, ())
    assert "甲网" not in office.printed(JUNE)


def test_february_has_its_own_last_day_and_its_four_rounds(
    office: Office2022,
) -> None:
    for day in (6, 13, 20, 27):
        office.inspect(date(2022, 2, day), yi=True)
    office.confirm()
    told = office.printed("2022-02")
    assert "（以2月6日、13日、20日、27日检查结果为准）" in told
    assert "2022年2月份存在问题的网站名单" in told
    found = office.notice("2022-02")
    assert found.stated == ()
    assert [line.target for line in found.lines] == [YI]
