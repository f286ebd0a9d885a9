"""What the address of a post says by itself: which platform, which post, perhaps whose.

So that one post has one id, whether an interface, a feed or a person named it. A new form of
address is a new row of LINKS.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import parse_qs, urlsplit

from rules.platforms import Platform

LONGEST = 2000
_BASE62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Named:
    """What an address names. `owner`: the account's id, where the address holds it."""

    platform: Platform
    post_id: str
    owner: str | None = None
    group_id: str | None = None


Match = re.Match[str]
Query = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Link:
    """One row: the host and path that it matches whole, and what they name."""

    pattern: re.Pattern[str]
    read: Callable[[Match, Query], Named | None]


def post_named(address: str) -> Named | None:
    """The post that an address names; None for any other address."""
    if not address or len(address) > LONGEST:
        return None
    try:
        parts = urlsplit(address.strip())
        query = parse_qs(parts.query, max_num_fields=50)
        place = f"{parts.hostname or ''}{parts.path.rstrip('/')}"
    except ValueError:
        return None
    for link in LINKS:
        match = link.pattern.fullmatch(place)
        if match is not None:
            return link.read(match, query)
    return None


def platform_of(address: str) -> Platform | None:
    """The platform that an address belongs to, of whatever page; None for any other host."""
    named = post_named(address)
    if named is not None:
        return named.platform
    try:
        host = urlsplit(address.strip()).hostname or ""
    except ValueError:
        return None
    labels = host.split(".")
    ends = (".".join(labels[place:]) for place in range(len(labels)))
    return next((DOMAINS[end] for end in ends if end in DOMAINS), None)


def mid_of(short: str) -> str:
    """微博's number of a post from the short form in its address: four characters a time."""
    if short.isdigit() and len(short) >= 16:
        return short
    pieces = [short[max(end - 4, 0) : end] for end in range(len(short), 0, -4)]
    numbers = [f"{_number(piece):07d}" for piece in pieces]
    return "".join(reversed(numbers)).lstrip("0")


def _number(piece: str) -> int:
    value = 0
    for char in piece:
        value = value * 62 + _BASE62.index(char)
    return value


def _weibo(match: Match, _query: Query) -> Named:
    owner = match.groupdict().get("owner")
    return Named(Platform.WEIBO, mid_of(match["id"]), owner)


def _plain(platform: Platform) -> Callable[[Match, Query], Named]:
    def read(match: Match, _query: Query) -> Named:
        return Named(platform, match["id"])

    return read


def _wechat_long(_match: Match, query: Query) -> Named | None:
    """`/s?__biz=…&mid=…&idx=…`: the push and the place in it."""
    biz, mid, idx = (query.get(name, [""])[0] for name in ("__biz", "mid", "idx"))
    if not re.fullmatch(r"\d{1,20}", mid):
        return None
    place = idx if re.fullmatch(r"\d{1,3}", idx) else "1"
    return Named(Platform.WECHAT, f"{mid}_{place}", biz or None, mid)


def _renmin(_match: Match, query: Query) -> Named | None:
    number = query.get("id", [""])[0]
    return Named(Platform.RENMIN, number) if re.fullmatch(r"[\w-]{1,64}", number) else None


def _link(pattern: str, read: Callable[[Match, Query], Named | None]) -> Link:
    return Link(re.compile(pattern, re.ASCII), read)


_SHORT = r"(?P<id>[0-9A-Za-z]{4,20})"
LINKS: tuple[Link, ...] = (
    _link(r"mp\.weixin\.qq\.com/s", _wechat_long),
    _link(r"mp\.weixin\.qq\.com/s/(?P<id>[\w-]{4,64})", _plain(Platform.WECHAT)),
    _link(rf"(?:www\.)?weibo\.com/(?P<owner>\d{{5,12}})/{_SHORT}", _weibo),
    _link(rf"m\.weibo\.cn/(?:status|detail)/{_SHORT}", _weibo),
    _link(rf"m\.weibo\.cn/(?P<owner>\d{{5,12}})/{_SHORT}", _weibo),
    _link(r"(?:www\.|m\.)?douyin\.com/(?:video|note)/(?P<id>\d{6,20})", _plain(Platform.DOUYIN)),
    _link(
        r"(?:www\.|m\.)?toutiao\.com/(?:article|video|w|item)/(?P<id>\d{6,20})",
        _plain(Platform.TOUTIAO),
    ),
    _link(r"(?:www\.)?kuaishou\.com/short-video/(?P<id>\w{4,64})", _plain(Platform.KUAISHOU)),
    _link(r"(?:www\.|m\.)?bilibili\.com/video/(?P<id>BV\w{6,16})", _plain(Platform.BILIBILI)),
    _link(r"t\.bilibili\.com/(?P<id>\d{3,20})", _plain(Platform.BILIBILI)),
    _link(r"www\.bilibili\.com/opus/(?P<id>\d{3,20})", _plain(Platform.BILIBILI)),
    _link(
        r"www\.xiaohongshu\.com/(?:explore|discovery/item)/(?P<id>[0-9a-f]{24})",
        _plain(Platform.XIAOHONGSHU),
    ),
    _link(r"weixin\.qq\.com/sph/(?P<id>[\w-]{4,64})", _plain(Platform.CHANNELS)),
    _link(r"(?:www\.)?thepaper\.cn/newsDetail_forward_(?P<id>\d{3,15})", _plain(Platform.PENGPAI)),
    _link(r"m\.thepaper\.cn/detail/(?P<id>\d{3,15})", _plain(Platform.PENGPAI)),
    _link(r"rmh\.pdnews\.cn/Pc/ArtInfoApi/(?:article|video)", _renmin),
    _link(r"www\.peopleapp\.com/rmharticle/(?P<id>[\w-]{3,64})", _plain(Platform.RENMIN)),
)

# Whose hosts they are, the hosts below them among them.
DOMAINS: Mapping[str, Platform] = MappingProxyType(
    {
        "mp.weixin.qq.com": Platform.WECHAT,
        "channels.weixin.qq.com": Platform.CHANNELS,
        "weibo.com": Platform.WEIBO,
        "weibo.cn": Platform.WEIBO,
        "douyin.com": Platform.DOUYIN,
        "iesdouyin.com": Platform.DOUYIN,
        "toutiao.com": Platform.TOUTIAO,
        "kuaishou.com": Platform.KUAISHOU,
        "bilibili.com": Platform.BILIBILI,
        "b23.tv": Platform.BILIBILI,
        "xiaohongshu.com": Platform.XIAOHONGSHU,
        "xhslink.com": Platform.XIAOHONGSHU,
        "thepaper.cn": Platform.PENGPAI,
        "pdnews.cn": Platform.RENMIN,
        "peopleapp.com": Platform.RENMIN,
    }
)
