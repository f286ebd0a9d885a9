"""Lists that a script draws with what a service of its own shape answers (`calls`): the pages.

One row of `ASKED` a way to ask, one of `BESIDES` what the page does besides: draws late or in a shadow
root, throws an error when all is drawn, greets with a box or a window.
"""

# ruff: noqa: E501 - markup reads better unbroken
from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from demo.chance import chance
from demo.listing import ListView
from demo.pages.calls import FORMS, MANNERS, Shape, shape_of, token_of
from demo.pages.frame import link

PLACES = (
    '<ul id="newslist" class="list"><li class="loading">数据加载中，请稍候……</li></ul>',
    '<ul id="newslist" class="list"></ul>',
    '<div class="list-box"><ul id="newslist"></ul></div>',
)
SHADOW_PLACE = "<news-list></news-list>"
DRAW = (
    "function draw(list){var h='';for(var i=0;i<list.length;i++){var o=list[i];"
    "h+='<li><span class=\"date\">'+o.d+'</span><a href=\"'+o.u+'\">'+o.t+'</a></li>';}"
    "place().innerHTML=h;}"
)
PLACE = "function place(){return document.getElementById('newslist');}"
SHADOW = (
    "function place(){var r=document.querySelector('news-list').attachShadow({mode:'open'});"
    "return r.appendChild(document.createElement('ul'));}"
)


def drawn_list(view: ListView) -> str:
    """The main area: an empty place, and the script that asks and draws."""
    shape = shape_of(view.column)
    draw = chance("place", view.column.seed, view.column.identity)
    place, finder = draw.choice(PLACES), PLACE
    if shape.manner.besides == "shadow":
        place, finder = SHADOW_PLACE, SHADOW
    program = f"{finder}{DRAW}{_show(shape)}"
    ask = BESIDES[shape.manner.besides]
    return f"{place}{ASKED[shape.manner.ask](view, shape, program, ask)}"


def _show(shape: Shape) -> str:
    """Takes the envelope apart, and draws."""
    inner = "JSON.parse(j.payload)" if shape.wrapped else "j"
    path = "".join(f"['{key}']" for key in shape.nest)
    return (
        f"function day(v){{return {FORMS[shape.form]};}}function show(j){{var l={inner}{path};"
        f"draw(l.map(function(o){{return{{t:o['{shape.title}'],u:o['{shape.link}'],"
        f"d:day(o['{shape.day}'])}};}}));}}"
    )


Ask = Callable[[ListView, Shape, str, str], str]


def _script(program: str, ask: str, call: str) -> str:
    """`call` gets the envelope and gives it to `shown`; `ask` says when it is made."""
    return f"<script>{program}{ask.replace('CALL', call)}</script>"


def _xhr(method: str, address: str, body: str = "''", kind: str = "") -> str:
    header = f"x.setRequestHeader('Content-Type','{kind}');" if kind else ""
    return (
        f"var x=new XMLHttpRequest();x.open('{method}',{address});{header}"
        f"x.onload=function(){{shown(JSON.parse(x.responseText));}};x.send({body});"
    )


def _query(view: ListView, shape: Shape) -> str:
    return f"{shape.channel}={view.column.number}&{shape.page}={view.page}&size=15"


def _get(view: ListView, shape: Shape, program: str, ask: str) -> str:
    """GET, with a number against caches."""
    address = f"'{shape.path}?{_query(view, shape)}&_='+new Date().getTime()"
    return _script(program, ask, _xhr("GET", address))


def _post(view: ListView, shape: Shape, program: str, ask: str) -> str:
    """POST of JSON, a page at a time."""
    body = (
        f"JSON.stringify({{'{shape.channel}':'{view.column.number}','{shape.page}':{view.page},"
        "'size':15,'keyword':''})"
    )
    call = _xhr("POST", f"'{shape.path}'", body, "application/json")
    return _script(program, ask, call)


def _token_field(view: ListView) -> str:
    return f'<input type="hidden" id="tk" value="{token_of(view.column, view.today)}">'


TOKEN = "document.getElementById('tk').value"  # noqa: S105 - a script, no secret


def _token(view: ListView, shape: Shape, program: str, ask: str) -> str:
    """GET with a token that stands in the page, another every day."""
    address = f"'{shape.path}?{_query(view, shape)}&{shape.token}='+{TOKEN}"
    return _token_field(view) + _script(program, ask, _xhr("GET", address))


def _form(view: ListView, shape: Shape, program: str, ask: str) -> str:
    """POST of a form with such a token in it."""
    body = f"'{_query(view, shape)}&{shape.token}='+{TOKEN}"
    kind = "application/x-www-form-urlencoded"
    call = _xhr("POST", f"'{shape.path}'", body, kind)
    return _token_field(view) + _script(program, ask, call)


def _jsonp(view: ListView, shape: Shape, program: str, ask: str) -> str:
    """A script element with a callback of a new name at every visit."""
    call = (
        "var n='jsonp_'+new Date().getTime();window[n]=shown;var s=document.createElement('script');"
        f"s.src='{shape.path}?{_query(view, shape)}&callback='+n;document.body.appendChild(s);"
    )
    return _script(program, ask, call)


def _include(view: ListView, shape: Shape, program: str, ask: str) -> str:
    """A script of data that the page includes, with the day against caches."""
    source = f'<script src="{shape.path}?v={view.today:%Y%m%d}"></script>'
    return source + _script(program, ask, "shown(listData);")


ASKED: Mapping[str, Ask] = MappingProxyType(
    {
        "get": _get,
        "post": _post,
        "token": _token,
        "form": _form,
        "jsonp": _jsonp,
        "include": _include,
    }
)
SHOWN = "function shown(j){show(j);}"
BESIDES: Mapping[str, str] = MappingProxyType(
    {
        "plain": f"{SHOWN}CALL",
        "shadow": f"{SHOWN}CALL",
        "late": f"{SHOWN}setTimeout(function(){{CALL}},3000);",
        "error": "function shown(j){show(j);jQuery('#newslist').marquee({speed:20});}CALL",
        "alert": f"{SHOWN}alert('欢迎访问本网站！建议使用1024*768以上分辨率浏览。');CALL",
        "popup": f"{SHOWN}window.open('/wzdt.html','notice','width=320,height=240');CALL",
    }
)
DRAWN: Mapping[str, Callable[[ListView], str]] = MappingProxyType(
    dict.fromkeys(MANNERS, drawn_list)
)


def more_button(view: ListView) -> str:
    """A list whose older half waits behind a button. What is new stands in the page as it is."""
    rows = [
        f'<li><span class="date">{row.typed}</span>{link(row.href, row.title)}</li>'
        for row in view.rows
    ]
    half = len(rows) // 2
    hidden = "".join(rows[half:])
    return (
        f'<ul class="list" id="more-list">{"".join(rows[:half])}</ul>'
        f'<ul class="list" id="more-rest" style="display:none">{hidden}</ul>'
        '<p align="center"><a href="javascript:void(0)" onclick="document.getElementById(\'more-rest\')'
        ".style.display='';this.style.display='none'\">点击加载更多</a></p>"
    )
