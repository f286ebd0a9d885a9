"""The frame of hand-made pages: what a shape is, and the list that most of them carry."""

# ruff: noqa: E501 - a row of markup stays on one line

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from benchmarks.reading.making.template import Made

TODAY = date(2022, 6, 20)
NEWEST = date(2022, 6, 15)
DAYS = (
    NEWEST, date(2022, 6, 14), date(2022, 6, 10), date(2022, 6, 1), date(2022, 5, 27),
    date(2022, 5, 20),
)  # fmt: skip
NAMES = (
    "关于开展2022年度统计执法检查的通知", "示例市人民政府关于任免干部的决定", "市政府召开常务会议研究防汛工作",
    "示例市行政审批服务事项办件情况通报", "关于公开征求《示例市养犬管理办法》意见的公告", "示例市应急管理局行政处罚信息公示",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """One hand-made page: its text (or bytes), the states a careful person accepts, its truth."""

    name: str
    text: str | bytes
    states: tuple[str, ...]
    newest: date | None = None
    count: int | None = None
    kind: str | None = "text/html; charset=utf-8"
    url: str = "http://www.example.test/tzgg/"
    forward: str | None = None
    hidden: str | None = None

    def made(self) -> Made:
        """The shape as a made page."""
        return Made(
            body=self.text if isinstance(self.text, bytes) else self.text.encode(),
            url=self.url,
            today=TODAY,
            newest=self.newest,
            count=self.count,
            name="by-hand",
            mutation=self.name,
            hidden=self.hidden,
            content_type=self.kind,
            states=self.states,
            shown='class="main"',
        )


def page(
    main: str, title: str = "通知公告_示例市人民政府", before: str = "", scripts: str = ""
) -> str:
    """A whole page around the given main part: masthead, navigation, place, footer."""
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}</title>{scripts}</head><body>
<div class="top">今天是2022年6月20日 星期一</div><div class="nav"><ul>
<li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/zwfw/">政务服务</a></li>
<li><a href="/hdjl/">互动交流</a></li><li><a href="/zjsl/">走进示例</a></li></ul></div>{before}
<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 通知公告</div>
<div class="main">{main}</div>
<div class="foot"><p>主办：示例市人民政府办公室　网站标识码：4102000001　豫ICP备11002022号</p>
<p>版权所有 2015-2022 最后更新 2022-06-20</p></div></body></html>"""


def rows(pattern: str) -> str:
    """The six items in the given markup: {t} title, {d} date, {n} number."""
    return "".join(
        pattern.format(t=name, d=day, n=i)
        for i, (day, name) in enumerate(zip(DAYS, NAMES, strict=True))
    )
