"""What platforms say, for tests: the fabricated payloads of the reference, and short builders.

Check day 2026-11-20: the two weeks begin on 11-06. The payloads show posts of 11-17 10:05 and
11-12 16:40, and a pinned one of 03-02.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from rules.facts import SHANGHAI
from rules.platforms import Platform
from rules.posts import FetchResult, Window
from spiders.accounts.answers import Answer, Part, Sought
from spiders.accounts.readers import result_of


def at(text: str) -> datetime:
    """An instant in Shanghai, in 2026: `11-17 10:05`."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


def seconds(text: str) -> int:
    return int(at(text).timestamp())


CHECK_DAY = at("11-20 00:00")
WINDOW = Window(CHECK_DAY - timedelta(days=14), CHECK_DAY)
READ_AT = at("11-20 09:00")
FRESH, MIDDLE, OLD, PINNED = (
    at(t) for t in ("11-17 10:05", "11-12 16:40", "10-30 08:15", "03-02 09:00")
)

IDS = {
    Platform.WEIBO: "1000000001",
    Platform.WECHAT: "gh_0123456789ab",
    Platform.DOUYIN: "MS4wLjABAAAAEXAMPLE",
    Platform.TOUTIAO: "MS4wLjABAAAATOUTIAO",
    Platform.KUAISHOU: "3xexample01",
    Platform.BILIBILI: "1000000001",
    Platform.XIAOHONGSHU: "5f00000000000000010000aa",
    Platform.CHANNELS: "sphEXAMPLE01",
    Platform.PENGPAI: "4221423",
    Platform.RENMIN: "rmh0001",
    Platform.APP: "cn.example.city",
}


def sought(platform: Platform, **changes: Any) -> Sought:
    """Whose posts are wanted. Own interfaces answer for the right account."""
    values: dict[str, Any] = {"window": WINDOW, "own_id": IDS[platform]}
    return Sought(platform, IDS[platform], **(values | changes))


def said(body: object, part: Part = Part.LIST, **changes: Any) -> Answer:
    """An answer: a value is sent as JSON, a text as it stands."""
    if isinstance(body, str):
        body = body.encode()
    elif not isinstance(body, bytes):
        body = json.dumps(body, ensure_ascii=False).encode()
    values: dict[str, Any] = {"fetched_at": READ_AT, "part": part, "body": body}
    return Answer(**(values | changes))


def read(source: str, platform: Platform, *answers: Answer, **changes: Any) -> FetchResult:
    """What one read of a source comes to."""
    return result_of(source, sought(platform, **changes), answers)


def mid(text: str) -> str:
    """A 微博 id of that instant."""
    return str((seconds(text) - 515483463) << 22)


def item_id(text: str) -> str:
    """An id of 抖音 or 头条 of that instant."""
    return str((seconds(text) << 32) + 7)


def note_id(text: str) -> str:
    """An id of 小红书 of that instant."""
    return f"{seconds(text):08x}000000001a02b3c4"


def ctime(text: str) -> str:
    return at(text).strftime("%a %b %d %H:%M:%S +0800 %Y")


WEIBO = {
    "ok": 1,
    "data": {
        "since_id": "5359631962595904kp2",
        "list": [
            {
                "mid": "5271945423741504",
                "mblogid": "QexamPl01",
                "created_at": "Mon Mar 02 09:00:00 +0800 2026",
                "text_raw": "欢迎关注",
                "isTop": 1,
                "mblogtype": 2,
                "title": {"text": "置顶"},
                "user": {"idstr": "1000000001", "screen_name": "示例县教体局"},
            },
            {
                "mid": "5366182626583104",
                "mblogid": "QexamPl02",
                "created_at": "Tue Nov 17 10:05:00 +0800 2026",
                "text_raw": "校园安全提示",
            },
            {
                "mid": "5364470092259904",
                "mblogid": "QexamPl03",
                "created_at": "Thu Nov 12 16:40:00 +0800 2026",
                "retweeted_status": {"created_at": "Wed Nov 11 08:00:00 +0800 2026"},
            },
        ],
        "total": 321,
    },
}
WEIBO_PROFILE = {
    "ok": 1,
    "data": {"user": {"idstr": "1000000001", "screen_name": "示例县教体局", "statuses_count": 321}},
}
WEIBO_MOBILE = {
    "ok": 1,
    "data": {
        "cardlistInfo": {"total": 321, "since_id": 5359631962595904},
        "cards": [
            {
                "card_type": 9,
                "profile_type_id": "proweibotop_1",
                "mblog": {
                    "id": "5271945423741504",
                    "bid": "QexamPl01",
                    "created_at": "Mon Mar 02 09:00:00 +0800 2026",
                },
            },
            {
                "card_type": 9,
                "profile_type_id": "proweibo_",
                "mblog": {
                    "id": "5366182626583104",
                    "bid": "QexamPl02",
                    "created_at": "Tue Nov 17 10:05:00 +0800 2026",
                },
            },
        ],
    },
}
DOUYIN = {
    "status_code": 0,
    "max_cursor": 1793319300000,
    "has_more": 1,
    "aweme_list": [
        {
            "aweme_id": "7612456729986361521",
            "desc": "置顶：办事指南",
            "create_time": 1772413200,
            "is_top": 1,
            "author": {
                "nickname": "示例县市场监管",
                "sec_uid": "MS4wLjABAAAAEXAMPLE",
                "aweme_count": 86,
            },
        },
        {
            "aweme_id": "7708955625696159921",
            "desc": "食品安全抽检",
            "create_time": 1794881100,
            "is_top": 0,
            "aweme_type": 0,
        },
        {
            "aweme_id": "7702247745773267121",
            "desc": "图文：政策问答",
            "create_time": 1793319300,
            "is_top": 0,
            "aweme_type": 68,
            "images": [{}],
        },
    ],
}
DOUYIN_OPEN = {
    "data": {
        "error_code": 0,
        "cursor": 1794881100000,
        "has_more": False,
        "list": [
            {
                "item_id": "@EXAMPLEitem01==",
                "title": "就业服务月",
                "create_time": 1794881100,
                "is_top": False,
                "video_status": 5,
            }
        ],
    },
    "extra": {"error_code": 0, "now": 1795000000000},
}
TOUTIAO = {
    "message": "success",
    "has_more": True,
    "next": {"max_behot_time": 1793319300},
    "data": [
        {
            "id": "7708955625696159921",
            "cell_type": 60,
            "title": "放管服改革",
            "publish_time": 1794881100,
            "behot_time": 1794881100,
            "user_info": {"name": "示例市发布", "user_id": "1"},
        },
        {
            "id": "7707201990549203121",
            "cell_type": 32,
            "content": "停水通知",
            "publish_time": 1794472800,
            "is_stick": True,
            "user": {"name": "示例市发布"},
        },
    ],
}
TOUTIAO_ADDRESS = (
    "https://www.toutiao.com/api/pc/list/feed?category=profile_all&token=MS4wLjABAAAATOUTIAO"
)
KUAISHOU_OPEN = {
    "result": 1,
    "video_list": [
        {
            "photo_id": "3xphoto01",
            "caption": "反诈提醒",
            "create_time": 1794881100000,
            "pending": False,
        }
    ],
}
KUAISHOU = {
    "result": 1,
    "pcursor": "1.793319300000E12",
    "feeds": [
        {
            "author": {"id": "3xexample01", "name": "示例县公安"},
            "photo": {
                "id": "3xphoto01",
                "caption": "反诈提醒",
                "timestamp": 1794881100000,
                "profileUserTopPhoto": False,
            },
        },
        {
            "photo": {
                "id": "3xphoto00",
                "caption": "置顶 办事指南",
                "timestamp": 1772413200000,
                "profileUserTopPhoto": True,
            }
        },
    ],
}
BILIBILI_OPEN = {
    "code": 0,
    "data": {
        "page": {"pn": 1, "ps": 20, "total": 57},
        "list": [
            {
                "resource_id": "BV1EXAMPLE01",
                "title": "示例市文旅",
                "ctime": 1794881000,
                "ptime": 1794881100,
                "addit_info": {"state": 0},
            }
        ],
    },
}
BILIBILI = {
    "code": 0,
    "data": {
        "list": {
            "vlist": [
                {
                    "bvid": "BV1EXAMPLE01",
                    "title": "示例市文旅",
                    "created": 1794881100,
                    "mid": 1000000001,
                }
            ]
        },
        "page": {"pn": 1, "ps": 30, "count": 57},
        "is_risk": False,
    },
}
DYNAMICS = {
    "code": 0,
    "data": {
        "has_more": True,
        "offset": "1001",
        "items": [
            {
                "id_str": "1002",
                "modules": {
                    "module_author": {
                        "mid": 1000000001,
                        "name": "示例市文旅",
                        "pub_ts": 1794881100,
                    },
                    "module_tag": {"text": "置顶"},
                },
            }
        ],
    },
}
XIAOHONGSHU = {
    "code": 0,
    "data": {
        "cursor": "69a4e110000000001a02b3c4",
        "has_more": False,
        "notes": [
            {
                "note_id": "69a4e110000000001a02b3c4",
                "display_title": "置顶：关于我们",
                "user": {"user_id": "5f00000000000000010000aa", "nickname": "示例市文旅"},
                "interact_info": {"sticky": True},
            },
            {
                "note_id": "6afbb64c000000001a02b3c4",
                "display_title": "秋日古城",
                "interact_info": {"sticky": False},
            },
        ],
    },
}
CHANNELS = {
    "errCode": 0,
    "data": {
        "totalCount": 64,
        "continueFlag": True,
        "list": [
            {
                "exportId": "export/EXAMPLE01",
                "desc": {"description": "示例区消防演练"},
                "createTime": 1794881100,
                "status": 1,
            }
        ],
    },
}
PENGPAI = {
    "code": 200,
    "data": {
        "hasNext": True,
        "startTime": 1793319300000,
        "list": [
            {
                "contId": "30000001",
                "name": "示例区开展文明创建",
                "pubTimeLong": 1794881100000,
                "pubTime": "6天前",
                "authorInfo": {"sname": "示例区发布"},
            }
        ],
    },
}
PENGPAI_PROFILE = {"code": 200, "userInfo": {"userId": 4221423, "sname": "示例区发布"}}
APP_STORE = {
    "resultCount": 1,
    "results": [
        {
            "bundleId": "cn.example.city",
            "version": "3.2.1",
            "currentVersionReleaseDate": "2026-10-30T00:15:00Z",
        }
    ],
}
WECHAT_DAY = {
    "list": [
        {
            "ref_date": "2026-11-17",
            "msgid": "2650000123_1",
            "publish_type": 0,
            "title": "示例县防汛会",
            "detail_list": [{"stat_date": "2026-11-17", "read_user": 31}],
        },
        {
            "ref_date": "2026-11-17",
            "msgid": "2650000123_2",
            "publish_type": 0,
            "detail_list": [],
        },
    ],
    "is_delay": False,
}
FREEPUBLISH = {
    "total_count": 42,
    "item_count": 1,
    "item": [
        {
            "article_id": "EXAMPLE_ARTICLE_ID_01",
            "update_time": 1794881100,
            "content": {
                "news_item": [
                    {
                        "title": "示例县防汛会",
                        "url": "http://mp.weixin.qq.com/s/EXAMPLEtoken01",
                        "is_deleted": False,
                    }
                ]
            },
        }
    ],
}
RECORDS = (
    r'{"base_resp":{"ret":0},"publish_page":"{\"total_count\":318,\"publish_list\":'
    r"[{\"publish_type\":101,\"publish_info\":\"{\\\"type\\\":9,\\\"msgid\\\":1000000456,"
    r"\\\"sent_info\\\":{\\\"time\\\":1794881100},\\\"appmsgex\\\":[{\\\"aid\\\":"
    r"\\\"2650000123_1\\\",\\\"title\\\":\\\"示例县防汛会\\\",\\\"link\\\":"
    r"\\\"http://mp.weixin.qq.com/s/EXAMPLEtoken01\\\",\\\"create_time\\\":1794881100,"
    r'\\\"is_deleted\\\":false}]}\"}]}"}'
)


def records(*pushes: dict[str, Any], total: int) -> dict[str, Any]:
    """发表记录 with these pushes, wrapped as the platform wraps them."""
    listed = [{"publish_type": 101, "publish_info": json.dumps(push)} for push in pushes]
    inner = json.dumps({"total_count": total, "publish_list": listed})
    return {"base_resp": {"ret": 0}, "publish_page": inner}


def push(number: int, time: str) -> dict[str, Any]:
    """One push of two articles."""
    articles = [{"aid": f"{number}_{place}", "title": "示例"} for place in (1, 2)]
    return {"msgid": number, "sent_info": {"time": seconds(time)}, "appmsgex": articles}


def article_page(
    ct: str = "1794881100", user_name: str = "gh_0123456789ab", body: str = "正文"
) -> str:
    """An article's page as the platform draws it, in short."""
    return (
        "<html><head><title></title></head><body><h1 id=activity-name>示例县防汛会</h1>"
        f'<a id="js_name">示例发布</a><div id="js_content">{body}</div>'
        f'<script>var biz = "" || "MzA5EXAMPLE==";var mid = "" || "2650000123";'
        f'var idx = "" || "1";var ct = "{ct}";var user_name = "{user_name}";</script>'
        "</body></html>"
    )


def notice_page(words: str) -> str:
    """A page with nothing but a notice."""
    return (
        "<html><body><div class=weui-msg><h2 class=weui-msg__title>"
        f"{words}</h2></div><a>确定</a></body></html>"
    )


def feed(*items: tuple[str, str], title: str = "示例发布") -> str:
    """An RSS feed: each item's address and its date as written."""
    entries = "".join(
        f"<item><title>条目</title><link>{link}</link><guid>{link}</guid>"
        + (f"<pubDate>{date}</pubDate>" if date else "")
        + "</item>"
        for link, date in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><link>http://rsshub.test/</link>{entries}</channel></rss>"
    )
