"""Pages that follow each other: a question that was missed leaves a gap, and proves nothing."""

from __future__ import annotations

from typing import Any

import pytest

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult, Window
from spiders.accounts.answers import Answer, Part
from tests.spiders.accounts.said import CHECK_DAY, WINDOW, ctime, item_id, mid, read, said, seconds

F, R = FetchOutcome, FetchReason
POST = "https://www.douyin.com/aweme/v1/web/aweme/post/?sec_user_id=MS4wLjABAAAAEXAMPLE"


def works(page: int, cursor: str | None, following: int, *times: str) -> Answer:
    listed = [{"aweme_id": item_id(t), "create_time": seconds(t)} for t in times]
    body = {"status_code": 0, "has_more": 1, "max_cursor": following, "aweme_list": listed}
    address = POST if cursor is None else f"{POST}&max_cursor={cursor}&count=18"
    return said(body, page=page, final_url=address, logged_in=True)


def douyin(*answers: Answer) -> FetchResult:
    user = {"status_code": 0, "user": {"sec_uid": "MS4wLjABAAAAEXAMPLE", "aweme_count": 86}}
    profile = said(user, Part.PROFILE, logged_in=True)
    return read("douyin_page", Platform.DOUYIN, *answers, profile)


@pytest.mark.parametrize(
    ("pages", "whole"),
    [
        ([(1, "0", 17, "11-17 10:05"), (2, "17", 16, "10-30 08:15")], True),
        ([(1, None, 17, "11-17 10:05"), (2, None, 16, "10-30 08:15")], True),
        ([(1, "17", 16, "11-12 16:40", "10-30 08:15")], False),
        ([(1, "0", 17, "11-17 10:05"), (2, "16", 15, "10-30 08:15")], False),
        ([(1, "0", 17, "11-17 10:05"), (2, "0", 17, "11-17 10:05", "10-30 08:15")], False),
    ],
    ids=["in order", "not told", "not from the top", "one missed", "the first again"],
)
def test_the_marks_of_the_questions_must_fit(pages: list[tuple[Any, ...]], whole: bool) -> None:
    result = douyin(*(works(*page) for page in pages))
    assert result.outcome is F.OK
    assert (result.complete_from == WINDOW.since) is whole


def weibo(number: int, page: int = 1, **changes: Any) -> FetchResult:
    blogs = [{"mid": mid(t), "created_at": ctime(t)} for t in ("11-17 10:05", "10-30 08:15")]
    address = f"https://weibo.com/ajax/statuses/mymblog?uid=1000000001&page={number}&since_id="
    body = {"ok": 1, "data": {"list": blogs, "total": 321}}
    answer = said(body, page=page, final_url=address, logged_in=True, **changes)
    return read("weibo_timeline", Platform.WEIBO, answer)


def test_the_number_of_the_page_must_fit() -> None:
    assert weibo(1).complete_from == WINDOW.since
    assert weibo(2).complete_from is None


def test_the_account_that_was_asked_for_is_known_by_the_question() -> None:
    assert weibo(1).identity.platform_id == "1000000001"


def test_a_question_about_another_account_is_another_accounts() -> None:
    blogs = {"ok": 1, "data": {"list": [{"mid": mid("11-17 10:05")}]}}
    answer = said(blogs, final_url="https://weibo.com/ajax/statuses/mymblog?uid=7")
    assert read("weibo_timeline", Platform.WEIBO, answer).reason is R.WRONG_ACCOUNT


def test_a_day_that_answers_with_another_day_was_not_answered() -> None:
    def day(said_day: str) -> Answer:
        listed = [{"ref_date": said_day, "msgid": "2650000123_1"}]
        return said({"list": listed, "is_delay": False}, covers=WINDOW)

    within = read("wechat_daily", Platform.WECHAT, day("2026-11-17"))
    assert within.complete_from == WINDOW.since
    other = read("wechat_daily", Platform.WECHAT, day("2026-10-17"))
    assert (other.complete_from, other.warnings) == (None, (R.COUNT_MISMATCH,))


def test_a_span_that_ends_before_the_check_day_is_fresh_only_until_its_end() -> None:
    early = Window(WINDOW.since, CHECK_DAY.replace(day=18))
    answer = said(
        {"list": [{"ref_date": "2026-11-17", "msgid": "2650000123_1"}], "is_delay": False},
        covers=early,
    )
    result = read("wechat_daily", Platform.WECHAT, answer)
    assert (result.complete_from, result.fresh_as_of) == (WINDOW.since, early.until)
