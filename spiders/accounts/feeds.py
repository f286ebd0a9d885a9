"""Feeds: any RSS or Atom address, a self-hosted RSSHub, WeRSS. They clear and never prove.

A bridge goes stale without a word: it answers 200 with old entries, and dates itself now. So an
answer of one has no `fresh_as_of`, and no entries are `blocked`, never `empty`. feedparser is
given bytes in a stream (given bytes alone it would open a file of that name) and is believed in
structure only: its dates are wrong for Chinese forms, stamps and times without zone, so the raw
texts are read by `times`. An entry without a readable date is kept, with a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO

import feedparser

from crawler.reading.decoding import decode
from rules.post_addresses import Named, post_named
from rules.posts import FetchOutcome, FetchReason, Identity, Post, TimeSource
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.idtimes import lag
from spiders.accounts.opening import Door, guarded, refuse_by_signs
from spiders.accounts.owning import owner
from spiders.accounts.pages import Page, Refusal, Refused, doubts, stamped
from spiders.accounts.payloads import Unreadable, entries, ident, plain, tried, words
from spiders.accounts.signs import SEVERAL_HOURS, Place, Sign, blocked, error, login
from spiders.accounts.xmlbounds import Walk

MOST = 4 * 2**20  # bytes of a feed
DEEPEST = 200  # of elements; articles stand in some feeds as XHTML
VERSIONS = frozenset(
    {"rss090", "rss091n", "rss091u", "rss092", "rss093", "rss094", "rss10", "rss20"}
    | {"atom03", "atom10"}
)
TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}
    | {"application/xml", "text/xml"}
)
# What RSSHub answers where its upstream gave nothing, in this order: its text for a route that
# it does not know stands under other messages, too.
SIGNS: tuple[Sign, ...] = (
    login(Place.MARKUP, "Cookies expired", why=FetchReason.TOKEN_EXPIRED),
    blocked(Place.MARKUP, "暂未发表作品", why=FetchReason.UNCONFIRMED),
    blocked(Place.MARKUP, "RejectError", "无法获取用户信息", why=FetchReason.REFUSED),
    blocked(Place.MARKUP, "this route is empty", "Empty post data", why=FetchReason.UNCONFIRMED),
    blocked(
        Place.MARKUP,
        "Sina Visitor System",
        why=FetchReason.VISITOR_GATE,
        retry=SEVERAL_HOURS,
    ),
    error(
        Place.MARKUP,
        "route does not exist or has been deleted",
        "PLAYWRIGHT_WS_ENDPOINT",
        "CHROMIUM_EXECUTABLE_PATH",
        why=FetchReason.NOT_CONFIGURED,
    ),
    error(Place.MARKUP, "FetchError", why=FetchReason.SERVER_ERROR),
)
DOOR = Door(SIGNS)
NO_ENTRIES = Refusal(FetchOutcome.BLOCKED, FetchReason.UNCONFIRMED, detail="0 entries")
NO_ZONE = Refusal(FetchOutcome.ERROR, FetchReason.NOT_CONFIGURED, detail="bridge without TZ")
# What feedparser was seen to raise, and its kin, for well-formed feeds with odd values in its many
# namespaces: `<gml:pos>` without a place is a KeyError, an empty `<width>` a TypeError.
RAISED = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
_EIGHT_HOURS, _ABOUT = timedelta(hours=8), timedelta(minutes=30)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")


@guarded
def read_feed(answer: Answer, sought: Sought) -> Page:
    """The entries of a feed, or what the bridge said instead."""
    feed = _feed_of(answer)
    if feed is None:
        refuse_by_signs(answer, DOOR)
        raise Unreadable("no feed")
    found, whole = tried(
        entries(feed.entries, "entries"), lambda entry: _entry(entry, answer, sought)
    )
    if not feed.entries:
        raise Refused(NO_ENTRIES)
    posts, identity = owner(sought, found)
    if _runs_early(posts, sought):
        raise Refused(NO_ZONE)
    name = words(feed.feed.get("title")) or None
    return Page(posts=posts, identity=Identity(identity.platform_id, name), warnings=doubts(whole))


def _feed_of(answer: Answer) -> feedparser.FeedParserDict | None:
    """The parsed feed of an answer that is one without any doubt; None for any other answer."""
    kind = answer.header("content-type").partition(";")[0].strip().lower()
    if answer.status != 200 or kind not in TYPES or answer.too_large or len(answer.body) > MOST:
        return None
    body = _clean(answer)
    if body is None:
        return None
    try:
        parsed = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    except RAISED:
        return None
    return parsed if not parsed.bozo and parsed.version in VERSIONS else None


def _clean(answer: Answer) -> bytes | None:
    """The document in UTF-8, well-formed and bounded: then no lenient parser has work to do."""
    text = decode(answer.body, answer.header("content-type")).text
    if text is None:
        return None
    body = _DECLARATION.sub("", text).encode("utf-8", "replace")
    try:
        Walk(deepest=DEEPEST).over(body)
    except Unreadable:
        return None
    return body


def _entry(
    entry: feedparser.FeedParserDict, answer: Answer, sought: Sought
) -> tuple[Identity, Post]:
    """One entry. Raises Unreadable where it has neither id nor address."""
    link, guid = words(entry.get("link"), 2000), words(entry.get("id"), 2000)
    named = _named((link, guid), sought)
    number = named.post_id if named else ident(guid[:200]) or ident(link[:200])
    if number is None:
        raise Unreadable("an entry without id")
    post = Post(
        id=number,
        time=None,
        time_source=TimeSource.FEED,
        title=plain(entry.get("title")),
        url=link or None,
        group_id=named.group_id if named else None,
    )
    return Identity(_whose(named, sought)), stamped(post, _written(entry), answer)


def _whose(named: Named | None, sought: Sought) -> str | None:
    """Whose post an address says it is, in the kind of id that the register holds.

    微信公众号 has two, gh_ and biz; the one says nothing against the other.
    """
    if named is None or sought.platform_id.startswith("gh_"):
        return None
    return named.owner


def _named(links: Iterable[str], sought: Sought) -> Named | None:
    """What the entry's addresses name on the platform that is sought."""
    found = (post_named(link) for link in links)
    return next((one for one in found if one and one.platform is sought.platform), None)


def _written(entry: feedparser.FeedParserDict) -> str:
    """The date as the feed wrote it. `get` of `updated` alone would fall back by itself."""
    return words(dict.get(entry, "published") or dict.get(entry, "updated"))


def _runs_early(posts: Iterable[Post], sought: Sought) -> bool:
    """Whether a bridge on a machine without the zone told the times eight hours early."""
    lags = [found for found in (lag(sought.platform, post) for post in posts) if found is not None]
    return bool(lags) and all(abs(found + _EIGHT_HOURS) < _ABOUT for found in lags)
