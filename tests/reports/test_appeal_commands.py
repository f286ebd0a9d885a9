"""`xunjian appeal` and `xunjian rectify`: each step is taken whole or refused in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from cli.workspace import Workspace
from reports.notice import notice
from storage.engine import reading, transaction
from storage.evidence import EvidenceStore
from storage.models import AppealRow, ProposalRow, RectificationRow, ReviewRow, Violation
from storage.proposals import replace_proposals
from tests.reports.test_commands import Captured, run
from tests.storage.test_proposals import RECORD

LODGE = ("appeal", "V1", "--text", "六月三日已更新", "--by", "甲区政府", "--on", "2022-07-04")
REDUCE = ("appeal", "V1", "--decide", "核减", "--reason", "经核属实", "--by", "王五")


@pytest.fixture
def confirmed(workspace: Path, june: Engine, capsysbinary: Captured) -> Path:
    run(workspace, capsysbinary, "review", "confirm", "V1", "--by", "张三")
    return workspace


def status(engine: Engine, number: int = 1) -> str:
    with reading(engine) as session:
        return session.get_one(Violation, number).status


def printed(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [str(line.reference) for line in notice(session, "2022-06").lines]


def test_an_appeal_takes_its_line_out_of_the_notice_until_it_is_decided(
    confirmed: Path, june: Engine, capsysbinary: Captured
) -> None:
    assert printed(june) == ["V1"]
    run(confirmed, capsysbinary, *LODGE)
    assert (status(june), printed(june)) == ("appealed", [])
    maintain = ("--decide", "维持", "--reason", "截图不是该栏目", "--by", "王五")
    run(confirmed, capsysbinary, "appeal", "V1", *maintain)
    assert (status(june), printed(june)) == ("confirmed", ["V1"])


def test_what_is_reduced_is_dismissed_with_the_appeal_as_its_reason(
    confirmed: Path, june: Engine, capsysbinary: Captured
) -> None:
    run(confirmed, capsysbinary, *LODGE)
    run(confirmed, capsysbinary, *REDUCE)
    assert (status(june), printed(june)) == ("dismissed", [])
    with reading(june) as session:
        last = session.scalars(select(ReviewRow).order_by(ReviewRow.id.desc())).first()
        assert last is not None
        assert (last.decision, last.reason, last.note) == ("dismissed", "appeal", "经核属实")
        assert [row.step for row in session.scalars(select(AppealRow))] == ["lodged", "reduced"]


def test_attachments_lie_under_their_hash_and_are_looked_after(
    confirmed: Path, june: Engine, capsysbinary: Captured
) -> None:
    letter = confirmed / "说明函.PDF"
    letter.write_bytes(b"%PDF-1.7 letter")
    (confirmed / "odd.exe").write_bytes(b"MZ")
    files = ("--attach", str(letter), "--attach", str(confirmed / "odd.exe"))
    run(confirmed, capsysbinary, *LODGE, *files)
    with reading(june) as session:
        pdf, odd = session.scalars(select(AppealRow)).one().files
        store = EvidenceStore(Workspace(confirmed).evidence_folder)
        assert (pdf["name"], pdf["size"]) == ("说明函.PDF", 15)
        assert Path(pdf["path"]).suffix == ".pdf"
        assert Path(odd["path"]).suffix == ".bin"
        assert (store.folder / pdf["path"]).read_bytes() == b"%PDF-1.7 letter"
        assert "stray" not in {one.what for one in store.verify(session)}
        (store.folder / pdf["path"]).unlink()
        assert pdf["path"].replace(".pdf", ".png") in {one.path for one in store.verify(session)}


def test_explain_tells_the_whole_way_of_a_line(
    confirmed: Path, june: Engine, capsysbinary: Captured
) -> None:
    run(confirmed, capsysbinary, *LODGE)
    run(confirmed, capsysbinary, *REDUCE)
    out, _ = run(confirmed, capsysbinary, "explain", "V1")
    told = out.decode()
    assert told.index("复核确认") < told.index("提出申诉") < told.index("申诉核减")
    out, _ = run(confirmed, capsysbinary, "explain", "1", "--format", "json")
    steps = [event["step"] for event in json.loads(out)["history"]]
    assert steps[:2] == ["confirmed", "lodged"]
    assert set(steps[2:]) == {"reduced", "dismissed"}


def test_the_appeals_are_listed_with_their_decisions(
    confirmed: Path, june: Engine, capsysbinary: Captured
) -> None:
    run(confirmed, capsysbinary, *LODGE)
    out, _ = run(confirmed, capsysbinary, "appeal", "--format", "json")
    (row,) = json.loads(out)
    assert (row["id"], row["appeal"], row["decided_on"]) == ("V1", "lodged", None)
    run(confirmed, capsysbinary, *REDUCE)
    out, _ = run(confirmed, capsysbinary, "appeal", "--month", "2022-06", "--format", "json")
    (row,) = json.loads(out)
    assert (row["appeal"], row["decided_by"], row["lodged_on"]) == ("reduced", "王五", "2022-07-04")
    out, _ = run(confirmed, capsysbinary, "appeal", "--month", "2022-05", "--format", "json")
    assert json.loads(out) == []


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("V9 --text x --by 甲", "V9"),
        ("x --text x --by 甲", "V 加数字"),
        ("P9 --text x --by 甲", "P9"),
        ("P1 --text x --by 甲", "确认后才列入"),
        ("D1 --text x --by 甲", "D1"),
        ("V2 --text x --by 甲", "尚未复核"),
        ("V1 --by 甲", "--text"),
        ("V1 --text x", "--by"),
        ("V1 --text x --by 甲 --on 2022-05-01", "2022-06-06"),
        ("V1 --text x --by 甲 --on 9999-01-01", "9999-01-01"),
        ("V1 --text x --by 甲 --attach nowhere.pdf", "nowhere.pdf"),
        ("V1 --decide 核减 --reason x --by 甲", "没有待决定"),
        ("V1 --decide 也许 --reason x --by 甲", "也许"),
        ("V1 --decide 核减 --text x --by 甲", "--reason"),
    ],
)
def test_a_wrong_appeal_is_refused_in_one_line(
    confirmed: Path, june: Engine, capsysbinary: Captured, line: str, word: str
) -> None:
    with transaction(june) as session:
        replace_proposals(session, "2022-06", [RECORD])
    out, err = run(confirmed, capsysbinary, "appeal", *line.split(), code=2)
    assert (out, err.count("\n"), word in err) == (b"", 1, True), err
    with reading(june) as session:
        assert session.scalar(select(func.count()).select_from(AppealRow)) == 0


def test_an_appeal_is_not_lodged_twice_and_not_decided_by_review(
    confirmed: Path, june: Engine, capsysbinary: Captured
) -> None:
    run(confirmed, capsysbinary, *LODGE)
    run(confirmed, capsysbinary, *LODGE, code=2)
    dismiss = ("review", "dismiss", "V1", "--reason", "misread", "--by", "张三")
    _, err = run(confirmed, capsysbinary, *dismiss, code=2)
    assert "xunjian appeal" in err
    assert status(june) == "appealed"


def test_an_appeal_against_what_was_proposed_goes_to_the_violation_it_became(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    with transaction(june) as session:
        replace_proposals(session, "2022-06", [RECORD])
    run(workspace, capsysbinary, "review", "confirm", "P1", "--by", "张三")
    run(workspace, capsysbinary, "appeal", "P1", "--text", "可以打开", "--by", "甲区政府")
    assert status(june, 3) == "appealed"
    reduce = ("--decide", "核减", "--reason", "属实", "--by", "王五")
    run(workspace, capsysbinary, "appeal", "P1", *reduce)
    with reading(june) as session:
        assert session.get_one(ProposalRow, 1).status == "dismissed"
    assert status(june, 3) == "dismissed"


def test_a_person_records_a_repair_with_name_and_note(
    confirmed: Path, june: Engine, capsysbinary: Captured
) -> None:
    told = ("rectify", "V1", "--by", "李四", "--note", "现场看过", "--on", "2022-06-20")
    run(confirmed, capsysbinary, *told)
    with reading(june) as session:
        row = session.scalars(select(RectificationRow)).one()
        assert (row.person, row.note, str(row.day)) == ("李四", "现场看过", "2022-06-20")
    assert (status(june), printed(june)) == ("rectified", ["V1"])
    _, err = run(confirmed, capsysbinary, "rectify")
    assert "0 条" in err


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("V1 --by 李四", "--note"),
        ("V1 --note x", "--by"),
        ("V2 --by 李四 --note x", "待复核"),
        ("V9 --by 李四 --note x", "V9"),
        ("V1 --by 李四 --note x --on 2022-06-10", "2022-06-13"),
        ("--by 李四", "编号"),
    ],
)
def test_a_repair_that_lacks_something_is_refused_in_one_line(
    confirmed: Path, june: Engine, capsysbinary: Captured, line: str, word: str
) -> None:
    out, err = run(confirmed, capsysbinary, "rectify", *line.split(), code=2)
    assert (out, err.count("\n"), word in err) == (b"", 1, True), err
    assert status(june) == "confirmed"
