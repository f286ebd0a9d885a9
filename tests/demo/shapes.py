"""Readers of what the pretend platforms answer, by the documented shapes alone."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from demo.account_plan import Planned
from demo.exchange import Answer, Request
from demo.founding import city_of
from demo.platforms import DOMAIN, answer_of
from demo.posting import SHANGHAI

WEIBO_EPOCH = 515483463
OFFICE = "SUB=demo-office; XSRF-TOKEN=demo"
Times = dict[str, datetime]  # by update
Reader = Callable[[int, date, Planned], Times]


def ask(seed: int, day: date, name: str, address: str, **more: Any) -> Answer:
    answer = answer_of(city_of(seed), day, Request("GET", name + DOMAIN, address, **more))
    assert answer is not None
    return answer


def told(seed: int, day: date, name: str, address: str, **more: Any) -> Any:
    answer = ask(seed, day, name, address, **more)
    assert answer.status == 200
    return json.loads(answer.body)


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, SHANGHAI)


def weibo(seed: int, day: date, one: Planned) -> Times:
    found: Times = {}
    for page in range(1, 9):
        address = f"/ajax/statuses/mymblog?uid={one.account.ident}&page={page}&feature=0"
        data = told(seed, day, "weibo", address, cookies=OFFICE)["data"]
        for blog in data["list"]:
            if blog.get("isTop") != 1 and blog.get("mblogtype") != 1:
                at = datetime.strptime(blog["created_at"], "%a %b %d %H:%M:%S %z %Y")
                assert abs((int(blog["mid"]) >> 22) + WEIBO_EPOCH - at.timestamp()) < 60
                found[blog["mid"]] = at
        if "since_id" not in data:
            assert len(found) == data["total"]
            return found
    raise AssertionError("the list does not end")


def records(seed: int, day: date, one: Planned) -> Times:
    found: Times = {}
    begin, total = 0, 1
    cookies = f"slave_sid=s; slave_user={one.account.ident}"
    while begin < total:
        address = f"/cgi-bin/appmsgpublish?sub=list&begin={begin}&count=10&f=json"
        answer = told(seed, day, "wechat", address, cookies=cookies)
        assert answer["base_resp"]["ret"] == 0
        page = json.loads(answer["publish_page"])
        total, begin = page["total_count"], begin + 10
        for push in page["publish_list"]:
            info = json.loads(push["publish_info"])
            if not all(article["is_deleted"] for article in info["appmsgex"]):
                found[str(info["msgid"])] = moment(info["sent_info"]["time"])
    return found


def daily(seed: int, day: date, one: Planned) -> Times:
    found: Times = {}
    for back in range(1, 15):
        asked = (day - timedelta(days=back)).isoformat()
        body = json.dumps({"begin_date": asked, "end_date": asked})
        address = f"/datacube/getarticletotaldetail?access_token=token-{one.account.ident}"
        answer = told(seed, day, "wechat-api", address, body=body)
        assert answer["is_delay"] is False
        for article in answer["list"]:
            assert article["ref_date"] == asked
            group = article["msgid"].partition("_")[0]
            found[group] = datetime.fromisoformat(asked).replace(hour=12, tzinfo=SHANGHAI)
    return found


def douyin(seed: int, day: date, one: Planned) -> Times:
    found: Times = {}
    cursor, more = 0, True
    while more:
        address = f"/api/douyin/v1/video/video_list/?open_id=open-{one.account.ident}"
        token = f"token-{one.account.ident}"
        page = f"{address}&cursor={cursor}&count=10"
        data = told(seed, day, "douyin-open", page, token=token)["data"]
        assert data["error_code"] == 0
        works = [work for work in data["list"] if not work["is_top"]]
        found |= {work["item_id"]: moment(work["create_time"]) for work in works}
        cursor, more = data["cursor"], data["has_more"]
    return found


def kuaishou(seed: int, day: date, one: Planned) -> Times:
    opened = f"app_id=a&access_token=token-{one.account.ident}"
    data = told(seed, day, "kuaishou-open", f"/openapi/photo/list?count=200&{opened}")
    total = told(seed, day, "kuaishou-open", f"/openapi/photo/count?{opened}")["public_count"]
    assert len(data["video_list"]) == total
    return {work["photo_id"]: moment(work["create_time"] // 1000) for work in data["video_list"]}


def toutiao(seed: int, day: date, one: Planned) -> Times:
    found: Times = {}
    mark, more = 0, True
    while more:
        feed = f"/api/pc/list/feed?token={one.account.ident}&max_behot_time={mark}"
        data = told(seed, day, "toutiao", feed)
        assert data["message"] == "success"
        for entry in data["data"]:
            assert int(entry["id"]) >> 32 == entry["publish_time"]
            found[entry["id"]] = moment(entry["publish_time"])
        mark, more = data["next"]["max_behot_time"], data["has_more"]
    return found


def bilibili(seed: int, day: date, one: Planned) -> Times:
    found: Times = {}
    total, page = 1, 1
    while len(found) < total:
        address = f"/arcopen/fn/archive/viewlist?pn={page}&ps=20&status=pubed"
        token = f"token-{one.account.ident}"
        data = told(seed, day, "bilibili-open", address, token=token)["data"]
        assert data["list"]
        found |= {work["resource_id"]: moment(work["ptime"]) for work in data["list"]}
        total, page = data["page"]["total"], page + 1
    return found


def pengpai(seed: int, day: date, one: Planned) -> Times:
    found: Times = {}
    page, more = 1, True
    while more:
        body = json.dumps({"pageNum": page, "pageSize": 10, "pphId": one.account.ident})
        data = told(seed, day, "pengpai", "/contentapi/cont/pph/user", body=body)["data"]
        found |= {entry["contId"]: moment(entry["pubTimeLong"] // 1000) for entry in data["list"]}
        page, more = page + 1, data["hasNext"]
    return found


def app(seed: int, day: date, one: Planned) -> Times:
    data = told(seed, day, "app", f"/{one.account.ident}/news?page=1")["data"]
    return {str(entry["id"]): moment(entry["time"]) for entry in data["list"]}


READERS: Mapping[str, Reader] = {
    "weibo_timeline": weibo,
    "weibo_search": weibo,
    "wechat_records": records,
    "wechat_daily": daily,
    "douyin_open": douyin,
    "kuaishou_open": kuaishou,
    "toutiao_page": toutiao,
    "bilibili_open": bilibili,
    "pengpai_user": pengpai,
    "app_list": app,
}
