"""A bridge that has gone stale without a word: a good feed of old entries, dated now."""

from __future__ import annotations

from datetime import date, timedelta
from xml.sax.saxutils import escape

from demo.exchange import Answer, Request
from demo.plan import City
from demo.platforms.saying import known, path_of, shown
from demo.posting import seen_at

STALE = timedelta(days=40)
RFC = "%a, %d %b %Y %H:%M:%S %z"


def feed(city: City, day: date, request: Request) -> Answer | None:
    """`/weibo/user/ID`, as of forty days ago."""
    one = known(city, "weibo", path_of(request).removeprefix("/weibo/user/"))
    if one is None:
        return None
    items = "".join(
        f"<item><title>{escape(post.title)}</title>"
        f"<link>https://weibo.com/{one.account.ident}/L{post.seconds:x}</link>"
        f"<pubDate>{post.at.strftime(RFC)}</pubDate></item>"
        for post in shown(one, day - STALE)[:10]
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>{escape(one.account.name)}的微博</title><link>https://weibo.com/</link>"
        f"<lastBuildDate>{seen_at(day).strftime(RFC)}</lastBuildDate>{items}</channel></rss>"
    )
    return Answer(200, text.encode(), "application/xml; charset=utf-8")
