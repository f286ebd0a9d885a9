"""Conversations with interfaces that an owner authorised: 开放平台, and 微信's own.

Tokens go where each platform documents them: into the query of 微信, 微博 and 快手, into a header
of 抖音 and 哔哩哔哩. The signature is the app's own, with its own secret; none is forged.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import md5, sha256
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from rules.facts import SHANGHAI
from rules.platforms import Platform
from rules.post_addresses import post_named
from rules.posts import Post, Window
from rules.windows import midnight
from spiders.accounts.addressing import JSON, address, moved
from spiders.accounts.answers import Part
from spiders.accounts.pages import Page
from spiders.accounts.questions import Question, Speaking, Way
from spiders.accounts.talking import Talk, delays, errors, leaf, put

DAY = timedelta(days=1)
MOST_PAGES = 10
PUBLISH_PAGES, PUBLISH_COUNT = 5, 20
ARTICLE_PACE = 5.0  # seconds: articles stand behind gates that interfaces do not have
CONFIRMED = 3  # articles whose own page is looked at
KUAISHOU_PAGES = 3  # of 200 works


def with_token(url: str, talk: Talk, **more: str) -> str:
    """The address with the token, where the platform takes it in the query."""
    given = urlencode({**more, "access_token": talk.access.token or ""})
    return f"{url}{'&' if '?' in url else '?'}{given}"


def _posted(
    url: str, body: Mapping[str, object], page: int = 1, covers: Window | None = None
) -> Question:
    sent = json.dumps(body).encode()
    return Question(Way.ASK, url, page=page, method="POST", body=sent, headers=JSON, covers=covers)


def wechat_daily(talk: Talk) -> Speaking[None]:
    """`getarticletotaldetail`: one day a question, the newest first, none that is not over.

    Where the whole window is quiet, what is left of its questions goes to the days before it: one
    older article shows that the interface is alive.
    """
    days = days_of(talk.sought.window, talk.now())
    for span in days:
        yield from put(talk, _day(talk, span), delays)
    since = days[-1].since if days else talk.now()
    while days and not talk.is_over and not any(read.page.posts for read in talk.reads):
        span, since = Window(since - DAY, since), since - DAY
        yield from put(talk, _day(talk, span), delays)


def _day(talk: Talk, span: Window) -> Question:
    day = span.since.date().isoformat()
    body = {"begin_date": day, "end_date": day}
    return _posted(with_token(address(talk), talk), body, covers=span)


def days_of(window: Window | None, now: datetime) -> list[Window]:
    """The days of a window that are over, the newest first."""
    if window is None:
        return []
    start = midnight(window.since.astimezone(SHANGHAI).date())
    end = min(window.until, midnight(now.astimezone(SHANGHAI).date()))
    found = []
    while start + DAY <= end:
        found.append(Window(start, start + DAY))
        start += DAY
    return found[::-1]


def wechat_freepublish(talk: Talk) -> Speaking[None]:
    """`freepublish/batchget`, then the own pages of its newest articles.

    `update_time` moves on edits: what seems to lie in the window has no time until its own page
    says so.
    """
    recent: list[Post] = []
    since = talk.sought.window.since if talk.sought.window else talk.now()

    def undated(page: Page) -> Page:
        recent.extend(p for p in page.posts if p.time is not None and p.time >= since)
        late = {post.id for post in recent}
        posts = (replace(p, time=None) if p.id in late else p for p in page.posts)
        return replace(page, posts=tuple(posts))

    url, offset = with_token(address(talk), talk), 0
    for number in range(1, PUBLISH_PAGES + 1):
        body = {"offset": offset, "count": PUBLISH_COUNT, "no_content": 1}
        pages = yield from put(talk, _posted(url, body, page=number), change=undated)
        shown = pages[0].posts if pages else ()
        offset += len({post.group_id for post in shown})
        is_all = bool(pages) and pages[0].total is not None and offset >= pages[0].total
        if talk.is_over or is_all or not any(post.time is None for post in shown):
            break
    yield from _confirmed(talk, recent)


def _confirmed(talk: Talk, recent: list[Post]) -> Speaking[None]:
    """Ask for the pages of the newest articles, one of each push."""
    newest = sorted(recent, key=lambda post: post.time or talk.now(), reverse=True)
    by_push = {post.group_id: post for post in reversed(newest) if post.url and not post.deleted}
    found = [post for post in newest if by_push.get(post.group_id) is post]
    for number, post in enumerate(found[:CONFIRMED], start=1):
        link = post.url or ""
        named = post_named(link)
        if named is not None and named.platform is Platform.WECHAT:
            url = moved(link, talk.access)
            asked = Question(Way.ASK, url, Part.DETAIL, number, least=ARTICLE_PACE)
            yield from put(talk, asked, errors, link=link)


def weibo_api(talk: Talk) -> Speaking[None]:
    """The owner's own timeline, by the number of the page."""

    def made(number: int, _before: Page | None) -> Question:
        return Question(Way.ASK, with_token(address(talk, page=number), talk), page=number)

    yield from leaf(talk, Part.LIST, made, MOST_PAGES)


def douyin_open(talk: Talk) -> Speaking[None]:
    """`video_list`: the token in a header, on by the cursor."""

    def made(number: int, before: Page | None) -> Question:
        cursor = (before.next if before else None) or "0"
        url = address(talk, open_id=talk.access.options["open_id"], next=cursor)
        headers = {**JSON, "access-token": talk.access.token or ""}
        return Question(Way.ASK, url, page=number, headers=headers)

    yield from leaf(talk, Part.LIST, made, MOST_PAGES)


def kuaishou_open(talk: Talk) -> Speaking[None]:
    """`photo/count`, which says whether the list is whole, and `photo/list`."""
    app_id = talk.access.options["app_id"]
    counting = with_token(address(talk, Part.PROFILE), talk, app_id=app_id)
    yield from put(talk, Question(Way.ASK, counting, Part.PROFILE))

    def made(number: int, before: Page | None) -> Question:
        url = address(talk, next=(before.next if before else None) or "")
        return Question(Way.ASK, with_token(url, talk, app_id=app_id), page=number)

    yield from leaf(talk, Part.LIST, made, KUAISHOU_PAGES)


def bilibili_open(talk: Talk) -> Speaking[None]:
    """Own videos, then own columns; each question signed with the app's own secret."""
    for part in talk.source.streams:

        def made(number: int, _before: Page | None, part: Part = part) -> Question:
            url = address(talk, part, page=number)
            return Question(Way.ASK, url, part, number, headers=signed(talk, url))

        yield from leaf(talk, part, made, MOST_PAGES // 2)


def signed(talk: Talk, url: str, body: bytes = b"") -> Mapping[str, str]:
    """The headers of a request to 哔哩哔哩's 开放平台, signed as it documents: HMAC-SHA256 over the
    x-bili headers in their order.
    """
    at, secret = int(talk.now().timestamp()), talk.access.options["app_secret"]
    told = {
        "x-bili-accesskeyid": talk.access.options["app_id"],
        "x-bili-content-md5": md5(body, usedforsecurity=False).hexdigest(),
        "x-bili-signature-method": "HMAC-SHA256",
        "x-bili-signature-nonce": str(uuid5(NAMESPACE_URL, f"{url} {at} {len(talk.reads)}")),
        "x-bili-signature-version": "2.0",
        "x-bili-timestamp": str(at),
    }
    lines = "\n".join(f"{name}:{told[name]}" for name in sorted(told))
    mark = hmac.new(secret.encode(), lines.encode(), sha256).hexdigest()
    return {**JSON, **told, "access-token": talk.access.token or "", "Authorization": mark}
