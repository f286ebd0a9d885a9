"""Rows of annex 6 in the database: kept by month, decided on, reopened by other findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import Engine, select

from rules.disclosure import Built, Row, with_remark
from rules.facts import Truth
from rules.reviewing import Decision, Dismissal, Reference, Ruling, Subject
from storage.disclosure import (
    FoundPlatform,
    accusing,
    keep_platform,
    newest_read,
    platforms,
    row_of,
    seen_on,
)
from storage.engine import reading, transaction
from storage.models import ReviewRow
from storage.reviews import decide, standing
from tests.months import NEWS, write_june

AT = datetime(2022, 6, 27, 20, tzinfo=UTC)  # the 28th in Shanghai
OK = Truth.OK
GOOD = Row("市医疗保障局", OK, Built.CONFORMING, OK, OK, OK)
LACKING = with_remark(replace(GOOD, built=Built.NONCONFORMING, missing=("政策",)))


def found(row: Row, target: str = "platform:市医保局") -> FoundPlatform:
    claims = {"passes": [{"at": "x", "claims": []}]}
    return FoundPlatform(target, "市医保局", "http://ybj.test/zfxxgk/", row, claims, (), AT)


def keep(engine: Engine, row: Row, target: str = "platform:市医保局") -> None:
    with transaction(engine) as session:
        keep_platform(session, "2022-06", found(row, target))


def ruled(engine: Engine, decision: Decision, reason: Dismissal | None = None) -> int:
    with transaction(engine) as session:
        reference = next(iter(standing(session)))
        return decide(session, [Ruling(reference, decision, reason, "", "王五")], AT).new


def test_a_row_comes_back_as_it_was_kept(engine: Engine) -> None:
    keep(engine, LACKING)
    with reading(engine) as session:
        stored = platforms(session, "2022-06")
        assert [row_of(one) for one in stored] == [LACKING]
        assert platforms(session, "2022-05") == []
        assert seen_on(stored[0]) == date(2022, 6, 28)


def test_only_a_row_that_says_something_against_a_unit_waits_for_people(engine: Engine) -> None:
    keep(engine, GOOD, "platform:甲")
    keep(engine, LACKING)
    with reading(engine) as session:
        rows = accusing(platforms(session))
        assert [one.target for one in rows] == ["platform:市医保局"]
        known = standing(session, "2022-06")
    reference = Reference(Subject.DISCLOSURE, rows[0].id)
    assert str(reference) == f"D{rows[0].id}"
    assert list(known) == [reference]
    assert (known[reference].problem, known[reference].rounds) == ("缺少政策栏目", ("2022-06-28",))


def test_a_decision_outlives_a_survey_that_finds_the_same(engine: Engine) -> None:
    keep(engine, LACKING)
    assert ruled(engine, Decision.CONFIRMED) == 1
    assert ruled(engine, Decision.CONFIRMED) == 0
    keep(engine, LACKING)
    with reading(engine) as session:
        assert [one.status for one in platforms(session)] == ["confirmed"]
        review = session.scalars(select(ReviewRow)).one()
        assert (review.subject, review.family) == ("disclosure", "disclosure")


def test_another_finding_opens_the_row_again(engine: Engine) -> None:
    keep(engine, LACKING)
    ruled(engine, Decision.DISMISSED, Dismissal.MISREAD)
    keep(engine, with_remark(replace(LACKING, search=Truth.VIOLATION)))
    with reading(engine) as session:
        (row,) = platforms(session)
        assert (row.status, row.remark) == ("candidate", "缺少政策栏目；检索功能不可用")


def test_the_newest_date_of_the_months_rounds_is_told_by_column(engine: Engine) -> None:
    write_june(engine)
    with reading(engine) as session:
        assert newest_read(session, "2022-06", [NEWS, "no/such"], 0.0).keys() <= {NEWS}
        assert newest_read(session, "2022-05", [NEWS], 0.0) == {}
