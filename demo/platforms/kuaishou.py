"""快手: the open platform's list and its count."""

from __future__ import annotations

from datetime import date

from demo.exchange import Answer, Request
from demo.plan import City
from demo.platforms.saying import known, path_of, query_of, said, shown
from demo.posting import Post

READABLE = (6, 20)  # the days on which the one that often says nothing says something


def interface(city: City, day: date, request: Request) -> Answer | None:
    """`openapi/photo/list` and `openapi/photo/count`, for the account of a token."""
    asked = query_of(request)
    one = known(city, "kuaishou", asked.get("access_token", "").removeprefix("token-"))
    if one is None:
        return said({"result": 100200100, "error": "invalid token", "error_msg": "access_token"})
    if one.twist == "empty_body" and day.day not in READABLE:
        return Answer(content_type="application/json")
    posts = shown(one, day)
    if path_of(request) == "/openapi/photo/count":
        return said({"result": 1, "public_count": len(posts), "all_count": len(posts)})
    if path_of(request) != "/openapi/photo/list":
        return None
    if one.twist == "count_mismatch":
        return said({"result": 1, "video_list": []})
    ids = [_ident(post) for post in posts]
    cursor = asked.get("cursor", "")
    start = ids.index(cursor) + 1 if cursor in ids else 0
    listed = [
        {
            "photo_id": _ident(post),
            "caption": post.title,
            "create_time": 1000 * post.seconds,
            "pending": False,
        }
        for post in posts[start : start + 200]
    ]
    return said({"result": 1, "video_list": listed})


def _ident(post: Post) -> str:
    return f"3x{post.seconds:x}"
