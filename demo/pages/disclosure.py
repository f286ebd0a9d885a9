"""The pages of a disclosure platform: its front in several layouts, its sections, its search.

After the uniform format of 国办公开办函〔2019〕61号: a menu of sections on the left, a search above.
"""

# ruff: noqa: E501 - markup reads better unbroken
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from types import MappingProxyType

from demo.data import CityNames, disclosure_file
from demo.disclosure import Platform
from demo.listing import newest_rows
from demo.pages.frame import Page, link, site_title
from demo.pages.skins import dressed
from demo.plan import Column, Site

SHOWN, REPORTS, CUT = 15, 4, 16  # rows of a list, years of reports, characters of a cut title
CONCEPTS = {"policy": "policy", "statutory": "disclosure"}  # sections that list a column's items


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry of a list, or one document. `href` is as the page links it."""

    title: str
    href: str
    day: date


@dataclass(frozen=True)
class Stand:
    """A platform on one day: whose it is and what it shows."""

    city: CityNames
    site: Site
    platform: Platform
    today: date

    @property
    def sections(self) -> list[tuple[str, str, str]]:
        """(key, label, address) of the sections that are there."""
        found = disclosure_file()["sections"].items()
        return [
            (key, self._label(row), f"{self.platform.base}{row['path']}/")
            for key, row in found
            if key not in self.platform.lacks
        ]

    def _label(self, row: Mapping[str, str]) -> str:
        is_odd = self.platform.oddity == "synonym" and "synonym" in row
        return row["synonym"] if is_odd else row["label"]

    def pieces(self, key: str) -> list[Piece]:
        """The entries of a section, newest first."""
        if key in CONCEPTS:
            return self._column_pieces(key)
        return self._reports() if key == "annual_report" else self._rules()

    def _column_pieces(self, key: str) -> list[Piece]:
        column = next(one for one in self.site.columns if one.concept.key == CONCEPTS[key])
        rows = newest_rows(self.city, self.site, column, self.today, SHOWN)
        own = "" if self.platform.host == self.site.host else f"http://{self.site.host}"
        pieces = [Piece(row.title, own + row.href, row.day) for row in rows]
        if key != "statutory":
            return pieces
        if not self.platform.opens:
            base = f"{self.platform.base}fdzdgknr/"
            return [Piece(p.title, f"{base}{n}.html", p.day) for n, p in enumerate(pieces)]
        return [*self._attachment(column), *pieces]

    def _attachment(self, column: Column) -> list[Piece]:
        if self.platform.oddity != "attachment":
            return []
        title = f"{self.site.body.short}政府信息主动公开基本目录（修订稿）"
        return [Piece(title, f"/files/{column.number}.pdf", self.today - timedelta(days=3))]

    def _reports(self) -> list[Piece]:
        first = self.today.year - (1 if self.platform.report else 2)
        return [
            Piece(
                f"{self.site.body.short}{year}年政府信息公开工作年度报告",
                f"{self.platform.base}gknb/{year}.html",
                date(year + 1, 1, 12 + year % 9),
            )
            for year in range(first, first - REPORTS, -1)
        ]

    def _rules(self) -> list[Piece]:
        names = ("政府信息公开保密审查制度", "政府信息主动公开工作规定", "政府信息公开申请办理规范")
        return [
            Piece(name, f"{self.platform.base}gkzd/{n}.html", date(2021, 4 + n, 9 + n))
            for n, name in enumerate(names)
        ]


def front(stand: Stand) -> str:
    """The platform's first page."""
    return FRONTS[stand.platform.shape](stand)


def section(stand: Stand, key: str, label: str) -> str:
    """The page of one section: a list, or the guide in full."""
    if key == "guide":
        return document(stand, Piece(label, "", date(2021, 3, 18)))
    return _bare(stand, label, f"<h3>{escape(label)}</h3>{_list(stand.pieces(key))}")


def document(stand: Stand, piece: Piece) -> str:
    """One document in full."""
    short = stand.site.body.short
    text = "".join(
        f"<p>{escape(line)}</p>"
        for line in (
            f"根据《中华人民共和国政府信息公开条例》，{short}结合工作实际编制本文件，向社会公布。",
            "主动公开的政府信息包括机构职能、政策文件、财政预决算、行政许可和行政处罚等内容，公民、法人和其他组织可以在本平台查阅和下载。",
            "公民、法人和其他组织认为有关机关不依法履行政府信息公开义务的，可以向政府信息公开工作主管部门举报。",
        )
    )
    main = (
        f'<h1>{escape(piece.title)}</h1><div class="info">发布时间：{piece.day:%Y-%m-%d}　来源：{escape(short)}</div>'
        f'<div class="text" id="zoom">{text}</div>'
    )
    return _bare(stand, piece.title, main)


def results(stand: Stand, words: str) -> str:
    """Page 1 of what the search finds: entries whose title holds the words, marked in them."""
    keys = [key for key, *_ in stand.sections if key in ("statutory", "policy", "rules")]
    pieces = [piece for key in keys for piece in stand.pieces(key)]
    found = [piece for piece in pieces if words and words in piece.title]
    known = found if stand.platform.search else []
    told = f"检索“{escape(words)}”，共找到 {len(known)} 条结果"
    entries = "".join(_result(stand, piece, words) for piece in known)
    main = f"<h3>检索结果</h3><p>{told}</p><ul>{entries or '<li>没有找到相关内容</li>'}</ul>"
    return _bare(stand, "检索结果", main, words)


def _result(stand: Stand, piece: Piece, words: str) -> str:
    marked = escape(piece.title).replace(escape(words), f"<em>{escape(words)}</em>")
    if stand.platform.oddity == "cut_results":
        marked = escape(piece.title[:CUT] + ("…" if len(piece.title) > CUT else ""))
    title = escape(piece.title)
    return (
        f'<li><a href="{escape(piece.href)}" title="{title}">{marked}</a> {piece.day:%Y-%m-%d}</li>'
    )


def _list(pieces: Sequence[Piece]) -> str:
    rows = "".join(
        f'<li><span class="date">{piece.day:%Y-%m-%d}</span>{link(piece.href, piece.title)}</li>'
        for piece in pieces
    )
    return f'<ul class="list">{rows}</ul>'


def _form(stand: Stand, words: str = "") -> str:
    return (
        f'<form action="{stand.platform.base}search/" method="get"><input name="q" value="{escape(words)}" '
        'placeholder="请输入关键词"><input type="submit" value="检索"></form>'
    )


def _menu(stand: Stand, label: Callable[[str], str] = escape) -> str:
    rows = "".join(f'<li><a href="{to}">{label(name)}</a></li>' for _, name, to in stand.sections)
    ask = link(f"{stand.platform.base}ysq/", "依申请公开")
    return f'<ul class="gkml-menu">{rows}<li>{ask}</li></ul>'


def _pictured(name: str) -> str:
    return f'<img src="/images/gk_{len(name)}.gif" alt="{escape(name)}" width="180" height="42">'


def _in_skin(stand: Stand) -> str:
    """In the site's own skin: the menu and the newest items side by side."""
    main = f"<h2>政府信息公开</h2>{_form(stand)}{_menu(stand)}{_newest(stand)}"
    return dressed(Page(stand.city, stand.site, stand.today, "政府信息公开", main))


def _newest(stand: Stand) -> str:
    key = next((key for key, *_ in stand.sections if key == "statutory"), "rules")
    return f"<h3>最新公开</h3>{_list(stand.pieces(key)[:6])}"


def _front_bare(stand: Stand) -> str:
    return _bare(stand, "政府信息公开", _newest(stand))


def _front_pictures(stand: Stand) -> str:
    main = f"{_menu(stand, _pictured)}{_newest(stand)}"
    return _page(stand, "政府信息公开", f"{_form(stand)}{main}")


def _front_tabs(stand: Stand) -> str:
    """Labels that open panes of this very page, by a script."""
    heads = "".join(
        f'<li onclick="show({n})" class="tab">{escape(name)}</li>'
        for n, (_, name, _) in enumerate(stand.sections)
    )
    panes = "".join(
        f'<div class="pane" id="pane{n}">{_pane(stand, key)}</div>'
        for n, (key, _, _) in enumerate(stand.sections)
    )
    script = (
        "<script>function show(n){var p=document.getElementsByClassName('pane');"
        "for(var i=0;i<p.length;i++)p[i].style.display=i==n?'block':'none';}show(0);</script>"
    )
    main = (
        f'{_form(stand)}<ul class="tabs">{heads}<li class="tab">依申请公开</li></ul>{panes}{script}'
    )
    return _page(stand, "政府信息公开", main)


def _pane(stand: Stand, key: str) -> str:
    if key == "guide":
        return "<p>本指南说明政府信息的分类、获取方式和受理机构，公民、法人和其他组织可以据此查阅。</p>"
    return _list(stand.pieces(key))


def _bare(stand: Stand, title: str, main: str, words: str = "") -> str:
    return _page(stand, title, f"{_form(stand, words)}{_menu(stand)}<div class=main>{main}</div>")


def _page(stand: Stand, title: str, main: str) -> str:
    """A page of the platform, which keeps a look of its own."""
    name = site_title(Page(stand.city, stand.site, stand.today, title, ""))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)} - {escape(name)}'
        f'</title></head><body><div class="head">{escape(name)} 政府信息公开</div>'
        f'<div class="crumb"><a href="http://{stand.site.host}/">返回首页</a></div>{main}'
        f'<div class="foot">主办单位：{escape(name)}</div></body></html>'
    )


FRONTS: Mapping[str, Callable[[Stand], str]] = MappingProxyType(
    {
        "menu": _in_skin,
        "bare": _front_bare,
        "gkmlpt": _front_bare,
        "pictures": _front_pictures,
        "tabs": _front_tabs,
    }
)


def entry_markup(platform: Platform | None) -> str:
    """How a home page leads to its platform; nothing where it does not."""
    if platform is None:
        return _plain_entry("/zfxxgk/")
    return ENTRIES[platform.way](platform.url) if platform.entry else ""


def _plain_entry(to: str) -> str:
    return link(to, "政府信息公开", ' class="zfxxgk" style="font-size:18px;color:#c00"')


ENTRIES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "text": _plain_entry,
        "alt": lambda to: f'<a href="{to}"><img src="/images/zfxxgk.gif" alt="政府信息公开"></a>',
        "title": lambda to: (
            f'<a href="{to}" title="政府信息公开"><img src="/images/zfxxgk.gif"></a>'
        ),
        "area": lambda to: (
            '<img src="/images/banner.gif" usemap="#ways"><map name="ways"><area shape="rect" '
            f'coords="0,0,200,60" href="{to}" alt="政府信息公开"></map>'
        ),
        "click": lambda to: f'<div class="btn" onclick="window.open(\'{to}\')">政府信息公开</div>',
        "script_click": lambda to: f"<a href=\"javascript:window.open('{to}')\">政府信息公开</a>",
        "drawn": lambda to: (
            f"<script>document.write('<a href=\"'+'{to}'+'\">'+'政府'+'信息公开'+'</a>');</script>"
        ),
    }
)
