"""A column's page: its list in its style, what stands above and below it, dressed by its site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType

from demo.listing import ListView
from demo.pages import drawn, islands, lists, tables
from demo.pages.frame import Page, link
from demo.pages.skins import dressed

# Everyday styles and those that a look-alike or a fault brings with it.
STYLES: Mapping[str, Callable[[ListView], str]] = MappingProxyType(
    {
        "ul_right": lists.ul_right,
        "bracket_first": lists.bracket_first,
        "bracket_after": lists.bracket_after,
        "with_clicks": lists.with_clicks,
        "br_lines": lists.br_lines,
        "slashes_time": lists.slashes_time,
        "two_digit_year": lists.two_digit_year,
        "dotted": lists.dotted,
        "year_month_day": lists.year_month_day,
        "definition_list": lists.definition_list,
        "stacked_day": lists.stacked_day,
        "cards": lists.cards,
        "summaries": lists.summaries,
        "ul_per_item": lists.ul_per_item,
        "time_element": lists.time_element,
        "full_width": lists.full_width_digits,
        "chinese_digits": lists.chinese_digit_dates,
        "relative": lists.relative_dates,
        "yearless": lists.yearless,
        "no_dates": lists.no_dates,
        "month_headings": lists.month_headings,
        "sub_lists": lists.sub_lists,
        "twice_on_page": lists.twice_on_page,
        "table_numbered": tables.table_numbered,
        "table_two_dates": tables.table_two_dates,
        "nested_tables": tables.nested_tables,
        "letters_table": tables.letters_table,
        "hanweb_island": islands.hanweb_island,
        "inline_json": islands.inline_json,
        "json_millis": islands.json_millis,
        "xhr_get": islands.xhr_get,
        "xhr_post": islands.xhr_post,
        "xhr_bundle": islands.xhr_bundle,
        **drawn.DRAWN,
        "load_more": drawn.more_button,
        "undated_files": lists.no_dates,
        "written_dates": tables.table_signed,
        "activex": islands.activex,
        "xmldso": islands.xmldso,
        "tdc": islands.tdc,
    }
)


def style_of(view: ListView) -> str:
    """The name of the style that this column is drawn in."""
    column = view.column
    for special in (column.fault.how if column.fault else None, column.twist):
        if special and special in STYLES:
            return special
    return column.style


def list_markup(view: ListView) -> str:
    """The main area of one page of a column."""
    above = tables.older_block(view) if view.older else ""
    return f"{above}{STYLES[style_of(view)](view)}\n{pager(view)}"


def column_page(view: ListView) -> str:
    """One page of a column, whole."""
    heading = f'<h2 class="lanmu">{escape(view.column.name)}</h2>'
    return dressed(
        Page(
            city=view.city,
            site=view.site,
            today=view.today,
            title=view.column.name,
            main=f"{heading}\n{list_markup(view)}",
            column=view.column,
            head_extra=WORD_STYLES if view.column.twist == "huge" else "",
        )
    )


FRAME_STYLE = "ul{list-style:none;padding:0}li{line-height:32px}.date{float:right}a{color:#24486c}"
# What pasting from a word processor leaves in a page: more than a megabyte of rules.
WORD_STYLES = (
    '<style type="text/css">'
    + "p.MsoNormal,li.MsoNormal{mso-style-parent:'';margin:0cm;mso-pagination:none;}\n" * 16_000
    + "</style>\n"
)


def bare_list(view: ListView) -> str:
    """The list alone, as a frame of another page shows it."""
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>'
        f"{escape(view.column.name)}</title><style>{FRAME_STYLE}</style></head><body>{list_markup(view)}</body></html>"
    )


def pager(view: ListView) -> str:
    """The further pages, each content system in its own way. One page: nothing."""
    return "" if view.pages == 1 else PAGERS[view.site.family](view)


def _numbers(view: ListView) -> str:
    shown = range(max(1, view.page - 3), min(view.pages, view.page + 3) + 1)
    links = " ".join(
        f'<span class="current">{n}</span>' if n == view.page else link(view.address(n), str(n))
        for n in shown
    )
    following = link(view.address(min(view.page + 1, view.pages)), "下一页")
    last = link(view.address(view.pages), "尾页")
    return f'<div class="pager">{links} {following} {last}</div>'


def _counted(view: ListView) -> str:
    links = "　".join(
        link(view.address(n), name)
        for name, n in (
            ("首页", 1),
            ("上一页", max(1, view.page - 1)),
            ("下一页", min(view.pages, view.page + 1)),
            ("末页", view.pages),
        )
    )
    return f'<div class="pager">共{view.total}条　{view.page}/{view.pages}　{links}</div>'


def _scripted(view: ListView) -> str:
    """Links that only a script writes; the address of page n is index_(n-1)."""
    return (
        '<div class="pager"><script>function createPageHTML(c,i,n,e){var h="";for(var k=0;k<c&&k<7;'
        'k++)h+=" <a href=\\""+n+(k?"_"+k:"")+"."+e+"\\">"+(k+1)+"</a>";document.write(h);}'
        f'createPageHTML({view.pages}, {view.page - 1}, "index", "html");</script></div>'
    )


PAGERS: Mapping[str, Callable[[ListView], str]] = MappingProxyType(
    {
        "trs": _scripted,
        "hanweb": _counted,
        "vsb": _counted,
        "asp": _counted,
        "jeecms": _numbers,
        "channels": _numbers,
        "php": _numbers,
        "dated": _numbers,
    }
)
