"""Hand-made pages: the frame of a government site around a main area, with all its temptations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

TODAY = date(2022, 6, 6)
URL = "http://www.example.test/zwgk/tzgg/"
TITLES = (
    "关于开展2022年度安全生产大检查的通知",
    "市人民政府办公室关于印发防汛应急预案的通知",
    "我市召开营商环境优化提升推进会",
    "关于公布第三批专精特新中小企业名单的公告",
    "全市教育系统疫情防控工作视频会议召开",
    "关于组织申报省级科技计划项目的通知",
    "市领导调研老旧小区改造工作",
    "关于调整城区部分公交线路的公告",
    "2021年度部门决算公开工作布置会召开",
    "关于征集民生实事项目建议的公告",
)
HEAD = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-示例市人民政府</title>
<meta name="SiteName" content="示例市人民政府"><meta name="ColumnName" content="{title}">
<script src="/js/jquery.min.js"></script></head><body>
<div class="top"><span>今天是2022年6月6日 星期一</span><a href="/login">登录</a></div>
<div class="menu"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li>
<li><a href="/zwfw/">政务服务</a></li><li><a href="/hdjl/">互动交流</a></li></ul></div>
<div class="wz">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">{title}</a></div>
"""
FOOT = """<div class="bottom"><p>主办：示例市人民政府办公室 版权所有 2005-2022</p>
<p>豫ICP备05012345号 豫公网安备 41020002000123号 网站标识码：4102000001</p>
<p>您是第 20220606 位访客 更新日期：2022-06-06</p></div></body></html>"""
SIDE = """<div class="right"><h3>热点排行</h3><ul>
<li><a href="/a/1.html">全市优化营商环境大会隆重召开</a><span>2022-06-05</span></li>
<li><a href="/a/2.html">今年高考将于六月七日举行提醒</a><span>2022-06-05</span></li>
<li><a href="/a/3.html">示例市防汛抗旱指挥部第一号令</a><span>2022-06-04</span></li></ul></div>"""


def page(main: str, *, title: str = "通知公告", side: bool = False) -> bytes:
    """A whole page with `main` as its main area."""
    body = f'<div class="content"><div class="left">{main}</div>{SIDE if side else ""}</div>'
    return (HEAD.format(title=title) + body + FOOT).encode()


def days(newest: str = "2022-06-02", count: int = 8, step: int = 5) -> list[date]:
    """Dates from `newest` back."""
    first = date.fromisoformat(newest)
    return [first - timedelta(days=step * i) for i in range(count)]


def titles(count: int) -> list[str]:
    """Distinct titles."""
    return [TITLES[i % len(TITLES)] + ("" if i < len(TITLES) else f"（{i}）") for i in range(count)]


def rows(
    template: str, dates: Sequence[date] | None = None, form: str = "%Y-%m-%d", href: str = ""
) -> str:
    """`template` filled for every date: {t} title, {d} date in `form`, {u} address, {i} number."""
    dates = days() if dates is None else dates
    parts: Iterable[str] = (
        template.format(
            t=title,
            d=_short(day, form),
            u=href.format(d=day, i=i) or f"/zwgk/tzgg/{900 - i}.html",
            i=i,
            D=day,
        )
        for i, (title, day) in enumerate(zip(titles(len(dates)), dates, strict=True))
    )
    return "\n".join(parts)


def _short(day: date, form: str) -> str:
    """strftime with {m} and {d} for month and day without a leading zero."""
    return day.strftime(form).replace("{m}", str(day.month)).replace("{d}", str(day.day))


def ul(items: str, cls: str = "list") -> str:
    """A list around items."""
    return f'<ul class="{cls}">{items}</ul>'
