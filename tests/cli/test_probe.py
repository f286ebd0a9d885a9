"""`probe`: one look at an address, and the verdict if a second look saw the same."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from cli.probe import words_of
from rules.facts import Truth, UnknownReason, Verdict
from tests.cli.conftest import REGISTER, Run
from tests.cli.test_read import ITEM, PAGE


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that writes no log."""

    def log_message(self, *arguments: object) -> None:
        """Nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of a server with a list of June 2022 under /dt/."""
    folder = tmp_path / "site" / "dt"
    folder.mkdir(parents=True)
    items = "\n".join(ITEM.format(n=n) for n in range(12, 2, -1))
    (folder / "index.html").write_text(PAGE.format(items=items), "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder.parent))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_of_the_register_is_judged_by_its_duty(site: str, workspace: Path) -> None:
    (workspace / "rules.yaml").write_text(REGISTER.replace("http://jia.test", site), "utf-8")
    command = [sys.executable, "-m", "cli.main", "--workspace", str(workspace), "probe"]
    command += [f"{site}/dt/", f"{site}/nothing/", "--as-of", "2022-07-01", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    stale, gone = json.loads(done.stdout)
    assert (stale["outcome"], stale["newest"], stale["status_code"]) == ("read", "2022-06-12", 200)
    assert stale["verdict"]["truth"] == "violation"
    assert (stale["verdict"]["days"], stale["verdict"]["limit"]) == (19, 14)
    assert gone["outcome"] == "not_found"
    assert gone["verdict"] is None  # nobody knows what this address owes


def test_an_address_without_scheme_is_wrong_use(run: Run) -> None:
    ran = run("probe", "www.example.test")
    assert ran.code == 2
    assert "http://" in ran.err


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (None, "不作判定"),
        (Verdict(Truth.OK, days=1, limit=14), "正常（距今 1 天，期限 14 天）"),
        (Verdict(Truth.OK), "正常（距今 不详，期限 无）"),
        (
            Verdict(Truth.VIOLATION, wording="超过2周未更新", days=19, limit=14),
            "若复查所见相同：超过2周未更新（距今 19 天，期限 14 天）",
        ),
        (Verdict(Truth.UNKNOWN, reason=UnknownReason.ONE_CLIENT), "尚只有一种客户端"),
    ],
)
def test_a_verdict_in_words(verdict: Verdict | None, words: str) -> None:
    assert words in words_of(verdict)
