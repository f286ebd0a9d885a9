"""哔哩哔哩: the open platform's lists of an account's own works."""

from __future__ import annotations

from datetime import date

from demo.exchange import Answer, Request
from demo.plan import City
from demo.platforms.saying import known, number, path_of, query_of, said, shown

SIZE = 20


def interface(city: City, day: date, request: Request) -> Answer | None:
    """`archive/viewlist` and `article/list`, of the account whose token it is."""
    one = known(city, "bilibili", request.token.removeprefix("token-"))
    if one is None:
        return said({"code": -101, "message": "invalid access token"})
    posts = shown(one, day)
    start = SIZE * (number(query_of(request).get("pn")) - 1)
    if path_of(request) == "/arcopen/fn/article/list":
        return said({"code": 0, "data": {"page": {"pn": 1, "ps": SIZE, "total": 0}, "list": []}})
    if path_of(request) != "/arcopen/fn/archive/viewlist":
        return None
    listed = [
        {
            "resource_id": f"BV{post.seconds}",
            "title": post.title,
            "ctime": post.seconds,
            "ptime": post.seconds,
            "addit_info": {"state": 0},
        }
        for post in posts[start : start + SIZE]
    ]
    told = {"pn": start // SIZE + 1, "ps": SIZE, "total": len(posts)}
    return said({"code": 0, "data": {"page": told, "list": listed}})
