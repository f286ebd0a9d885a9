"""Conversations about 微信公众号: day by day, what was published, the unit's own records."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, Window
from spiders.accounts.answers import Part
from spiders.accounts.conversing import Question
from spiders.accounts.sources import SOURCES
from tests.spiders.accounts.conversed import (
    TOKEN,
    access,
    given,
    hold,
    query,
    some,
)
from tests.spiders.accounts.said import (
    CHECK_DAY,
    FRESH,
    WINDOW,
    article_page,
    at,
    notice_page,
    push,
    records,
    seconds,
)

F, R, P = FetchOutcome, FetchReason, Platform
DAY = timedelta(days=1)


def day_of(question: Question, *days: str) -> dict[str, Any]:
    day = json.loads(question.body)["begin_date"]
    listed = [{"ref_date": day, "msgid": "2650000123_1"}] if day in days else []
    return {"list": listed, "is_delay": False}


def test_days_are_asked_the_newest_first_each_by_itself() -> None:
    held = hold("wechat_daily", lambda q: day_of(q, "2026-11-12"), piloted=True)
    bodies = [json.loads(question.body) for question in held.questions]
    assert [body["begin_date"] for body in bodies] == [
        f"{(CHECK_DAY - (n + 1) * DAY):%Y-%m-%d}" for n in range(14)
    ]
    assert all(body["begin_date"] == body["end_date"] for body in bodies)
    first = held.questions[0]
    assert first.url == (
        f"https://api.weixin.qq.com/datacube/getarticletotaldetail?access_token={TOKEN}"
    )
    assert (first.method, first.covers) == ("POST", Window(CHECK_DAY - DAY, CHECK_DAY))
    assert held.result.complete_from == WINDOW.since
    assert held.result.can_prove_absence


def test_days_end_with_the_first_that_clears() -> None:
    held = hold("wechat_daily", lambda q: day_of(q, "2026-11-17"), enough=some)
    assert len(held.questions) == 3
    assert held.result.outcome is F.OK


def test_a_quiet_window_is_followed_by_older_days_as_far_as_the_quota_lets() -> None:
    held = hold("wechat_daily", lambda q: day_of(q, "2026-11-05"))
    assert len(held.questions) == SOURCES["wechat_daily"].calls_a_read == 15
    assert held.result.complete_from == WINDOW.since


def test_a_day_that_is_not_over_is_not_asked() -> None:
    held = hold("wechat_daily", lambda q: day_of(q, "2026-11-16"), now=at("11-18 07:00"))
    assert json.loads(held.questions[0].body)["begin_date"] == "2026-11-17"
    assert held.result.fresh_as_of == at("11-18 00:00")


def test_a_day_that_is_not_counted_yet_does_not_hide_the_others() -> None:
    def reply(question: Question) -> object:
        made = day_of(question, "2026-11-17")
        return made | {"is_delay": "2026-11-19" in str(question.body)}

    held = hold("wechat_daily", reply)
    assert len(held.questions) == 14
    assert (held.result.outcome, held.result.warnings) == (F.OK, (R.DATA_DELAYED,))


def test_a_quota_that_is_used_up_ends_the_days() -> None:
    held = hold("wechat_daily", {"errcode": 45009})
    assert len(held.questions) == 1
    assert held.result.reason is R.RATE_LIMITED


def published(*times: str, total: int = 42) -> dict[str, Any]:
    def item(time: str) -> dict[str, Any]:
        link = f"http://mp.weixin.qq.com/s/EXAMPLE{seconds(time)}"
        news = [{"title": "示例", "url": link, "is_deleted": False}]
        return {
            "article_id": f"ID{seconds(time)}",
            "update_time": seconds(time),
            "content": {"news_item": news},
        }

    return {"total_count": total, "item": [item(time) for time in times]}


def freepublish(ct: str, *times: str, **changes: Any) -> Any:
    def reply(question: Question) -> object:
        if question.part is Part.DETAIL:
            return article_page(ct=str(seconds(ct)))
        return published(*times, total=len(times))

    return hold("wechat_freepublish", reply, **changes)


def test_an_article_counts_at_the_time_of_its_own_page() -> None:
    held = freepublish("11-17 10:05", "11-18 09:00", "10-30 08:15", enough=some)
    listing, detail = held.questions
    assert json.loads(listing.body) == {"offset": 0, "count": 20, "no_content": 1}
    assert detail.least == 5.0
    assert detail.url == f"https://mp.weixin.qq.com/s/EXAMPLE{seconds('11-18 09:00')}"
    assert FRESH in [post.time for post in held.result.posts]


def test_an_edit_of_an_old_article_is_no_update() -> None:
    held = freepublish("03-02 09:00", "11-18 09:00")
    assert [post.time for post in held.result.posts] == [at("03-02 09:00")]


def test_what_no_page_confirms_has_no_time() -> None:
    def reply(question: Question) -> object:
        if question.part is Part.DETAIL:
            return notice_page("环境异常")
        return published("11-18 09:00", "10-30 08:15", total=2)

    held = hold("wechat_freepublish", reply)
    assert [post.time for post in held.result.posts] == [None, at("10-30 08:15")]
    assert R.CAPTCHA in held.result.warnings


def test_only_the_newest_articles_are_confirmed() -> None:
    held = freepublish("11-17 10:05", *(f"11-{day} 09:00" for day in range(10, 18)))
    assert len(held.questions) == 1 + 3


def test_the_list_of_articles_goes_on_by_its_own_number() -> None:
    def reply(question: Question) -> object:
        if question.part is Part.DETAIL:
            return article_page()
        offset = json.loads(question.body)["offset"]
        return published(*(("11-17 10:05", "11-16 10:05"), ("10-30 08:15",))[offset // 2], total=3)

    held = hold("wechat_freepublish", reply)
    offsets = [json.loads(q.body)["offset"] for q in held.questions if q.part is Part.LIST]
    assert offsets == [0, 2]


def test_records_are_asked_ten_pushes_a_page_with_the_sessions_number() -> None:
    pages = {0: (push(9, "11-17 10:05"),), 10: (push(8, "10-30 08:15"),)}

    def reply(question: Question) -> object:
        return records(*pages[int(query(question)["begin"])], total=30)

    held = hold("wechat_records", reply, given=access(token="7777777"))
    assert [query(q)["begin"] for q in held.questions] == ["0", "10"]
    assert query(held.questions[0])["token"] == "7777777"
    assert held.result.complete_from == WINDOW.since


def test_an_album_and_a_search_are_asked_once() -> None:
    album = hold("wechat_album", {}, given=given("wechat_album"))
    assert (query(album.questions[0])["__biz"], len(album.questions)) == ("MzA5EXAMPLE==", 1)
    search = hold("wechat_sogou", "x", given=given("wechat_sogou"))
    assert query(search.questions[0])["query"] == "shilifabu"
