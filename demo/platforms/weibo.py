"""新浪微博: the web interfaces of a logged-in page, and the mobile page that turns many away."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from demo.account_plan import TURNED_AWAY_FROM, Planned
from demo.exchange import Answer, Request
from demo.plan import City
from demo.platforms.saying import known, number, page, path_of, query_of, said, shown
from demo.posting import SHANGHAI, Post

SESSION = "SUB=demo-office"
EPOCH = 515483463  # of the ids, in seconds since 1970
SIZE = 20
WEB = "%a %b %d %H:%M:%S %z %Y"
PINNED = Post(datetime(2021, 3, 2, 9, tzinfo=SHANGHAI), "欢迎关注")
LOGIN = {"ok": -100, "url": "https://login.sina.com.cn/sso/signin"}
CLOSED = {"gone": "用户不存在(20003)", "suspended": "账号行为异常，暂时不能查看"}
VISITOR = "<title>Sina Visitor System</title><p>请稍候</p>"


def web(city: City, day: date, request: Request) -> Answer | None:
    """`ajax/profile/info`, `ajax/statuses/mymblog` and `searchProfile`, for a logged-in office."""
    asked = query_of(request)
    one = known(city, "weibo", asked.get("uid", ""))
    if SESSION not in request.cookies:
        return said(LOGIN)
    if one is None or one.twist in CLOSED:
        return said({"ok": 0, "msg": CLOSED.get(one.twist or "") if one else CLOSED["gone"]})
    path = path_of(request)
    if path == "/ajax/profile/info":
        return said({"ok": 1, "data": {"user": _user(one, len(shown(one, day)))}})
    if path == "/ajax/statuses/mymblog":
        return said({"ok": 1, "data": _timeline(one, day, number(asked.get("page")))})
    if path == "/ajax/statuses/searchProfile":
        return said({"ok": 1, "data": _found(one, day, asked)})
    return None


def _user(one: Planned, count: int) -> dict[str, Any]:
    ident = "1999999999" if one.twist == "wrong_account" else one.account.ident
    name = f"新{one.account.name}" if one.twist == "renamed" else one.account.name
    return {"idstr": ident, "id": int(ident), "screen_name": name, "statuses_count": count}


def _timeline(one: Planned, day: date, place: int) -> dict[str, Any]:
    posts = shown(one, day)
    start = SIZE * (place - 1)
    listed = [_blog(one, post) for post in posts[start : start + SIZE]]
    if place == 1 and one.twist == "pinned":
        listed.insert(0, {**_blog(one, PINNED), "isTop": 1, "title": {"text": "置顶"}})
    if place == 1 and one.twist == "advertises":
        listed.insert(1, {**_blog(one, posts[0], 7), "mblogtype": 1})
    more = {"since_id": f"{one.account.ident}kp{place + 1}"} if posts[start + SIZE :] else {}
    return {"list": listed, "total": len(posts), **more}


def _found(one: Planned, day: date, asked: Any) -> dict[str, Any]:
    since, until = number(asked.get("starttime"), 0), number(asked.get("endtime"), 0)
    posts = [post for post in shown(one, day) if since <= post.seconds < until]
    start = SIZE * (number(asked.get("page")) - 1)
    listed = [_blog(one, post) for post in posts[start : start + SIZE]]
    return {"list": listed, "total": len(posts)}


def _blog(one: Planned, post: Post, more: int = 0) -> dict[str, Any]:
    printed = post.at
    if one.twist == "time_mismatch" and post.seconds % 5 == 0:
        printed -= timedelta(days=3)
    blog: dict[str, Any] = {
        "mid": str(((post.seconds - EPOCH) << 22) + more),
        "mblogid": f"L{post.seconds:x}",
        "created_at": printed.strftime(WEB),
        "text_raw": post.title,
        "user": _user(one, 0),
    }
    if post.repost:
        blog["retweeted_status"] = {"created_at": (printed - timedelta(days=1)).strftime(WEB)}
    return blog


def mobile(city: City, day: date, request: Request) -> Answer | None:
    """`api/container/getIndex`. It turns programs away once it has seen some of them."""
    asked = query_of(request)
    one = known(city, "weibo", asked.get("value", ""))
    if path_of(request) != "/api/container/getIndex" or one is None:
        return None
    if one.place >= TURNED_AWAY_FROM and day.day % 2:
        return page("", 432)
    if one.place >= TURNED_AWAY_FROM:
        return page(VISITOR)
    if one.twist in CLOSED:
        return said({"ok": 0, "msg": CLOSED[one.twist]})
    if "containerid" not in asked:
        tab = {"tab_type": "weibo", "containerid": f"107603{one.account.ident}"}
        user = _user(one, len(shown(one, day)))
        return said({"ok": 1, "data": {"userInfo": user, "tabsInfo": {"tabs": [tab]}}})
    posts = shown(one, day)
    cards = [_card(one, post, day) for post in posts[:10]]
    if one.twist == "pinned":
        cards.insert(0, {**_card(one, PINNED, day), "profile_type_id": "proweibotop_1"})
    return said({"ok": 1, "data": {"cardlistInfo": {"total": len(posts)}, "cards": cards}})


def _card(one: Planned, post: Post, day: date) -> dict[str, Any]:
    blog = _blog(one, post)
    at = blog["created_at"]
    if post.at.date() == day - timedelta(days=1) and not one.account.problem:
        at = post.at.strftime("昨天 %H:%M")
    mblog = {"id": blog["mid"], "bid": blog["mblogid"], "created_at": at}
    return {
        "card_type": 9,
        "profile_type_id": "proweibo_",
        "mblog": {**mblog, "text": post.title, "user": _user(one, 0)},
    }
