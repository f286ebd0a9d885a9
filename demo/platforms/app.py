"""移动客户端: each App's own list of what it published."""

from __future__ import annotations

from datetime import date

from demo.exchange import Answer, Request
from demo.plan import City
from demo.platforms.saying import known, path_of, said, shown


def news(city: City, day: date, request: Request) -> Answer | None:
    """`/ID/news`: all there is, with its number."""
    one = known(city, "app", path_of(request).strip("/").removesuffix("/news"))
    if one is None:
        return None
    posts = shown(one, day)
    listed = [
        {"id": post.seconds, "time": post.seconds, "title": post.title} for post in posts[:60]
    ]
    return said({"data": {"total": len(posts), "list": listed}})
