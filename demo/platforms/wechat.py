"""微信公众号: 发表记录 in the unit's own back office, behind the unit's own session."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from demo.account_plan import Planned
from demo.exchange import Answer, Request
from demo.plan import City
from demo.platforms.saying import known, number, page, path_of, query_of, said, shown
from demo.posting import Post

SIZE = 10
READABLE = (6, 20)  # the days on which the one that is often refused can be read


def back_office(city: City, day: date, request: Request) -> Answer | None:
    """`cgi-bin/appmsgpublish`; the session's cookie says whose back office it is."""
    if path_of(request) != "/cgi-bin/appmsgpublish":
        return None
    one = known(city, "wechat", _owner(request.cookies))
    if one is None:
        return page("<title>微信公众平台</title><p>请重新登录</p>")
    refused = _refusal(one, day)
    if refused is not None:
        return said({"base_resp": {"ret": refused, "err_msg": "refused"}})
    return said(_records(one, day, number(query_of(request).get("begin"), 0)))


def _owner(cookies: str) -> str:
    told = dict(part.strip().partition("=")[::2] for part in cookies.split(";"))
    return str(told.get("slave_user", "")) if told.get("slave_sid") else ""


def _refusal(one: Planned, day: date) -> int | None:
    if one.twist == "session_dead":
        return 200003
    if one.twist == "hidden":
        return 200002
    if one.twist == "often_refused" and day.day not in READABLE:
        return 200013
    return None


def _records(one: Planned, day: date, begin: int) -> dict[str, Any]:
    posts = shown(one, day)
    listed = [_push(post) for post in posts[begin : begin + SIZE]]
    told = {"total_count": len(posts), "publish_list": listed}
    return {"base_resp": {"ret": 0}, "publish_page": json.dumps(told, ensure_ascii=False)}


def _push(post: Post) -> dict[str, Any]:
    """One push of several articles: one update."""
    articles = [
        {
            "aid": f"{post.seconds}_{number}",
            "title": post.title if number == 1 else f"{post.title}（{number}）",
            "link": f"http://mp.weixin.qq.com/s/demo{post.seconds:x}{number}",
            "create_time": post.seconds,
            "is_deleted": False,
        }
        for number in range(1, post.parts + 1)
    ]
    info = {
        "type": 9,
        "msgid": post.seconds,
        "sent_info": {"time": post.seconds},
        "appmsgex": articles,
    }
    kind = 1 if post.repost else 101
    return {"publish_type": kind, "publish_info": json.dumps(info, ensure_ascii=False)}
