"""What the city's office keeps for reading accounts: sessions, tokens, and what units handed in.

As an operator would have it after signing in and after the units' authorisations; written beside
the register. None of it opens anything but this pretend city.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from demo.account_plan import APP_ID, Planned, by_ident, hands_in, plan_of
from demo.data import check_days
from demo.plan import City
from demo.platforms import DOMAIN, addresses
from demo.posting import posts_of
from demo.submitting import submission_file

HEAD = (
    "平台", "账号名称", "账号ID", "发布时间", "标题", "链接", "是否置顶", "截图文件名", "填报人",
    "核查时间", "记录类型",
)  # fmt: skip
LABELS = {
    "weibo": "新浪微博",
    "wechat": "微信公众号",
    "douyin": "抖音",
    "kuaishou": "快手",
    "toutiao": "今日头条",
    "channels": "视频号",
}
HANDED_IN = timedelta(days=14)
# The interface that a unit's token opens, and what its platform asks of the office's application.
AUTHORISED = {
    "wechat": "wechat_daily",
    "douyin": "douyin_open",
    "kuaishou": "kuaishou_open",
    "bilibili": "bilibili_open",
}
APP = {
    "kuaishou": {"app_id": APP_ID},
    "bilibili": {"app_id": APP_ID, "app_secret": "demo-secret"},
}
WITHOUT_SESSION = frozenset({"no_session"})


def write_office(city: City, folder: Path) -> None:
    """Write xunjian.toml, tokens.toml, submissions.csv, posts/ and data/sessions/ into `folder`."""
    lines = ["# 虚拟城市各平台的地址", "[platforms]"]
    lines += [f'{name} = "{url}"' for name, url in addresses().items()]
    (folder / "xunjian.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    _write_private(folder / "tokens.toml", tokens(city))
    sessions = folder / "data" / "sessions"
    sessions.mkdir(parents=True, exist_ok=True)
    sessions.chmod(0o700)
    for name, state in states(city):
        _write_private(sessions / name, json.dumps(state))
    (folder / "submissions.csv").write_text(submission_file(city.seed), encoding="utf-8")
    (folder / "posts").mkdir(exist_ok=True)
    for day in check_days():
        path = folder / "posts" / f"{day.isoformat()}.csv"
        path.write_text(handed_in(city, day), encoding="utf-8")


def _write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


def states(city: City) -> Iterator[tuple[str, dict[str, Any]]]:
    """The session files: the office's own at 微博, and each unit's at its 公众号."""
    yield "weibo.json", _state("weibo", {"SUB": "demo-office", "XSRF-TOKEN": "demo"})
    for (_, ident), one in by_ident(city).items():
        if "wechat_records" in one.names and one.twist not in WITHOUT_SESSION:
            told = {"slave_sid": f"sid-{ident}", "slave_user": ident, "token": "1234567"}
            yield f"wechat-{ident}.json", _state("wechat", told)


def _state(host: str, cookies: dict[str, str]) -> dict[str, Any]:
    told = [
        {
            "name": name,
            "value": value,
            "domain": f"{host}{DOMAIN}",
            "path": "/",
            "expires": -1,
            "httpOnly": False,
            "secure": False,
            "sameSite": "Lax",
        }
        for name, value in cookies.items()
    ]
    return {"cookies": told, "origins": []}


def tokens(city: City) -> str:
    """The token file: what units authorised the office to ask for."""
    parts = []
    for (platform, ident), one in by_ident(city).items():
        official = AUTHORISED.get(platform)
        if official in one.names:
            told = {"access_token": f"token-{ident}", **APP.get(platform, {})}
            if platform == "douyin":
                told["open_id"] = f"open-{ident}"
            lines = "".join(f'{name} = "{value}"\n' for name, value in told.items())
            parts.append(f'[{platform}."{ident}"]\n{lines}')
    return "\n".join(parts)


def handed_in(city: City, day: date) -> str:
    """What units handed in by a check day: the posts of the last two weeks, as CSV."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for one in plan_of(city):
        if hands_in(one, day):
            writer.writerows(_rows(one, day))
    return out.getvalue()


def _rows(one: Planned, day: date) -> Iterator[tuple[str, ...]]:
    account = one.account
    for post in posts_of(account, day):
        if post.at.date() >= day - HANDED_IN:
            at = post.at.strftime("%Y-%m-%d %H:%M")
            named = (LABELS[account.platform], account.name, account.ident)
            yield (*named, at, post.title, "", "否", "", "李四", "", "发布")
