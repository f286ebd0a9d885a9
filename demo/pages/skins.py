"""Six skins: how a site dresses a page. Each keeps other things around the main area."""

# ruff: noqa: E501 - markup reads better unbroken
from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType

from demo.pages.footers import footer_marks
from demo.pages.frame import (
    Page,
    clock_words,
    crumbs,
    friend_links,
    head,
    hot_rows,
    link,
    side_entries,
    site_title,
    top_entries,
)

BASE = (
    "body{margin:0;font:14px/1.8 SimSun,'Noto Serif CJK SC',serif;color:#333;background:#f4f6f9}"
    "a{color:#24486c;text-decoration:none}ul{list-style:none;margin:0;padding:0}"
    ".banner{background:linear-gradient(#c8161d,#8e0f14);color:#fff;padding:22px 40px;"
    "font:bold 30px SimHei,'Noto Sans CJK SC',sans-serif}"
    ".nav{background:#1b5fa8;padding:0 40px}.nav a{color:#fff;display:inline-block;padding:9px 22px}"
    ".wrap{width:1100px;margin:12px auto;background:#fff;padding:12px;overflow:hidden}"
    ".crumb{border-bottom:1px solid #ccd;padding:4px 8px;color:#666}"
    ".menu{float:left;width:190px}.menu li{background:#eef3f9;margin:4px 0;padding:5px 16px}"
    ".main{margin-left:215px;min-height:380px}.foot{background:#e9edf2;text-align:center;padding:14px;"
    "font-size:12px;color:#555}.main li{line-height:34px;border-bottom:1px dotted #ccc;overflow:hidden}"
    ".right,.date{float:right;color:#888}table{border-collapse:collapse}.grid td,.grid th{border:1px "
    "solid #cdd6e0;padding:5px 8px}.pager{clear:both;text-align:center;padding:16px;color:#666}"
    ".card{float:left;width:255px;margin:8px;border:1px solid #dde;padding:8px}.card img{width:100%;"
    "height:120px;background:#dbe7f3}.day{float:left;width:64px;text-align:center;background:#e8f0fa;"
    "margin-right:12px;line-height:22px}.day b{font-size:22px;display:block}.top{color:#c00}"
    "h1{font-size:24px;text-align:center}.info{text-align:center;color:#888;border-bottom:1px solid "
    "#ddd}.text{padding:14px 40px;text-indent:2em;font-size:16px;line-height:2}.hot{float:right;width:"
    "250px;background:#fafbfd;border:1px solid #dde;padding:8px;font-size:13px}"
)


def _menu(entries: list[tuple[str, str]]) -> str:
    return "".join(f"<li>{link(href, name)}</li>" for name, href in entries)


def _plain(page: Page) -> str:
    """Blocks of div, a server-made clock in the masthead, a menu on the left."""
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
{head(page, BASE)}
<body>
<div class="topbar" style="background:#fff;padding:3px 40px;font-size:12px">{clock_words(page.today)}
 多云 22℃~33℃ <span class="right">{link("/", "设为首页")} {link("/", "加入收藏")}</span></div>
<div class="banner">{escape(site_title(page))}</div>
<div class="nav">{"".join(link(href, name) for name, href in top_entries(page.site))}</div>
<div class="wrap"><div class="crumb">{crumbs(page)}</div>
<div class="menu"><ul>{_menu(side_entries(page))}</ul></div>
<div class="main">{page.main}</div></div>
<div class="foot"><div>{friend_links()}</div>{footer_marks(page)}</div>
</body></html>"""


def _tables(page: Page) -> str:
    """Nested tables of the years before 2010; every second site closes the page before its footer."""
    entries = "".join(
        f'<tr><td height="28" bgcolor="#EEF3F9">　<font color="#C00">·</font>{link(href, name)}</td></tr>'
        for name, href in side_entries(page)
    )
    early = "</body></html>\n" if int(page.site.code) % 2 else ""
    late = "" if early else "</body></html>"
    top = " | ".join(link(href, name) for name, href in top_entries(page.site))
    return f"""<HTML>
{head(page, BASE)}
<BODY leftmargin=0 topmargin=0>
<table width=1000 align=center border=0 cellspacing=0 cellpadding=0>
<tr><td colspan=2 class=banner>{escape(site_title(page))}</td></tr>
<tr><td height=26 bgcolor="#DCE9F7" width=300>&nbsp;{clock_words(page.today)}</td>
<td bgcolor="#DCE9F7" align=right>{top}&nbsp;</td></tr></table>
<table width=1000 align=center border=0 bgcolor="#FFFFFF"><tr>
<td width=200 valign=top><table width="96%">{entries}</table></td>
<td valign=top class=main2><table width="100%"><tr><td class=crumb>{crumbs(page)}</td></tr>
<tr><td>{page.main}</td></tr></table></td></tr></table>
{early}<table width=1000 align=center><tr><td align=center class=foot>{friend_links()}
{footer_marks(page)}</td></tr></table>
{late}"""


def _columns(page: Page) -> str:
    """Two columns: the main area on the left, a dated list of hot news on the right."""
    hot = "".join(
        f'<li><span class="date">{row.day:%m-%d}</span>{link(row.href, row.title[:14] + "…")}</li>'
        for row in hot_rows(page)
    )
    day = page.today
    clock = (
        f"var d=new Date({day.year},{day.month - 1},{day.day});document.write(d.getFullYear()+'年'+"
        "(d.getMonth()+1)+'月'+d.getDate()+'日');"
    )
    return f"""<!DOCTYPE html>
<html>
{head(page, BASE + ".main{margin:0 280px 0 0}")}
<body>
<header class="banner">{escape(site_title(page))}
<small style="font-size:13px;float:right"><script>{clock}</script></small></header>
<nav class="nav">{"".join(link(href, name) for name, href in top_entries(page.site))}</nav>
<div class="wrap container"><div class="crumb position">{crumbs(page)}</div>
<div class="hot"><h3>热点信息</h3><ul>{hot}</ul>
<h3>栏目导航</h3><ul>{_menu(side_entries(page))}</ul></div>
<div class="main col-md-9">{page.main}</div></div>
<footer class="foot">{footer_marks(page)}<p>{friend_links()}</p></footer>
</body>
</html>"""


def _aside(page: Page) -> str:
    """The menu after the main area, a ranking without dates, wrappers within wrappers."""
    ranking = "".join(
        f"<li><i>{n}</i> {link(row.href, row.title)}</li>"
        for n, row in enumerate(hot_rows(page, 5), 1)
    )
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
{head(page, BASE + ".main{margin:0 250px 0 0}.menu{float:right}")}
<body><div id="wrapper"><div id="header"><div class="banner">{escape(site_title(page))}</div>
<ul class="nav">{"".join(f"<li style='display:inline'>{link(h, n)}</li>" for n, h in top_entries(page.site))}
</ul></div><div id="container" class="wrap"><div class="weizhi crumb">{crumbs(page)}</div>
<div class="menu"><h3>栏目列表</h3><ul>{_menu(side_entries(page))}</ul><h3>点击排行</h3>
<ol>{ranking}</ol></div>
<div id="content"><div class="inner"><div class="main">{page.main}</div></div></div></div>
<div id="footer" class="foot">{friend_links()}{footer_marks(page)}</div></div>
</body></html>"""


def _xhtml(page: Page) -> str:
    """A search box, a notice strip with a copyright year, the footer in a list."""
    return f"""<?xml version="1.0"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="zh-CN">
{head(page, BASE)}
<body>
<div class="banner">{escape(site_title(page))}<form action="/search/" method="get"
 style="float:right;font-size:14px"><input name="q" /><input type="submit" value="搜索" /></form></div>
<dl class="nav">{"".join(f"<dd style='display:inline;margin:0'>{link(h, n)}</dd>" for n, h in top_entries(page.site))}</dl>
<div class="wrap"><p class="crumb">{crumbs(page)}</p>
<dl class="menu"><dt>本栏目导航</dt>{"".join(f"<dd>{link(h, n)}</dd>" for n, h in side_entries(page))}</dl>
<div class="main">{page.main}</div></div>
<div class="foot">{footer_marks(page)}<p>Copyright &#169; 2015-{page.today.year} All Rights Reserved
 更新日期：{page.today.isoformat()} 访问量：{1_000_000 + page.today.toordinal() % 9999}</p></div>
</body></html>"""


def _semantic(page: Page) -> str:
    """HTML5 landmarks, narrow-screen rules, the crumbs in an ordered list."""
    return f"""<!doctype html>
<html lang=zh>
{head(page, BASE + "@media(max-width:700px){.wrap{width:auto}.menu{display:none}.main{margin:0}}")}
<meta name="viewport" content="width=device-width">
<body>
<header role="banner" class="banner">{escape(site_title(page))}</header>
<nav class="nav" role="navigation">{"".join(link(h, n) for n, h in top_entries(page.site))}</nav>
<div class="wrap"><nav class="crumb" aria-label="breadcrumb">{crumbs(page)}</nav>
<aside class="menu"><ul>{_menu(side_entries(page))}</ul></aside>
<main class="main"><section>{page.main}</section></main></div>
<footer class="foot">{footer_marks(page)}</footer>
</body>
</html>"""


SKINS: Mapping[str, Callable[[Page], str]] = MappingProxyType(
    {
        "plain": _plain,
        "tables": _tables,
        "columns": _columns,
        "aside": _aside,
        "xhtml": _xhtml,
        "semantic": _semantic,
    }
)


def dressed(page: Page) -> str:
    """The whole page in its site's skin."""
    return SKINS[page.site.skin](page)
