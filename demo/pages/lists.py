"""List styles whose rows stand in the page as they are read. One function a style.

Each docstring names the row of the corpus's list_shapes.json or labels, or the part of
standard.md, that the style is after.
"""

# ruff: noqa: E501 - markup reads better unbroken
from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape

from demo.listing import ListView, Row
from demo.pages.dates import (
    chinese_date,
    chinese_digits,
    full_width,
    padded_chinese_date,
    relative,
    time_of_day,
)
from demo.pages.frame import link

Write = Callable[[date], str]
Style = Callable[[ListView], str]


def _title(row: Row, extra: str = "") -> str:
    mark = '<span class="top">[置顶]</span>' if row.pinned else ""
    return mark + link(row.href, row.title, f' title="{escape(row.title)}"{extra}')


def _each(view: ListView, write: Callable[[Row], str]) -> str:
    return "\n".join(map(write, view.rows))


def ul_right(view: ListView) -> str:
    """ul > li > a + span with the date floated right. After gov/sasac/generic.ts, gov/sh/fgw."""
    rows = _each(view, lambda r: f'<li><span class="date">{r.typed}</span>{_title(r)}</li>')
    return f'<ul class="list">{rows}</ul>'


def bracket_first(view: ListView) -> str:
    """[date] in bare text before the link. After gov/shaanxi/kjt.ts (item.prev().text())."""
    rows = _each(view, lambda r: f"<li>[{r.typed}]&nbsp;{_title(r)}</li>")
    return f'<div class="textlist"><ul>{rows}</ul></div>'


def bracket_after(view: ListView) -> str:
    """Title, then (date) in the same line. After gov/nmpa/generic.ts, gov/nifdc/index.ts."""
    rows = _each(view, lambda r: f"<li>{_title(r)}<span>({r.typed})</span></li>")
    return f'<div class="list"><ul>{rows}</ul></div>'


def with_clicks(view: ListView) -> str:
    """(发布时间：… 阅读次数：n) behind the title. After the label list-cqdd-fgfxwj."""
    return (
        '<ul class="news">'
        + _each(
            view,
            lambda r: (
                f"<li>·{_title(r)} <em>(发布时间：{r.typed} {time_of_day(r.serial)}　"
                f"阅读次数：{view.clicks(r)})</em></li>"
            ),
        )
        + "</ul>"
    )


def br_lines(view: ListView) -> str:
    """Lines separated by breaks, no list element at all. After gov/pbc (font.newslist_style)."""
    lines = _each(view, lambda r: f"·{_title(r)} <font color=#888>({r.typed:%Y/%m/%d})</font><br>")
    return f"<font class=newslist_style>{lines}</font>"


def slashes_time(view: ListView) -> str:
    """2022/06/06 10:54:11 in a right-hand span. After gov/ndrc/xwdt.ts, YYYY/MM/DD HH:mm:ss."""
    return (
        '<ul class="u-list">'
        + _each(
            view,
            lambda r: (
                f'<li>{_title(r)}<span class="right">{r.typed:%Y/%m/%d} {time_of_day(r.serial)}'
                "</span></li>"
            ),
        )
        + "</ul>"
    )


def two_digit_year(view: ListView) -> str:
    """22-06-06. After gov/shenzhen/zjj (YY-MM-DD), label list-pmo-xw6."""
    rows = _each(
        view, lambda r: f'<li><span class="date">{r.typed:%y-%m-%d}</span>{_title(r)}</li>'
    )
    return f'<div class="listcontent_right"><ul>{rows}</ul></div>'


def dotted(view: ListView) -> str:
    """2022.06.06 in a box beside the title. After cas/genetics (YYYY.MM.DD, .box-date)."""
    return (
        '<ul class="row-list">'
        + _each(
            view,
            lambda r: (
                f'<li class="box-s"><div class="right box-date">{r.typed:%Y.%m.%d}</div>'
                f'<div class="tit">{_title(r)}</div></li>'
            ),
        )
        + "</ul>"
    )


def year_month_day(view: ListView) -> str:
    """2022年06月06日. After the label list-cqjtu-tzgg, gov/cmse (YYYY年M月D日)."""
    rows = _each(
        view, lambda r: f"<li>{_title(r)}<i class=right>{padded_chinese_date(r.typed)}</i></li>"
    )
    return f'<ul id="list">{rows}</ul>'


def definition_list(view: ListView) -> str:
    """dl: the title in dt, the date in dd. After gov/chinamine-safety/zfxxgk.ts (#ogi-list dd)."""
    rows = _each(
        view, lambda r: f"<dt>{_title(r)}</dt><dd class=info>发布日期：{r.typed} 来源：本站</dd>"
    )
    return f'<dl id="ogi-list">{rows}</dl>'


def stacked_day(view: ListView) -> str:
    """The day over year and month. After ccnu/cs.ts (DDYYYY-MM), label list-fucai-tzgg."""
    return (
        '<ul class="list_box_07">'
        + _each(
            view,
            lambda r: (
                f'<li style="line-height:24px;padding:6px 0"><div class="day time"><b>{r.typed:%d}</b>'
                f"<span>{r.typed:%Y-%m}</span></div><p>{_title(r)}</p></li>"
            ),
        )
        + "</ul>"
    )


def cards(view: ListView) -> str:
    """A grid of cards with pictures. After gov/moa/szcpxx.ts (div.pubTime, YYYY.MM.DD)."""
    return (
        '<div class="ztst_list">'
        + _each(
            view,
            lambda r: (
                f'<div class="card"><a href="{escape(r.href)}"><img src="/images/{r.serial % 9}.jpg" '
                f'alt=""></a><h4>{_title(r)}</h4><div class="pubTime">发布时间：{r.typed:%Y.%m.%d}'
                "</div></div>"
            ),
        )
        + '<div style="clear:both"></div></div>'
    )


def summaries(view: ListView) -> str:
    """Title, summary with other numbers in it, date and source below. After gov/sichuan/deyang, label list-hncic."""
    return _each(
        view,
        lambda r: (
            f'<div class="sl"><h3>{_title(r)}</h3><p class="zy">{escape(view.site.body.short)}'
            f"自{r.written.year}年以来持续推进有关工作，累计服务群众{view.clicks(r)}人次，"
            f'具体情况见正文……</p><p class="ly">来源：本站　发布时间：{r.typed}　'
            f"浏览次数：{view.clicks(r)}</p></div>"
        ),
    )


def ul_per_item(view: ListView) -> str:
    """Every ul is one row. After gov/huizhou/zwgk (ul.ul_art_row, li.li_art_date)."""
    return _each(
        view,
        lambda r: (
            f'<ul class="ul_art_row"><li class="li_art_title">{_title(r)}</li>'
            f'<li class="li_art_date">{r.typed}</li></ul>'
        ),
    )


def time_element(view: ListView) -> str:
    """<time datetime> with a short text. After gov/moj/aac/news.ts (.info time[datetime])."""
    return (
        '<div class="articles">'
        + _each(
            view,
            lambda r: (
                f"<article><h3>{_title(r)}</h3><div class=info><time "
                f'datetime="{r.typed}T{time_of_day(r.serial)}+08:00">{chinese_date(r.typed)}</time>'
                "</div></article>"
            ),
        )
        + "</div>"
    )


def full_width_digits(view: ListView) -> str:
    """２０２２－０６－０６. After standard.md 5.1 and issue-known forms."""
    rows = _each(
        view, lambda r: f"<li>{_title(r)}<span class=date>{full_width(r.typed)}</span></li>"
    )
    return f"<ul class=list>{rows}</ul>"


def chinese_digit_dates(view: ListView) -> str:
    """二〇二二年六月六日. After standard.md 5.1 item 8."""
    rows = _each(
        view, lambda r: f"<li>{_title(r)}<span class=date>{chinese_digits(r.typed)}</span></li>"
    )
    return f"<ul class=list>{rows}</ul>"


def relative_dates(view: ListView) -> str:
    """今天, 昨天, 3天前, then plain dates. After standard.md 5.1 item 8."""
    rows = _each(
        view,
        lambda r: f"<li>{_title(r)}<span class=date>{relative(r.typed, view.today)}</span></li>",
    )
    return f"<ul class=list>{rows}</ul>"


def yearless(view: ListView) -> str:
    """06-06; the year stands in the address. After gov/moe (MM-DD), label list-icama-topic118."""
    rows = _each(view, lambda r: f"<li><span class=date>[{r.typed:%m-%d}]</span>{_title(r)}</li>")
    return f"<ul class=list>{rows}</ul>"


def no_dates(view: ListView) -> str:
    """Titles alone; the articles are dated. After standard.md 5.1 item 4."""
    return f"<ul class=list>{_each(view, lambda r: f'<li>{_title(r)}</li>')}</ul>"


def month_headings(view: ListView) -> str:
    """2022年6月 as a heading, days below it. After gov/nrta/dsj.ts (YYYY年MM月)."""
    parts: list[str] = []
    month = ""
    for row in view.rows:
        heading = f"{row.typed.year}年{row.typed.month}月"
        if heading != month:
            parts += ["</ul>" if month else "", f"<h3>{heading}</h3><ul>"]
            month = heading
        parts.append(f"<li><b>{row.typed:%d}日</b>　{_title(row)}</li>")
    return f'<div class="archive">{"".join(parts)}</ul></div>'


def sub_lists(view: ListView) -> str:
    """A landing page of four sub-lists, each with its own 更多. After label list-cyqn-speech, standard 5.1."""
    names = ("重点领域", "财政信息", "行政执法", "民生信息")
    blocks = []
    for n, name in enumerate(names):
        mine = [row for row in view.rows if row.serial % len(names) == n]
        rows = "".join(f"<li><span class=date>{r.typed}</span>{_title(r)}</li>" for r in mine)
        more = link(view.address(min(2, view.pages)), "更多>>", ' class="right"')
        blocks.append(f'<div class="block"><h3>{name}{more}</h3><ul>{rows}</ul></div>')
    return "".join(blocks)


def twice_on_page(view: ListView) -> str:
    """The list stands twice: for desks, and hidden for telephones. After label list-fucai-tzgg."""
    return (
        f'<div class="hidden-xs">{ul_right(view)}</div>'
        f'<div class="visible-xs" style="display:none">{stacked_day(view)}</div>'
    )
