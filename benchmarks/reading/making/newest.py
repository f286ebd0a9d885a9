"""Mutations of the newest item alone: the one that a reader must not lose, dressed otherwise.

Losing it makes the page look older than it is. Content systems mark fresh items, put a picture
before the first, set a headline apart, link elsewhere, or leave the link out.
"""

# ruff: noqa: E501 - a row of markup stays on one line

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from benchmarks.reading.making.entries import count_to, redate, rename
from benchmarks.reading.making.surroundings import put_first, put_last
from benchmarks.reading.making.template import Cell, Made, Mutation, Template, made


def _newest_first(template: Template, gap_days: int = 12) -> tuple[Cell, tuple[Cell, ...]]:
    """The newest item and the others, these pushed at least `gap_days` into the past."""
    cells = sorted(template.cells, key=lambda cell: cell.date, reverse=True)
    step = timedelta(days=gap_days)
    return cells[0], tuple(redate(cell, cell.date - step) for cell in cells[1:])


def _dressed(change: str, hides: str | None = None) -> Mutation:
    """The newest item's date in other markup than the others'."""

    def mutate(template: Template, _: Random) -> Made:
        best, rest = _newest_first(template)
        fresh = replace(best, written=change.format(d=best.written, iso=best.date, day=best.date))
        return made(replace(template, cells=(fresh, *rest)), hidden=hides)

    return mutate


def _replaced(markup: str, count: bool = True) -> Mutation:
    """The newest item written in other markup altogether, in its place in the list."""

    def mutate(template: Template, _: Random) -> Made | None:
        best, rest = _newest_first(template)
        if not best.before.lstrip().lower().startswith("<li") or not best.title:
            return None
        item = markup.format(t=best.title, h=best.href or "/1.html", d=best.date)
        html = template.head + template.gap.join([item, *(cell.html() for cell in rest)])
        page = replace(template, cells=(best, *rest))
        number = len(page.cells) if count else None
        return made(page, html + template.tail, count=number)

    return mutate


def _renamed(title: str | None, address: str | None) -> Mutation:
    """The newest item with another title or address."""

    def mutate(template: Template, _: Random) -> Made:
        best, rest = _newest_first(template)
        fresh = rename(best, title or best.title, address or best.href)
        return made(replace(template, cells=(fresh, *rest)))

    return mutate


def _apart(markup: str) -> Mutation:
    """The newest item as a headline right before the list, outside of it."""

    def mutate(template: Template, _: Random) -> Made | None:
        best, rest = _newest_first(template)
        opened = template.head.rstrip().rfind("<")
        if len(rest) < 3 or not template.head.rstrip()[opened:].lower().startswith(("<ul", "<div")):
            return None
        item = markup.format(t=best.title or "示例市召开防汛工作会议", h=best.href, d=best.date)
        head = f"{template.head[:opened]}{item}{template.head[opened:]}"
        page = replace(template, cells=(best, *rest))
        html = head + template.gap.join(cell.html() for cell in rest) + template.tail
        return made(page, html, count=None)

    return mutate


def _small_beside_big(before: bool) -> Mutation:
    """A main list of four items beside a sidebar of twelve older ones."""

    def mutate(template: Template, rng: Random) -> Made:
        small = count_to(template, min(4, len(template.cells)), rng)
        rows = "".join(
            f"<li><a href='/rd/{i}.html'>热点回顾：示例市重点工作推进情况之{i}</a>"
            f"<span>{small.newest - timedelta(days=200 + 9 * i)}</span></li>"
            for i in range(12)
        )
        side = f"<div class='sidebar'><h3>热点排行</h3><ul>{rows}</ul></div>"
        return made(small, (put_first if before else put_last)(small.html(), side))

    return mutate


NEWEST: dict[str, Mutation] = {
    "newest/red": _dressed("<font color='red'>{d}</font>"),
    "newest/bold-deep": _dressed("<b><span class='new'>{d}</span></b>"),
    "newest/new-icon": _dressed("{d}<img src='/images/new.gif' alt='new'>"),
    "newest/today-mark": _dressed("{d} <em>[最新]</em>"),
    "newest/with-clock": _dressed("{iso} 08:30"),
    "newest/other-form": _dressed("{day:%Y}/{day.month}/{day.day}"),
    "newest/undated": _dressed("", "date of the newest"),
    "newest/unreadable": _dressed("2O22-O6", "date of the newest"),
    "newest/picture": _replaced("<li class='first'><a href='{h}'><img src='/1.jpg'></a><h3><a href='{h}'>{t}</a></h3><p>近日，示例市扎实推进各项工作，取得阶段性成效……</p><i>{d}</i></li>"),
    "newest/heading": _replaced("<li class='tt'><h2><a href='{h}'>{t}</a></h2><div class='sj'>{d}</div></li>"),
    "newest/other-tag": _replaced("<div class='top1'><a href='{h}'>{t}</a><span>{d}</span></div>"),
    "newest/unlinked": _replaced("<li>{t}<span>{d}</span></li>"),
    "newest/scripted-link": _replaced("<li><a href='javascript:void(0)' onclick=\"view('{h}')\">{t}</a><span>{d}</span></li>"),
    "newest/in-a-link": _replaced("<li><a href='{h}'><b>{t}</b> <i>{d}</i></a></li>"),
    "newest/elsewhere": _renamed(None, "https://mp.weixin.qq.com/s/Zk3x9"),
    "newest/attachment": _renamed(None, "/P020220615372.pdf"),
    "newest/short-title": _renamed("公告", None),
    "newest/number-title": _renamed("2022年第3期（总第128期）", None),
    "newest/apart-headline": _apart("<div class='tou'><h2><a href='{h}'>{t}</a></h2><p>近日，示例市扎实推进各项工作……</p><span>{d}</span></div>"),
    "newest/apart-list": _apart("<ul class='zd'><li><a href='{h}'>{t}</a><span>{d}</span></li></ul>"),
    "sidebar/big-older-before": _small_beside_big(before=True),
    "sidebar/big-older-behind": _small_beside_big(before=False),
}  # fmt: skip
