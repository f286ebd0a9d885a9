"""List styles made of tables. One function a style; docstrings as in lists.py."""

# ruff: noqa: E501 - markup reads better unbroken
from __future__ import annotations

from html import escape

from demo.listing import ListView, Row
from demo.pages.frame import link
from demo.surveying import asked_on, waiting_serial


def _number(view: ListView, index: int) -> int:
    return (view.page - 1) * len(view.rows) + index + 1


def _anchor(row: Row) -> str:
    mark = "<font color=red>[置顶]</font>" if row.pinned else ""
    return mark + link(row.href, row.title, ' target="_blank"')


def table_numbered(view: ListView) -> str:
    """序号, 标题, 发布日期. After gov/sh/wgj/wgj.tsx (#div_md > table > tbody > tr)."""
    rows = "\n".join(
        f"<tr><td>{_number(view, n)}</td><td>{_anchor(row)}</td><td>{row.typed}</td></tr>"
        for n, row in enumerate(view.rows)
    )
    return (
        '<div id="div_md"><table class="grid" width="100%"><tr><th>序号</th><th>标题</th>'
        f"<th>发布日期</th></tr>{rows}</table></div>"
    )


def table_two_dates(view: ListView) -> str:
    """文号, 成文日期 and 发布日期 side by side. After gov/zhengce/wenjian.ts (td:nth-child(5))."""
    rows = "\n".join(
        f"<tr><td>{_number(view, n)}</td><td>{_anchor(row)}</td><td>{_document_number(view, row)}</td>"
        f"<td>{row.written}</td><td>{row.typed}</td></tr>"
        for n, row in enumerate(view.rows)
    )
    return (
        '<div class="dataBox"><table class="grid" width="100%"><thead><tr><th>序号</th><th>标题</th>'
        f"<th>发文字号</th><th>成文日期</th><th>发布日期</th></tr></thead><tbody>{rows}</tbody>"
        "</table></div>"
    )


def table_signed(view: ListView) -> str:
    """文号 and 成文日期, and no 发布日期: the day that it prints is not that of publication. After standard.md 5.1 item 7."""
    rows = "\n".join(
        f"<tr><td>{_number(view, n)}</td><td>{_anchor(row)}</td><td>{_document_number(view, row)}</td>"
        f"<td>{row.typed}</td></tr>"
        for n, row in enumerate(view.rows)
    )
    return (
        '<div class="dataBox"><table class="grid" width="100%"><thead><tr><th>序号</th><th>标题</th>'
        f"<th>发文字号</th><th>成文日期</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _document_number(view: ListView, row: Row) -> str:
    return f"{view.city.letter}政办〔{row.written.year}〕{row.serial % 60 + 1}号"


def nested_tables(view: ListView) -> str:
    """A table in a table, an arrow picture before each title. After gov/shenzhen/zzb (#List td td)."""
    rows = "\n".join(
        '<tr><td><table width="100%"><tr><td width="2%"><img src="/images/arrow.gif"></td>'
        f'<td width="80%">{_anchor(row)}</td><td align="right"><font color="#808080">'
        f"[{row.typed:%Y/%m/%d}]</font></td></tr></table></td></tr>"
        for row in view.rows
    )
    return f'<table id="List" width="100%"><tbody>{rows}</tbody></table>'


def letters_table(view: ListView) -> str:
    """Letters: number, subject, day of coming, day of answer, state. After gov/hunan/changsha, label list-pds-tspt."""
    waiting = waiting_serial(view.site, view.column)
    rows = "\n".join(
        f"<tr><td>{row.typed:%Y%m%d}{row.serial % 1000:03d}</td><td>{_anchor(row)}</td>"
        f"<td>{asked_on(row.serial, row.typed)}</td>"
        + (
            "<td></td><td>办理中</td></tr>"
            if row.serial == waiting
            else f"<td>{row.typed}</td><td>已办结</td></tr>"
        )
        for row in view.rows
    )
    return (
        '<table class="grid table1" width="100%"><tbody><tr><th>信件编号</th><th>信件标题</th>'
        f"<th>来信时间</th><th>答复时间</th><th>办理状态</th></tr>{rows}</tbody></table>"
    )


def older_block(view: ListView) -> str:
    """What stands above a list of older items: an honest heading and their true dates."""
    rows = "".join(
        f"<li>{link(row.href, row.title)} <span>{row.typed}</span></li>" for row in view.older
    )
    return f'<div class="tuijian"><h3>{escape("精彩回顾")}</h3><ul>{rows}</ul></div><hr>'
