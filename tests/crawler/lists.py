"""Looks at lists, told in as few words as possible."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from crawler.look import Answer, Look, look_at
from rules.facts import Item, Outcome, PageReading, PageState

LIST_URL = "http://www.example.test/tzgg/"
AT = datetime(2022, 6, 20, 1, tzinfo=UTC)


def item(name: str, day: date | None = None, *, pinned: bool = False) -> Item:
    return Item(f"关于{name}的通知", f"http://www.example.test/tzgg/{name}.html", day, pinned)


def listed(
    *items: Item, confidence: float = 0.9, signs: Sequence[str] = (), newest: date | None = None
) -> Look:
    """A look at a list of these items; its newest date is theirs unless told."""
    newest = newest or max((one.date for one in items if one.date), default=None)
    reading = PageReading(
        PageState.LIST,
        newest=newest,
        items=items,
        confidence=confidence if newest else 0.3,
        signs=tuple(signs),
    )
    return Look(Answer(AT, 10, LIST_URL, LIST_URL, status=200), Outcome.READ, reading)


STORY = "各单位要高度重视，加强组织领导，压实工作责任，确保各项任务落到实处、取得实效。"


def article(entry: Item, day: date | None, *, told: str = "发布时间：{day} 来源：办公室") -> Look:
    """A look at an entry's own page, as plain as pages come."""
    line = f"<p>{told.format(day=day)}</p>" if day else "<p>来源：办公室</p>"
    body = (
        f"<html><head><meta charset=utf-8><title>{entry.title}</title></head><body>"
        f"<div><a href='/'>首页</a></div><h1>{entry.title}</h1>{line}<div>{STORY * 4}</div>"
        "</body></html>"
    )
    answer = Answer(AT, 10, entry.url, entry.url, status=200, body=body.encode())
    return look_at(answer, today=AT.date(), hint=None)


def folder(entry: Item, newest: date) -> Look:
    """A look at an entry that leads to a list of its own."""
    days = [newest - timedelta(days=n) for n in range(12)]
    rows = "".join(
        f"<li><a href='/{n}.html'>关于第{n}项工作的公告</a><span>{day}</span></li>"
        for n, day in enumerate(days)
    )
    body = f"<html><head><meta charset=utf-8></head><body><ul>{rows}</ul></body></html>"
    answer = Answer(AT, 10, entry.url, entry.url, status=200, body=body.encode())
    return look_at(answer, today=AT.date(), hint=None)
