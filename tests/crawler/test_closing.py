"""A round is judged with the signed checks there are, again when more come, in its budget."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Engine

from crawler.closing import RoundReport, judge_again
from rules.checks import Check
from rules.facts import Outcome, Sight, Truth, UnknownReason
from rules.kinds import ColumnKind
from rules.register import Column, Letter, Register, Site
from storage.checks import keep_checks
from storage.engine import reading, transaction
from storage.evidence import EvidenceStore, bundle, unproved
from storage.ledger import round_of
from storage.verdicts import Change
from storage.violations import violations
from tests.rounds_by_hand import verdicts, write_round
from tests.rules.sights import CHECK_DAY, days_ago, read, saw, twice

NOW = datetime(2022, 6, 23, tzinfo=UTC)
STALE, FRESH = days_ago(40), days_ago(3)
BLOCKED = (saw(Outcome.CHALLENGE), saw(Outcome.CHALLENGE, minute=120))
PICTURE = b"\x89PNG\r\n\x1a\n of what a person saw"
DIGEST = sha256(PICTURE).hexdigest()


def city(sites: int = 1, letter: Letter | None = None) -> Register:
    return Register(
        city="示例市",
        sites=tuple(
            Site(
                f"网{number}",
                "甲局",
                f"http://s{number}.test/",
                letter=letter if number == 0 else None,
                hosted_on="platform",
                columns=(
                    Column(f"网{number}/动态", "动态", f"http://s{number}.test/", ColumnKind.NEWS),
                ),
            )
            for number in range(sites)
        ),
    )


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "cases")


def one_round(
    engine: Engine,
    store: EvidenceStore,
    *sights: tuple[Sight, ...],
    day: date = CHECK_DAY,
    letter: Letter | None = None,
) -> RoundReport:
    """A round of as many sites as there are looks, each with one column."""
    seen = {f"网{number}/动态": looks for number, looks in enumerate(sights)}
    return write_round(engine, store.folder, day, city(len(sights), letter), seen)


def signed(store: EvidenceStore, newest: date | None = STALE, **changes: object) -> Check:
    store.put(PICTURE, ".png")
    check = Check("网0/动态", CHECK_DAY, Outcome.READ, newest, "张三", DIGEST, "办公室电脑")
    return replace(check, **changes)  # type: ignore[arg-type]


def bring(engine: Engine, store: EvidenceStore, *checks: Check) -> tuple[Change, ...]:
    """Import checks after the round was judged, and judge it again."""
    with transaction(engine) as session:
        keep_checks(session, checks, NOW)
    with transaction(engine) as session:
        row = round_of(session, CHECK_DAY)
        assert row is not None
        return judge_again(session, row, now=NOW, evidence=store)


def test_a_check_that_is_there_when_the_round_closes_is_heard(
    engine: Engine, store: EvidenceStore
) -> None:
    with transaction(engine) as session:
        keep_checks(session, [signed(store)], NOW)
    one_round(engine, store, BLOCKED)
    with reading(engine) as session:
        assert verdicts(session, CHECK_DAY) == {"网0/动态": ("violation", "超过1个月未更新")}
        [row] = violations(session)
        assert (row.newest, row.days, row.outcome) == (STALE, 40, "read")


def test_a_check_that_comes_later_has_its_round_judged_again_and_says_what_changed(
    engine: Engine, store: EvidenceStore
) -> None:
    report = one_round(engine, store, BLOCKED)
    assert report.settled.over_budget
    [change] = bring(engine, store, signed(store))
    assert (change.check_date, change.target) == (CHECK_DAY, "网0/动态")
    assert change.before is not None
    assert (change.before.reason, change.after.truth) == (UnknownReason.BLOCKED, Truth.VIOLATION)
    with reading(engine) as session:
        row = round_of(session, CHECK_DAY)
        assert row is not None
        assert row.report["truths"] == {"violation": 1}
        assert (row.report["unknown"], row.report["over_budget"]) == ({}, False)
        assert len(violations(session)) == 1
    assert bring(engine, store, signed(store)) == ()


def test_a_corrected_check_takes_the_accusation_back(engine: Engine, store: EvidenceStore) -> None:
    one_round(engine, store, BLOCKED)
    bring(engine, store, signed(store))
    [change] = bring(engine, store, signed(store, FRESH))
    assert change.after.truth is Truth.OK
    with reading(engine) as session:
        assert violations(session) == []
        assert bundle(session, "网0/动态", CHECK_DAY) == []
        assert store.verify(session) == ()


def test_an_accusation_by_a_check_has_its_case_and_screenshot_as_evidence(
    engine: Engine, store: EvidenceStore
) -> None:
    one_round(engine, store, BLOCKED)
    bring(engine, store, signed(store))
    with reading(engine) as session:
        rows = {row.kind: row for row in bundle(session, "网0/动态", CHECK_DAY)}
        assert set(rows) == {"check", "screenshot"}
        assert (store.folder / rows["screenshot"].path).read_bytes() == PICTURE
        case = json.loads((store.folder / rows["check"].path).read_text("utf-8"))
        assert case["finding"]["wording"] == "超过1个月未更新"
        assert [one["person"] for one in case["manual_checks"]] == ["张三"]
        assert [one["outcome"] for one in case["attempts"]] == ["challenge", "challenge"]
        assert unproved(session) == []
        assert store.verify(session) == ()
        [row] = violations(session)
        assert row.evidence == [rows["check"].path, rows["screenshot"].path]


def test_a_check_of_another_round_s_days_is_not_heard(engine: Engine, store: EvidenceStore) -> None:
    one_round(engine, store, BLOCKED)
    early = signed(store, FRESH, checked_on=date(2022, 6, 13))
    late = signed(store, checked_on=date(2022, 6, 27))
    assert bring(engine, store, early, late) == ()


def test_what_the_machine_read_itself_no_check_overrides(
    engine: Engine, store: EvidenceStore
) -> None:
    one_round(engine, store, twice(FRESH), twice(STALE))
    check = signed(store, days_ago(60))
    other = replace(signed(store, FRESH, screenshot=None), target="网1/动态")
    assert bring(engine, store, check, other) == ()


def test_an_emptied_column_is_known_from_an_earlier_check(
    engine: Engine, store: EvidenceStore
) -> None:
    one_round(engine, store, BLOCKED)
    empty = signed(store, None, outcome=Outcome.EMPTY)
    earlier = signed(store, date(2022, 4, 1), checked_on=date(2022, 4, 20))
    again = replace(empty, checked_on=date(2022, 6, 22))
    assert bring(engine, store, earlier, empty, again)[0].after.truth is Truth.UNKNOWN


def test_the_brake_neither_counts_nor_takes_back_what_people_signed_for(
    engine: Engine, store: EvidenceStore
) -> None:
    one_round(engine, store, *[twice(STALE)] * 2, *[BLOCKED] * 8)
    with reading(engine) as session:
        assert len(violations(session)) == 2  # one in five sites of the platform, no more
    checks = [replace(signed(store), target=f"网{number}/动态") for number in range(2, 6)]
    assert len(bring(engine, store, *checks)) == 4
    with reading(engine) as session:
        assert len(violations(session)) == 6


def test_the_brake_lets_go_of_what_a_person_has_looked_at(
    engine: Engine, store: EvidenceStore
) -> None:
    one_round(engine, store, *[twice(STALE)] * 5, *[twice(FRESH)] * 5)
    with reading(engine) as session:
        assert {reason for _, reason in verdicts(session, CHECK_DAY).values()} == {
            None,
            "mass_anomaly",
        }
    [change] = bring(engine, store, signed(store))
    assert (change.target, change.after.truth) == ("网0/动态", Truth.VIOLATION)


@pytest.mark.parametrize(
    ("letter", "over"),
    [
        (None, True),
        (Letter(date(2022, 6, 10), date(2022, 9, 10)), False),
        (Letter(date(2022, 6, 10), CHECK_DAY), False),
        (Letter(date(2022, 4, 10), date(2022, 6, 19)), True),
        (Letter(date(2022, 6, 21), date(2022, 9, 10)), True),
    ],
)
def test_blocks_with_an_open_letter_do_not_count_against_the_budget(
    engine: Engine, store: EvidenceStore, letter: Letter | None, over: bool
) -> None:
    report = one_round(engine, store, BLOCKED, (read(FRESH),), letter=letter)
    assert report.settled.over_budget is over
    assert report.settled.truths["unknown"] == 1
    assert report.to_json()["blocked_with_letter"] == (0 if over else 1)


def test_a_letter_excuses_blocks_alone(engine: Engine, store: EvidenceStore) -> None:
    letter = Letter(date(2022, 6, 10), date(2022, 9, 10))
    for_person = (saw(Outcome.LOGIN), saw(Outcome.LOGIN, minute=120))
    assert one_round(engine, store, for_person, letter=letter).settled.over_budget
