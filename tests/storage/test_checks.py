"""Signed checks are kept once a target and day, corrected by writing again, and found by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import Engine, select

from rules.checks import Check
from rules.facts import Outcome
from storage.checks import checks_between, keep_checks, known_to_have_had_items
from storage.engine import reading, transaction
from storage.models import ItemRow, ManualCheck

AT = datetime(2022, 6, 21, 3, tzinfo=UTC)
SIGNED = Check(
    "甲/动态", date(2022, 6, 20), Outcome.READ, date(2022, 5, 1), "张三", "ab" * 32, "注"
)
LATER = replace(SIGNED, checked_on=date(2022, 6, 22), outcome=Outcome.EMPTY, newest=None)
OTHER = Check("乙/公告", date(2022, 6, 20), Outcome.TIMEOUT, None, "李四")


def test_a_check_comes_back_as_it_went_in(engine: Engine) -> None:
    with transaction(engine) as session:
        kept = keep_checks(session, [SIGNED, LATER, OTHER], AT)
    assert (kept.new, kept.same, kept.corrected) == (3, 0, ())
    with reading(engine) as session:
        found = checks_between(session, date(2022, 6, 20), date(2022, 6, 22))
        assert found == {"甲/动态": [SIGNED, LATER], "乙/公告": [OTHER]}


def test_only_the_days_asked_for_are_found_and_only_the_target(engine: Engine) -> None:
    with transaction(engine) as session:
        keep_checks(session, [SIGNED, LATER, OTHER], AT)
        assert checks_between(session, date(2022, 6, 21), date(2022, 6, 22)) == {"甲/动态": [LATER]}
        one = checks_between(session, date(2022, 6, 20), date(2022, 6, 20), "乙/公告")
        assert one == {"乙/公告": [OTHER]}


def test_the_same_file_again_changes_nothing_and_another_word_corrects(engine: Engine) -> None:
    with transaction(engine) as session:
        keep_checks(session, [SIGNED, OTHER], AT)
        mended = replace(SIGNED, newest=date(2022, 5, 11))
        kept = keep_checks(session, [mended, OTHER], AT)
    assert (kept.new, kept.same, kept.corrected) == (0, 1, (SIGNED,))
    with reading(engine) as session:
        assert len(session.scalars(select(ManualCheck)).all()) == 2
        found = checks_between(session, SIGNED.checked_on, SIGNED.checked_on)
        assert found["甲/动态"] == [mended]


def test_entries_are_remembered_from_lists_and_from_people(engine: Engine) -> None:
    with transaction(engine) as session:
        keep_checks(session, [SIGNED, OTHER], AT)
        session.add(
            ItemRow(
                target="丙/政策",
                key="k" * 32,
                title="文件",
                url="http://a.test/1",
                printed=None,
                seen_at=AT,
                seen_on=date(2022, 6, 6),
                since=None,
                path="http",
            )
        )
        session.flush()
        targets = ["甲/动态", "乙/公告", "丙/政策", *(f"丁/{number}" for number in range(1000))]
        assert known_to_have_had_items(session, targets) == {"甲/动态", "丙/政策"}
