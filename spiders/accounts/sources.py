"""Every source of an account's posts: what it can prove, what it needs, how fast it may be asked.

One table, after sections 2 and 4 of the reference on platforms. A source that is not told to
prove absence never does: a freshly published interface, a bridge, a link only clear. Their
addresses stand in `asking`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rules.platforms import Platform
from spiders.accounts.answers import Part
from spiders.accounts.source import Empty, Proof, Source

_P = Platform
_ALL = tuple(platform for platform in Platform if platform is not Platform.OTHER)
_API, _WECHAT_PAGE, _WEIBO = (0.2, 1.0), (5.0, 10.0), (5.0, 15.0)
_SLOW, _FEED, _ONCE = (20.0, 60.0), (1.0, 3.0), (5.0, 10.0)
_PENGPAI = (3.0, 5.0)


def _table(*rows: Source) -> Mapping[str, Source]:
    return MappingProxyType({row.name: row for row in rows})


SOURCES: Mapping[str, Source] = _table(
    # 微信公众号
    Source(
        "wechat_daily",
        (_P.WECHAT,),
        Proof.AFTER_PILOT,
        _API,
        official=True,
        own=True,
        calls_a_read=15,
    ),
    Source(
        "wechat_freepublish",
        (_P.WECHAT,),
        Proof.PRESENCE,
        _API,
        Empty.TOTAL,
        official=True,
        own=True,
        calls_a_read=15,
    ),
    Source("wechat_events", (_P.WECHAT,), Proof.PRESENCE, _API, official=True),
    Source(
        "wechat_records",
        (_P.WECHAT,),
        Proof.ABSENCE,
        _WECHAT_PAGE,
        Empty.TOTAL,
        needs_login=True,
        own=True,
    ),
    Source("wechat_album", (_P.WECHAT,), Proof.PRESENCE, _WECHAT_PAGE),
    # 新浪微博
    Source("weibo_api", (_P.WEIBO,), Proof.ABSENCE, _WEIBO, Empty.COUNTER, official=True),
    Source("weibo_commercial", (_P.WEIBO,), Proof.ABSENCE, _WEIBO, Empty.COUNTER, official=True),
    Source(
        "weibo_search",
        (_P.WEIBO,),
        Proof.ABSENCE,
        _WEIBO,
        Empty.COUNTER,
        needs_login=True,
        by_default=False,
        accounts_an_hour=60,
    ),
    Source(
        "weibo_timeline",
        (_P.WEIBO,),
        Proof.ABSENCE,
        _WEIBO,
        Empty.COUNTER,
        needs_login=True,
        by_default=False,
        accounts_an_hour=60,
    ),
    Source("weibo_mobile", (_P.WEIBO,), Proof.PRESENCE, _WEIBO, accounts_an_hour=60),
    # 抖音
    Source("douyin_open", (_P.DOUYIN,), Proof.AFTER_PILOT, _API, official=True, own=True),
    Source(
        "douyin_page",
        (_P.DOUYIN,),
        Proof.ABSENCE,
        _SLOW,
        Empty.COUNTER,
        needs_login=True,
        login_first=True,
        hides_newest=True,
        reconciled=True,
        by_default=False,
    ),
    # 头条号
    Source(
        "toutiao_page", (_P.TOUTIAO,), Proof.ABSENCE, (10.0, 20.0), Empty.COUNTER, unsure_pins=3
    ),
    # 快手
    Source(
        "kuaishou_open",
        (_P.KUAISHOU,),
        Proof.ABSENCE,
        _SLOW,
        Empty.COUNTER,
        official=True,
        own=True,
        reconciled=True,
    ),
    Source(
        "kuaishou_page",
        (_P.KUAISHOU,),
        Proof.ABSENCE,
        _SLOW,
        Empty.COUNTER,
        needs_login=True,
        login_first=True,
        reconciled=True,
        by_default=False,
    ),
    # 哔哩哔哩
    Source(
        "bilibili_open",
        (_P.BILIBILI,),
        Proof.PRESENCE,
        (5.0, 15.0),
        Empty.TOTAL,
        streams=(Part.LIST, Part.ARTICLES),
        official=True,
        own=True,
    ),
    Source(
        "bilibili_page",
        (_P.BILIBILI,),
        Proof.ABSENCE,
        (5.0, 15.0),
        Empty.TOTAL,
        streams=(Part.LIST, Part.DYNAMICS),
        needs_login=True,
        by_default=False,
    ),
    # 小红书
    Source(
        "xiaohongshu_page",
        (_P.XIAOHONGSHU,),
        Proof.ABSENCE,
        (60.0, 120.0),
        Empty.COUNTER,
        needs_login=True,
        login_first=True,
        hides_newest=True,
        reconciled=True,
        dated_by_id=True,
        by_default=False,
        accounts_a_day=20,
    ),
    # 视频号
    Source(
        "channels_assistant",
        (_P.CHANNELS,),
        Proof.ABSENCE,
        _ONCE,
        Empty.TOTAL,
        needs_login=True,
        own=True,
    ),
    # 澎湃号, 政务号
    Source("pengpai_gov", (_P.PENGPAI,), Proof.ABSENCE, _PENGPAI, Empty.COUNTER),
    Source("pengpai_user", (_P.PENGPAI,), Proof.ABSENCE, _PENGPAI, Empty.COUNTER),
    # 人民号
    Source("renmin_page", (_P.RENMIN,), Proof.PRESENCE, _ONCE),
    # App
    Source("app_list", (_P.APP,), Proof.ABSENCE, _FEED, Empty.TOTAL, own=True),
    Source("app_store", (_P.APP,), Proof.PRESENCE, _FEED),
    # any platform
    Source("article_links", _ALL, Proof.PRESENCE, _ONCE, links=True),
    Source("feed", _ALL, Proof.PRESENCE, _FEED, bridge=True),
    # It would compute the signatures of two platforms' pages itself: off there.
    Source(
        "rsshub",
        (_P.WECHAT, _P.WEIBO, _P.DOUYIN, _P.TOUTIAO, _P.BILIBILI, _P.PENGPAI),
        Proof.PRESENCE,
        _FEED,
        bridge=True,
        off_for=(_P.TOUTIAO, _P.BILIBILI),
    ),
    Source("werss", (_P.WECHAT,), Proof.PRESENCE, _FEED, bridge=True),
    Source("wechat_sogou", (_P.WECHAT,), Proof.PRESENCE, _WECHAT_PAGE),
    # Read by `import-posts`, not here: the signed statement of a person.
    Source("import", _ALL, Proof.ABSENCE, (0.0, 0.0)),
)


def sources_of(platform: Platform) -> tuple[Source, ...]:
    """The sources that know a platform, in the table's order."""
    return tuple(source for source in SOURCES.values() if platform in source.platforms)
