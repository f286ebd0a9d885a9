"""What the fake upstream says: the account's id chooses the case."""

from __future__ import annotations

import json
from typing import Any

from tests.rsshub.upstream import Reply

WRITTEN = "Tue Nov 17 10:05:00 +0800 2026"
UIDS = tuple(str(1000000001 + number) for number in range(7))
WHOLE, NO_TEXT, HTML, NO_DETAIL, NO_CARDS, GATE_432, NO_LOGIN = UIDS

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def mid(uid: str) -> int:
    """A post's number, which tells 10:05 of that day, a few seconds around."""
    return 5366182626583104 + int(uid) % 10


def bid(uid: str) -> str:
    """The same number as addresses write it: seven digits at a time, in base 62."""
    text = str(mid(uid))
    groups = [int(text[:2]), int(text[2:9]), int(text[9:])]
    return base62(groups[0]) + "".join(base62(group).rjust(4, "0") for group in groups[1:])


def base62(number: int) -> str:
    return (base62(number // 62) if number >= 62 else "") + DIGITS[number % 62]


def js(value: Any, status: int = 200) -> Reply:
    return Reply(json.dumps(value, ensure_ascii=False), status)


def card(uid: str) -> dict[str, Any]:
    user = {"id": int(uid), "screen_name": "示例县教体局", "profile_image_url": ""}
    blog = {"id": str(mid(uid)), "bid": bid(uid), "created_at": WRITTEN, "text": "提示",
            "user": user, "pics": [], "source": ""}  # fmt: skip
    return {"card_type": 9, "profile_type_id": "proweibo_", "mblog": blog}


def weibo(path: str) -> Reply:
    if "/statuses/show" in path:
        asked = path.partition("id=")[2].partition("&")[0]
        return detail(next(uid for uid in UIDS if bid(uid) == asked))
    uid = next((one for one in UIDS if one in path), WHOLE)
    if uid == GATE_432:
        return Reply("", 432, "text/html")
    if uid == NO_LOGIN:
        return js({"ok": -100})
    if "containerid" not in path or "containerid=100505" in path:
        return js({"ok": 1, "data": {"userInfo": card(uid)["mblog"]["user"] | {"description": ""},
                   "tabsInfo": {"tabs": [{"tab_type": "weibo",
                                          "containerid": "107603" + uid}]}}})  # fmt: skip
    return js({"ok": 1, "data": {"cards": [] if uid == NO_CARDS else [card(uid)]}})


def detail(uid: str) -> Reply:
    if uid == NO_DETAIL:
        return Reply("", 404, "text/html")
    if uid == HTML:
        return Reply("<html>no</html>", 200, "text/html")
    if uid == NO_TEXT:
        return js({"ok": 0})
    return js({"ok": 1, "data": card(uid)["mblog"]})


def toutiao(path: str) -> Reply:
    if "EMPTYBODY" in path:
        return Reply("")
    return js({"message": "success", "has_more": False, "data": []})


def says(host: str, path: str) -> Reply:
    """The fake's answer to one request."""
    if host == "m.weibo.cn":
        return weibo(path)
    if host == "www.toutiao.com":
        return toutiao(path)
    if host == "api.thepaper.cn":
        return js({"code": 200, "data": {"hasNext": False, "list": []}})
    return Reply("", 404, "text/html")
