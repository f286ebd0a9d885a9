"""Pretend articles: the publish date shown in many ways, among the dates that are none.

One page is one row of each table: how the date stands (SHOWN), what the head's tags say (TAGS),
what else in the page carries dates (AMONG). Truth: the date that the page shows.
"""

# ruff: noqa: E501 - a row of markup stays on one line

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from benchmarks.reading.making.entries import title
from benchmarks.reading.making.forms import FORMS, han
from benchmarks.reading.making.shapes import page
from benchmarks.reading.making.template import Made

# {d} is the publish date in one of the forms of an article; {o} an earlier one, {n} a later one.
SHOWN = {
    "labelled": "<div class='info'>发布时间：{d}　来源：市统计局　浏览：{v}次</div>",
    "labelled-date": "<p class='xx'>发布日期:{d} 信息来源:示例市政府办 字体：[大 中 小]</p>",
    "labelled-spaced": "<div><span>发 布 时 间 ：</span><span>{d}</span></div>",
    "time": "<div class='info'><span>来源：本站</span><span>时间：{d}</span><span>点击：{v}</span></div>",
    "date": "<h6>日期：{d}　作者：办公室</h6>",
    "bare": "<div class='sj'>{d}</div>",
    "bare-source": "<p>{d}　示例日报　阅读 {v}</p>",
    "brackets": "<center>【{d}】【打印】【关闭】</center>",
    "cells": "<table><tr><td>发布时间</td><td>{d}</td><td>来源</td><td>市统计局</td></tr></table>",
    "list-items": "<ul class='bt'><li>信息来源：县政府办</li><li>发布时间：{d}</li><li>访问量：{v}</li></ul>",
    "posted": "<div class='meta'>编辑：张三 发表于 {d} | {v} 人阅读</div>",
    "document-table": "<table><tr><td>索引号</td><td>4102/2022-1</td><td>成文日期</td><td>{o}</td></tr><tr><td>文号</td><td>示政〔2022〕3号</td><td>发布日期</td><td>{d}</td></tr></table>",
    "table-published-first": "<table><tr><th>发布日期：</th><td>{d}</td><th>生成日期：</th><td>{o}</td></tr><tr><th>有效期至：</th><td>{n}</td><th>状态</th><td>有效</td></tr></table>",
}
TAGS = {
    "none": "",
    "agreeing": "<meta name='PubDate' content='{d} 09:30'>",
    "property": "<meta property='article:published_time' content='{d}T09:30:00+08:00'>",
    "lower-case": "<meta name='pubdate' content='{d}'><meta name='publishdate' content='{d}'>",
}
AMONG = {
    "nothing": "",
    "signature": "<p align='right'>示例市统计局</p><p align='right'>{so}</p>",
    "signature-han": "<p style='text-align:right'>示例市人民政府<br>{ho}</p>",
    "deadline": "<p>请于{sn}前将材料报送至市统计局，逾期不予受理。</p>",
    "schedule": "<p>一、时间安排：{so}至{sn}。二、{o}已印发的办法同时废止。</p>",
    "related-older": "<div class='xg'><h4>相关链接</h4><ul><li><a href='/1.html'>往年统计执法检查通知</a><span>{o}</span></li><li><a href='/2.html'>往年统计执法检查结果</a><span>{o}</span></li></ul></div>",
    "related-newer": "<div class='right'><h4>最新信息</h4><ul><li><a href='/1.html'>今年防汛抗旱工作部署</a><span>{n}</span></li><li><a href='/2.html'>今年高温天气应对通知</a><span>{n}</span></li></ul></div>",
    "neighbours": "<p>上一篇：<a href='/1.html'>关于表彰先进的决定</a> {o}</p><p>下一篇：<a href='/2.html'>关于放假的通知</a></p>",
    "attachment": "<p>附件：<a href='/P0{c}.doc'>检查对象名单（{so}更新）.doc</a></p>",
}
WRITTEN = ("iso", "slash", "dot-padded", "han-units", "han-units-padded", "minutes", "seconds", "iso-loose", "han-clock")  # fmt: skip
TEXT = "<p>各县区人民政府，市直各部门：</p><p>　　为做好今年相关工作，经市政府同意，现就有关事项通知如下，请认真组织实施，加强领导，明确责任，确保取得实效。各单位要高度重视，主要负责同志亲自抓，分管负责同志具体抓，形成齐抓共管的工作格局。</p>"


def articles(seed: int, count: int) -> Iterator[Made]:
    """`count` pretend articles, every kind in turn."""
    for number in range(count):
        yield _article(Random(f"{seed}/{number}"), number)  # noqa: S311


def _article(rng: Random, number: int) -> Made:
    shown = list(SHOWN)[number % len(SHOWN)]
    tags, among = rng.choice(list(TAGS)), rng.choice(list(AMONG))
    day = date(2019, 1, 1) + timedelta(days=rng.randrange(2000))
    words = _words(day, rng)
    name = title(rng, number)
    main = f"<h1>{name}</h1>{SHOWN[shown]}<div class='TRS_Editor'>{TEXT}{AMONG[among]}</div>"
    text = page(
        _fill(main, words), f"{name}-示例市人民政府", scripts=_fill(TAGS[tags], _tagged(day))
    )
    return Made(
        body=text.encode(),
        url=f"http://www.example.test/info/1024/{3000 + number}.htm",
        today=day + timedelta(days=30),
        newest=day,
        count=None,
        name=f"article-{number}",
        mutation=f"{shown} among {among}",
        states=("ARTICLE",),
        shown="<h1>",
    )


def _words(day: date, rng: Random) -> dict[str, str]:
    older, newer = (
        day - timedelta(days=rng.randrange(3, 20)),
        day + timedelta(days=rng.randrange(2, 20)),
    )
    form = {row.name: row for row in FORMS}[rng.choice(WRITTEN)]
    return {
        "d": form.write(day, rng.randrange(9)), "o": older.isoformat(), "n": newer.isoformat(),
        "so": f"{older.year}年{older.month}月{older.day}日", "ho": han(older),
        "sn": f"{newer.year}年{newer.month}月{newer.day}日", "v": str(rng.randrange(9, 20221231)),
        "c": f"{day:%Y%m%d}", "y": str(day.year),
    }  # fmt: skip


def _tagged(day: date) -> dict[str, str]:
    return {"d": day.isoformat()}


def _fill(text: str, words: dict[str, str]) -> str:
    for key, value in words.items():
        text = text.replace("{" + key + "}", value)
    return text
