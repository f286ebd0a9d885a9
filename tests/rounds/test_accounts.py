"""Whole rounds over accounts, against a fake platform over plain HTTP."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rounds.city import COMMAND, crawl, query
from tests.rounds.platforms import (
    BUSY,
    CONTROL,
    SHORT,
    SILENT,
    Living,
    daily,
    platforms,
    write_accounts,
)


@pytest.fixture
def living() -> Iterator[Living]:
    with platforms() as running:
        yield running


def verdicts(folder: Path) -> dict[str, tuple[str, str | None]]:
    rows = query(folder, "select target, truth, reason from verdict")
    return {target.partition(":")[2]: (truth, reason) for target, truth, reason in rows}


def test_the_silent_and_the_short_are_told_and_the_busy_is_not(
    living: Living, tmp_path: Path
) -> None:
    write_accounts(tmp_path, living, BUSY, SILENT, SHORT)
    done = crawl(tmp_path)
    assert done.returncode == 0, done.stderr
    rows = query(tmp_path, 'select "list", account, problem, days from violation order by id')
    assert rows == [
        ("account_failed", "久不更新", "超过两周未更新", 20),
        ("account_problem", "久不更新", "一周未更新两次", 20),
        ("account_problem", "更新不足", "一周未更新两次", 3),
    ]
    assert verdicts(tmp_path)[BUSY] == ("ok", None)
    assert query(tmp_path, "select distinct looks from due order by 1") == [(1,), (2,)]


def test_every_accusation_has_a_bundle_that_verifies(living: Living, tmp_path: Path) -> None:
    write_accounts(tmp_path, living, SILENT)
    crawl(tmp_path)
    kinds = query(tmp_path, "select distinct kind from evidence order by kind")
    assert kinds == [("case",), ("warc",)]
    assert query(tmp_path, "select count(*) from violation where evidence = '[]'") == [(0,)]


def test_without_a_session_nobody_is_accused(living: Living, tmp_path: Path) -> None:
    write_accounts(tmp_path, living, BUSY, SILENT, session=False)
    assert crawl(tmp_path).returncode == 4
    assert set(verdicts(tmp_path).values()) == {("unknown", "login_required")}


def test_a_dead_session_accuses_nobody_and_is_told_once(living: Living, tmp_path: Path) -> None:
    living.sessions_live = False
    write_accounts(tmp_path, living, BUSY, SILENT, SHORT)
    done = crawl(tmp_path)
    assert set(verdicts(tmp_path).values()) == {("unknown", "login_required")}
    children = done.stderr.count("xunjian login weibo")
    assert children == living.asked["info"]  # each asks once, and leaves the others alone
    assert 1 <= children <= 2


def test_a_source_whose_control_is_silent_proves_nothing(living: Living, tmp_path: Path) -> None:
    living.times[CONTROL] = daily(20, since=9)  # the platform shows us nothing new of anybody
    write_accounts(tmp_path, living, SILENT)
    crawl(tmp_path)
    assert verdicts(tmp_path)[SILENT] == ("unknown", "controls_down")


def test_the_first_captcha_closes_the_source(living: Living, tmp_path: Path) -> None:
    living.instead[BUSY] = (432, "")
    write_accounts(tmp_path, living, BUSY, SILENT, SHORT, second_after="1h")
    done = crawl(tmp_path)
    assert done.returncode == 3, done.stderr  # it goes on when the platform may have calmed down
    assert living.asked["info"] == 2  # the control's, and the one that was refused
    assert query(tmp_path, "select count(*) from violation") == [(0,)]
    reads = query(tmp_path, "select distinct outcome, reason from account_read")
    assert reads == [("blocked", "http_432")]


def test_a_second_read_that_is_owed_later_leaves_the_round_open(
    living: Living, tmp_path: Path
) -> None:
    write_accounts(tmp_path, living, BUSY, SILENT, second_after="6h")
    done = crawl(tmp_path)
    assert done.returncode == 3, done.stderr
    assert query(tmp_path, "select status from round") == [("incomplete",)]
    assert query(tmp_path, "select count(*) from observation") == [(1,)]


def test_a_growing_counter_clears_what_the_list_hides(living: Living, tmp_path: Path) -> None:
    write_accounts(tmp_path, living, SILENT)
    crawl(tmp_path, "--date", "2022-06-13", "--as-of", "2022-06-13")
    living.times[SILENT] = [*daily(1), *living.times[SILENT]]
    living.instead[SILENT] = (403, "forbidden")
    crawl(tmp_path)
    assert query(tmp_path, "select count(*) from violation where last_failed = '2022-06-20'") == [
        (0,)
    ]


def test_no_secret_is_kept_with_what_was_read(living: Living, tmp_path: Path) -> None:
    write_accounts(tmp_path, living, SILENT)
    crawl(tmp_path)
    told = query(tmp_path, "select url, headers, request_headers from exchange")
    assert told
    assert "office" not in str(told)


def test_the_explanation_shows_every_read_and_both_weeks(living: Living, tmp_path: Path) -> None:
    write_accounts(tmp_path, living, SHORT)
    crawl(tmp_path)
    command = [*COMMAND, "--workspace", str(tmp_path), "explain", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    told = done.stdout
    assert "更新不足（新浪微博）" in told
    assert told.count("微博网页·时间线（登录），读到内容") == 2
    assert "检查日前 7 天（06-13 起）1 次，上一自然周（06-13 起）1 次" in told
    assert "对照账号读取正常" in told
    assert "栏目" not in told
