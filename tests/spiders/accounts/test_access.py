"""Access: what one machine holds for a source, and what it may not use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult
from rules.register import Account
from spiders.accounts.access import SESSIONS, Keys
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.asking import hosts_of
from spiders.accounts.pages import Refusal
from spiders.accounts.questions import Access
from spiders.accounts.readers import result_of
from spiders.accounts.renewing import Fresh
from spiders.accounts.sources import SOURCES
from storage import sessions, tokens
from storage.engine import open_database, transaction

NOW = datetime(2026, 11, 20, tzinfo=UTC)
WEIBO = Account("甲县微博", "甲局", Platform.WEIBO, "1000000001")
DOUYIN = Account("甲县抖音", "甲局", Platform.DOUYIN, "MS4wEXAMPLE")
WECHAT = Account("甲县发布", "甲局", Platform.WECHAT, "gh_0123456789ab")
TIMELINE, RECORDS = SOURCES["weibo_timeline"], SOURCES["wechat_records"]
DEAD = FetchResult(
    "weibo_timeline", FetchOutcome.LOGIN_REQUIRED, NOW, reason=FetchReason.LOGIN_WALL
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'xunjian.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def keys(tmp_path: Path, engine: Engine) -> Keys:
    environment = {"RSSHUB_ACCESS_KEY": "SECRET-KEY"}
    hosts = hosts_of({"weibo": "http://weibo.test/"})
    return Keys(hosts=hosts, folder=tmp_path, database=engine, environment=environment)


@pytest.fixture
def signed_in(tmp_path: Path) -> Callable[..., Path]:
    def sign_in(platform: str, account: str | None = None, **more: object) -> Path:
        path = sessions.path_of(tmp_path / SESSIONS, platform, account)
        domain = {"weibo": ".weibo.test", "wechat": "mp.weixin.qq.com"}[platform]
        cookie = {"name": "SUB", "value": "SECRET-COOKIE", "domain": domain, **more}
        sessions.save(path, {"cookies": [cookie]})
        return path

    return sign_in


def opened(access: Access | Refusal) -> Access:
    assert isinstance(access, Access)
    return access


def test_without_anything_a_source_is_read_as_anybody(keys: Keys) -> None:
    access = opened(keys.access(TIMELINE, WEIBO))
    assert (access.logged_in, access.token, access.own_id) == (False, None, None)
    assert access.hosts["weibo"] == "http://weibo.test"


def test_the_office_s_session_is_for_all_accounts_of_its_platform(
    keys: Keys, signed_in: Callable[..., Path]
) -> None:
    path = signed_in("weibo")
    access = opened(keys.access(TIMELINE, WEIBO))
    assert (access.logged_in, access.own_id) == (True, None)
    assert keys.state(TIMELINE, WEIBO) == path
    assert keys.state(SOURCES["weibo_mobile"], WEIBO) is None
    assert "SECRET" not in repr(access)


def test_a_unit_s_session_is_its_own_account_s_alone(
    keys: Keys, signed_in: Callable[..., Path]
) -> None:
    signed_in("wechat", WECHAT.id)
    assert opened(keys.access(RECORDS, WECHAT)).own_id == WECHAT.id
    other = Account("乙县发布", "乙局", Platform.WECHAT, "gh_ba9876543210")
    assert not opened(keys.access(RECORDS, other)).logged_in


def test_a_session_that_others_can_read_is_refused_and_told_once(
    keys: Keys, signed_in: Callable[..., Path], caplog: pytest.LogCaptureFixture
) -> None:
    signed_in("weibo").chmod(0o644)
    refusals = [keys.access(TIMELINE, WEIBO) for _ in range(3)]
    assert {one.outcome for one in refusals if isinstance(one, Refusal)} == {
        FetchOutcome.LOGIN_REQUIRED
    }
    assert len(caplog.messages) == 1
    assert "SECRET" not in caplog.text


def test_a_dead_session_is_not_used_again_and_told_once(
    keys: Keys, signed_in: Callable[..., Path], caplog: pytest.LogCaptureFixture
) -> None:
    signed_in("weibo")
    assert keys.look_at(TIMELINE, WEIBO, DEAD)
    assert not keys.look_at(TIMELINE, WEIBO, DEAD)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "xunjian login weibo" in caplog.text
    assert not opened(keys.access(TIMELINE, WEIBO)).logged_in


@pytest.mark.parametrize("over", [{"expires": 1.0}, {"domain": ".douyin.com"}, {"secure": True}])
def test_a_session_that_would_send_nothing_is_none_and_told_once(
    keys: Keys,
    signed_in: Callable[..., Path],
    caplog: pytest.LogCaptureFixture,
    over: dict[str, object],
) -> None:
    signed_in("weibo", **over)
    for _ in range(2):
        assert not opened(keys.access(TIMELINE, WEIBO)).logged_in
    assert keys.state(TIMELINE, WEIBO) is None
    assert len(caplog.messages) == 1
    assert "xunjian login weibo" in caplog.text


def test_any_other_result_leaves_a_session_alive(
    keys: Keys, signed_in: Callable[..., Path]
) -> None:
    signed_in("weibo")
    for outcome in set(FetchOutcome) - {FetchOutcome.LOGIN_REQUIRED}:
        assert not keys.look_at(TIMELINE, WEIBO, FetchResult("weibo_timeline", outcome, NOW))
    assert opened(keys.access(TIMELINE, WEIBO)).logged_in


def test_an_account_s_token_and_the_office_s_application_come_together(
    keys: Keys, engine: Engine, tmp_path: Path
) -> None:
    seal = tokens.Seal.of(tmp_path, {})
    mine = {"access_token": "SECRET-TOKEN", "open_id": "open-1"}
    with transaction(engine) as session:
        tokens.keep(session, seal, tokens.Token("douyin", DOUYIN.id, mine), NOW)
        tokens.keep(session, seal, tokens.Token("douyin", "", {"app_id": "app-1"}), NOW)
    access = opened(keys.access(SOURCES["douyin_open"], DOUYIN))
    assert (access.token, access.own_id) == ("SECRET-TOKEN", DOUYIN.id)
    assert access.options == {"open_id": "open-1", "app_id": "app-1"}
    assert "SECRET" not in repr(access)


def test_a_bridge_is_given_its_own_key_and_nothing_else(keys: Keys) -> None:
    assert opened(keys.access(SOURCES["rsshub"], WEIBO)).token == "SECRET-KEY"
    assert opened(keys.access(SOURCES["feed"], WEIBO)).token is None


def test_links_go_only_to_the_source_that_reads_them(keys: Keys) -> None:
    links = ("https://weibo.com/1/a",)
    assert opened(keys.access(SOURCES["article_links"], WEIBO, links=links)).links == links
    assert opened(keys.access(TIMELINE, WEIBO, links=links)).links == ()


def file_token(engine: Engine, folder: Path, left: timedelta | None) -> None:
    values = {"access_token": "OLD", "app_id": "wx", "app_secret": "SECRET-UNIT"}
    expires = None if left is None else NOW + left
    with transaction(engine) as session:
        seal = tokens.Seal.of(folder, {})
        tokens.keep(session, seal, tokens.Token("wechat", WECHAT.id, values, expires), NOW)


@pytest.mark.parametrize(
    ("left", "refused", "due"),
    [
        (timedelta(hours=1), False, False),
        (None, False, False),
        (timedelta(minutes=5), False, True),
        (-timedelta(days=1), False, True),
        (timedelta(hours=1), True, True),
    ],
)
def test_a_token_is_renewed_at_its_end_or_when_it_was_refused(
    keys: Keys, engine: Engine, tmp_path: Path, left: timedelta | None, refused: bool, due: bool
) -> None:
    file_token(engine, tmp_path, left)
    daily = SOURCES["wechat_daily"]
    assert (keys.renewing(daily, WECHAT, NOW, refused=refused) is not None) is due
    assert keys.renewing(RECORDS, WECHAT, NOW, refused=refused) is None


def test_a_token_is_renewed_once_and_the_new_one_is_kept(
    keys: Keys, engine: Engine, tmp_path: Path
) -> None:
    file_token(engine, tmp_path, timedelta())
    daily = SOURCES["wechat_daily"]
    assert keys.renewing(daily, WECHAT, NOW) is not None
    assert keys.renewing(daily, WECHAT, NOW, refused=True) is None
    keys.keep(WECHAT, Fresh({"access_token": "NEW"}, NOW + timedelta(hours=2)), NOW)
    access = opened(keys.access(daily, WECHAT))
    assert access.token == "NEW"
    assert access.options["app_id"] == "wx"


def test_without_a_token_nothing_is_renewed(keys: Keys) -> None:
    assert keys.renewing(SOURCES["wechat_daily"], WECHAT, NOW, refused=True) is None


def test_a_session_filed_under_another_account_says_whose_it_is(
    keys: Keys, signed_in: Callable[..., Path]
) -> None:
    """An operator's slip must not make one unit's silence another's: the read is a stranger's."""
    signed_in("wechat", WECHAT.id, name="slave_user", value="gh_ba9876543210")
    access = opened(keys.access(RECORDS, WECHAT))
    assert access.own_id == "gh_ba9876543210"
    sought = Sought(platform=WECHAT.platform, platform_id=WECHAT.id)
    body = b'{"base_resp":{"ret":0},"publish_page":"{\\"total_count\\":0,\\"publish_list\\":[]}"}'
    answer = Answer(fetched_at=NOW, body=body, logged_in=True)
    told = result_of("wechat_records", replace(sought, own_id=access.own_id), [answer])
    assert (told.outcome, told.reason) == (FetchOutcome.ERROR, FetchReason.WRONG_ACCOUNT)
