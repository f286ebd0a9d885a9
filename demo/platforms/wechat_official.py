"""微信公众号: the official interfaces, for whoever a unit authorised; and the articles' own pages.

`freepublish/batchget` knows only what was 发布, never what was 群发; `getarticletotaldetail` knows
both, one day at a time, the day before at the latest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from demo.account_plan import Planned
from demo.exchange import Answer, Request
from demo.plan import City
from demo.platforms.saying import body_of, known, number, page, path_of, query_of, said, shown
from demo.posting import Post

SIZE = 20
NO_TOKEN = {"errcode": 40001, "errmsg": "invalid credential, access_token is invalid"}
SPENT = {"errcode": 45009, "errmsg": "reach max api daily quota limit"}
MORE_DAYS = {"errcode": 61501, "errmsg": "date range error"}
READABLE = (13, 27)  # the days on which the one whose quota is spent has some of it left
LINK = re.compile(r"/s/D(?P<ident>[0-9a-f]{12})x(?P<at>[0-9a-f]{8})(?P<place>\d)")
ARTICLE = """<title>{title}</title><h1 id="activity-name">{title}</h1>
<a id="js_name">{name}</a><div id="js_content"><p>{title}</p></div><script>
var ct = "{seconds}"; var user_name = "{ident}"; var mid = "{seconds}"; var idx = "{place}";
</script>"""
DELETED = "<title>微信公众平台</title><p class='tips'>该内容已被发布者删除</p>"


def article_link(one: Planned, post: Post, place: int = 1) -> str:
    """The address of an article."""
    token = f"D{one.account.ident.removeprefix('gh_')}x{post.seconds:08x}{place}"
    return f"http://mp.weixin.qq.com/s/{token}"


def article(city: City, day: date, request: Request) -> Answer | None:
    """The page of one article, which says whose it is and when it came out."""
    found = LINK.fullmatch(path_of(request))
    one = known(city, "wechat", f"gh_{found['ident']}") if found else None
    if found is None or one is None:
        return None
    for post in shown(one, day):
        if post.seconds == int(found["at"], 16):
            who = {"name": one.account.name, "ident": one.account.ident, "place": found["place"]}
            return page(ARTICLE.format(title=post.title, seconds=post.seconds, **who))
    return page(DELETED)


def interface(city: City, day: date, request: Request) -> Answer | None:
    """Both interfaces, for the account whose token it is."""
    token = query_of(request).get("access_token", "")
    one = known(city, "wechat", token.removeprefix("token-"))
    if one is None:
        return said(NO_TOKEN)
    if one.twist == "quota_spent" and day.day not in READABLE:
        return said(SPENT)
    if path_of(request) == "/cgi-bin/freepublish/batchget":
        return said(_published(one, shown(one, day), number(body_of(request).get("offset"), 0)))
    if path_of(request) != "/datacube/getarticletotaldetail":
        return None
    asked = body_of(request)
    if asked.get("begin_date") != asked.get("end_date"):
        return said(MORE_DAYS)
    return said(_of_a_day(one, shown(one, day), day, str(asked.get("begin_date"))))


def _published(one: Planned, posts: Sequence[Post], offset: int) -> dict[str, Any]:
    """What was 发布 and not pushed to readers."""
    quiet = [post for post in posts if post.repost]
    listed = quiet[offset : offset + SIZE]
    items = [
        {
            "article_id": f"A{post.seconds:x}",
            "update_time": post.seconds,
            "content": {
                "news_item": [_article(one, post, place + 1) for place in range(post.parts)]
            },
        }
        for post in listed
    ]
    return {"total_count": len(quiet), "item_count": len(items), "item": items}


def _article(one: Planned, post: Post, place: int) -> dict[str, Any]:
    title = post.title if place == 1 else f"{post.title}（{place}）"
    return {"title": title, "url": article_link(one, post, place), "is_deleted": False}


def _of_a_day(one: Planned, posts: Sequence[Post], day: date, asked: str) -> dict[str, Any]:
    """All that came out on a day that is over: each article of each push."""
    late = one.twist == "delayed"
    listed = [
        {
            "ref_date": asked,
            "msgid": f"{post.seconds}_{place}",
            "publish_type": 1 if post.repost else 0,
            "title": post.title if place == 1 else f"{post.title}（{place}）",
            "content_url": article_link(one, post, place),
            "detail_list": [{"stat_date": asked, "read_user": 31}] if place == 1 else [],
        }
        for post in posts
        if post.at.date().isoformat() == asked < day.isoformat() and not late
        for place in range(1, post.parts + 1)
    ]
    return {"list": listed, "is_delay": late}
