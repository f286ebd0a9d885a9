"""The platforms that accounts live on (平台类型)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import quote

from rules.words import say


class Platform(StrEnum):
    """A platform, by the word used in rules.yaml. The printed name is `label`."""

    WEIBO = "weibo"
    WECHAT = "wechat"
    DOUYIN = "douyin"
    TOUTIAO = "toutiao"
    KUAISHOU = "kuaishou"
    BILIBILI = "bilibili"
    XIAOHONGSHU = "xiaohongshu"
    CHANNELS = "channels"
    PENGPAI = "pengpai"
    RENMIN = "renmin"
    APP = "app"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The name as the notice prints it: 新浪微博, 微信公众号 …"""
        return say(f"platform.{self.value}")


# Where people see an account, by its id; the other platforms have no such page. Nothing is
# fetched by these: where a source reads is the source's own setting.
_HOME_PAGES: Mapping[Platform, str] = MappingProxyType(
    {
        Platform.WEIBO: "https://weibo.com/u/{id}",
        Platform.DOUYIN: "https://www.douyin.com/user/{id}",
        Platform.TOUTIAO: "https://www.toutiao.com/c/user/token/{id}/",
        Platform.KUAISHOU: "https://www.kuaishou.com/profile/{id}",
        Platform.BILIBILI: "https://space.bilibili.com/{id}",
        Platform.XIAOHONGSHU: "https://www.xiaohongshu.com/user/profile/{id}",
    }
)


def home_page(platform: Platform, platform_id: str) -> str:
    """The address at which people see an account; empty where its platform has no such page."""
    return _HOME_PAGES.get(platform, "").format(id=quote(platform_id, safe=""))
