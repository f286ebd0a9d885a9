"""Mutations around the list: clocks, hot lists, footers, pagers, forms, hidden twins, comments."""

# ruff: noqa: E501 - a row of markup stays on one line

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from benchmarks.reading.making.entries import Entry, title
from benchmarks.reading.making.forms import WEEK, han
from benchmarks.reading.making.template import Made, Mutation, Template, made

BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)
HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)

Snippet = Callable[[Template, Random], str]


def put_first(html: str, snippet: str) -> str:
    """The snippet as the first thing of the body."""
    return BODY.sub(lambda match: match.group() + snippet, html, count=1)


def put_last(html: str, snippet: str) -> str:
    """The snippet as the last thing of the body."""
    start, closed, end = html.rpartition("</body>")
    return f"{start}{snippet}{closed}{end}" if closed else html + snippet


def _first(snippet: Snippet) -> Mutation:
    def mutate(template: Template, rng: Random) -> Made:
        return made(template, put_first(template.html(), snippet(template, rng)))

    return mutate


def _last(snippet: Snippet) -> Mutation:
    def mutate(template: Template, rng: Random) -> Made:
        return made(template, put_last(template.html(), snippet(template, rng)))

    return mutate


def _in_head(snippet: Snippet) -> Mutation:
    def mutate(template: Template, rng: Random) -> Made:
        head = snippet(template, rng)
        return made(template, HEAD.sub(lambda m: m.group() + head, template.html(), count=1))

    return mutate


def _clock(pattern: str) -> Snippet:
    def write(template: Template, _: Random) -> str:
        day = template.today
        return pattern.format(
            iso=day.isoformat(), y=day.year, m=day.month, d=day.day, han=han(day),
            week=WEEK[day.weekday()], next=(day + timedelta(days=1)).isoformat(),
            before=(day - timedelta(days=1)).isoformat(), founded=day.year - 12,
        )  # fmt: skip

    return write


CLOCKS = {
    "clock/today-is": "<div class='top'>今天是{y}年{m}月{d}日 星期{week}</div>",
    "clock/bare": "<div id='date'>{iso}</div>",
    "clock/han": "<td>{han} 星期{week}</td>",
    "clock/with-time": "<span id='nowtime'>{y}-{m:02}-{d:02} 10:15:33</span>",
    "clock/script": "<script>document.write('{y}年{m}月{d}日')</script><div>欢迎您！</div>",
    "clock/weather": "<div class='tq'>示例市 {m}月{d}日 晴 18℃～31℃</div>",
    "clock/weather-table": "<table><tr><td>{iso}</td><td>晴</td></tr><tr><td>{next}</td><td>多云</td></tr></table>",
    "clock/visits": "<div>您是第20220606位访客 今日访问：{y}</div>",
    "clock/linked": "<ul><li><a href='/rili/'>{iso} 星期{week}</a></li></ul>",
    "form/search-range": "<form><input name=b value='{founded}-01-01'><input name=e value='{iso}'></form>",
    "script/server-time": "<script>var serverTime='{iso} 10:15:33',t=[{{'title':'x','date':'{iso}'}}];</script>",
    "comment/made": "<!-- generated {iso} 10:15:33 by node3 -->",
    "notice/layer": "<div id='layer' style='display:none'><a href='/gg.html'>维护公告</a> {before}</div>",
    "marquee": "<marquee><a href='/1.html'>紧急通知：{m}月{d}日停水</a> <a href='/2.html'>{iso} 高温预警</a></marquee>",
}  # fmt: skip
FOOTERS = {
    "footer/copyright": "<div class='foot'>版权所有 © {founded}-{y} 示例市人民政府 豫ICP备20220606号-1</div>",
    "footer/updated": "<div>最后更新时间：{iso}　网站标识码：4102000001</div>",
    "footer/founded": "<p>建站日期：{founded}-05-01 公安备案 41020020220606 号</p>",
    "footer/bare-date": "<div class='footer'>主办：示例市人民政府办公室 {iso}</div>",
    "footer/statistics": "<table><tr><td>今日 {iso}</td><td>访问量 20220101</td></tr></table>",
    "footer/links": "<div><a href='http://www.example.test/'>友情链接一</a> <a href='http://b.test/'>友情链接二</a></div>",
}  # fmt: skip
IN_HEAD = {
    "meta/pubdate-older": "<meta name='PubDate' content='{founded}-01-02 08:00'>",
    "meta/pubdate-today": "<meta name='PubDate' content='{iso} 08:00'><meta name='ColumnName' content='x'>",
    "meta/generated": "<meta name='createDate' content='{iso}'><link href='/css/a.css?v={y}0606'>",
}


def _box(days: Callable[[Template, int], date], size: int, markup: str, before: bool) -> Mutation:
    """A sidebar list before or behind everything, with the same kind of links and dates."""

    def mutate(template: Template, rng: Random) -> Made:
        items = [
            Entry(title(rng, i), f"/hot/{i}.html", days(template, i))
            for i in range(min(size, max(2, len(template.cells) - 2)))
        ]
        rows = "".join(
            markup.format(t=item.title, s=item.title[:10], h=item.href, d=item.date)
            for item in items
        )
        side = f"<div class='side'><h3>热门文章</h3><ul>{rows}</ul></div>"
        return made(template, (put_first if before else put_last)(template.html(), side))

    return mutate


def _newer(template: Template, number: int) -> date:
    return max(template.newest, template.today - timedelta(days=number))


def _older(template: Template, number: int) -> date:
    return template.newest - timedelta(days=300 + 17 * number)


PLAIN = "<li><a href='{h}'>{t}</a></li>"
DATED = "<li><a href='{h}'>{t}</a><span>{d}</span></li>"
BRIEF = "<li><a href='{h}' title='{t}'>{s}...</a></li>"
SHORT = "<li><a href='{h}'>{s}</a> <i>{d:%m-%d}</i></li>"


def _twin(style: str, older: bool) -> Mutation:
    """The list a second time, hidden (for phones), with the same or older dates."""

    def mutate(template: Template, _: Random) -> Made:
        cells = template.cells[len(template.cells) // 2 :] if older else template.cells
        rows = "".join(
            f"<li><a href='{cell.href}'>{cell.title}</a><em>{cell.date}</em></li>" for cell in cells
        )
        return made(template, put_last(template.html(), f"<ul {style}>{rows}</ul>"))

    return mutate


def _commented_items(template: Template, _: Random) -> Made:
    newer = template.today.isoformat()
    note = f"<!--<li><a href='x.html'>模板示例标题一二三四五六</a><span>{newer}</span></li>-->"
    first, *rest = template.cells
    cells = (replace(first, before=note + first.before), *rest)
    return made(replace(template, cells=cells))


def _closed_early(template: Template, _: Random) -> Made:
    """`</body></html>` right before the list, as includes of headers leave it behind."""
    return made(template, f"{template.head}</body></html>{template.html()[len(template.head) :]}")


def _minified(template: Template, _: Random) -> Made:
    return made(template, re.sub(r">\s+<", "><", template.html()))


def _no_head(template: Template, _: Random) -> Made:
    """Only what stands between the body's tags, as a frame's inside is written."""
    html = template.html()
    inside = BODY.split(html, maxsplit=1)[-1].rpartition("</body>")[0]
    return made(template, inside or html)


def _archive_tabs(template: Template, _: Random) -> str:
    years = "".join(f"<a href='/{y}/'>{y}年</a>" for y in range(template.today.year, 2010, -1))
    months = "".join(
        f"<li><a href='?m={m}'>{template.today.year}年{m}月</a></li>" for m in range(1, 13)
    )
    return f"<div class='nf'>{years}</div><ul>{months}</ul>"


def _pager(template: Template, _: Random) -> str:
    links = "".join(f"<a href='index_{n}.html'>{n}</a>" for n in range(2, 12))
    return f"<div class='page'>共2022条 第1/{template.today.year}页 {links} 转到<input></div>"


def _many_links(_: Template, __: Random) -> str:
    return (
        "<ul>"
        + "".join(f"<li><a href='/zt/{n}/'>示例县第{n}镇人民政府网站</a></li>" for n in range(60))
        + "</ul>"
    )


def _calendar(template: Template, _: Random) -> str:
    rows = "".join(f"<td><a href='?d={n}'>{n}</a></td>" for n in range(1, 31))
    return f"<table class='cal'><caption>{template.today:%Y年%m月}</caption><tr>{rows}</tr></table>"


AROUND: dict[str, Mutation] = {
    **{name: _first(_clock(text)) for name, text in CLOCKS.items()},
    **{name: _last(_clock(text)) for name, text in FOOTERS.items()},
    **{name: _in_head(_clock(text)) for name, text in IN_HEAD.items()},
    "sidebar/newer-before": _box(_newer, 6, DATED, before=True),
    "sidebar/newer-behind": _box(_newer, 6, DATED, before=False),
    "sidebar/older-before": _box(_older, 8, DATED, before=True),
    "sidebar/older-behind": _box(_older, 8, DATED, before=False),
    "sidebar/short-before": _box(_newer, 5, SHORT, before=True),
    "sidebar/undated-before": _box(_newer, 10, PLAIN, before=True),
    "sidebar/undated-brief": _box(_newer, 10, BRIEF, before=True),
    "sidebar/sixty-links": _first(_many_links),
    "twin/hidden": _twin("style='display:none'", older=False),
    "twin/hidden-older": _twin("class='m-list' style='display: none;'", older=True),
    "around/archive-tabs": _first(_archive_tabs),
    "around/pager": _last(_pager),
    "around/calendar": _first(_calendar),
    "comment/items": _commented_items,
    "markup/closed-early": _closed_early,
    "markup/minified": _minified,
    "markup/no-head": _no_head,
}
