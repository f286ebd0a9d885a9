"""`read`: what is read off a saved page, in every form."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PAGE = """<html><head><meta charset="utf-8"><meta name="ColumnName" content="工作动态">
<title>工作动态</title></head><body><ul class="list">{items}</ul></body></html>"""
ITEM = '<li><a href="/a/{n}.html">某地召开第{n}次会议部署工作</a><span>2022-06-{n:02}</span></li>'


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.html"
    items = "\n".join(ITEM.format(n=n) for n in range(12, 2, -1))
    file.write_text(PAGE.format(items=items), "utf-8")
    return file


def test_a_list_is_read_with_its_items(run: Run, workspace: Path, page: Path) -> None:
    arguments = ("read", page, "--today", "2022-06-13", "--url", "http://jia.test/dt/")
    ran = run("--workspace", workspace, *arguments, "--format", "json")
    assert ran.code == 0
    (seen,) = json.loads(ran.out)
    assert (seen["state"], seen["newest"], seen["kind"]) == ("LIST", "2022-06-12", "news")
    assert seen["items"][0]["url"] == "http://jia.test/a/12.html"
    assert len(seen["items"]) == 10


def test_csv_has_a_row_an_item(run: Run, page: Path, tmp_path: Path) -> None:
    ran = run("--workspace", tmp_path, "read", page, "--today", "2022-06-13", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff"))))
    assert [row["date"] for row in rows][:2] == ["2022-06-12", "2022-06-11"]


def test_a_person_is_told_the_state_in_words(run: Run, page: Path, tmp_path: Path) -> None:
    ran = run("--workspace", tmp_path, "read", page, "--today", "2022-06-13")
    assert "列表" in ran.out
    assert "2022-06-12" in ran.out


@pytest.mark.parametrize("arguments", [["nowhere.html"], ["page.html", "--today", "13.6."]])
def test_wrong_use_is_exit_code_2(
    run: Run, page: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(page.parent)
    assert run("read", *arguments).code == 2
