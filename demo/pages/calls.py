"""Services that lists are drawn from: how one is asked, and in which envelope it answers.

Every column's service is of its own shape: address, names and nesting are drawn at random, so that
nothing can be known of it but what its page does. What differs in kind stands in `MANNERS`: which
look-alike asks how, and what its page does besides. After the JS lists of standard.md 5.1, issue 4.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from random import Random
from types import MappingProxyType
from typing import Any

from demo.chance import chance
from demo.listing import ListView, Row
from demo.pages.dates import padded_chinese_date, time_of_day
from demo.plan import Column

SHANGHAI = timezone(timedelta(hours=8))
JSON, SCRIPT = "application/json; charset=utf-8", "application/javascript; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a list comes into its page: how its service is asked, and what happens besides.

    ask: get, post (JSON), token (GET), form (POST, with a token), jsonp, include.
    besides: plain, late, shadow, error, alert, popup.
    """

    ask: str
    besides: str = "plain"


MANNERS: Mapping[str, Manner] = MappingProxyType(
    {
        "late_list": Manner("get", "late"),
        "shadow_list": Manner("get", "shadow"),
        "error_after": Manner("get", "error"),
        "alert_box": Manner("get", "alert"),
        "popup": Manner("get", "popup"),
        "call_token": Manner("token"),
        "call_form_token": Manner("form"),
        "call_jsonp": Manner("jsonp"),
        "call_include": Manner("include"),
        "call_paged": Manner("post"),
    }
)

STEMS = ("api/list", "interface/getArticles", "open/search", "els/query", "portal/content/page")
ENDINGS = ("", ".do", ".json", ".action")
CHANNELS = ("channelId", "catalog", "lmid", "nodeid", "cid")
PAGES = ("pageNo", "page", "pageIndex", "p")
TOKENS = ("_token", "csrf", "sign", "key")
TITLES = ("title", "bt", "docTitle", "infoName", "TITLE")
LINKS = ("url", "lj", "docUrl", "linkAddr", "URL")
DAYS = ("fbrq", "publishTime", "docRelTime", "pubDate", "RELEASE_DATE")
NESTS: tuple[tuple[str, ...], ...] = (
    ("data", "list"),
    ("result", "records"),
    ("rows",),
    ("page", "content"),
    ("data", "data", "items"),
)


def _stamp(row: Row) -> datetime:
    return datetime.fromisoformat(f"{row.typed}T{time_of_day(row.serial)}").replace(tzinfo=SHANGHAI)


# How a service writes a day: the value, and the script that makes 2022-06-06 of `v`.
MOMENT = "new Date({}+288e5).toISOString().slice(0,10)"
FORMS: Mapping[str, str] = MappingProxyType(
    {
        "day": "v",
        "stamp": "v.slice(0,10)",
        "iso": "v.slice(0,10)",
        "slashes": "v.replace(/\\//g,'-')",
        "chinese": "v",
        "millis": MOMENT.format("v"),
        "seconds": MOMENT.format("v*1000"),
    }
)


def _written(row: Row, form: str) -> str | int:
    at = _stamp(row)
    forms: dict[str, str | int] = {
        "day": f"{row.typed}",
        "stamp": f"{at:%Y-%m-%d %H:%M:%S}",
        "iso": at.isoformat(),
        "slashes": f"{row.typed:%Y/%m/%d}",
        "chinese": padded_chinese_date(row.typed),
        "millis": int(at.timestamp()) * 1000,
        "seconds": int(at.timestamp()),
    }
    return forms[form]


@dataclass(frozen=True, slots=True)
class Shape:
    """What one column's service looks like. `wrapped`: its envelope carries JSON as text."""

    manner: Manner
    path: str
    channel: str
    page: str
    token: str
    title: str
    link: str
    day: str
    form: str
    nest: tuple[str, ...]
    wrapped: bool


@cache
def shape_of(column: Column) -> Shape:
    """The shape of a column's service: the same every time."""
    draw = chance("shape", column.seed, column.identity)
    manner = MANNERS[column.twist or ""]
    return Shape(
        manner=manner,
        path=_path(column, manner, draw),
        channel=draw.choice(CHANNELS),
        page=draw.choice(PAGES),
        token=draw.choice(TOKENS),
        title=draw.choice(TITLES),
        link=draw.choice(LINKS),
        day=draw.choice(DAYS),
        form=draw.choice(list(FORMS)),
        nest=draw.choice(NESTS),
        wrapped=manner.ask not in ("jsonp", "include") and draw.random() < 0.25,
    )


def _path(column: Column, manner: Manner, draw: Random) -> str:
    if manner.ask == "include":
        return f"/js/{draw.choice(('list', 'data', 'lm'))}_{column.number}.js"
    return f"/{draw.choice(STEMS)}{draw.choice(ENDINGS)}"


def token_of(column: Column, day: date) -> str:
    """The token that stands in a column's page on one day, and that its service wants to see."""
    return f"{chance('token', column.seed, column.identity, day).getrandbits(96):024x}"


def is_for(column: Column, path: str, sent: Mapping[str, str]) -> bool:
    """Whether a call of a path with these parameters asks for this column's rows."""
    shape = shape_of(column)
    included = shape.manner.ask == "include"
    return path == shape.path and (included or sent.get(shape.channel) == str(column.number))


def envelope(view: ListView) -> dict[str, Any]:
    """The rows in the shape of their column's service, other fields among them."""
    shape = shape_of(view.column)
    value: Any = [_record(view, shape, row) for row in view.rows]
    for key in reversed(shape.nest):
        value = {"total": view.total, key: value}
    if shape.wrapped:
        value = {"payload": json.dumps(value, ensure_ascii=False)}
    return {"code": 0, "msg": "success", **value}


def _record(view: ListView, shape: Shape, row: Row) -> dict[str, Any]:
    """One row: the day that it was signed and other numbers stand beside its publish date."""
    return {
        "id": view.column.number * 7 + row.serial,
        "createTime": f"{row.written} 09:00:00",
        shape.title: row.title,
        "clicks": view.clicks(row),
        shape.link: row.href,
        shape.day: _written(row, shape.form),
        "source": view.site.body.short,
    }


def reply(view: ListView, sent: Mapping[str, str]) -> tuple[int, str, str]:
    """(status, content type, text) that a service answers to a call with these parameters."""
    shape = shape_of(view.column)
    if shape.manner.ask in ("token", "form"):
        wanted = token_of(view.column, view.today)
        if sent.get(shape.token) != wanted:
            return 403, JSON, json.dumps({"code": 403, "msg": "非法请求"}, ensure_ascii=False)
    text = json.dumps(envelope(view), ensure_ascii=False)
    if shape.manner.ask == "jsonp":
        return 200, SCRIPT, f"{sent.get('callback', 'callback')}({text});"
    if shape.manner.ask == "include":
        return 200, SCRIPT, f"var listData={text};"
    return 200, JSON, text
