"""Where sources are asked: hosts, paths, and which of a page's own requests to listen to.

Hosts are defaults of settings, so that fakes can stand in for the platforms over plain HTTP. The
paths hold places for the fetch to fill: `{id}`, `{page}`, `{next}`, `{since}`, `{until}` … Tokens
stand in none of them but 发表记录's, whose address carries one by the platform's will.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rules.platforms import Platform
from spiders.accounts.answers import Part

HOSTS: Mapping[str, str] = MappingProxyType(
    {
        "weibo": "https://weibo.com",
        "weibo_mobile": "https://m.weibo.cn",
        "weibo_api": "https://api.weibo.com",
        "weibo_commercial": "https://c.api.weibo.com",
        "wechat_api": "https://api.weixin.qq.com",
        "wechat": "https://mp.weixin.qq.com",
        "sogou": "https://weixin.sogou.com",
        "douyin": "https://www.douyin.com",
        "douyin_open": "https://open.douyin.com",
        "toutiao": "https://www.toutiao.com",
        "kuaishou": "https://www.kuaishou.com",
        "kuaishou_open": "https://open.kuaishou.com",
        "bilibili": "https://space.bilibili.com",
        "bilibili_open": "https://member.bilibili.com",
        "xiaohongshu": "https://www.xiaohongshu.com",
        "channels": "https://channels.weixin.qq.com",
        "pengpai": "https://api.thepaper.cn",
        "pengpai_page": "https://m.thepaper.cn",
        "renmin": "https://rmh.pdnews.cn",
        "renmin_app": "https://www.peopleapp.com",
        "app_store": "https://itunes.apple.com",
        "rsshub": "",  # both are the office's own, where it has them
        "werss": "",
    }
)


def hosts_of(own: Mapping[str, str]) -> Mapping[str, str]:
    """The hosts, those of the settings instead of the usual ones; no slash at their ends."""
    return MappingProxyType({**HOSTS, **{key: url.rstrip("/") for key, url in own.items()}})


_WEIBO_PROFILE = "{weibo}/ajax/profile/info?uid={id}"
_MOBILE = "{weibo_mobile}/api/container/getIndex?type=uid&value={id}"
_PENGPAI_PROFILE = "{pengpai}/userservice/user/homePage/{id}"
# What is asked of a source, or opened in a browser (PAGE), by part. Several pages: by line.
ASKS: Mapping[str, Mapping[Part, str]] = MappingProxyType(
    {
        "wechat_daily": {Part.LIST: "{wechat_api}/datacube/getarticletotaldetail"},
        "wechat_freepublish": {Part.LIST: "{wechat_api}/cgi-bin/freepublish/batchget"},
        "wechat_records": {
            Part.LIST: "{wechat}/cgi-bin/appmsgpublish?sub=list&begin={offset}&count=10"
            "&token={token}&lang=zh_CN&f=json&ajax=1"
        },
        "wechat_album": {
            Part.LIST: "{wechat}/mp/appmsgalbum?action=getalbum&__biz={biz}&album_id={album}"
            "&count=20&f=json"
        },
        "wechat_sogou": {Part.LIST: "{sogou}/weixin?type=1&query={alias}"},
        "weibo_api": {Part.LIST: "{weibo_api}/2/statuses/user_timeline.json?uid={id}&page={page}"},
        "weibo_commercial": {
            Part.LIST: "{weibo_commercial}/2/statuses/user_timeline/other.json?uid={id}"
            "&start_time={since}&end_time={until}&count=25&page={page}"
        },
        "weibo_search": {
            Part.LIST: "{weibo}/ajax/statuses/searchProfile?uid={id}&page={page}"
            "&starttime={since}&endtime={until}&hasori=1&hasret=1&hastext=1&haspic=1&hasvideo=1"
            "&hasmusic=1",
            Part.PROFILE: _WEIBO_PROFILE,
        },
        "weibo_timeline": {
            Part.LIST: "{weibo}/ajax/statuses/mymblog?uid={id}&page={page}&feature=0"
            "&since_id={next}",
            Part.PROFILE: _WEIBO_PROFILE,
        },
        "weibo_mobile": {
            Part.PROFILE: _MOBILE,
            Part.LIST: _MOBILE + "&containerid={container}&since_id={next}",
        },
        "douyin_open": {
            Part.LIST: "{douyin_open}/api/douyin/v1/video/video_list/?open_id={open_id}"
            "&cursor={next}&count=10"
        },
        "douyin_page": {Part.PAGE: "{douyin}/user/{id}"},
        "toutiao_page": {Part.PAGE: "{toutiao}/c/user/token/{id}/"},
        "kuaishou_open": {
            Part.LIST: "{kuaishou_open}/openapi/photo/list?count=200&cursor={next}",
            Part.PROFILE: "{kuaishou_open}/openapi/photo/count",
        },
        "kuaishou_page": {Part.PAGE: "{kuaishou}/profile/{id}"},
        "bilibili_open": {
            Part.LIST: "{bilibili_open}/arcopen/fn/archive/viewlist?pn={page}&ps=20&status=pubed",
            Part.ARTICLES: "{bilibili_open}/arcopen/fn/article/list?pn={page}&ps=20",
        },
        "bilibili_page": {Part.PAGE: "{bilibili}/{id}/upload/video\n{bilibili}/{id}/dynamic"},
        "xiaohongshu_page": {Part.PAGE: "{xiaohongshu}/user/profile/{id}"},
        "channels_assistant": {Part.PAGE: "{channels}/platform/post/list"},
        "pengpai_gov": {
            Part.LIST: "{pengpai}/contentapi/cont/pph/gov",
            Part.PROFILE: _PENGPAI_PROFILE,
        },
        "pengpai_user": {
            Part.LIST: "{pengpai}/contentapi/cont/pph/user",
            Part.PROFILE: _PENGPAI_PROFILE,
        },
        "app_store": {Part.LIST: "{app_store}/lookup?bundleId={id}&country=cn"},
        "werss": {Part.LIST: "{werss}/rss/{feed}"},
    }
)

# The page's own requests that a browser listens to: where their paths end. Nothing is signed.
HEARD: Mapping[str, Mapping[Part, str]] = MappingProxyType(
    {
        "douyin_page": {
            Part.LIST: "/aweme/v1/web/aweme/post/",
            Part.PROFILE: "/aweme/v1/web/user/profile/other/",
        },
        "toutiao_page": {Part.LIST: "/api/pc/list/feed"},
        "kuaishou_page": {
            Part.LIST: "/rest/v/profile/feed",
            Part.PROFILE: "/rest/v/profile/get",
        },
        "bilibili_page": {
            Part.LIST: "/x/space/wbi/arc/search",
            Part.DYNAMICS: "/x/polymer/web-dynamic/v1/feed/space",
        },
        "xiaohongshu_page": {Part.LIST: "/api/sns/web/v1/user_posted"},
        "channels_assistant": {Part.LIST: "/mmfinderassistant-bin/post/post_list"},
    }
)

# How a question says where in the list it asks: by a page's number, by the mark of the page before.
NUMBERED: Mapping[str, Mapping[Part, str]] = MappingProxyType(
    {
        "weibo_api": {Part.LIST: "page"},
        "weibo_commercial": {Part.LIST: "page"},
        "weibo_search": {Part.LIST: "page"},
        "weibo_timeline": {Part.LIST: "page"},
        "bilibili_open": {Part.LIST: "pn", Part.ARTICLES: "pn"},
        "bilibili_page": {Part.LIST: "pn"},
    }
)
MARKED: Mapping[str, Mapping[Part, str]] = MappingProxyType(
    {
        "weibo_timeline": {Part.LIST: "since_id"},
        "weibo_mobile": {Part.LIST: "since_id"},
        "douyin_open": {Part.LIST: "cursor"},
        "douyin_page": {Part.LIST: "max_cursor"},
        "toutiao_page": {Part.LIST: "max_behot_time"},
        "kuaishou_open": {Part.LIST: "cursor"},
        "bilibili_page": {Part.DYNAMICS: "offset"},
        "xiaohongshu_page": {Part.LIST: "cursor"},
    }
)

# The paths of a bridge. 微博: any parameter but `showRetweeted` drops reposts.
RSSHUB_ROUTES: Mapping[Platform, tuple[str, ...]] = MappingProxyType(
    {
        Platform.WEIBO: ("/weibo/user/{id}",),
        Platform.DOUYIN: ("/douyin/user/{id}",),
        Platform.TOUTIAO: ("/toutiao/user/token/{id}",),
        Platform.BILIBILI: ("/bilibili/user/video/{id}", "/bilibili/user/dynamic/{id}"),
        Platform.PENGPAI: ("/thepaper/gov/{id}", "/thepaper/user/{id}"),
    }
)
