"""Conversations held for tests: a script answers the questions, and what was asked is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from rules.platforms import Platform
from rules.posts import FetchResult, Post
from spiders.accounts.answers import Answer, Part
from spiders.accounts.asking import hosts_of
from spiders.accounts.conversing import Access, Question, conversation
from spiders.accounts.sources import SOURCES
from tests.spiders.accounts import said as payloads
from tests.spiders.accounts.said import IDS, READ_AT, WINDOW, ctime, mid, said, sought

BRIDGES = {"rsshub": "http://rsshub.test/", "werss": "http://werss.test"}
TOKEN = "SECRET-TOKEN-0123456789"


@dataclass(frozen=True)
class Held:
    """What a conversation came to, and what it asked."""

    result: FetchResult
    questions: tuple[Question, ...]

    @property
    def urls(self) -> list[str]:
        return [question.url for question in self.questions]


def never(_posts: Sequence[Post]) -> bool:
    return False


def some(posts: Sequence[Post]) -> bool:
    """Whether a post lies in the window: enough for an account that owes one update."""
    return any(post.time is not None and post.time >= WINDOW.since for post in posts)


def access(**changes: Any) -> Access:
    values: dict[str, Any] = {"hosts": hosts_of(BRIDGES), "logged_in": True, "token": TOKEN}
    return Access(**values | changes)


def hold(
    source: str,
    reply: object,
    *,
    given: Access | None = None,
    enough: Callable[[Sequence[Post]], bool] = never,
    platform: Platform | None = None,
    now: datetime = READ_AT,
    most: int = 60,
    **changes: Any,
) -> Held:
    """Drive a conversation to its end. `reply`: a body, an answer, several of them in a tuple, or
    what gives that for a question.
    """
    row = SOURCES[source]
    wanted = sought(platform or row.platforms[0], **changes)
    opened = given or access()
    speaking = conversation(row, wanted, opened, enough, lambda: now)
    asked: list[Question] = []
    try:
        question = next(speaking)
        while True:
            asked.append(question)
            assert len(asked) <= most, "a conversation without end"
            said_now = reply(question) if callable(reply) else reply
            question = speaking.send(_answers(said_now, question, opened))
    except StopIteration as end:
        return Held(end.value, tuple(asked))


def _answers(reply: object, question: Question, opened: Access) -> tuple[Answer, ...]:
    many = reply if isinstance(reply, tuple) else (reply,)
    return tuple(_answer(one, question, opened) for one in many)


def _answer(reply: object, question: Question, opened: Access) -> Answer:
    answer = reply if isinstance(reply, Answer) else said(reply, question.part)
    return replace(
        answer,
        asked_url=answer.asked_url or question.url,
        final_url=answer.final_url or question.url,
        logged_in=opened.logged_in,
    )


OPTIONS: dict[str, dict[str, str]] = {
    "wechat_album": {"album": "12", "biz": "MzA5EXAMPLE=="},
    "wechat_sogou": {"alias": "shilifabu"},
    "douyin_open": {"open_id": "open-1"},
    "kuaishou_open": {"app_id": "ks1"},
    "bilibili_open": {"app_id": "key1", "app_secret": "SECRET-OF-THE-APP"},
    "feed": {"url": "http://feeds.test/a.xml"},
    "werss": {"feed": "MP_WXS_1"},
    "rsshub": {"route": "/weibo/user/{id}"},
    "app_list": {"url": "http://app.test/l?p={page}", "items": "data", "time": "ts", "id": "id"},
    "renmin_page": {"url": "http://renmin.test/a", "items": "li", "time": "i", "html": "true"},
}
LINKS = ("https://mp.weixin.qq.com/s/EXAMPLEtoken01",)


def given(source: str, **changes: Any) -> Any:
    return access(**{"options": OPTIONS.get(source, {}), "links": LINKS, **changes})


def query(question: Question) -> dict[str, str]:
    asked = parse_qs(urlsplit(question.url).query, keep_blank_values=True)
    return {name: values[0] for name, values in asked.items()}


def blogs(*times: str, **data: Any) -> dict[str, Any]:
    listed = [
        {"mid": mid(t), "created_at": ctime(t), "user": {"idstr": IDS[Platform.WEIBO]}}
        for t in times
    ]
    return {"ok": 1, "data": {"list": listed, **data}}


def weibo(*pages: object, profile: object = payloads.WEIBO_PROFILE) -> Any:
    def reply(question: Question) -> object:
        return profile if question.part is Part.PROFILE else pages[question.page - 1]

    return reply
