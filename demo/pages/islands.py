"""List styles whose rows do not stand in the page: XML and JSON islands, data calls, old-browser tricks.

For each, what the page holds and what its data address answers. Docstrings as in lists.py.
"""

# ruff: noqa: E501 - markup reads better unbroken
from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from html import escape
from types import MappingProxyType

from demo.listing import ListView, Row
from demo.pages.dates import time_of_day
from demo.pages.frame import link

SHANGHAI = timezone(timedelta(hours=8))
Data = Callable[[ListView], tuple[str, str]]  # (content type, text)


def _stamp(row: Row) -> str:
    return f"{row.typed} {time_of_day(row.serial)}"


def _millis(row: Row) -> int:
    at = datetime.fromisoformat(_stamp(row)).replace(tzinfo=SHANGHAI)
    return int(at.astimezone(UTC).timestamp() * 1000)


def _number(view: ListView) -> int:
    return view.column.number


DRAW = (
    "function draw(list){var h='';for(var i=0;i<list.length;i++){var o=list[i];"
    "h+='<li><span class=\"date\">'+o.d+'</span><a href=\"'+o.u+'\">'+o.t+'</a></li>';}"
    "document.getElementById('newslist').innerHTML=h;}"
)
LOADING = '<ul id="newslist" class="list"><li class="loading">数据加载中，请稍候……</li></ul>'


def hanweb_island(view: ListView) -> str:
    """A Hanweb datastore: records of CDATA in a text/xml script. After standard.md 5.1 (jpage)."""
    number = _number(view)
    return (
        f'<div id="{number}9" class="default_pgContainer"></div>\n'
        f'<script type="text/xml" id="ds{number}">{_datastore(view)}</script>\n'
        "<script>(function(){var x=document.getElementById('ds"
        f"{number}').textContent.match(/<!\\[CDATA\\[<li>[\\s\\S]*?\\]\\]>/g)||[],h='';"
        "for(var i=0;i<x.length;i++)h+=x[i].slice(9,-3);"
        f"document.getElementById('{number}9').innerHTML='<ul>'+h+'</ul>';}})();</script>"
    )


def _datastore(view: ListView) -> str:
    records = "\n".join(
        f"<record><![CDATA[<li>{link(row.href, row.title, _target(row))}"
        f'<span class="right">{row.typed}</span></li>]]></record>'
        for row in view.rows
    )
    following = (
        f"/module/web/jpage/dataproxy.jsp?page={view.page}&webid=1&path=http://{view.site.host}/"
        f"&columnid={_number(view)}&unitid={_number(view)}9&permissiontype=0"
    )
    return (
        f'<datastore>\n<nextgroup><![CDATA[<a href="{following}"></a>]]></nextgroup>\n'
        f"<recordset>\n{records}\n</recordset>\n</datastore>"
    )


def _target(row: Row) -> str:
    return f' target="_blank" title="{escape(row.title)}"'


def hanweb_data(view: ListView) -> tuple[str, str]:
    """dataproxy.jsp: the same records as an XML document."""
    return "text/xml; charset=utf-8", f"<?xml version='1.0' encoding='utf-8'?>\n{_datastore(view)}"


def inline_json(view: ListView) -> str:
    """An array in an inline script, drawn by it. After routes that read `var` data (gov/beijing/kw)."""
    rows = [{"t": r.title, "u": r.href, "d": str(r.typed)} for r in view.rows]
    return f"{LOADING}<script>var dataList={_json(rows)};{DRAW}draw(dataList);</script>"


def json_millis(view: ListView) -> str:
    """Inline records whose time is in milliseconds. After gov/csrc/news.tsx (publishedTime, 'x')."""
    rows = [{"docTitle": r.title, "docUrl": r.href, "publishedTime": _millis(r)} for r in view.rows]
    show = (
        "draw(pageData.results.map(function(o){var d=new Date(o.publishedTime+288e5);"
        "return{t:o.docTitle,u:o.docUrl,d:d.toISOString().slice(0,10)}}));"
    )
    data = {"total": view.total, "results": rows}
    return f"{LOADING}<script>var pageData={_json(data)};{DRAW}{show}</script>"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def xhr_get(view: ListView) -> str:
    """Rows by GET from a search service. After gov/general/general.ts (data.pub_time), standard 5.1."""
    return f"""{LOADING}<script>{DRAW}
var x=new XMLHttpRequest();x.open('GET','/common/search/{_number(view)}?_isAgg=false&_pageSize=15&page={view.page}');
x.onload=function(){{var r=JSON.parse(x.responseText).data.results;
draw(r.map(function(o){{return{{t:o.title,u:o.url,d:o.publishedTimeStr.slice(0,10)}}}}));}};x.send();</script>"""


def xhr_get_data(view: ListView) -> tuple[str, str]:
    """The search service's answer."""
    rows = [
        {"manuscriptId": r.serial, "title": r.title, "url": r.href, "publishedTimeStr": _stamp(r)}
        for r in view.rows
    ]
    body = {"code": 200, "data": {"total": view.total, "page": view.page, "results": rows}}
    return "application/json;charset=utf-8", _json(body)


def xhr_post(view: ListView) -> str:
    """Rows by POST, JSON within JSON. After gov/samr/xgzlyhd.tsx (item.pubtime), issue 4."""
    return f"""{LOADING}<script>{DRAW}
var x=new XMLHttpRequest();x.open('POST','/els-service/search/{_number(view)}');
x.setRequestHeader('Content-Type','application/x-www-form-urlencoded');
x.onload=function(){{var r=JSON.parse(JSON.parse(x.responseText).result).list;
draw(r.map(function(o){{return{{t:o.bt,u:o.lj,d:o.fbrq}}}}));}};
x.send('channelId={_number(view)}&pageIndex={view.page}&pageSize=15');</script>"""


def xhr_post_data(view: ListView) -> tuple[str, str]:
    """JSON that carries JSON as text."""
    rows = [{"bt": r.title, "lj": r.href, "fbrq": str(r.typed)} for r in view.rows]
    return "text/plain;charset=utf-8", _json({"status": 1, "result": _json({"list": rows})})


def xhr_bundle(view: ListView) -> str:
    """An application shell: an empty div and a bundle that asks the platform's interface. After gkmlpt, standard 5.1."""
    return (
        "<div id=\"app\"><noscript>We're sorry but this page doesn't work without JavaScript "
        f'enabled.</noscript></div><script src="/gkmlpt/js/app.{_number(view)}.js"></script>'
    )


def bundle(view: ListView) -> tuple[str, str]:
    """The shell's program."""
    return (
        "application/javascript; charset=utf-8",
        "document.getElementById('app').innerHTML='<ul id=\"newslist\" class=\"list\"></ul>';"
        f"{DRAW}fetch('/gkmlpt/api/all/{_number(view)}?page=1&sid=1').then(function(r)"
        "{return r.json()}).then(function(j){draw(j.articles.map(function(o){"
        "var d=new Date(o.display_publish_time*1000+288e5);"
        "return{t:o.title,u:o.url,d:d.toISOString().slice(0,10)}}))});",
    )


def bundle_data(view: ListView) -> tuple[str, str]:
    """The platform's interface: records with Unix seconds."""
    rows = [
        {
            "id": r.serial,
            "title": r.title,
            "url": r.href,
            "display_publish_time": _millis(r) // 1000,
            "created_at": f"{r.written} 09:00:00",
        }
        for r in view.rows
    ]
    body = {"articles": rows, "total": view.total, "classify": {"id": _number(view)}}
    return "application/json", _json(body)


def activex(view: ListView) -> str:
    """A list that only ActiveXObject fills: modern engines show the frame and no rows (网页不兼容)."""
    return f"""<div id="newslist" style="min-height:300px"></div><script language="javascript">
var xml=new ActiveXObject("Microsoft.XMLDOM");xml.async=false;xml.load("/data/c{_number(view)}.xml");
var n=xml.selectNodes("//item"),h="";for(var i=0;i<n.length;i++)
h+="<li>"+n[i].selectSingleNode("title").text+"</li>";document.all.newslist.innerHTML=h;
</script>"""


def xmldso(view: ListView) -> str:
    """Rows bound to an XML data source of old IE: elsewhere the table stays empty (网页不兼容)."""
    return (
        f'<xml id="dso{_number(view)}" src="/data/c{_number(view)}.xml"></xml>'
        f'<table width="100%" datasrc="#dso{_number(view)}" datapagesize="15"><tr>'
        '<td width="80%"><a datafld="url"><span datafld="title"></span></a></td>'
        '<td><span datafld="pubdate"></span></td></tr></table>'
        f'<script language="vbscript">\nSub window_onload\ndso{_number(view)}.recordset.movefirst\n'
        "End Sub\n</script>"
    )


def old_ie_data(view: ListView) -> tuple[str, str]:
    """What activex and xmldso would load: fresh items."""
    items = "".join(
        f"<item><title>{escape(r.title)}</title><url>{escape(r.href)}</url>"
        f"<pubdate>{r.typed}</pubdate></item>"
        for r in view.rows
    )
    return (
        "text/xml; charset=utf-8",
        f'<?xml version="1.0" encoding="utf-8"?><items>{items}</items>',
    )


def tdc(view: ListView) -> str:
    """Rows bound to the Tabular Data Control, an ActiveX control (网页不兼容)."""
    number = _number(view)
    return (
        f'<object id="tdc{number}" classid="clsid:333C7BC4-460F-11D0-BC04-0080C7055A83" width="0" '
        f'height="0"><param name="DataURL" value="/data/c{number}.txt">'
        '<param name="UseHeader" value="true"><param name="FieldDelim" value="|"></object>'
        f'<table width="100%" datasrc="#tdc{number}"><tr><td><span datafld="title"></span></td>'
        '<td><span datafld="pubdate"></span></td></tr></table>'
        f'<script for="tdc{number}" event="ondatasetcomplete">tdc{number}.Sort="-pubdate";</script>'
    )


def tdc_data(view: ListView) -> tuple[str, str]:
    """What the control would load: fresh items."""
    lines = "\n".join(f"{row.title}|{row.typed}" for row in view.rows)
    return "text/plain; charset=utf-8", f"title|pubdate\n{lines}"


# Data addresses of a column, by its number: pattern -> answer.
DATA: Mapping[str, Data] = MappingProxyType(
    {
        r"/module/web/jpage/dataproxy\.jsp\?page=(?P<page>\d+).*&columnid=(?P<number>\d+)": hanweb_data,
        r"/common/search/(?P<number>\d+)\?.*page=(?P<page>\d+)": xhr_get_data,
        r"/els-service/search/(?P<number>\d+)": xhr_post_data,
        r"/gkmlpt/js/app\.(?P<number>\d+)\.js": bundle,
        r"/gkmlpt/api/all/(?P<number>\d+)\?page=(?P<page>\d+)": bundle_data,
        r"/data/c(?P<number>\d+)\.xml": old_ie_data,
        r"/data/c(?P<number>\d+)\.txt": tdc_data,
    }
)
