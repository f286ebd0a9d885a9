"""`import-posts`: posts and statements in, bad rows told, and every verdict that changed."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from time import perf_counter

import openpyxl  # type: ignore[import-untyped]
import pytest
from sqlalchemy import select

from cli import pictures
from cli.sheets import MOST_ROWS
from cli.workspace import Workspace
from rules.facts import Outcome
from rules.register import load_register
from storage.account_reads import row_of
from storage.engine import open_database, reading, transaction
from storage.models import Due, PostingRow
from tests.cli.conftest import Run
from tests.rounds_by_hand import verdicts, write_round
from tests.rules.reads import MONDAY, shown
from tests.rules.sights import saw

PNG = b"\x89PNG\r\n\x1a\n and the rest"
ID, OTHER = "gh_0123456789ab", "gh_ba9876543210"
ACCOUNTS = f"""
accounts:
  - {{name: 甲县发布, unit: 甲局, platform: wechat, id: {ID}}}
  - {{name: 甲县文旅, unit: 甲局, platform: wechat, id: {OTHER}}}
"""
HEAD = (
    "平台", "账号名称", "账号ID", "发布时间", "标题", "链接", "是否置顶", "截图文件名", "填报人",
    "核查时间", "记录类型",
)  # fmt: skip
Row = Sequence[str]


def posted(at: str = "2022-06-17 10:05", account: str = ID, **more: str) -> Row:
    told = {"title": "防汛会", "link": "", "person": ""} | more
    cells = (told["title"], told["link"], "否", "", told["person"], "", "发布")
    return ("微信公众号", "", account, at, *cells)


def signed(
    at: str = "2022-06-20 09:30",
    person: str = "张三",
    picture: str = "截图/1.png",
    newest: str = "",
) -> Row:
    return (
        "公众号", "甲县发布", ID, newest, "", "", "", picture, person, at, "经人工查看确无更新",
    )  # fmt: skip


FIRST, SECOND = signed(), signed("2022-06-20 16:00", "李四", "截图/2.png")


@pytest.fixture
def judged(workspace: Path) -> Path:
    """A workspace with a round in which nothing could be read of two accounts."""
    place = Workspace(workspace)
    text = place.rules_path.read_text("utf-8")
    place.rules_path.write_text(text + ACCOUNTS, "utf-8")
    engine = open_database(place.database_url)
    register = load_register(place.rules_path)
    blocked = (saw(Outcome.CHALLENGE),)
    targets = [*(one.target for one in register.accounts), "甲网/工作动态", "甲网/通知公告"]
    seen = dict.fromkeys([*targets, "甲网/领导信息"], blocked)
    write_round(engine, place.evidence_folder, MONDAY, register, seen)
    engine.dispose()
    (workspace / "截图").mkdir()
    for number in (1, 2):
        (workspace / "截图" / f"{number}.png").write_bytes(PNG + bytes([number]))
    return workspace


def table(folder: Path, *rows: Row, charset: str = "utf-8-sig", head: Row = HEAD) -> Path:
    path = folder / "posts.csv"
    with path.open("w", encoding=charset, newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def bring(run: Run, folder: Path, file: Path) -> tuple[int, list[dict[str, str]], str]:
    ran = run(
        "--workspace", folder, "import-posts", file, "--as-of", "2022-06-23", "--format", "json"
    )
    return ran.code, json.loads(ran.out or "[]"), ran.err


def kept(folder: Path) -> list[tuple[str, str]]:
    engine = open_database(Workspace(folder).database_url)
    with reading(engine) as session:
        return [(row.target, row.title) for row in session.scalars(select(PostingRow))]


def told_of(changes: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(row["account"], row["before"], row["after"]) for row in changes]


def test_a_post_clears_and_says_which_round_it_changed(run: Run, judged: Path) -> None:
    both = (posted(), posted("2022-06-15 09:00", title="又一篇"))
    code, changes, err = bring(run, judged, table(judged, *both))
    assert code == 0, err
    assert told_of(changes) == [("甲县发布", "unknown", "ok")]
    assert "新增 2" in err
    assert "2022-06-20" in err


def test_two_signed_statements_accuse_with_their_pictures_as_evidence(
    run: Run, judged: Path
) -> None:
    code, changes, err = bring(run, judged, table(judged, FIRST, SECOND))
    assert code == 0, err
    assert told_of(changes) == [("甲县发布", "unknown", "violation")]
    assert changes[0]["problem"] == "超过两周未更新"
    [found] = json.loads(run("--workspace", judged, "violations", "--format", "json").out)
    assert len(found["evidence"]) == 3
    assert run("--workspace", judged, "evidence", "verify").code == 0
    [case] = [judged / "data/evidence/cases" / path for path in found["evidence"] if "json" in path]
    told = json.loads(case.read_text("utf-8"))
    assert [one["person"] for one in told["manual_checks"]] == ["张三", "李四"]


def test_one_statement_accuses_nobody_and_says_what_is_lacking(run: Run, judged: Path) -> None:
    code, changes, err = bring(run, judged, table(judged, FIRST))
    assert (code, told_of(changes)) == (0, [("甲县发布", "unknown", "unknown")]), err
    assert "2022-06-20" in err
    engine = open_database(Workspace(judged).database_url)
    with reading(engine) as session:
        assert verdicts(session, MONDAY)[f"wechat:{ID}"] == ("unknown", "one_sight")
    told = json.loads(run("--workspace", judged, "unknowns", "--format", "json").out)
    advice = {row["account"]: row["advice"] for row in told if row["account"]}
    assert advice["甲县发布"].startswith("再核实一次")
    assert advice["甲县文旅"].startswith("配置来源")


def test_a_post_that_the_machine_saw_takes_the_statements_force_away(
    run: Run, judged: Path
) -> None:
    engine = open_database(Workspace(judged).database_url)
    with transaction(engine) as session:
        due = session.scalars(select(Due).where(Due.target == f"wechat:{ID}")).one()
        clip = shown(source="feed", can_prove_absence=False, complete_from=None)
        old = replace(clip.posts[0], time=clip.fetched_at - timedelta(days=10))
        session.add(row_of(due.id, 0, replace(clip, posts=(old,)), []))
    engine.dispose()
    _, changes, err = bring(run, judged, table(judged, FIRST, SECOND))
    assert [row["after"] for row in changes] == ["ok"], err


def test_the_same_file_again_changes_nothing(run: Run, judged: Path) -> None:
    file = table(judged, FIRST, SECOND, posted(account=OTHER))
    bring(run, judged, file)
    before = kept(judged)
    code, changes, err = bring(run, judged, file)
    assert (code, changes, kept(judged)) == (0, [], before)
    assert "新增 0，更正 0，已有 3" in err


def test_a_correction_is_told_with_who_stood_there_before(run: Run, judged: Path) -> None:
    bring(run, judged, table(judged, FIRST, SECOND))
    mended = signed(newest="2022-06-16 08:00")
    _, changes, err = bring(run, judged, table(judged, mended, posted(person="王五")))
    assert [row["after"] for row in changes] == ["ok"]
    assert "原填报人：张三" in err


def test_every_bad_row_is_told_and_exits_2_and_the_good_ones_are_kept(
    run: Run, judged: Path
) -> None:
    rows = [
        posted(account="gh_unknown"),
        posted("2022-06-24 08:00"),
        posted("2022-06-16 08:00", link="https://weibo.com/1000000001/QexamPl02"),
        signed(picture=""),
        posted(),
        posted(),
    ]
    code, changes, err = bring(run, judged, table(judged, *rows))
    assert code == 2
    assert told_of(changes) == [("甲县发布", "unknown", "ok")]
    assert len(kept(judged)) == 1
    places = ["posts.csv:2:3", "posts.csv:3:4", "posts.csv:4:6", "posts.csv:5:8", "posts.csv:7:11"]
    assert [place for place in places if place not in err] == []


def test_a_file_without_a_good_row_changes_nothing(run: Run, judged: Path) -> None:
    code, changes, err = bring(run, judged, table(judged, posted(account="gh_unknown")))
    assert (code, changes, kept(judged)) == (2, [], [])
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("no.png", None, "没有图片文件"),
        ("../outside.png", PNG, "文件夹"),
        ("/etc/hostname", None, "文件夹"),
        ("page.png", b"<html>", "PNG 或 JPEG"),
        ("large.png", PNG + b"x" * 200, "MiB"),
    ],
)
def test_a_screenshot_that_cannot_be_had_spoils_its_row(
    run: Run,
    judged: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    content: bytes | None,
    words: str,
) -> None:
    monkeypatch.setattr(pictures, "LARGEST", 100)
    if content is not None:
        (judged / name).write_bytes(content)
    code, _, err = bring(run, judged, table(judged, signed(picture=name), posted()))
    assert code == 2
    assert "posts.csv:2:8: 「截图文件名」" in err
    assert words in err
    assert len(kept(judged)) == 1


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gbk"])
def test_a_table_in_any_charset_that_excel_writes_is_read(
    run: Run, judged: Path, charset: str
) -> None:
    code, _, err = bring(run, judged, table(judged, posted(title="防汛会议"), charset=charset))
    assert (code, kept(judged)) == (0, [(f"wechat:{ID}", "防汛会议")]), err


def test_bytes_that_are_no_text_are_one_line(run: Run, judged: Path) -> None:
    path = judged / "posts.csv"
    path.write_bytes(b"\xff\xfe\x00\xd8" * 50)
    code, _, err = bring(run, judged, path)
    assert (code, len(err.splitlines())) == (2, 1)


def test_a_workbook_with_cells_of_dates_numbers_and_formulas_is_read_as_it_shows(
    run: Run, judged: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(reversed(HEAD)))
    at = datetime(2022, 6, 17, 10, 5, 40)  # noqa: DTZ001 - a workbook knows no zones
    hostile = '=HYPERLINK("http://evil.test","点")'
    for row in (
        [*posted()[:3], at, "标" * 4000, *posted()[5:]],
        [*posted()[:3], at - timedelta(days=1), "\u202e右到左\u202c\u200b", *posted()[5:]],
        [*posted()[:3], at.date(), "只有日期", *posted()[5:]],
        [*posted()[:3], at - timedelta(days=2), hostile, *posted()[5:]],
    ):
        sheet.append(list(reversed(row)))
    path = judged / "posts.xlsx"
    book.save(path)
    code, _, err = bring(run, judged, path)
    assert code == 2
    assert "posts.xlsx:4:8: 「发布时间」“2022-06-17”不是几点几分的时间" in err
    assert "posts.xlsx:5:" in err  # a formula that nobody computed is an empty cell
    assert kept(judged) == [(f"wechat:{ID}", "标" * 300), (f"wechat:{ID}", "右到左")]


def test_formulas_of_a_csv_are_text_and_harmless_where_they_come_out(
    run: Run, judged: Path
) -> None:
    hostile = "=cmd|'/c calc'!A1\x07\u202e"
    code, _, err = bring(run, judged, table(judged, posted(title=hostile), posted(account="=1+1")))
    assert code == 2
    assert kept(judged) == [(f"wechat:{ID}", "=cmd|'/c calc'!A1")]
    assert "\u202e" not in err
    assert "\x07" not in err


def test_a_full_table_is_taken_in_seconds_and_a_fuller_one_is_refused(
    run: Run, judged: Path
) -> None:
    start = datetime(2022, 6, 19, 23, 59, tzinfo=UTC)
    rows = [
        posted(f"{start - timedelta(minutes=number):%Y-%m-%d %H:%M}") for number in range(20_000)
    ]
    begun = perf_counter()
    code, _, err = bring(run, judged, table(judged, *rows))
    assert (code, kept(judged), len(err.splitlines())) == (2, [], 1)
    assert str(MOST_ROWS) in err
    code, changes, err = bring(run, judged, table(judged, *rows[:MOST_ROWS]))
    assert (code, len(kept(judged)), len(changes)) == (0, MOST_ROWS, 1), err
    assert perf_counter() - begun < 60


def test_the_example_of_the_documents_is_taken(run: Run, judged: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "posts.md").read_text("utf-8")
    place = Workspace(judged).rules_path
    more = "  - {name: 示例县文旅, unit: 甲局, platform: weibo, id: '1000000001'}\n"
    text = place.read_text("utf-8").replace("甲县发布", "示例县发布") + more
    place.write_text(text, "utf-8")
    path = judged / "example.csv"
    path.write_text(page.split("```csv\n")[1].split("```")[0], "utf-8")
    code, _, err = bring(run, judged, path)
    assert (code, len(kept(judged))) == (0, 4), err


def test_without_a_file_or_a_template_it_is_wrong_use(run: Run, workspace: Path) -> None:
    assert run("--workspace", workspace, "import-posts").code == 2


def test_the_template_lists_what_stayed_unknown_and_is_read_back(run: Run, judged: Path) -> None:
    form = judged / "form.xlsx"
    ran = run("--workspace", judged, "import-posts", "--template", form)
    assert ran.code == 0, ran.err
    book = openpyxl.load_workbook(BytesIO(form.read_bytes()))
    sheet = book.worksheets[0]
    head, *lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert tuple(head[:11]) == HEAD
    assert [line[:3] for line in lines[2:]] == [
        ["微信公众号", "甲县发布", ID],
        ["微信公众号", "甲县文旅", OTHER],
    ]
    at = datetime(2022, 6, 17, 10, 5)  # noqa: DTZ001 - a workbook knows no zones
    for name, value in {"发布时间": at, "标题": "防汛会", "记录类型": "发布"}.items():
        sheet.cell(4, head.index(name) + 1).value = value
    book.save(form)
    code, changes, err = bring(run, judged, form)
    assert (code, told_of(changes)) == (0, [("甲县发布", "unknown", "ok")]), err
    assert run("--workspace", judged, "import-posts", "--template", form).code == 2


def test_a_template_can_be_had_before_any_round(run: Run, workspace: Path) -> None:
    form = workspace / "form.xlsx"
    assert run("--workspace", workspace, "import-posts", "--template", form).code == 0
    assert len(list(openpyxl.load_workbook(form).worksheets[0].iter_rows())) == 3
    code, changes, err = bring(run, workspace, form)
    assert (code, changes) == (0, []), err
