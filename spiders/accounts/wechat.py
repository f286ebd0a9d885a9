"""微信公众号: what the official interfaces and the unit's own 发表记录 say of an account's pushes.

Can prove that there is none: the unit's own 发表记录 (群发 and 发布, nothing pinned); and
`getarticletotaldetail`, asked day by day with `is_delay` false, once the office's pilot has shown
that it lists fresh, unread articles. Can only clear: `freepublish/batchget` (发布 only, never
群发; a total of 0 is normal, and `update_time` moves on edits, so the article's own page confirms
it), callbacks, article links, albums (`wechat_pages`, `wechat_events`), 搜狗, any bridge. Without
the first two an account is cleared or `unknown`, never accused. One push of several articles is
one update: its articles share a `group_id`.
"""

from __future__ import annotations

import re

from rules.posts import FetchOutcome, FetchReason, Post, PostKind
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.opening import Door, guarded, open_json
from spiders.accounts.pages import Page, Refusal, Refused, doubts, stamped
from spiders.accounts.payloads import (
    Json,
    Unreadable,
    at,
    count,
    decoded,
    each,
    entries,
    first,
    ident,
    is_set,
    mapping,
    parse_json,
    words,
)
from spiders.accounts.signs import SEVERAL_HOURS, Place, Sign, blocked, error, login

API_SIGNS: tuple[Sign, ...] = (
    login(Place.CODE, 40001, 42001, why=FetchReason.TOKEN_EXPIRED),
    login(Place.CODE, 61003, 61023, 48001, why=FetchReason.NO_PERMISSION),
    error(Place.CODE, 40164, why=FetchReason.NOT_CONFIGURED),
    error(Place.CODE, 47009, why=FetchReason.API_OFFLINE),
    error(Place.CODE, -1, why=FetchReason.SERVER_ERROR, retry=60),
    error(Place.CODE, 61501, why=FetchReason.NOT_CONFIGURED),  # more than one day was asked for
    blocked(Place.CODE, 45009, why=FetchReason.RATE_LIMITED, retry=SEVERAL_HOURS),
    error(Place.OTHER_CODE, 0, None, why=FetchReason.PARSE_ERROR),
)
API = Door(API_SIGNS, codes=(("errcode",),), words=(("errmsg",),))

RECORD_SIGNS: tuple[Sign, ...] = (
    blocked(Place.CODE, 200013, why=FetchReason.RATE_LIMITED, retry=SEVERAL_HOURS),
    login(Place.CODE, 200003, why=FetchReason.LOGIN_WALL),
    # Hidden, migrated or cancelled: only a person can say which.
    error(Place.CODE, 200002, why=FetchReason.REFUSED),
    error(Place.OTHER_CODE, 0, why=FetchReason.PARSE_ERROR),
)
RECORDS = Door(
    RECORD_SIGNS,
    codes=(("base_resp", "ret"),),
    words=(("base_resp", "err_msg"),),
    no_json=Refusal(FetchOutcome.LOGIN_REQUIRED, FetchReason.LOGIN_WALL, detail="HTML"),
)
DELAYED = Refusal(FetchOutcome.ERROR, FetchReason.DATA_DELAYED, 3600, "is_delay")
_MSGID = re.compile(r"(\d{1,20})_(\d{1,3})")


def push_of(msgid: str) -> str | None:
    """The push that an article belongs to: `2650000123_2` → `2650000123`."""
    found = _MSGID.fullmatch(msgid)
    return found[1] if found else None


@guarded
def read_day(answer: Answer, _sought: Sought) -> Page:
    """`getarticletotaldetail` for one day: all that was published on it."""
    said = open_json(answer, API)
    if said.get("is_delay") is not False:
        raise Refused(DELAYED)
    found, whole = each(entries(said.get("list"), "list"), lambda raw: _daily(raw, answer))
    return Page(posts=found, more=False, warnings=doubts(whole))


def _daily(raw: Json, answer: Answer) -> Post:
    """One article of a day's list. Raises Unreadable without an id."""
    msgid = ident(raw.get("msgid"))
    if msgid is None:
        raise Unreadable("an article without msgid")
    post = Post(
        id=msgid,
        time=None,
        title=words(raw.get("title")),
        url=words(raw.get("content_url"), 2000) or None,
        kind=PostKind.ARTICLE,
        group_id=push_of(msgid),
    )
    return stamped(post, raw.get("ref_date"), answer)


@guarded
def read_freepublish(answer: Answer, _sought: Sought) -> Page:
    """`freepublish/batchget`: what was 发布, never what was 群发."""
    said = open_json(answer, API)
    found, whole = each(entries(said.get("item"), "item"), lambda raw: _published(raw, answer))
    return Page(
        posts=tuple(post for posts in found for post in posts),
        total=count(said.get("total_count")),
        warnings=doubts(whole),
    )


def _published(raw: Json, answer: Answer) -> tuple[Post, ...]:
    """The articles of one 发布, or itself where it lists none. Raises Unreadable without an id."""
    number = ident(raw.get("article_id"))
    if number is None:
        raise Unreadable("no article_id")
    news = entries(at(raw, "content", "news_item") or [None], "news_item")
    made = (_news(number, place, item) for place, item in enumerate(news, start=1))
    return tuple(stamped(post, raw.get("update_time"), answer) for post in made)


def _news(number: str, place: int, item: object) -> Post:
    return Post(
        id=number if place == 1 else f"{number}#{place}",
        time=None,
        title=words(at(item, "title")),
        url=words(at(item, "url"), 2000) or None,
        kind=PostKind.ARTICLE,
        deleted=is_set(at(item, "is_deleted")),
        group_id=number,
    )


@guarded
def read_records(answer: Answer, _sought: Sought) -> Page:
    """发表记录 (`appmsgpublish`): JSON in JSON in JSON; `total_count` counts pushes."""
    said = open_json(answer, RECORDS)
    inner = mapping(parse_json(_string(said.get("publish_page"))), "publish_page")
    pushes = entries(inner.get("publish_list"), "publish_list")
    found, whole = each(pushes, lambda raw: _push(raw, answer))
    posts = tuple(post for articles, _ in found for post in articles)
    understood = whole and all(clear for _, clear in found)
    return Page(posts=posts, total=count(inner.get("total_count")), warnings=doubts(understood))


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise Unreadable("no JSON in a text")
    return decoded(value)


def _push(raw: Json, answer: Answer) -> tuple[tuple[Post, ...], bool]:
    """The articles of one push and whether all could be read; a push without articles is one."""
    info = mapping(parse_json(_string(raw.get("publish_info"))), "publish_info")
    group = ident(info.get("msgid"))
    sent = at(info, "sent_info", "time")
    articles = entries(info.get("appmsgex") or [], "appmsgex")
    found, whole = each(articles, lambda item: _article(item, group, sent, answer))
    if articles or group is None:
        return found, whole and bool(articles)
    return (stamped(Post(id=group, time=None, group_id=group), sent, answer),), True


def _article(raw: Json, group: str | None, sent: object, answer: Answer) -> Post:
    """One article of a push. Raises Unreadable without an id."""
    number = ident(raw.get("aid"))
    if number is None:
        raise Unreadable("an article without aid")
    post = Post(
        id=number,
        time=None,
        title=words(raw.get("title")),
        url=words(raw.get("link"), 2000) or None,
        kind=PostKind.ARTICLE,
        deleted=is_set(raw.get("is_deleted")),
        group_id=first(group, push_of(number), default=None),
    )
    return stamped(post, first(sent, raw.get("create_time"), default=None), answer)
