"""Whole rounds in which the list alone does not tell: articles and first sights are witnesses."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.rounds.city import PROFILE, column, crawl, query

FIRST, SECOND = date(2022, 6, 13), date(2022, 6, 20)


class Town(ThreadingHTTPServer):
    """Serves `pages` by path; whatever else is asked for is an ordinary home page."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, str] = {}

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/{path}"

    def put(self, path: str, entries: Sequence[tuple[str, str]], *, dates: bool = False) -> None:
        """A list of titles, newest first, each with the date its article shows (or none)."""
        rows = "".join(
            f'<li><a href="/{path}/{title}.html">关于{title}工作的通知</a>'
            f"{f'<span>{shown}</span>' if dates else ''}</li>"
            for title, shown in entries
        )
        self.pages[f"/{path}"] = page("通知公告", f"<div class=list><ul>{rows}</ul></div>")
        for title, shown in entries:
            told = f"<p>发布时间：{shown} 来源：办公室</p>" if shown else "<p>来源：办公室</p>"
            text = f"<h1>关于{title}工作的通知</h1>{told}<div>{STORY * 9}</div>"
            self.pages[f"/{path}/{title}.html"] = page(f"关于{title}工作的通知", text)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        from urllib.parse import unquote

        assert isinstance(self.server, Town)
        missing = self.path.startswith("/robots")
        body = self.server.pages.get(unquote(self.path), page("首页", "<p>示例</p>")).encode()
        self.send_response(404 if missing else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: the tests' output is theirs."""


STORY = "各单位要高度重视，加强组织领导，压实工作责任，确保各项任务落到实处、取得实效。"


def page(title: str, body: str) -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body>"
        f"<div class=nav><a href='/'>首页</a><a href='/xw/'>新闻</a></div>{body}"
        "<footer>主办：示例市人民政府办公室</footer></body></html>"
    )


def entries(newest: date | None, count: int = 8, name: str = "第") -> list[tuple[str, str]]:
    days = [newest - timedelta(days=9 * n) if newest else None for n in range(count)]
    return [
        (f"{name}{count - n}号", f"{day:%Y-%m-%d}" if day else "") for n, day in enumerate(days)
    ]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    server = Town()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def inspect(folder: Path, town: Town, day: date, *names: str) -> dict[str, tuple[str, Any]]:
    """One round over these columns; the verdicts by column."""
    if not (folder / "rules.yaml").exists():
        site = {
            "name": "测试网",
            "unit": "市测试局",
            "role": "department",
            "url": town.url(""),
            "columns": [column(name, name) for name in names],
        }
        register = {
            "city": "测试市",
            "profile": PROFILE["name"],
            "controls": [town.url("control")],
            "units": [{"name": "市测试局"}],
            "sites": [site],
        }
        (folder / "profiles").mkdir()
        (folder / "xunjian.toml").write_text('browser = "off"\n', encoding="utf-8")
        (folder / "rules.yaml").write_text(yaml.safe_dump(register, allow_unicode=True))
        (folder / "profiles/quick.yaml").write_text(yaml.safe_dump(PROFILE))
    done = crawl(folder, "--date", f"{day}", "--as-of", f"{day}")
    assert done.returncode in (0, 4), done.stderr
    rows = query(
        folder,
        "select v.target, v.truth, coalesce(v.reason, v.wording, v.newest) from verdict v"
        f" join round r on r.id = v.round_id where r.check_date = '{day}'",
    )
    return {target.split("/")[1]: (truth, told) for target, truth, told in rows}


def test_lists_without_dates_are_judged_by_their_articles(town: Town, tmp_path: Path) -> None:
    old, fresh = date(2022, 3, 1), date(2022, 6, 10)
    town.put("fresh", entries(fresh))
    town.put("stale", entries(old))
    town.put("pinned", [*entries(old, 4, "旧"), *entries(fresh, 6)])
    town.put("ascending", entries(fresh)[::-1])
    town.put("silent", entries(None))
    town.put("newer", entries(old), dates=True)
    town.pages["/newer/第8号.html"] = town.pages["/newer/第8号.html"].replace(f"{old}", f"{fresh}")
    names = ("fresh", "stale", "pinned", "ascending", "silent", "newer")
    found = inspect(tmp_path, town, FIRST, *names)
    assert found == {
        "fresh": ("ok", "2022-06-10"),
        "stale": ("violation", "超过3个月未更新"),
        "pinned": ("ok", "2022-06-01"),
        "ascending": ("ok", "2022-06-10"),
        "silent": ("unknown", "one_client"),  # without a browser
        "newer": ("ok", "2022-06-10"),
    }


def test_the_pages_that_were_opened_are_in_the_bundle(town: Town, tmp_path: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    town.put("stale", entries(date(2022, 3, 1)))
    inspect(tmp_path, town, FIRST, "stale")
    [warc] = (tmp_path / "data" / "evidence" / "cases").rglob("*.warc.gz")
    with warc.open("rb") as stream:
        kept = [
            record.rec_headers.get_header("WARC-Target-URI")
            for record in ArchiveIterator(stream)
            if record.rec_type == "response"
        ]
    assert town.url("stale") in kept
    assert len({url for url in kept if url.endswith(".html")}) == 5


def test_first_sights_prove_an_update_and_tell_of_old_dates(town: Town, tmp_path: Path) -> None:
    old = date(2022, 4, 20)
    for name in ("grown", "silent"):
        town.put(name, [(title, "") for title, _ in entries(old)])
    for name in ("backdated", "redated", "stale"):
        town.put(name, entries(old), dates=True)
    names = ("grown", "silent", "backdated", "redated", "stale")
    before = inspect(tmp_path, town, FIRST, *names)
    assert {truth for truth, _ in before.values()} == {"violation", "unknown"}
    town.put("grown", [("新增", ""), *((title, "") for title, _ in entries(old))])
    town.put("backdated", [("补录", "2022-04-25"), *entries(old)], dates=True)
    (first, _), *rest = entries(old)
    town.put("redated", [(first, "2022-06-18"), *rest], dates=True)
    assert inspect(tmp_path, town, SECOND, *names) == {
        "grown": ("ok", "2022-06-13"),
        "silent": ("unknown", "one_client"),
        "backdated": ("unknown", "backdated"),
        "redated": ("ok", "2022-06-18"),
        "stale": ("violation", "超过1个月未更新"),
    }
    proposed = query(tmp_path, 'select "column", rule, evidence from proposal order by 1')
    assert [one[:2] for one in proposed] == [("backdated", "P28"), ("redated", "P28")]
    assert all("exchanges.warc.gz" in evidence for _, _, evidence in proposed)
