"""Living platforms for tests: each lists the posts of one account as it does, page after page.

A platform is made of the times of the posts, the newest first, and answers questions honestly.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from rules.facts import SHANGHAI
from rules.platforms import Platform
from spiders.accounts.answers import Answer, Part
from spiders.accounts.conversing import Question, Way
from tests.spiders.accounts.conversed import query
from tests.spiders.accounts.said import IDS, records, said

Times = Sequence[datetime]
Reply = Callable[[Question], object]
SIZE = 5  # posts of a page


def _seconds(time: datetime) -> int:
    return int(time.timestamp())


def _blogs(times: Times) -> list[dict[str, Any]]:
    return [
        {
            "mid": str((_seconds(t) - 515483463) << 22),
            "created_at": t.strftime("%a %b %d %H:%M:%S +0800 %Y"),
            "user": {"idstr": IDS[Platform.WEIBO]},
        }
        for t in times
    ]


def _weibo(times: Times, listed: Callable[[Question], dict[str, Any]]) -> Reply:
    user = {"idstr": IDS[Platform.WEIBO], "statuses_count": len(times)}

    def reply(question: Question) -> object:
        if question.part is Part.PROFILE:
            return {"ok": 1, "data": {"user": user}}
        return {"ok": 1, "data": listed(question)}

    return reply


def timeline(times: Times) -> Reply:
    def listed(question: Question) -> dict[str, Any]:
        start = SIZE * (int(query(question)["page"]) - 1)
        page, more = times[start : start + SIZE], times[start + SIZE :]
        mark = {"since_id": f"mark{start + SIZE}"} if more else {}
        return {"list": _blogs(page), "total": len(times), **mark}

    return _weibo(times, listed)


def search(times: Times) -> Reply:
    def listed(question: Question) -> dict[str, Any]:
        asked = query(question)
        since, until = int(asked["starttime"]), int(asked["endtime"])
        found = [time for time in times if since <= _seconds(time) < until]
        start = SIZE * (int(asked["page"]) - 1)
        return {"list": _blogs(found[start : start + SIZE]), "total": len(found)}

    return _weibo(times, listed)


def own_records(times: Times) -> Reply:
    pushes = [
        {"msgid": 1000 - n, "sent_info": {"time": _seconds(t)}, "appmsgex": [{"aid": f"{n}_1"}]}
        for n, t in enumerate(times)
    ]

    def reply(question: Question) -> object:
        start = int(query(question)["begin"])
        return records(*pushes[start : start + 10], total=len(pushes))

    return reply


def daily(times: Times) -> Reply:
    def reply(question: Question) -> object:
        day = json.loads(question.body)["begin_date"]
        shown = [time for time in times if time.astimezone(SHANGHAI).date().isoformat() == day]
        listed = [{"ref_date": day, "msgid": f"{_seconds(time)}_1"} for time in shown]
        return {"list": listed, "is_delay": False}

    return reply


def pieces(times: Times) -> Reply:
    listed = [{"contId": str(_seconds(t)), "pubTimeLong": 1000 * _seconds(t)} for t in times]

    def reply(question: Question) -> object:
        if question.part is Part.PROFILE:
            return {"code": 200, "userInfo": {"userId": IDS[Platform.PENGPAI]}}
        start = SIZE * (json.loads(question.body)["pageNum"] - 1)
        more = bool(listed[start + SIZE :])
        return {"code": 200, "data": {"hasNext": more, "list": listed[start : start + SIZE]}}

    return reply


def clips(times: Times) -> Reply:
    """抖音's page: what it asks for as it opens, and one page more at each scroll."""
    listed = [{"aweme_id": str(_seconds(t) << 32), "create_time": _seconds(t)} for t in times]
    user = {"sec_uid": IDS[Platform.DOUYIN], "aweme_count": len(listed)}
    shown = [0]

    def page() -> Answer:
        start = shown[0]
        shown[0] += 4 * SIZE
        body = {
            "status_code": 0,
            "has_more": int(bool(listed[shown[0] :])),
            "max_cursor": shown[0],
            "aweme_list": listed[start : shown[0]],
        }
        address = "https://www.douyin.com/aweme/v1/web/aweme/post/"
        asked = f"{address}?sec_user_id={IDS[Platform.DOUYIN]}&max_cursor={start}"
        return said(body, final_url=asked)

    def reply(question: Question) -> object:
        if question.way is Way.OPEN:
            shown[0] = 0
            document = said("<html><body><p>示例</p></body></html>", Part.PAGE)
            return document, said({"status_code": 0, "user": user}, Part.PROFILE), page()
        return (page(),) if listed[shown[0] :] else ()

    return reply


LIVING: Mapping[str, Callable[[Times], Reply]] = {
    "weibo_timeline": timeline,
    "weibo_search": search,
    "wechat_records": own_records,
    "wechat_daily": daily,
    "pengpai_gov": pieces,
    "douyin_page": clips,
}
