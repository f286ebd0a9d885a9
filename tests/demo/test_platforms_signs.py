"""The signs by which the pretend platforms refuse, hide, or answer for somebody else."""

import json
from datetime import datetime
from typing import Any

import pytest

from demo.account_plan import Planned, plan_of
from demo.data import check_days, default_seed
from demo.founding import city_of
from demo.posting import posts_of
from tests.demo.shapes import OFFICE, WEIBO_EPOCH, ask, records, told


def twisted(twist: str) -> Planned:
    return next(one for one in plan_of(city_of(default_seed())) if one.twist == twist)


def test_without_the_offices_session_weibo_asks_for_a_login() -> None:
    one = twisted("pinned")
    address = f"/ajax/statuses/mymblog?uid={one.account.ident}&page=1"
    assert told(default_seed(), check_days()[0], "weibo", address)["ok"] == -100


def test_the_mobile_page_of_weibo_turns_later_visitors_away_by_432_or_a_visitor_gate() -> None:
    plan = [one for one in plan_of(city_of(default_seed())) if "weibo_mobile" in one.names]
    address = f"/api/container/getIndex?type=uid&value={plan[-1].account.ident}"
    answers = [ask(default_seed(), day, "weibo-mobile", address) for day in check_days()]
    assert {answer.status for answer in answers} == {200, 432}
    gates = [answer for answer in answers if answer.status == 200]
    assert all("Sina Visitor System" in answer.body.decode() for answer in gates)


@pytest.mark.parametrize("twist", ["gone", "wrong_account", "renamed"])
def test_the_profile_says_who_answers_or_that_nobody_is_there(twist: str) -> None:
    one = twisted(twist)
    address = f"/ajax/profile/info?uid={one.account.ident}"
    answer = told(default_seed(), check_days()[0], "weibo", address, cookies=OFFICE)
    if twist == "gone":
        assert answer["ok"] == 0
        return
    user = answer["data"]["user"]
    assert (user["idstr"] == one.account.ident) == (twist == "renamed")
    assert (user["screen_name"] == one.account.name) == (twist == "wrong_account")


def test_an_anonymous_visitor_of_douyin_misses_the_newest_works() -> None:
    one, day = twisted("anonymous"), check_days()[0]
    ident = one.account.ident
    works = told(default_seed(), day, "douyin", f"/aweme/v1/web/aweme/post/?sec_user_id={ident}")
    profile = "/aweme/v1/web/user/profile/other/?sec_user_id="
    user = told(default_seed(), day, "douyin", profile + ident)["user"]
    assert user["sec_uid"] == ident
    assert user["aweme_count"] > len(works["aweme_list"])
    newest = posts_of(one.account, day)[0]
    assert all(work["create_time"] < newest.seconds for work in works["aweme_list"])


def test_a_stale_bridge_looks_fresh_and_holds_old_items_only() -> None:
    one, day = twisted("stale_bridge"), check_days()[-1]
    text = ask(default_seed(), day, "rsshub", f"/weibo/user/{one.account.ident}").body.decode()
    assert "27 Jun 2022" in text.partition("<item>")[0]
    assert "<item>" in text
    assert "Jun 2022" not in text.partition("<item>")[2]


def test_an_empty_list_beside_a_count_is_a_mismatch() -> None:
    one, day = twisted("count_mismatch"), check_days()[0]
    opened = f"app_id=a&access_token=token-{one.account.ident}"
    listed = told(default_seed(), day, "kuaishou-open", f"/openapi/photo/list?{opened}")
    counted = told(default_seed(), day, "kuaishou-open", f"/openapi/photo/count?{opened}")
    assert listed["video_list"] == []
    assert counted["public_count"] > 0


@pytest.mark.parametrize(
    ("twist", "code"), [("session_dead", 200003), ("often_refused", 200013), ("hidden", 200002)]
)
def test_a_back_office_refuses_by_its_own_numbers(twist: str, code: int) -> None:
    cookies = f"slave_sid=s; slave_user={twisted(twist).account.ident}"
    address = "/cgi-bin/appmsgpublish?sub=list&begin=0&count=10"
    answer = told(default_seed(), check_days()[1], "wechat", address, cookies=cookies)
    assert answer["base_resp"]["ret"] == code


def test_a_captcha_stands_where_an_account_of_toutiao_should_be() -> None:
    one = twisted("captcha")
    page = ask(default_seed(), check_days()[1], "toutiao", f"/c/user/token/{one.account.ident}/")
    assert "captcha" in page.body.decode()


def test_an_unknown_host_or_account_is_not_found() -> None:
    assert ask(default_seed(), check_days()[0], "nobody", "/").status == 404
    assert ask(default_seed(), check_days()[0], "app", "/nobody/news").status == 404


def blogs(one: Planned) -> Any:
    address = f"/ajax/statuses/mymblog?uid={one.account.ident}&page=1"
    return told(default_seed(), check_days()[-1], "weibo", address, cookies=OFFICE)["data"]["list"]


def test_a_pinned_post_comes_first_and_is_old() -> None:
    first, second, *_ = blogs(twisted("pinned"))
    assert first["isTop"] == 1
    assert int(first["mid"]) < int(second["mid"])


def test_an_advertisement_stands_among_the_posts() -> None:
    assert [blog.get("mblogtype") for blog in blogs(twisted("advertises"))].count(1) == 1


def test_some_printed_times_are_days_off_their_ids() -> None:
    off = [
        (int(blog["mid"]) >> 22)
        + WEIBO_EPOCH
        - datetime.strptime(blog["created_at"], "%a %b %d %H:%M:%S %z %Y").timestamp()
        for blog in blogs(twisted("time_mismatch"))
    ]
    assert any(seconds > 86400 for seconds in off)


def test_a_suspended_account_says_so() -> None:
    address = f"/ajax/profile/info?uid={twisted('suspended').account.ident}"
    answer = told(default_seed(), check_days()[0], "weibo", address, cookies=OFFICE)
    assert answer["ok"] == 0
    assert "异常" in answer["msg"]


def test_a_deleted_push_stands_in_the_records_and_counts_for_nothing() -> None:
    one, day = twisted("deletes"), check_days()[0]
    address = "/cgi-bin/appmsgpublish?sub=list&begin=0&count=10"
    cookies = f"slave_sid=s; slave_user={one.account.ident}"
    page = told(default_seed(), day, "wechat", address, cookies=cookies)["publish_page"]
    total = json.loads(page)["total_count"]
    assert len(records(default_seed(), day, one)) == total - 1


def test_official_numbers_come_late_or_not_at_all() -> None:
    day = check_days()[0]
    body = json.dumps({"begin_date": "2022-06-05", "end_date": "2022-06-05"})
    answers = {
        twist: told(
            default_seed(), day, "wechat-api",
            f"/datacube/getarticletotaldetail?access_token=token-{twisted(twist).account.ident}",
            body=body,
        )
        for twist in ("delayed", "quota_spent")
    }  # fmt: skip
    assert answers["delayed"] == {"list": [], "is_delay": True}
    assert answers["quota_spent"]["errcode"] == 45009


def test_an_empty_body_comes_with_a_good_status() -> None:
    opened = f"app_id=a&access_token=token-{twisted('empty_body').account.ident}"
    address = f"/openapi/photo/list?{opened}"
    answer = ask(default_seed(), check_days()[1], "kuaishou-open", address)
    assert (answer.status, answer.body) == (200, b"")


def test_an_interface_that_is_switched_off_says_so() -> None:
    ident = twisted("api_offline").account.ident
    address = f"/api/douyin/v1/video/video_list/?open_id=open-{ident}&cursor=0&count=10"
    token = f"token-{ident}"
    answer = told(default_seed(), check_days()[0], "douyin-open", address, token=token)
    assert answer["data"]["error_code"] == 28001056


def test_what_is_published_without_a_push_stands_in_freepublish_and_its_page_has_its_second() -> (
    None
):
    day = check_days()[0]
    one = next(one for one in plan_of(city_of(default_seed())) if "wechat_daily" in one.names)
    path = f"/cgi-bin/freepublish/batchget?access_token=token-{one.account.ident}"
    listed = told(default_seed(), day, "wechat-api", path, body='{"offset":0,"count":20}')
    quiet = [post for post in posts_of(one.account, day) if post.repost]
    assert listed["total_count"] == len(quiet) == len(listed["item"])
    link = listed["item"][0]["content"]["news_item"][0]["url"]
    page = ask(default_seed(), day, "wechat", link.removeprefix("http://mp.weixin.qq.com"))
    assert f'var ct = "{quiet[0].seconds}"' in page.body.decode()
    assert f'var user_name = "{one.account.ident}"' in page.body.decode()
    gone = ask(
        default_seed(),
        day,
        "wechat",
        link[:-9].removeprefix("http://mp.weixin.qq.com") + "000000001",
    )
    assert "该内容已被发布者删除" in gone.body.decode()


def test_the_mobile_page_of_weibo_says_yesterday_in_words() -> None:
    for day in check_days():
        for one in plan_of(city_of(default_seed())):
            newest = posts_of(one.account, day)[0]
            if 14 < one.place < 20 and (day - newest.at.date()).days == 1:
                ident = one.account.ident
                address = f"/api/container/getIndex?type=uid&value={ident}&containerid=1"
                if one.account.platform == "weibo" and one.twist not in ("gone", "suspended"):
                    cards = told(default_seed(), day, "weibo-mobile", address)["data"]["cards"]
                    assert cards[0]["mblog"]["created_at"].startswith("昨天 ")
                    return
    raise AssertionError("nobody posted yesterday")
