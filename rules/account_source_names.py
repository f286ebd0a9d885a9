"""Names of the sources of an account's posts, for the register: whose they are, what they take.

Plain data, so that rules.yaml can be checked without loading what asks them: one row a source,
the same names and platforms as the table of sources itself (a test compares them).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rules.platforms import Platform

_P = Platform
_ALL = tuple(platform for platform in Platform if platform is not Platform.OTHER)
# Where the parts of a list or of an article stand, for what only an operator knows.
LAYOUT = (
    "items", "id", "time", "title", "link", "pinned", "owner", "total", "more", "form", "pattern",
    "html",
)  # fmt: skip

# How a list may write its times: what `form` may say.
TIME_FORMS = (
    "seconds", "milliseconds", "ctime", "rfc822", "iso", "slashes", "dots", "chinese",
    "chinese_yearless", "yearless", "named_day", "now", "seconds_ago", "minutes_ago", "hours_ago",
    "days_ago", "weeks_ago",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceForm:
    """One row: the platforms that have it, the options that it takes, those that it needs."""

    platforms: tuple[Platform, ...]
    options: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys that may stand under its name."""
        return (*self.needed, *self.options)


SOURCE_FORMS: Mapping[str, SourceForm] = MappingProxyType(
    {
        "wechat_daily": SourceForm((_P.WECHAT,), ("appid", "piloted")),
        "wechat_freepublish": SourceForm((_P.WECHAT,), ("appid",)),
        "wechat_events": SourceForm((_P.WECHAT,), ("appid",)),
        "wechat_records": SourceForm((_P.WECHAT,)),
        "wechat_album": SourceForm((_P.WECHAT,), ("biz",), ("album",)),
        "wechat_sogou": SourceForm((_P.WECHAT,), ("alias",)),
        "weibo_api": SourceForm((_P.WEIBO,)),
        "weibo_commercial": SourceForm((_P.WEIBO,)),
        "weibo_search": SourceForm((_P.WEIBO,)),
        "weibo_timeline": SourceForm((_P.WEIBO,)),
        "weibo_mobile": SourceForm((_P.WEIBO,)),
        "douyin_open": SourceForm((_P.DOUYIN,), ("open_id", "piloted")),
        "douyin_page": SourceForm((_P.DOUYIN,)),
        "toutiao_page": SourceForm((_P.TOUTIAO,)),
        "kuaishou_open": SourceForm((_P.KUAISHOU,)),
        "kuaishou_page": SourceForm((_P.KUAISHOU,)),
        "bilibili_open": SourceForm((_P.BILIBILI,)),
        "bilibili_page": SourceForm((_P.BILIBILI,)),
        "xiaohongshu_page": SourceForm((_P.XIAOHONGSHU,)),
        "channels_assistant": SourceForm((_P.CHANNELS,)),
        "pengpai_gov": SourceForm((_P.PENGPAI,)),
        "pengpai_user": SourceForm((_P.PENGPAI,)),
        "renmin_page": SourceForm((_P.RENMIN,), LAYOUT[1:2] + LAYOUT[3:], ("url", "items", "time")),
        "app_list": SourceForm((_P.APP,), LAYOUT[1:2] + LAYOUT[3:], ("url", "items", "time")),
        "app_store": SourceForm((_P.APP,)),
        "article_links": SourceForm(_ALL, LAYOUT),
        "feed": SourceForm(_ALL, (), ("url",)),
        "rsshub": SourceForm(
            (_P.WECHAT, _P.WEIBO, _P.DOUYIN, _P.TOUTIAO, _P.BILIBILI, _P.PENGPAI), ("route",)
        ),
        "werss": SourceForm((_P.WECHAT,), (), ("feed",)),
        "import": SourceForm(_ALL),
    }
)
NAMES = tuple(SOURCE_FORMS)


def names_of(platform: Platform) -> tuple[str, ...]:
    """The sources that a platform has, in the table's order."""
    return tuple(name for name, form in SOURCE_FORMS.items() if platform in form.platforms)
