"""抖音: the open platform's list of an account's own works, and its page, which hides the newest
works from whoever is not logged in."""

from __future__ import annotations

from datetime import date
from typing import Any

from demo.account_plan import Planned
from demo.exchange import Answer, Request
from demo.plan import City
from demo.platforms import saying
from demo.platforms.saying import known, number, path_of, query_of, said, shown
from demo.posting import Post

SIZE = 10
HIDDEN = 3  # works that an anonymous visitor does not see
PAGE = """<title>{name}的抖音</title><h1>{name}</h1><p>最新作品需要登录才可以查看</p><script>
fetch('/aweme/v1/web/user/profile/other/?sec_user_id={ident}');
fetch('/aweme/v1/web/aweme/post/?sec_user_id={ident}&max_cursor=0');
</script>"""


def interface(city: City, day: date, request: Request) -> Answer | None:
    """`video/video_list`."""
    asked = query_of(request)
    one = known(city, "douyin", asked.get("open_id", "").removeprefix("open-"))
    if path_of(request).rstrip("/") != "/api/douyin/v1/video/video_list" or one is None:
        return None
    if request.token != f"token-{one.account.ident}":
        return said({"data": {"error_code": 28001008, "description": "access_token无效"}})
    if one.twist == "api_offline":
        return said({"data": {"error_code": 28001056, "description": "该能力API已下线"}})
    posts = shown(one, day)
    start = number(asked.get("cursor"), 0)
    listed = [_work(post) for post in posts[start : start + SIZE]]
    if not start and one.twist == "pinned":
        listed.insert(0, {**_work(posts[-1]), "item_id": "@pinned==", "is_top": True})
    more = bool(posts[start + SIZE :])
    data = {"error_code": 0, "cursor": start + SIZE, "has_more": more, "list": listed}
    return said({"data": data, "extra": {"error_code": 0}})


def _work(post: Post) -> dict[str, Any]:
    return {
        "item_id": f"@{post.seconds:x}==",
        "title": post.title,
        "create_time": post.seconds,
        "is_top": False,
        "video_status": 5,
    }


def page(city: City, day: date, request: Request) -> Answer | None:
    """The account's page and the two requests that it makes."""
    path, asked = path_of(request), query_of(request)
    ident = path.removeprefix("/user/") if path.startswith("/user/") else asked.get("sec_user_id")
    one = known(city, "douyin", ident or "")
    if one is None:
        return None
    if path.startswith("/user/"):
        return saying.page(PAGE.format(name=one.account.name, ident=one.account.ident))
    if path.endswith("/profile/other/"):
        return said({"status_code": 0, "user": _user(one, day)})
    if path.endswith("/aweme/post/"):
        listed = [_aweme(one, post, day) for post in shown(one, day)[HIDDEN : HIDDEN + 18]]
        return said({"status_code": 0, "has_more": 1, "max_cursor": 1, "aweme_list": listed})
    return None


def _user(one: Planned, day: date) -> dict[str, Any]:
    return {
        "sec_uid": one.account.ident,
        "nickname": one.account.name,
        "aweme_count": len(shown(one, day)),
        "secret": 0,
    }


def _aweme(one: Planned, post: Post, day: date) -> dict[str, Any]:
    return {
        "aweme_id": str(post.seconds << 32),
        "desc": post.title,
        "create_time": post.seconds,
        "is_top": 0,
        "author": _user(one, day),
    }
