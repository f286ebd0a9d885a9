"""Hand-made pages whose list is data: XML islands, platform answers, inline scripts, feeds.

Shapes as documented by the content systems and by those who read them; no real page is copied.
"""

# ruff: noqa: E501 - a row of markup stays on one line

from __future__ import annotations

import json
from datetime import date
from typing import Any

from benchmarks.reading.making.forms import unix
from benchmarks.reading.making.shapes import DAYS, NAMES, NEWEST, Shape, page

XML_ROW = (
    '<li><a href="/art/{d.year}/{d.month}/{d.day}/art_5236_{n}.html" target="_blank" title="{t}">{t}</a>'
    "<span>{d}</span></li>"
)
TABLE_ROW = (
    "<table width='100%'><tr><td><a href='/art/{d.year}/{d.month}/{d.day}/art_5236_{n}.html' "
    "class='bt_link'>{t}</a></td><td width=90>[{d}]</td></tr></table>"
)
CALL = (
    "<script src='/script/jpage/jquery.jpage.js'></script><script>$(function(){$('#12706').jpage({"
    "totalRecord:347,proxyUrl:'/module/web/jpage/dataproxy.jsp',perPage:15,columnid:5236})});</script>"
)


def _rows(pattern: str) -> list[str]:
    return [
        pattern.format(d=day, t=name, n=4100 + i)
        for i, (day, name) in enumerate(zip(DAYS, NAMES, strict=True))
    ]


def _datastore(pattern: str, records: bool = True) -> str:
    rows = "".join(f"<record><![CDATA[{row}]]></record>\n" for row in _rows(pattern) if records)
    return (
        f"<datastore>\n<nextgroup><![CDATA[<a href='/module/web/jpage/dataproxy.jsp?page=1&unitid=12706'>"
        f"</a>]]></nextgroup>\n<recordset>\n{rows}</recordset>\n</datastore>"
    )


def _island(kind: str, pattern: str) -> str:
    return page(f'<div id="12706"><script type="{kind}">{_datastore(pattern)}</script></div>{CALL}')


def _articles(**keys: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": 9300 + i,
            "title": name,
            "url": f"http://www.example.test/gkmlpt/content/9/9300/post_{9300 + i}.html",
            **{key: make(day, i) for key, make in keys.items()},
        }
        for i, (day, name) in enumerate(zip(DAYS, NAMES, strict=True))
    ]


def _clocked(day: date, number: int) -> str:
    return f"{day} 09:{number:02}:33"


def _gkmlpt() -> str:
    articles = _articles(
        publisher=lambda *_: "示例市人民政府办公室",
        document_number=lambda d, i: f"示府〔{d.year}〕{i}号",
        created_at=_clocked,
        create_time=unix,
        first_publish_time=lambda d, i: str(unix(d, i)),
        display_publish_time=unix,
        date=unix,
    )
    return json.dumps({"total": 347, "page": 1, "articles": articles, "classify": {"id": 5}})


def _wrapped(articles: list[dict[str, Any]]) -> str:
    return json.dumps(
        {"code": 200, "msg": "ok", "data": {"total": 347, "rows": articles}}, ensure_ascii=False
    )


def _inline(start: str) -> str:
    rows = json.dumps(_articles(pubDate=lambda d, _: d.isoformat()), ensure_ascii=False)
    return page(f"<div id='list'></div><script>{start}{rows};render(list,'#list');</script>")


def _script_array() -> str:
    rows = ",\n".join(
        f"{{title:'{name}',url:'./t{day:%Y%m%d}_{i}.html',time:'{day}'}}"
        for i, (day, name) in enumerate(zip(DAYS, NAMES, strict=True))
    )
    return page(
        f"<ul id='list'></ul><script>var list=[{rows}];</script><script src='/js/p.js'></script>"
    )


def _next_data() -> str:
    data = {"props": {"pageProps": {"list": _articles(publishTime=lambda d, i: unix(d, i) * 1000)}}}
    text = json.dumps(data, ensure_ascii=False)
    return page(
        f"<div id='__next'></div><script id='__NEXT_DATA__' type='application/json'>{text}</script>"
    )


def _rss() -> str:
    items = "".join(
        f"<item><title>{name}</title><link>http://www.example.test/{i}.html</link>"
        f"<pubDate>{day.strftime('%a, %d %b %Y')} 09:0{i}:00 +0800</pubDate></item>"
        for i, (day, name) in enumerate(zip(DAYS, NAMES, strict=True))
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>通知公告</title>'
        f"<lastBuildDate>Mon, 20 Jun 2022 01:00:00 +0800</lastBuildDate>{items}</channel></rss>"
    )


def _atom() -> str:
    entries = "".join(
        f"<entry><title>{name}</title><link href='http://www.example.test/{i}.html'/><id>{i}</id>"
        f"<published>{day}T09:00:00+08:00</published><updated>{day}T09:00:00+08:00</updated></entry>"
        for i, (day, name) in enumerate(zip(DAYS, NAMES, strict=True))
    )
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>通知公告</title>{entries}</feed>'


def _data(name: str, text: str, kind: str, path: str) -> Shape:
    return Shape(name, text, ("LIST",), NEWEST, len(DAYS), kind, f"http://www.example.test{path}")


def _html_inside() -> str:
    """An answer of jpaas-publish-server: the list's markup as text in `data.html`."""
    rows = "".join(
        _rows("<li><a class='bt_link' href='/art/{n}.html' title='{t}'>{t}</a><b>{d}</b></li>")
    )
    return json.dumps({"success": True, "data": {"html": f"<ul>{rows}</ul>", "total": 347}})


def _trs_docs() -> str:
    docs = [
        {
            "DOCTITLE": name,
            "DOCPUBURL": f"/{i}.html",
            "DOCRELTIME": f"{day} 09:00:00",
            "CRTIME": "2022-06-19 10:00:00",
        }
        for i, (day, name) in enumerate(zip(DAYS, NAMES, strict=True))
    ]
    return json.dumps({"page": {"content": docs, "totalElements": 347}}, ensure_ascii=False)


HTML, JSON, XML = "text/html; charset=utf-8", "application/json", "text/xml; charset=utf-8"
EMPTY_STATES = ("EMPTY", "UNREADABLE", "SCRIPT_SHELL")

DATA_SHAPES: tuple[Shape, ...] = (
    _data("hanweb-island-li", _island("text/xml", XML_ROW), HTML, "/col/col5236/index.html"),
    _data("hanweb-island-table", _island("text/xml", TABLE_ROW), HTML, "/col/col5236/index.html"),
    _data("hanweb-island-upper", _island("TEXT/XML", XML_ROW).replace("<record>", "<record >"), HTML, "/col/col1/"),
    _data("hanweb-answer", _datastore(XML_ROW), XML, "/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45"),
    _data("hanweb-answer-as-html", _datastore(TABLE_ROW), "text/html;charset=UTF-8", "/module/web/jpage/dataproxy.jsp?page=1"),
    _data("gkmlpt-answer", _gkmlpt(), JSON, "/gkmlpt/api/all/5?page=1&sid=2"),
    _data("gkmlpt-answer-as-html", _gkmlpt(), "text/html; charset=UTF-8", "/gkmlpt/api/all/5?page=1&sid=2"),
    _data("json-rows-date-text", _wrapped(_articles(publishDate=_clocked)), JSON, "/api/list?p=1"),
    _data("json-rows-milliseconds", _wrapped(_articles(pubtime=lambda d, i: unix(d, i) * 1000)), JSON, "/api/l"),
    _data("json-rows-seconds-text", _wrapped(_articles(inputtime=lambda d, i: str(unix(d, i)))), JSON, "/api/l"),
    _data("json-rows-t-zone", _wrapped(_articles(releaseTime=lambda d, _: f"{d}T09:00:00.000+0800")), JSON, "/l"),
    _data("json-rows-utc", _wrapped(_articles(time=lambda d, _: f"{d}T01:00:00.000Z")), JSON, "/l"),
    _data(
        "json-created-and-published",
        _wrapped(_articles(createTime=lambda *_: "2021-01-02 10:00:00", updateTime=lambda *_: "2022-06-19", publishTime=_clocked)),
        JSON,
        "/l",
    ),
    _data("jsonp", f"callback({_wrapped(_articles(pubDate=_clocked))});", "application/javascript", "/l.js"),
    _data("json-with-mark", "\ufeff" + _wrapped(_articles(pubDate=_clocked)), JSON, "/l"),
    _data("json-bare-array", json.dumps(_articles(date=lambda d, _: d.isoformat()), ensure_ascii=False), JSON, "/l"),
    _data("json-data-is-text", json.dumps({"ok": True, "data": json.dumps(_articles(pubDate=_clocked))}), JSON, "/l"),
    _data("json-html-inside", _html_inside(), JSON, "/api-gateway/jpaas-publish-server/front/page/build/unit"),
    _data("json-trs-documents", _trs_docs(), JSON, "/was5/web/search?page=1"),
    _data("inline-json", _inline("var list="), HTML, "/tzgg/"),
    _data("inline-window", _inline("window.__DATA__={};var list = "), HTML, "/tzgg/"),
    _data("inline-object-literals", _script_array(), HTML, "/tzgg/"),
    _data("inline-next-data", _next_data(), HTML, "/tzgg/"),
    _data("rss", _rss(), "application/rss+xml", "/tzgg/rss.xml"),
    _data("atom", _atom(), "application/atom+xml", "/tzgg/atom.xml"),
    Shape("hanweb-empty", page(f"<div id='1'><script type='text/xml'>{_datastore(XML_ROW, records=False)}</script></div>"), EMPTY_STATES),
    Shape("json-no-rows", _wrapped([]), EMPTY_STATES, kind=JSON),
    Shape("json-error", '{"code":500,"msg":"系统异常，请联系管理员","data":null}', ("SERVER_ERROR", "UNREADABLE"), kind=JSON),
    Shape("json-login", '{"code":401,"msg":"未登录或登录已过期","data":null}', ("LOGIN", "UNREADABLE"), kind=JSON),
)  # fmt: skip
