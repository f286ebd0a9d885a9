"""Which parser reads which answer of which source: the one door for whoever fetches.

`page_of` reads one answer (and gives the mark to ask on with), `result_of` all answers of one read.
Nothing here opens a line, and nothing that a platform answers makes it raise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from rules.posts import FetchResult
from spiders.accounts import (
    app,
    bilibili,
    channels,
    configured,
    douyin,
    feeds,
    kuaishou,
    links,
    pengpai,
    toutiao,
    wechat,
    wechat_events,
    wechat_pages,
    weibo,
    xiaohongshu,
)
from spiders.accounts.answers import Answer, Part, Sought
from spiders.accounts.joining import joined
from spiders.accounts.opening import Parser
from spiders.accounts.pages import Page, Read, Refusal
from spiders.accounts.sources import SOURCES

_WEIBO_WEB = {
    Part.LIST: weibo.read_list,
    Part.PROFILE: weibo.read_profile,
    Part.PAGE: weibo.read_page,
}
_PENGPAI = {Part.LIST: pengpai.read_list, Part.PROFILE: pengpai.read_profile}
_FEED = {Part.LIST: feeds.read_feed}

PARSERS: Mapping[str, Mapping[Part, Parser]] = MappingProxyType(
    {
        "wechat_daily": {Part.LIST: wechat.read_day},
        "wechat_freepublish": {
            Part.LIST: wechat.read_freepublish,
            Part.DETAIL: wechat_pages.read_article,
        },
        "wechat_events": {Part.LIST: wechat_events.read_event},
        "wechat_records": {Part.LIST: wechat.read_records},
        "wechat_album": {Part.LIST: wechat_pages.read_album},
        "wechat_sogou": {Part.LIST: wechat_pages.read_sogou},
        "weibo_api": {Part.LIST: weibo.read_api},
        "weibo_commercial": {Part.LIST: weibo.read_api},
        "weibo_search": _WEIBO_WEB,
        "weibo_timeline": _WEIBO_WEB,
        "weibo_mobile": {
            Part.LIST: weibo.read_mobile_list,
            Part.PROFILE: weibo.read_mobile_profile,
        },
        "douyin_open": {Part.LIST: douyin.read_open},
        "douyin_page": {
            Part.LIST: douyin.read_list,
            Part.PROFILE: douyin.read_profile,
            Part.PAGE: douyin.read_page,
        },
        "toutiao_page": {Part.LIST: toutiao.read_list, Part.PAGE: toutiao.read_page},
        "kuaishou_open": {Part.LIST: kuaishou.read_open, Part.PROFILE: kuaishou.read_count},
        "kuaishou_page": {
            Part.LIST: kuaishou.read_list,
            Part.PROFILE: kuaishou.read_profile,
            Part.PAGE: kuaishou.read_page,
        },
        "bilibili_open": {Part.LIST: bilibili.read_open, Part.ARTICLES: bilibili.read_open},
        "bilibili_page": {
            Part.LIST: bilibili.read_videos,
            Part.DYNAMICS: bilibili.read_dynamics,
            Part.PAGE: bilibili.read_page,
        },
        "xiaohongshu_page": {
            Part.LIST: xiaohongshu.read_list,
            Part.DETAIL: xiaohongshu.read_note,
            Part.PAGE: xiaohongshu.read_page,
        },
        "channels_assistant": {Part.LIST: channels.read_list, Part.PAGE: channels.read_page},
        "pengpai_gov": _PENGPAI,
        "pengpai_user": _PENGPAI,
        "renmin_page": {Part.LIST: configured.read_list},
        "app_list": {Part.LIST: configured.read_list},
        "app_store": {Part.LIST: app.read_store},
        "article_links": {Part.LIST: links.read_link},
        "feed": _FEED,
        "rsshub": _FEED,
        "werss": _FEED,
    }
)


def page_of(source: str, sought: Sought, answer: Answer) -> Page:
    """What one answer of a source says. Raises KeyError for a source or part that has no parser."""
    return PARSERS[source][answer.part](answer, sought)


def result_of(source: str, sought: Sought, answers: Sequence[Answer]) -> FetchResult:
    """What all answers of one read of a source come to.

    Raises KeyError as `page_of`, ValueError without any answer.
    """
    reads = [Read(answer, page_of(source, sought, answer)) for answer in answers]
    return joined(SOURCES[source], sought, reads)


def unread(source: str, sought: Sought, refusal: Refusal, at: datetime) -> FetchResult:
    """What a read came to that could not even ask: no session, no address, no token."""
    return joined(SOURCES[source], sought, [Read(Answer(fetched_at=at), Page(refusal=refusal))])
