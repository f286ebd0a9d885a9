"""The vetoes of a month in the database: written, counted anew after review, one site one row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from reports.explanation import explain, to_text
from reports.veto_words import near_a_veto
from rules.appealing import AppealStep
from rules.facts import Outcome, Truth, Verdict
from rules.kinds import ColumnKind
from rules.profiles import load_profile
from rules.register import Column, Register, Site
from rules.reviewing import Decision, Dismissal, Reference, Ruling, Subject
from rules.site_checks import Place, found_at
from storage.appeals import Saying, lodge, settle_appeal
from storage.engine import reading, transaction
from storage.models import (
    Due,
    DueState,
    ProfileText,
    RegisterText,
    Round,
    RoundStatus,
    SampleDay,
    Violation,
)
from storage.proposals import proposals
from storage.reviews import decide
from storage.site_checks import keep_checks
from storage.verdicts import store_verdicts
from storage.vetoes import conclude, conclude_again, judged_month, stale_sites
from storage.violations import Narrow, replace_month, violations
from tests.months import record

JUNE, NOW = "2022-06", datetime(2022, 6, 28, tzinfo=UTC)
DAYS = (date(2022, 6, 6), date(2022, 6, 13))
NATIONAL = load_profile("national", None)
COLUMNS = tuple(
    Column(f"甲网/{number}", f"动态{number}", f"http://jia.example.test/{number}/", ColumnKind.NEWS)
    for number in range(6)
)
OLD_NAME = Site("甲网", "甲局", "http://jia.example.test/", columns=COLUMNS)
NEW_NAME = Site("乙网", "甲局", "http://jia.example.test/", was="甲网", columns=COLUMNS)
OTHER = Site("丙网", "丙局", "http://bing.example.test/")


@pytest.fixture
def renamed(engine: Engine) -> Engine:
    """Two judged rounds; between them the first site was renamed."""
    with transaction(engine) as session:
        session.add(ProfileText(hash="national", name="national", text=NATIONAL.to_snapshot()))
        for day, site in zip(DAYS, (OLD_NAME, NEW_NAME), strict=True):
            text = Register(city="示例市", sites=(site, OTHER)).to_snapshot()
            session.add(RegisterText(hash=f"{day}", text=text))
            session.flush()
            _judge(session, day)
    return engine


def _judge(session: Session, day: date) -> None:
    row = Round(
        check_date=day,
        status=RoundStatus.COMPLETE,
        opened_at=NOW,
        register_hash=f"{day}",
        profile_hash="national",
        report={},
    )
    session.add(row)
    session.flush()
    session.add_all(
        Due(
            round_id=row.id,
            target=column.id,
            target_kind="column",
            site="甲网" if day == DAYS[0] else "乙网",
            url=column.url,
            host_group="jia",
            shard=0,
            state=DueState.DONE,
        )
        for column in COLUMNS
    )
    stale = Verdict(Truth.VIOLATION, rule="P01", newest=date(2022, 5, 1), days=36, limit=14)
    verdicts = {column.id: stale for column in COLUMNS}
    store_verdicts(session, row, verdicts, dict.fromkeys(verdicts, Outcome.READ), NOW)


def sampled(engine: Engine, site: str, since: date, until: date, fails: int) -> None:
    with transaction(engine) as session:
        session.add_all(
            SampleDay(
                site=site,
                day=since + timedelta(days=number),
                n=24,
                left_out=0,
                dropped=0,
                causes={"timeout": fails},
            )
            for number in range((until - since).days + 1)
        )


def concluded(engine: Engine) -> list[tuple[str, str | None, str, tuple[str, ...], bool]]:
    """Every veto as it stands after the month was concluded once more."""
    with transaction(engine) as session:
        conclude_again(session, JUNE)
    return vetoed(engine)


def vetoed(engine: Engine) -> list[tuple[str, str | None, str, tuple[str, ...], bool]]:
    with reading(engine) as session:
        rows = session.scalars(select(Violation).where(Violation.on_list == "site_failed"))
        return [(one.rule, one.site, one.status, tuple(one.rounds), one.upheld) for one in rows]


def page_of(_: Session, target: str, __: object) -> list[str]:
    return [f"{target}/page.html"]


def columns_stale(engine: Engine, count: int = 6) -> None:
    with transaction(engine) as session:
        records = [
            record(one.id, site="乙网", column=one.name, url=one.url, rounds=DAYS)
            for one in COLUMNS[:count]
        ]
        replace_month(session, JUNE, records, page_of)


def ruled(engine: Engine, targets: Sequence[str], decision: Decision) -> None:
    reason = Dismissal.MISREAD if decision is Decision.DISMISSED else None
    with transaction(engine) as session:
        rulings = [
            Ruling(Reference(Subject.VIOLATION, row.id), decision, reason, "", "张三")
            for row in violations(session, Narrow(month=JUNE))
            if row.target in targets
        ]
        decide(session, rulings, NOW)


FIRST = ("2022-06-06",)
BOTH = ("2022-06-06", "2022-06-13")


def test_a_week_past_the_line_is_a_candidate_of_the_list_of_failed_sites(renamed: Engine) -> None:
    sampled(renamed, "丙网", date(2022, 5, 30), date(2022, 6, 5), fails=2)
    expected = [("V2", "丙网", "candidate", FIRST, True)]
    assert concluded(renamed) == expected
    assert concluded(renamed) == expected


def test_a_site_renamed_in_mid_month_is_one_site_with_one_week(renamed: Engine) -> None:
    sampled(renamed, "甲网", date(2022, 6, 6), date(2022, 6, 9), fails=2)
    sampled(renamed, "乙网", date(2022, 6, 10), date(2022, 6, 12), fails=2)
    assert concluded(renamed) == [("V2", "乙网", "candidate", BOTH[1:], True)]


def test_a_row_from_before_the_renaming_goes_on_under_the_new_name(renamed: Engine) -> None:
    sampled(renamed, "甲网", date(2022, 5, 30), date(2022, 6, 5), fails=2)
    with transaction(renamed) as session:
        month = judged_month(session, JUNE)
        assert month is not None
        register = Register(city="示例市", sites=(OLD_NAME, OTHER))
        conclude(session, type(month)(JUNE, register, NATIONAL, {DAYS[0]: {}}))
    assert [row[1] for row in vetoed(renamed)] == ["甲网"]
    assert [row[1] for row in concluded(renamed)] == ["乙网"]


def test_candidates_alone_never_fail_a_site(renamed: Engine) -> None:
    columns_stale(renamed)
    assert concluded(renamed) == []


def test_the_fifth_confirmed_column_makes_a_site_a_candidate_for_the_veto(renamed: Engine) -> None:
    columns_stale(renamed)
    ruled(renamed, [one.id for one in COLUMNS[:4]], Decision.CONFIRMED)
    assert vetoed(renamed) == []
    ruled(renamed, [COLUMNS[4].id], Decision.CONFIRMED)
    assert vetoed(renamed) == [("V4", "乙网", "candidate", BOTH, True)]
    assert concluded(renamed) == [("V4", "乙网", "candidate", BOTH, True)]
    with reading(renamed) as session:
        (row,) = session.scalars(select(Violation).where(Violation.rule == "V4"))
        assert row.evidence == [f"{one.id}/page.html" for one in COLUMNS[:5]]


def test_a_column_dismissed_takes_the_veto_back(renamed: Engine) -> None:
    columns_stale(renamed)
    ruled(renamed, [one.id for one in COLUMNS[:5]], Decision.CONFIRMED)
    ruled(renamed, [COLUMNS[0].id], Decision.DISMISSED)
    assert vetoed(renamed) == []


def test_a_confirmed_veto_whose_columns_fell_is_no_longer_upheld(renamed: Engine) -> None:
    columns_stale(renamed)
    ruled(renamed, [one.id for one in COLUMNS[:5]], Decision.CONFIRMED)
    ruled(renamed, ["site:甲网"], Decision.CONFIRMED)
    ruled(renamed, [COLUMNS[0].id], Decision.DISMISSED)
    assert vetoed(renamed) == [("V4", "乙网", "confirmed", BOTH, False)]


def test_an_appeal_against_a_fifth_column_takes_the_veto_down_until_it_is_maintained(
    renamed: Engine,
) -> None:
    columns_stale(renamed)
    ruled(renamed, [one.id for one in COLUMNS[:5]], Decision.CONFIRMED)
    ruled(renamed, ["site:甲网"], Decision.CONFIRMED)
    said = Saying("当日已更新", "李四", date(2022, 7, 2))

    def appealed(step: AppealStep | None) -> list[tuple[str, bool]]:
        with transaction(renamed) as session:
            found = violations(session, Narrow(month=JUNE))
            row = next(one for one in found if one.target == COLUMNS[0].id)
            if step is None:
                lodge(session, row, said, NOW)
            else:
                settle_appeal(session, row, step, said, NOW)
        return [(status, upheld) for _, _, status, _, upheld in vetoed(renamed)]

    assert appealed(None) == [("confirmed", False)]
    assert appealed(AppealStep.MAINTAINED) == [("confirmed", True)]
    assert appealed(None) == [("confirmed", False)]
    assert appealed(AppealStep.REDUCED) == [("confirmed", False)]


def test_rounds_that_are_judged_again_leave_the_vetoes_alone(renamed: Engine) -> None:
    columns_stale(renamed)
    ruled(renamed, [one.id for one in COLUMNS[:5]], Decision.CONFIRMED)
    with transaction(renamed) as session:
        replace_month(session, JUNE, [])
    assert [row[0] for row in vetoed(renamed)] == ["V4"]


def test_columns_that_fell_in_a_new_judging_take_the_veto_back(renamed: Engine) -> None:
    columns_stale(renamed)
    ruled(renamed, [one.id for one in COLUMNS[:5]], Decision.CONFIRMED)
    columns_stale(renamed, 4)
    assert concluded(renamed) == []


def test_a_survey_proposes_and_a_person_puts_its_veto_on_the_list(renamed: Engine) -> None:
    with transaction(renamed) as session:
        waiting = Place("http://jia.example.test/ly/1", "", "2022-01-05")
        keep_checks(session, JUNE, "甲网", [found_at("letters", [waiting])], NOW)
    assert concluded(renamed) == []
    with transaction(renamed) as session:
        (row,) = proposals(session)
        assert (row.rule, row.site, row.problem, row.status) == (
            "V5",
            "乙网",
            "互动回应差",
            "candidate",
        )
        reference = Reference(Subject.PROPOSAL, row.id)
        decide(session, [Ruling(reference, Decision.CONFIRMED, None, "", "张三")], NOW)
    assert concluded(renamed) == [("V5", "乙网", "confirmed", BOTH[1:], True)]


def test_what_a_site_s_columns_showed_is_found_under_both_its_names(renamed: Engine) -> None:
    with reading(renamed) as session:
        month = judged_month(session, JUNE, {"甲网", "乙网"})
        assert month is not None
        assert {day: len(found) for day, found in month.judged.items()} == dict.fromkeys(DAYS, 6)
        other = judged_month(session, JUNE, {"丙网"})
        assert other is not None
        assert not any(other.judged.values())
        stale = stale_sites(session, JUNE, month.register)
        assert [site.name for site in stale] == ["乙网", "丙网"]


def test_sites_near_a_line_are_warned_of(renamed: Engine) -> None:
    sampled(renamed, "丙网", date(2022, 5, 30), date(2022, 6, 5), fails=1)
    columns_stale(renamed, 3)
    ruled(renamed, [COLUMNS[0].id], Decision.CONFIRMED)
    with reading(renamed) as session:
        near = list(near_a_veto(session, Narrow()))
        assert [(row["site"], row["veto"]) for row in near] == [
            ("乙网", "栏目不更新"),
            ("丙网", "站点无法访问"),
        ]
        assert list(near_a_veto(session, Narrow(site="甲网"))) == near[:1]
        assert list(near_a_veto(session, Narrow(month="2022-05"))) == []


def test_a_month_without_a_judged_round_concludes_nothing(renamed: Engine) -> None:
    with reading(renamed) as session:
        assert judged_month(session, "2022-07") is None


def test_a_listed_veto_is_explained_by_its_numbers_and_its_columns(renamed: Engine) -> None:
    columns_stale(renamed)
    ruled(renamed, [one.id for one in COLUMNS[:5]], Decision.CONFIRMED)
    with reading(renamed) as session:
        (row,) = session.scalars(select(Violation).where(Violation.rule == "V4"))
        case = explain(session, row.id)
    words = to_text(case)
    assert "未更新 5 个（5 个否决）" in words
    assert all(one.name in words for one in COLUMNS[:5])
    assert COLUMNS[5].name not in words
    assert case.to_json()["days"] == []
