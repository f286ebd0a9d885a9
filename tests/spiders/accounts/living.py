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


def commercial(times: Times) -> Reply:
    def reply(question: Question) -> object:
        asked = query(question)
        since, until = int(asked["start_time"]), int(asked["end_time"])
        found = [time for time in times if since <= _seconds(time) < until]
        start = SIZE * (int(asked["page"]) - 1)
        return {"statuses": _blogs(found[start : start + SIZE]), "total_number": len(found)}

    return reply


def own_photos(times: Times) -> Reply:
    """快手's 开放平台: the count, and the list behind the last one shown."""
    listed = [{"photo_id": f"ks{_seconds(t)}", "create_time": _seconds(t)} for t in times]
    ids = [one["photo_id"] for one in listed]

    def reply(question: Question) -> object:
        if question.part is Part.PROFILE:
            return {"result": 1, "public_count": len(listed)}
        cursor = query(question).get("cursor")
        start = 1 + ids.index(cursor) if cursor else 0
        return {"result": 1, "video_list": listed[start : start + 4 * SIZE]}

    return reply


def own_clips(times: Times) -> Reply:
    listed = [
        {"item_id": f"@{_seconds(t)}", "create_time": _seconds(t), "video_status": 5} for t in times
    ]

    def reply(question: Question) -> object:
        start = int(query(question)["cursor"])
        end = start + SIZE
        data = {"has_more": bool(listed[end:]), "cursor": end, "list": listed[start:end]}
        return {"data": {"error_code": 0, **data}}

    return reply


def app_news(times: Times) -> Reply:
    listed = [{"id": n, "ts": _seconds(t)} for n, t in enumerate(times)]

    def reply(question: Question) -> object:
        start = SIZE * (int(query(question)["p"]) - 1)
        return {"data": listed[start : start + SIZE]}

    return reply


def _paged(
    shown_with: Sequence[Answer], page_of: Callable[[int], Answer | None], part: Part = Part.LIST
) -> Reply:
    """A page in a browser: what it asks for as it opens, and one more at each scroll, while there
    is more. `part`: the list that is asked for, where the page has it.
    """
    number = [0]

    def following() -> tuple[Answer, ...]:
        found = page_of(number[0])
        number[0] += 1
        return () if found is None else (found,)

    def reply(question: Question) -> object:
        if question.way is Way.OPEN:
            number[0] = 0
            document = said("<html><body><p>示例</p></body></html>", Part.PAGE)
            beside = (one for one in shown_with if one.part in question.heard)
            return document, *beside, *(following() if part in question.heard else ())
        return following()

    return reply


def clips(times: Times) -> Reply:
    """抖音's page."""
    listed = [{"aweme_id": str(_seconds(t) << 32), "create_time": _seconds(t)} for t in times]
    user = {"sec_uid": IDS[Platform.DOUYIN], "aweme_count": len(listed)}
    address = "https://www.douyin.com/aweme/v1/web/aweme/post/"

    def page(number: int) -> Answer | None:
        start, end = 4 * SIZE * number, 4 * SIZE * (number + 1)
        marks = {"has_more": int(bool(listed[end:])), "max_cursor": end}
        body = {"status_code": 0, "aweme_list": listed[start:end], **marks}
        asked = f"{address}?sec_user_id={IDS[Platform.DOUYIN]}&max_cursor={start}"
        return said(body, final_url=asked) if number == 0 or listed[start:] else None

    return _paged([said({"status_code": 0, "user": user}, Part.PROFILE)], page)


def news(times: Times) -> Reply:
    """头条's page."""
    listed = [{"id": str(_seconds(t) << 32), "publish_time": _seconds(t)} for t in times]
    address = f"https://www.toutiao.com/api/pc/list/feed?token={IDS[Platform.TOUTIAO]}"

    def page(number: int) -> Answer | None:
        start, end = SIZE * number, SIZE * (number + 1)
        marks = {"has_more": bool(listed[end:]), "next": {"max_behot_time": end}}
        body = {"message": "success", "data": listed[start:end], **marks}
        asked = f"{address}&max_behot_time={start}"
        return said(body, final_url=asked) if number == 0 or listed[start:] else None

    return _paged([], page)


def photos(times: Times) -> Reply:
    """快手's page."""
    me = {"id": IDS[Platform.KUAISHOU]}
    listed = [
        {"author": me, "photo": {"id": f"ks{_seconds(t)}", "timestamp": 1000 * _seconds(t)}}
        for t in times
    ]
    user = {"profile": {"user_id": me["id"]}, "ownerCount": {"photo_public": len(listed)}}

    def page(number: int) -> Answer | None:
        start, end = 2 * SIZE * number, 2 * SIZE * (number + 1)
        mark = str(end) if listed[end:] else "no_more"
        body = {"result": 1, "pcursor": mark, "feeds": listed[start:end]}
        return said(body) if number == 0 or listed[start:] else None

    return _paged([said({"result": 1, "userProfile": user}, Part.PROFILE)], page)


def _dynamic(time: datetime, film: bool) -> dict[str, Any]:
    """A dynamic; one that announces a video names it."""
    author = {"mid": IDS[Platform.BILIBILI], "pub_ts": _seconds(time)}
    major = {"archive": {"bvid": f"BV{_seconds(time)}"}} if film else {}
    modules = {"module_author": author, "module_dynamic": {"major": major}}
    return {"id_str": str(_seconds(time)), "modules": modules}


def videos(times: Times) -> Reply:
    """哔哩哔哩's two pages: every second post is a video, all are dynamics."""
    mid = IDS[Platform.BILIBILI]
    films = [{"bvid": f"BV{_seconds(t)}", "created": _seconds(t), "mid": mid} for t in times[::2]]
    listing = {"list": {"vlist": films[:30]}, "page": {"count": len(films)}, "is_risk": False}
    items = [_dynamic(time, film=n % 2 == 0) for n, time in enumerate(times)]
    address = f"https://api.bilibili.com/x/polymer/web-dynamic/v1/feed/space?host_mid={mid}"

    def page(number: int) -> Answer | None:
        start, end = 2 * SIZE * number, 2 * SIZE * (number + 1)
        data = {"has_more": bool(items[end:]), "offset": str(end), "items": items[start:end]}
        asked = f"{address}&offset={start or ''}"
        answer = said({"code": 0, "data": data}, Part.DYNAMICS, final_url=asked)
        return answer if number == 0 or items[start:] else None

    return _paged([said({"code": 0, "data": listing})], page, Part.DYNAMICS)


def finder(times: Times) -> Reply:
    """视频号助手's page."""
    listed = [{"exportId": f"export/{_seconds(t)}", "createTime": _seconds(t)} for t in times]

    def page(number: int) -> Answer | None:
        start, end = 2 * SIZE * number, 2 * SIZE * (number + 1)
        data = {"totalCount": len(listed), "continueFlag": bool(listed[end:])}
        body = {"errCode": 0, "data": {**data, "list": listed[start:end]}}
        return said(body) if number == 0 or listed[start:] else None

    return _paged([], page)


LIVING: Mapping[str, Callable[[Times], Reply]] = {
    "weibo_timeline": timeline,
    "weibo_search": search,
    "wechat_records": own_records,
    "wechat_daily": daily,
    "pengpai_gov": pieces,
    "weibo_commercial": commercial,
    "douyin_open": own_clips,
    "kuaishou_open": own_photos,
    "app_list": app_news,
    "douyin_page": clips,
    "toutiao_page": news,
    "kuaishou_page": photos,
    "bilibili_page": videos,
    "channels_assistant": finder,
}
