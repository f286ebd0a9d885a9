"""微信公众号: 发表记录 in the unit's own back office, behind the unit's own session."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from demo.account_plan import Planned
from demo.exchange import Answer, Request
from demo.plan import City
from demo.platforms.saying import known, number, page, path_of, query_of, said, shown
from demo.platforms.wechat_official import article, article_link
from demo.posting import Post

SIZE = 10
READABLE = (6, 20)  # the days on which the one that is often refused can be read
SHOWN = (20,)  # the days on which the one that is hidden is not


def back_office(city: City, day: date, request: Request) -> Answer | None:
    """`cgi-bin/appmsgpublish`, and the articles; the session's cookie says whose office it is."""
    if path_of(request) != "/cgi-bin/appmsgpublish":
        return article(city, day, request)
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
    if one.twist == "hidden" and day.day not in SHOWN:
        return 200002
    if one.twist == "often_refused" and day.day not in READABLE:
        return 200013
    return None


def _records(one: Planned, day: date, begin: int) -> dict[str, Any]:
    posts = shown(one, day)
    pushes = [_push(one, post) for post in posts]
    if one.twist == "deletes" and posts:  # one that is gone again, beside those that count
        again = replace(posts[0], at=posts[0].at + timedelta(minutes=7), parts=1)
        pushes.insert(0, _push(one, again, deleted=True))
    told = {"total_count": len(pushes), "publish_list": pushes[begin : begin + SIZE]}
    return {"base_resp": {"ret": 0}, "publish_page": json.dumps(told, ensure_ascii=False)}


def _push(one: Planned, post: Post, *, deleted: bool = False) -> dict[str, Any]:
    """One push of several articles: one update."""
    articles = [
        {
            "aid": f"{post.seconds}_{number}",
            "title": post.title if number == 1 else f"{post.title}（{number}）",
            "link": article_link(one, post, number),
            "create_time": post.seconds,
            "is_deleted": deleted,
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
