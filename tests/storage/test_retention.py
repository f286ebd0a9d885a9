"""Evidence goes when its time is up, and nothing else does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from rules.checks import Check
from rules.facts import Outcome
from rules.postings import Posting, PostingKind
from storage.appeals import AppealFile, Saying, lodge
from storage.checks import checks_between, keep_checks
from storage.engine import transaction
from storage.evidence import Attached, EvidenceStore, Piece, paths_of, unproved
from storage.models import Due, Round, Violation
from storage.postings import keep_postings
from storage.retention import kept_since, let_go, remove
from tests.months import DAYS, NEWS, write_june

AT = datetime(2022, 6, 6, 3, tzinfo=UTC)


@pytest.fixture
def store(engine: Engine, tmp_path: Path) -> EvidenceStore:
    """A bundle of one file on each of the first two days, and the violation that names both."""
    write_june(engine)
    kept = EvidenceStore(tmp_path / "cases")
    with transaction(engine) as session:
        for day in DAYS[:2]:
            query = select(Due.id).join(Round, Due.round_id == Round.id)
            due = session.scalars(query.where(Due.target == NEWS, Round.check_date == day)).one()
            kept.keep(session, due, [Piece("case", "case.json", b"{}")], AT)
        for row in session.scalars(select(Violation).where(Violation.target == NEWS)):
            row.evidence = paths_of(session, NEWS, DAYS)
    return kept


def retire(engine: Engine, store: EvidenceStore, before: date) -> None:
    with transaction(engine) as session:
        gone = let_go(session, before)
    remove(store.folder, gone)


def test_files_older_than_they_may_be_kept_go_with_their_rows(
    engine: Engine, store: EvidenceStore
) -> None:
    retire(engine, store, DAYS[1])
    with transaction(engine) as session:
        [left] = paths_of(session, NEWS, DAYS)
        assert left.startswith(f"{DAYS[1]}")
        row = session.scalars(select(Violation).where(Violation.target == NEWS)).one()
        assert row.evidence == [left]
        assert store.verify(session) == ()
    assert [path.name for path in store.folder.iterdir()] == [f"{DAYS[1]}"]


def test_a_violation_whose_evidence_went_is_not_called_unproved(
    engine: Engine, store: EvidenceStore
) -> None:
    retire(engine, store, DAYS[2])
    with transaction(engine) as session:
        row = session.scalars(select(Violation).where(Violation.target == NEWS)).one()
        assert row.evidence == []
        assert row.id in unproved(session)
        assert row.id not in unproved(session, DAYS[2])


def test_nothing_goes_before_its_time(engine: Engine, store: EvidenceStore) -> None:
    retire(engine, store, DAYS[0])
    with transaction(engine) as session:
        assert len(paths_of(session, NEWS, DAYS)) == 2


@pytest.mark.parametrize(
    ("keep", "since"), [(None, date.min), (timedelta(days=365), date(2021, 6, 20))]
)
def test_how_long_evidence_is_kept(keep: timedelta | None, since: date) -> None:
    assert kept_since(keep, date(2022, 6, 20)) == since


def signed(engine: Engine, store: EvidenceStore, *days: date, attached: bool = True) -> str:
    """Checks of these days with one screenshot, in the bundles of those that are check days."""
    path = store.put(b"PNG", ".jpg")
    with transaction(engine) as session:
        for day in days:
            check = Check(NEWS, day, Outcome.READ, day, "张三", Path(path).stem)
            keep_checks(session, [check], AT)
            query = select(Due.id).join(Round, Due.round_id == Round.id)
            query = query.where(Due.target == NEWS, Round.check_date == day)
            for due in session.scalars(query) if attached else ():
                store.attach(session, due, [Attached("screenshot", path, AT)])
        for row in session.scalars(select(Violation).where(Violation.target == NEWS)):
            row.evidence = paths_of(session, NEWS, DAYS)
    return path


@pytest.mark.parametrize("attached", [True, False])
def test_a_screenshot_goes_with_the_last_of_its_checks_and_the_check_stays(
    engine: Engine, store: EvidenceStore, attached: bool
) -> None:
    path = signed(engine, store, DAYS[0], attached=attached)
    retire(engine, store, DAYS[1])
    assert not (store.folder / path).exists()
    assert not (store.folder / "checks").exists()
    with transaction(engine) as session:
        [check] = checks_between(session, DAYS[0], DAYS[0])[NEWS]
        assert check.screenshot == Path(path).stem
        assert store.verify(session, DAYS[1]) == ()
        assert [one.what for one in store.verify(session)] == ["missing"]
    retire(engine, store, DAYS[1])  # as after a crash between the two


def test_a_screenshot_of_a_later_check_too_stays(engine: Engine, store: EvidenceStore) -> None:
    path = signed(engine, store, *DAYS[:2], attached=False)
    retire(engine, store, DAYS[1])
    assert (store.folder / path).exists()


def test_a_screenshot_on_which_a_kept_round_rests_stays_with_its_violation(
    engine: Engine, store: EvidenceStore
) -> None:
    path = signed(engine, store, *DAYS[:2])
    with transaction(engine) as session:
        check = Check(NEWS, DAYS[0], Outcome.READ, DAYS[0], "张三", Path(path).stem)
        later = Check(NEWS, DAYS[1], Outcome.READ, DAYS[1], "张三")
        keep_checks(session, [check, later], AT)
    retire(engine, store, DAYS[1])
    assert (store.folder / path).exists()
    with transaction(engine) as session:
        row = session.scalars(select(Violation).where(Violation.target == NEWS)).one()
        assert path in row.evidence
        assert {kept.partition("/")[0] for kept in row.evidence} == {str(DAYS[1]), "checks"}
        assert store.verify(session, DAYS[1]) == ()


def test_a_screenshot_of_a_statement_goes_when_its_time_is_up_and_is_missed_before(
    engine: Engine, tmp_path: Path
) -> None:
    store = EvidenceStore(tmp_path / "cases")
    path = store.put(b"picture", ".png")
    statement = Posting(
        "wechat:gh_0123456789ab",
        PostingKind.NONE,
        None,
        screenshot=Path(path).stem,
        person="张三",
        checked_at=datetime(2022, 6, 19, 16, 30, tzinfo=UTC),  # 06-20 in Shanghai
    )
    with transaction(engine) as session:
        keep_postings(session, [statement], AT)
    retire(engine, store, date(2022, 6, 20))
    assert (store.folder / path).exists()
    retire(engine, store, date(2022, 6, 21))
    assert not (store.folder / path).exists()
    with transaction(engine) as session:
        assert [one.what for one in store.verify(session)] == ["missing"]
        assert store.verify(session, date(2022, 6, 21)) == ()


def test_the_attachments_of_an_appeal_go_when_their_time_is_up(
    engine: Engine, store: EvidenceStore
) -> None:
    path = store.put(b"letter", ".pdf")
    with transaction(engine) as session:
        row = session.scalars(select(Violation).where(Violation.target == NEWS)).one()
        file = AppealFile("说明函.pdf", path, Path(path).stem, 6)
        lodge(session, row, Saying("已更新", "甲区政府", DAYS[1], (file,)), AT)
    retire(engine, store, DAYS[1])
    assert (store.folder / path).exists()
    retire(engine, store, DAYS[1] + timedelta(days=1))
    assert not (store.folder / path).exists()
