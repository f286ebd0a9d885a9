"""The pages behind the behaviours: ordinary columns of a government site, fresh and stale."""

from __future__ import annotations

from datetime import date, timedelta

from tests.misbehaving.rows import page

TODAY = date(2022, 6, 20)


NAVIGATION = "".join(
    f'<a href="/{place}/">{name}</a>'
    for place, name in {
        "xw": "新闻中心",
        "zwgk": "政务公开",
        "bsfw": "办事服务",
        "hdjl": "互动交流",
        "zjsl": "走进示例",
        "zcwj": "政策文件",
        "tjsj": "统计数据",
    }.items()
)


def rows(newest: date, count: int = 12) -> str:
    """The entries of a list, one every third day up to `newest`."""
    days = (newest - timedelta(days=3 * n) for n in range(count))
    return "".join(
        f'<li><a href="/art/{day:%Y/%m/%d}/art_{n}.html">示例市推进第{n}号工作会议召开</a>'
        f"<span>{day:%Y-%m-%d}</span></li>"
        for n, day in enumerate(days)
    )


def column(listed: str, head: str = "") -> bytes:
    """A column with these entries."""
    return page(
        f'<div class="nav"><a href="/">首页</a>{NAVIGATION}</div>'
        f'<div class="list"><h2>工作动态</h2><ul id="list">{listed}</ul></div>'
        "<footer>主办：示例市人民政府办公室</footer>",
        head,
    )


def list_page(newest: date, count: int = 12, head: str = "") -> bytes:
    """An ordinary column whose newest entry is of that day."""
    return column(rows(newest, count), head)


def filled(script: str) -> bytes:
    """A column whose list is empty until its script has run; `LIST` in it is the element."""
    code = script.replace("LIST", "document.getElementById('list')")
    return column("").replace(b"</body>", f"<script>{code}</script></body>".encode())


NEW_ROWS, OLD_ROWS = rows(TODAY - timedelta(days=1)), rows(TODAY - timedelta(days=40))
FRESH, STALE = column(NEW_ROWS), column(OLD_ROWS)
PINNED = list_page(TODAY - timedelta(days=900))  # kept on top of newer ones that never came
SOFT_404 = (
    "<html><head><title>404</title></head><body><h1>抱歉，您访问的页面不存在或已删除</h1></body></html>"
).encode()
