"""The platforms that accounts live on (平台类型)."""

from __future__ import annotations

from enum import StrEnum

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
