"""头条号: the account's page and the feed that it asks for; at times a slider instead."""

from __future__ import annotations

from datetime import date
from typing import Any

from demo.account_plan import Planned
from demo.exchange import Answer, Request
from demo.plan import City
from demo.platforms import saying
from demo.platforms.saying import known, number, path_of, query_of, said, shown
from demo.posting import Post

SIZE = 20
READABLE = (6, 20, 27)  # the days on which the one with the slider can be read
PREFIX = "/c/user/token/"
PAGE = """<title>{name}的头条主页</title><h1>{name}</h1><div id="feed"></div><script>
fetch('/api/pc/list/feed?category=profile_all&token={ident}&max_behot_time=0')
  .then(r => r.json()).then(d => {{
    document.getElementById('feed').textContent = d.data.map(x => x.title).join('；');
  }});
</script>"""
SLIDER = "<title>验证码中间页</title><div class='captcha'>请完成下列验证后继续：拖动滑块</div>"


def page(city: City, day: date, request: Request) -> Answer | None:
    """The page, and its feed."""
    path, asked = path_of(request), query_of(request)
    ident = path.removeprefix(PREFIX).strip("/") if path.startswith(PREFIX) else asked.get("token")
    one = known(city, "toutiao", ident or "")
    if one is None:
        return None
    if one.twist == "captcha" and day.day not in READABLE:
        return saying.page(SLIDER)
    if path.startswith(PREFIX):
        return saying.page(PAGE.format(name=one.account.name, ident=one.account.ident))
    if path != "/api/pc/list/feed":
        return None
    posts = shown(one, day)
    before = number(asked.get("max_behot_time"), 0)
    left = [post for post in posts if not before or post.seconds < before]
    listed = [_entry(one, post) for post in left[:SIZE]]
    more = bool(left[SIZE:])
    mark = {"max_behot_time": left[SIZE - 1].seconds if more else 0}
    return said({"message": "success", "has_more": more, "next": mark, "data": listed})


def _entry(one: Planned, post: Post) -> dict[str, Any]:
    return {
        "id": str(post.seconds << 32),
        "cell_type": 60,
        "title": post.title,
        "publish_time": post.seconds,
        "behot_time": post.seconds,
        "user_info": {"name": one.account.name, "user_id": one.account.ident},
    }
