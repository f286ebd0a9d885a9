"""The platforms that the city's accounts live on: what each answers on a day. Pure.

Hosts are `NAME.platforms.test`, by the names that the register's settings know. Every module
answers in its platform's documented shape, for the accounts of one city.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from demo.exchange import Answer, Request
from demo.plan import City
from demo.platforms import (
    app,
    bilibili,
    bridge,
    douyin,
    kuaishou,
    pengpai,
    toutiao,
    wechat,
    wechat_official,
    weibo,
)

DOMAIN = ".platforms.test"
Reply = Callable[[City, date, Request], Answer | None]

PLATFORMS: Mapping[str, Reply] = MappingProxyType(
    {
        "weibo": weibo.web,
        "weibo-mobile": weibo.mobile,
        "wechat": wechat.back_office,
        "wechat-api": wechat_official.interface,
        "douyin": douyin.page,
        "douyin-open": douyin.interface,
        "kuaishou-open": kuaishou.interface,
        "toutiao": toutiao.page,
        "bilibili-open": bilibili.interface,
        "pengpai": pengpai.interface,
        "rsshub": bridge.feed,
        "app": app.news,
    }
)


def answer_of(city: City, day: date, request: Request) -> Answer | None:
    """What a platform answers; None for a host that is none."""
    if not request.host.endswith(DOMAIN):
        return None
    reply = PLATFORMS.get(request.host.removesuffix(DOMAIN))
    said = reply(city, day, request) if reply else None
    return said or Answer(404, b"not found\n", "text/plain")


def addresses() -> dict[str, str]:
    """Where the platforms stand, by the names of the checker's settings."""
    hosts = (name for name in PLATFORMS if name != "app")
    return {name.replace("-", "_"): f"http://{name}{DOMAIN}" for name in hosts}
