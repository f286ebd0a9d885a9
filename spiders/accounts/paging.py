"""Conversations with lists of the web, asked page by page: 发表记录, 微博, 澎湃, App, 人民号.

The account's own page is asked first, where a source has one: its counter is the second witness,
also where the list is refused afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta

from rules.posts import Window
from spiders.accounts.addressing import (
    address,
    mobile_headers,
    pengpai_headers,
    weibo_headers,
)
from spiders.accounts.answers import Part
from spiders.accounts.official import with_token
from spiders.accounts.pages import Page
from spiders.accounts.payloads import whole
from spiders.accounts.questions import Access, Question, Speaking, Way
from spiders.accounts.talking import Making, Talk, leaf, put

MOST_PAGES = 10
RECORDS_COUNT = 10  # pushes on a page of 发表记录
WIDER = timedelta(days=180)  # how much longer the span is that shows whether a question is alive
_XHR = {"X-Requested-With": "XMLHttpRequest"}
_MOBILE_LIST = "107603"

Body = Callable[[int, Page | None], Mapping[str, object]]


def token_of_records(access: Access) -> str:
    """The number that 发表记录 wants in its address, beside the cookies of the session."""
    given = (access.token, access.options.get("token"), access.cookies.get("token"))
    return next((one for one in given if one), "")


def wechat_records(talk: Talk) -> Speaking[None]:
    """发表记录, ten pushes a page."""

    def made(number: int, _before: Page | None) -> Question:
        offset = RECORDS_COUNT * (number - 1)
        url = address(talk, offset=offset, token=token_of_records(talk.access))
        return Question(Way.ASK, url, page=number, headers=_XHR)

    yield from leaf(talk, Part.LIST, made, MOST_PAGES)


def weibo_timeline(talk: Talk) -> Speaking[None]:
    """The profile, then `mymblog`, by number and mark."""
    headers = weibo_headers(talk)
    yield from put(talk, _profile(talk, headers))

    def made(number: int, before: Page | None) -> Question:
        url = address(talk, page=number, next=(before.next if before else None) or "")
        return Question(Way.ASK, url, page=number, headers=headers)

    yield from leaf(talk, Part.LIST, made, MOST_PAGES)


def _profile(talk: Talk, headers: Mapping[str, str]) -> Question:
    return Question(Way.ASK, address(talk, Part.PROFILE), Part.PROFILE, headers=headers)


def weibo_search(talk: Talk) -> Speaking[None]:
    """The profile, then `searchProfile` for the window and what has passed since."""
    headers = weibo_headers(talk)
    yield from put(talk, _profile(talk, headers))
    yield from _ranged(talk, headers)


def weibo_commercial(talk: Talk) -> Speaking[None]:
    """`user_timeline/other`, for the window and what has passed since."""
    yield from _ranged(talk, {})


def _ranged(talk: Talk, headers: Mapping[str, str]) -> Speaking[None]:
    """A span, page by page; without a hit once more for a longer one: whether it finds anything."""
    now = talk.now().replace(microsecond=0)
    window = talk.sought.window or Window(now - WIDER, now)
    # A read before the window's end clears, and says so by its own end.
    span = Window(window.since, max(now, window.since + timedelta(seconds=1)))
    yield from leaf(talk, Part.LIST, _in(span, talk, headers), MOST_PAGES)
    lists = [read for read in talk.reads if read.answer.part is Part.LIST]
    hits = any(read.page.posts for read in lists)
    if not talk.is_over and lists and not hits and talk.counted != 0:
        wider = Window(span.since - WIDER, span.until)
        yield from put(talk, _in(wider, talk, headers)(1, None))


def _in(span: Window, talk: Talk, headers: Mapping[str, str]) -> Making:
    since, until = int(span.since.timestamp()), int(span.until.timestamp())

    def made(number: int, _before: Page | None) -> Question:
        url = address(talk, page=number, since=since, until=until)
        url = with_token(url, talk) if talk.source.official else url
        return Question(Way.ASK, url, page=number, headers=headers, covers=span)

    return made


def weibo_mobile(talk: Talk) -> Speaking[None]:
    """The profile names the list; without its name it is the usual one."""
    headers = mobile_headers(talk)
    pages = yield from put(talk, _profile(talk, headers))
    named = next((page.next for page in pages if page.next), None)
    container = named or f"{_MOBILE_LIST}{talk.sought.platform_id}"

    def made(number: int, before: Page | None) -> Question:
        mark = (before.next if before else None) or ""
        url = address(talk, container=container, next=mark)
        return Question(Way.ASK, url, page=number, headers=headers)

    yield from leaf(talk, Part.LIST, made, MOST_PAGES)


def pengpai_gov(talk: Talk) -> Speaking[None]:
    """The profile, then the list of a 政务号 by the number of the page."""

    def body(number: int, _before: Page | None) -> Mapping[str, object]:
        return {"pageNum": number, "pageSize": 20, "pphId": talk.sought.platform_id}

    yield from _pengpai(talk, body)


def pengpai_user(talk: Talk) -> Speaking[None]:
    """The profile, then the list of a 澎湃号, on by the time that it gives."""

    def body(number: int, before: Page | None) -> Mapping[str, object]:
        start = whole(before.next) if before and before.next else None
        return {
            "pageSize": 10,
            "pageNum": number,
            "contType": 0,
            "excludeContIds": [],
            "pphId": talk.sought.platform_id,
            "startTime": start or 0,
        }

    yield from _pengpai(talk, body)


def _pengpai(talk: Talk, body: Body) -> Speaking[None]:
    headers = pengpai_headers(talk)
    yield from put(talk, _profile(talk, headers))

    def made(number: int, before: Page | None) -> Question:
        sent = json.dumps(body(number, before)).encode()
        return Question(
            Way.ASK, address(talk), page=number, method="POST", headers=headers, body=sent
        )

    yield from leaf(talk, Part.LIST, made, MOST_PAGES)
