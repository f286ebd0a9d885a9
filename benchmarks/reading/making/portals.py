"""Pretend portals: whole list pages as the common content systems write them, from a seed.

Independent of the corpus. Each style is one row: the surroundings of a content system and the
markup of its items. Names, titles and addresses are made up.
"""

# ruff: noqa: E501 - a row of markup stays on one line

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from benchmarks.reading.making.entries import href, title
from benchmarks.reading.making.template import Cell, Template

COLUMNS = ("工作动态", "通知公告", "政策文件", "基层动态", "部门预决算公开", "行政许可公示")
NAV = (
    "首页", "政务公开", "政务服务", "政民互动", "魅力示例", "数据开放", "专题专栏", "机构职能",
    "领导之窗", "新闻中心",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """How one content system writes a list page.

    `page` holds {nav} {crumb} {side} {list} {foot} {column}; `cell` holds {t} {h} {n} {i} and
    the date at {d}, which is written by the strftime pattern `day`.
    """

    name: str
    page: str
    cell: str
    day: str = "%Y-%m-%d"
    gap: str = "\n"


HEAD = (
    '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta http-equiv="X-UA-Compatible" content="IE=edge,chrome=1">'
    "<title>{column}-示例市人民政府</title>{tags}"
    '<link rel="stylesheet" href="/css/public.css"><script src="/js/jquery.min.js"></script></head>'
)
TAGS = (
    '<meta name="SiteName" content="示例市人民政府"><meta name="SiteDomain" content="www.example.test">'
    '<meta name="SiteIDCode" content="4102000001"><meta name="ColumnName" content="{column}">'
    '<meta name="ColumnType" content="{column}">'
)
FOOT = (
    '<div class="footer"><p><a href="/gywm/">关于我们</a> | <a href="/wzdt/">网站地图</a> | '
    '<a href="/lxwm/">联系方式</a></p><p>主办：示例市人民政府办公室 网站标识码：4102000001 '
    "豫ICP备11002022号-1 豫公网安备 41020202000123号</p></div>"
)
SIDE = (
    '<div class="leftnav"><h2>栏目导航</h2><ul><li><a href="/zwyw/">政务要闻</a></li>'
    '<li class="cur"><a href="/bmdt/">部门动态</a></li><li><a href="/jcdt/">基层动态</a></li>'
    '<li><a href="/tzgg/">通知公告</a></li><li><a href="/zdgz/">重点工作</a></li></ul></div>'
)

STYLES: tuple[Style, ...] = (
    Style(
        "trs",
        "{top}<body><div class='header'>{nav}</div><div class='main w1200'><div class='position'>"
        "您现在的位置：<a href='../' class='CurrChnlCls'>首页</a>&nbsp;&gt;&nbsp;{column}</div>{side}"
        "<div class='right_list'><div class='tit'>{column}</div><ul class='list_con'>\n{list}\n</ul>"
        "<div class='page'><script>createPageHTML(25, 0, 'index', 'html');</script></div></div></div>{foot}</body></html>",
        '<li><a href="{h}" target="_blank" title="{t}">{t}</a><span>{d}</span></li>',
    ),
    Style(
        "vsb",
        "{top}<body><table width='980' align='center'><tr><td>{nav}</td></tr></table><table width=980><tr>"
        "<td width=220 valign=top>{side}</td><td valign=top><div>当前位置: <a href='index.htm'>首页</a>&gt;&gt;{column}"
        "</div><link href='/_sitegray/_sitegray_d.css'><table width='100%' border='0' cellspacing='0' "
        "class='winstyle10077'>{list}<tr><td colspan='4'><table><tr><td id='fanye10077' nowrap>共347条&nbsp;&nbsp;1/18"
        "&nbsp;</td><td><a href='tzgg/17.htm'>下页</a></td></tr></table></td></tr></table></td></tr></table>{foot}</body></html>",
        "<tr height='20' id='line10077_{i}'><td width='1%' nowrap><span class='leaderfont10077'></span></td><td>"
        '<a class="c10077" href="{h}" target="_blank" title="{t}">{t}</a></td><td width="1%" nowrap>'
        '<span class="timestyle10077">{d}&nbsp;</span></td></tr>',
        "%Y/%m/%d",
    ),
    Style(
        "vsb-list",
        "{top}<body>{nav}<div class='n_left'>{side}</div><div class='n_right'><h2>{column}</h2><div class='ny_list'><ul>"
        "{list}</ul><div align='center'><span class='p_pages'><span class='p_no_d'>1</span><span class='p_no'>"
        "<a href='xwzx/9.htm'>2</a></span></span></div></div></div>{foot}</body></html>",
        '<li id="line_u9_{i}"><a href="{h}"><i>{d}</i><em>{t}</em></a></li>',
        "%Y年%m月%d日",
    ),
    Style(
        "hanweb-static",
        "{top}<body><div id='barrierfree_container'>{nav}<div class='dqwz'><table><tr><td>当前位置：</td><td><table><tr><td>"
        "<a href='http://www.example.test/index.html' class='bt_link'>首页</a></td></tr></table></td></tr></table></div>{side}"
        "<div id='5236' class='default_pgContainer'>{list}</div><div class='default_pgBtn'>共<span>12</span>页</div></div>{foot}</body></html>",
        "<table width='100%' border='0'><tr><td width='10' align='center'>·</td><td align='left'>"
        "<a href='{h}' class='bt_link' title='{t}' target='_blank'>{t}</a></td><td width='80' class='bt_time'>[{d}]</td></tr></table>",
    ),
    Style(
        "dedecms",
        "{top}<body class='articlelist'>{nav}<div class='w960 center'><div class='pleft'><div class='place'><strong>"
        "当前位置:</strong> <a href='/'>主页</a> > {column} > </div><div class='listbox'><ul class='e2'>{list}</ul></div>"
        "<div class='dede_pages'><ul class='pagelist'><li class='thisclass'>1</li><li><a href='list_3_2.html'>2</a></li>"
        "<li><span class='pageinfo'>共 <strong>12</strong>页<strong>236</strong>条</span></li></ul></div></div>"
        "<div class='pright'>{side}</div></div>{foot}</body></html>",
        '<li>[<b><a href="/jcdt/">{c}</a></b>] <a href="{h}" class="title">{t}</a><span class="info"><small>日期：</small>'
        '{d} <small>点击：</small>1{n} <small>好评：</small>0</span><p class="intro">为贯彻落实上级要求，{s}……</p></li>',
        "%Y-%m-%d 10:23:22",
    ),
    Style(
        "phpcms",
        "{top}<body>{nav}<div class='main'><div class='col-left'><div class='crumbs'><a href='/'>首页</a><span> &gt; "
        "</span>{column} &gt; 列表</div><ul class='list lh24 f14'>{list}</ul><div id='pages' class='text-c mg_t20'>"
        "<a class='a1'>236条</a> <a href='2.html'>下一页</a></div></div><div class='col-auto'>{side}</div></div>{foot}</body></html>",
        '<li><span class="rt">{d}</span>·<a href="{h}" target="_blank">{t}</a></li>',
        "%Y-%m-%d %H:%M:%S",
        "<li class='bk20 hr'></li>",
    ),
    Style(
        "jeecms",
        "{top}<body>{nav}<div class='web_left'>{side}</div><div class='web_right'><div class='title'><p>您当前的位置：<a "
        "href='/'>首页</a> &gt; {column}</p></div><div class='main_list'><ul>\n{list}\n</ul><div class='pagesize'>共236条记录 1/12页</div>"
        "</div></div>{foot}</body></html>",
        '<li><span>{d}</span><a href="{h}" target="_blank" title="{t}">{t}</a></li>',
    ),
    Style(
        "ucap",
        "{top}<body><div id='header'>{nav}</div><div class='content'><div class='content_left'>{side}</div><div "
        "class='listmain'><table width='100%'><tr><td class='listtitle'>{column}</td></tr></table><div class='zx_ml_list'><ul>"
        "<li class='wz'><span class='sp1'>标题</span><span class='sp2'>发布日期</span></li>{list}</ul></div></div></div>{foot}</body></html>",
        '<li><div class="zx_ml_list_right"><a href="{h}" title="{t}">{t}</a></div><div class="date">{d}</div></li>',
        "%Y.%m.%d",
    ),
    Style(
        "disclosure",
        "{top}<body>{nav}{side}<div class='xxgk'><h3>{column}</h3><table id='tb'><thead><tr><th>序号</th><th>名称</th>"
        "<th>文号</th><th>发布日期</th></tr></thead><tbody>{list}</tbody></table></div>{foot}</body></html>",
        "<tr><td>{n}</td><td><a href='{h}' target='_blank'>{t}</a></td><td>示政办〔2021〕{n}号</td><td>{d}</td></tr>",
        "%Y年%m月%d日",
    ),
    Style(
        "siteserver",
        "{top}<body>{nav}<div class='container'><div class='row'><div class='col-md-3'>{side}</div><div class='col-md-9'>"
        "<div class='panel'><div class='panel-heading'>{column}</div><div class='list-group'>{list}</div></div>"
        "<ul class='pagination'><li><a>1</a></li><li><a href='?p=2'>2</a></li></ul></div></div></div>{foot}</body></html>",
        '<a class="list-group-item" href="{h}"><span class="badge">{d}</span>{t}</a>',
    ),
    Style(
        "old-table",
        "<html><head><title>{column}</title></head><body bgcolor=#ffffff><center><table width=778><tr><td>{nav}</td></tr></table>"
        "<table width=778><tr><td width=180 valign=top>{side}</td><td valign=top><table width=100%><tr><td><b>{column}</b></td></tr>"
        "{list}<tr><td align=right>[首页] [上一页] [<a href=list.asp?page=2>下一页</a>] 共236条</td></tr></table></td></tr></table>{foot}</center></body></html>",
        "<tr><td height=24><img src=images/dot.gif> <a href='{h}' target=_blank>{t}</a> <font color=#999999>({d})</font></td></tr>",
        "%Y-%m-%d",
    ),
    Style(
        "breaks",
        "<html><head><title>{column}</title></head><body>{nav}<table><tr><td>{side}</td><td class=main><p>{column}</p>{list}"
        "</td></tr></table>{foot}</body></html>",
        '◇ <a href="{h}">{t}</a>&nbsp;&nbsp;{d}<br>',
        "%Y/%m/%d",
    ),
    Style(
        "cards",
        "{top}<body>{nav}<main><nav>首页 / {column}</nav><div class='news-grid'>{list}</div></main>{foot}</body></html>",
        '<div class="news-item"><div class="pic"><a href="{h}"><img src="/u/{n}.jpg" alt=""></a></div><div class="txt">'
        '<h3><a href="{h}">{t}</a></h3><p>近日，{s}，取得阶段性成效……</p><span class="time">{d}</span></div></div>',
    ),
    Style(
        "dl",
        "{top}<body>{nav}<div class='l'>{side}</div><div class='r'><h1>{column}</h1><dl class='news'>{list}</dl></div>{foot}</body></html>",
        '<dt><a href="{h}">{t}</a></dt><dd>发布时间：{d}</dd>',
    ),
    Style(
        "mobile",
        "{top}<body><header>{nav}</header><section class='weui-panel__bd'>{list}</section><div class='more'>点击加载更多</div>{foot}</body></html>",
        '<a href="{h}" class="weui-media-box weui-media-box_text"><h4 class="weui-media-box__title">{t}</h4>'
        '<ul class="weui-media-box__info"><li>{w}</li><li>{d}</li></ul></a>',
    ),
)  # fmt: skip


def portals(seed: int, number: int) -> tuple[Template, ...]:
    """`number` pretend list pages of ever other lengths, ages and titles."""
    return tuple(
        _portal(STYLES[i % len(STYLES)], Random(f"{seed}/{i}"), i)  # noqa: S311
        for i in range(number)
    )


def _portal(style: Style, rng: Random, number: int) -> Template:
    newest = date(2018, 1, 1) + timedelta(days=rng.randrange(2900))
    days = _days(newest, rng.choice((4, 6, 8, 10, 15, 20, 25)), rng)
    column = rng.choice(COLUMNS)
    words = {
        "top": HEAD.format(column=column, tags=TAGS.format(column=column) * rng.randrange(2)),
        "nav": _nav(rng),
        "side": SIDE if rng.random() < 0.8 else "",
        "foot": FOOT,
        "column": column,
    }
    page = style.page
    for name, text in words.items():
        page = page.replace("{" + name + "}", text)
    head, tail = page.split("{list}")
    cells = tuple(_cell(style, day, i, rng) for i, day in enumerate(days))
    return Template(
        id=f"{style.name}-{number}",
        url=f"http://www.style{number}.test/zwgk/{style.name}/index.html",
        today=newest + timedelta(days=rng.choice((0, 1, 3, 9, 14, 20, 60, 200))),
        head=head,
        cells=cells,
        tail=tail,
        gap=style.gap,
    )


def _days(newest: date, number: int, rng: Random) -> list[date]:
    """Dates falling from the newest, in the rhythm of a busy or of a sleepy column."""
    stride = rng.choice((1, 3, 10, 40))
    days = [newest]
    while len(days) < number:
        days.append(days[-1] - timedelta(days=rng.randrange(stride + 1)))
    return days


def _nav(rng: Random) -> str:
    links = "".join(
        f"<li><a href='/n{i}/'>{name}</a></li>"
        for i, name in enumerate(rng.sample(NAV, rng.randrange(5, len(NAV))))
    )
    return f"<div class='nav'><ul>{links}</ul></div>"


def _cell(style: Style, day: date, number: int, rng: Random) -> Cell:
    name = title(rng, number)
    address = href(rng, day, number)
    text = style.cell.replace("{t}", name).replace("{h}", address)
    for key, value in (
        ("n", str(number + 1)), ("i", str(number)), ("s", name[:14]), ("w", "示例市政府办"),
        ("c", "工作动态"),
    ):  # fmt: skip
        text = text.replace("{" + key + "}", value)
    before, after = text.split("{d}")
    return Cell(before, day.strftime(style.day), after, day, name, address)
