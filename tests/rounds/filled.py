"""A small city whose columns are filled by scripts, each by a data call of its own making.

Names of parameters, fields and wrappers are drawn at random; a page hands out a token that its
data call must bring back, and dates stand in a form of its own.
"""

from __future__ import annotations

import json
import random
import string
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from rules.facts import SHANGHAI

DRAW = (
    "function draw(rows){document.getElementById('list').innerHTML='<ul>'+rows.map(function(r){"
    "return '<li><a href=\"'+r[1]+'\">'+r[0]+'</a><span>'+r[2]+'</span></li>'}).join('')+'</ul>'}"
    "function day(ms){return new Date(ms+288e5).toISOString().slice(0,10)}"
    "function ask(m,u,b,h,f){var x=new XMLHttpRequest();x.open(m,u);for(var k in h)"
    "x.setRequestHeader(k,h[k]);x.onload=function(){f(x.responseText)};x.send(b)}"
)
LONG_AGO = date(2022, 4, 1)
NAMES = ("rows", "box", "title", "link", "day", "token", "page", "size", "api", "call", "column")


@dataclass(frozen=True)
class Names:
    """The words of one system: as attributes, all random."""

    of: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.of[name]


def names(seed: str) -> Names:
    rng = random.Random(seed)
    letters = string.ascii_lowercase.replace("w", "")
    return Names({name: "".join(rng.choices(letters, k=rng.randint(5, 9))) for name in NAMES})


@dataclass(frozen=True)
class Asked:
    """One request, as a system sees it."""

    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """One entry of a column."""

    title: str
    link: str
    day: date

    @property
    def millis(self) -> int:
        return int(datetime.combine(self.day, time(16, 5), SHANGHAI).timestamp() * 1000)


@dataclass(frozen=True)
class System:
    """How one column is filled: the script in its page, and what its data address answers.

    `answer` gives None to whom it does not know.
    """

    script: Callable[[Names, str, str], str]
    answer: Callable[[Names, Asked, list[Row], str], str | None]
    page: Callable[[Names, str], str] = lambda _, __: ""


def _by_get(n: Names, base: str, _: str) -> str:
    return (
        f"ask('GET','{base}/{n['api']}?{n['page']}=1&{n['size']}=15&_='+Date.now(),null,{{}},"
        f"function(t){{draw(JSON.parse(t).{n['box']}.{n['rows']}.map(function(r){{return "
        f"[r.{n['title']},r.{n['link']},day(r.{n['day']})]}}))}});"
    )


def _get_answer(n: Names, asked: Asked, rows: list[Row], _: str) -> str | None:
    if asked.query.get(n["page"]) != "1":
        return None
    records = [{n["title"]: r.title, n["link"]: r.link, n["day"]: r.millis} for r in rows]
    return json.dumps({"code": 0, n["box"]: {"total": 99, n["rows"]: records}})


def _by_post(n: Names, base: str, _: str) -> str:
    return (
        f"ask('POST','{base}/{n['api']}','{n['page']}=1&{n['token']}='+encodeURIComponent("
        f"document.getElementsByName('{n['token']}')[0].value),"
        "{'Content-Type':'application/x-www-form-urlencoded'},"
        f"function(t){{draw(JSON.parse(JSON.parse(t).{n['box']}).map(function(r){{return "
        f"[r.{n['title']},'/show/'+r.{n['link']}+'.html',r.{n['day']}]}}))}});"
    )


def _post_answer(n: Names, asked: Asked, rows: list[Row], token: str) -> str | None:
    if asked.form.get(n["token"]) != token:
        return None
    records = [
        {n["title"]: r.title, n["link"]: r.link.split("/")[-1][:-5], n["day"]: str(r.day)}
        for r in rows
    ]
    return json.dumps({n["box"]: json.dumps(records), "ok": True})


def _by_json(n: Names, base: str, _: str) -> str:
    body = json.dumps({n["column"]: {"id": 7, n["page"]: 1}})
    return (
        f"ask('POST','{base}/{n['api']}','{body}',{{'Content-Type':'application/json',"
        f"'X-{n['token']}':document.querySelector('meta[name={n['token']}]').content}},"
        f"function(t){{draw(JSON.parse(t).map(function(r){{return [r.{n['box']}.{n['title']},"
        f"r.{n['link']},r.{n['day']}.replace(/[/]/g,'-').slice(0,10)]}}))}});"
    )


def _json_answer(n: Names, asked: Asked, rows: list[Row], token: str) -> str | None:
    if asked.headers.get(f"x-{n['token']}") != token or b'"id": 7' not in asked.body:
        return None
    return json.dumps(
        [
            {
                n["box"]: {n["title"]: r.title},
                n["link"]: r.link,
                n["day"]: f"{r.day:%Y/%m/%d} 08:01",
            }
            for r in rows
        ]
    )


def _by_jsonp(n: Names, base: str, _: str) -> str:
    return (
        f"var f='{n['call']}'+String(Math.random()).slice(2,12);window[f]=function(d){{"
        f"draw(d.{n['rows']}.map(function(r){{return [r[0],r[1],r[2]]}}))}};"
        f"var s=document.createElement('script');s.src='{base}/{n['api']}?{n['call']}='+f;"
        "document.body.appendChild(s);"
    )


def _jsonp_answer(n: Names, asked: Asked, rows: list[Row], _: str) -> str | None:
    name = asked.query.get(n["call"], "")
    if not name.startswith(n["call"]) or not name.removeprefix(n["call"]).isdecimal():
        return None
    lines = [[r.title, r.link, str(r.day)] for r in rows]
    return f"{name}({json.dumps({n['rows']: lines}, ensure_ascii=False)});"


def _by_cookie(n: Names, base: str, _: str) -> str:
    return (
        f"var c=document.cookie.match(/{n['token']}=([^;]+)/)[1];"
        f"ask('GET','{base}/{n['api']}?{n['token']}='+c,null,{{'X-Requested-With':"
        "'XMLHttpRequest'},function(t){document.getElementById('list').innerHTML=t});"
    )


def _cookie_answer(n: Names, asked: Asked, rows: list[Row], token: str) -> str | None:
    held = f"{n['token']}={token}" in asked.headers.get("cookie", "")
    return _markup(rows) if held and asked.query.get(n["token"]) == token else None


def _markup(rows: list[Row]) -> str:
    lines = (f'<li><a href="{r.link}">{r.title}</a><span>{r.day}</span></li>' for r in rows)
    return f"<ul>{''.join(lines)}</ul>"


def _by_include(n: Names, base: str, _: str) -> str:
    return (
        f"var s=document.createElement('script');s.src='{base}/{n['api']}.js';s.onload=function()"
        f"{{draw({n['rows']}.map(function(r){{return [r.{n['title']},r.{n['link']},r.{n['day']}]"
        "}))};document.body.appendChild(s);"
    )


def _include_answer(n: Names, _: Asked, rows: list[Row], __: str) -> str:
    records = [{n["title"]: r.title, n["link"]: r.link, n["day"]: str(r.day)} for r in rows]
    return f"/* data */var {n['rows']}={json.dumps(records, ensure_ascii=False)};"


def _by_frame(n: Names, base: str, _: str) -> str:
    return (
        "var f=document.createElement('iframe');f.width=800;f.height=600;"
        f"f.src='{base}/{n['api']}.html';document.getElementById('list').appendChild(f);"
    )


def _frame_answer(_: Names, __: Asked, rows: list[Row], ___: str) -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{_markup(rows)}</body></html>"
    )


def _by_island(n: Names, base: str, token: str) -> str:
    return (
        f"var {n['token']}='{token}';ask('GET','{base}/{n['api']}/'+{n['token']}+'?{n['page']}=1',"
        "null,{},function(t){var m=t.match(/<li>[^]*?<\\/li>/g);"
        "document.getElementById('list').innerHTML='<ul>'+m.join('')+'</ul>'});"
    )


def _island_answer(n: Names, asked: Asked, rows: list[Row], token: str) -> str | None:
    if not asked.path.endswith(token) or asked.query.get(n["page"]) != "1":
        return None
    lines = (
        f'<record><![CDATA[<li><a href="{r.link}">{r.title}</a><b>{r.day}</b></li>]]></record>'
        for r in rows
    )
    return f"<?xml version='1.0'?><datastore><recordset>{''.join(lines)}</recordset></datastore>"


SYSTEMS: Mapping[str, System] = {
    "get": System(_by_get, _get_answer),
    "post": System(
        _by_post,
        _post_answer,
        lambda n, token: f'<input type="hidden" name="{n["token"]}" value="{token}">',
    ),
    "json": System(
        _by_json, _json_answer, lambda n, token: f'<meta name="{n["token"]}" content="{token}">'
    ),
    "jsonp": System(_by_jsonp, _jsonp_answer),
    "cookie": System(_by_cookie, _cookie_answer),
    "include": System(_by_include, _include_answer),
    "frame": System(_by_frame, _frame_answer),
    "island": System(_by_island, _island_answer),
}


@dataclass
class Filled:
    """The running server, on its `day`. `newest` is that of a column that lags behind; `renewed`
    columns ask by other words than before, and those that lie still answer to the old ones."""

    port: int = 0
    day: date = date(2022, 6, 6)
    newest: dict[str, date] = field(default_factory=dict)
    renewed: set[str] = field(default_factory=set)
    lies: set[str] = field(default_factory=set)
    tokens: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"

    def newest_of(self, name: str) -> date:
        return self.newest.get(name, self.day - timedelta(days=1))

    def rows(self, name: str, newest: date) -> list[Row]:
        """An entry for every day; that of a day is the same whenever one looks."""
        days = (newest - timedelta(days=n) for n in range(14))
        return [
            Row(f"示例市{name}工作第{d.toordinal()}次会议召开", f"/art/{d.toordinal()}.html", d)
            for d in days
        ]

    def names(self, name: str) -> Names:
        return names(f"{name}{' anew' if name in self.renewed else ''}")

    def page(self, name: str) -> tuple[dict[str, str], str]:
        """A column as plain HTTP gets it, with a new token."""
        kind = SYSTEMS[name.split("_")[0]]
        words = self.names(name)
        token = self.tokens[name] = (
            random.Random(f"{name} {self.day} {len(self.asked)}").randbytes(12).hex()
        )
        body = (
            f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{name}</title></head><body>"
            f"<h1>{name}</h1>{kind.page(words, token)}<div id='list'></div>"
            f"<script>{DRAW}{kind.script(words, f'/data/{name}', token)}</script></body></html>"
        )
        return {"Set-Cookie": f"{words['token']}={token}; path=/"}, body

    def data(self, name: str, asked: Asked) -> str | None:
        """What the column's data address says."""
        kind = SYSTEMS[name.split("_")[0]]
        token, rows = self.tokens.get(name, ""), self.rows(name, self.newest_of(name))
        told = kind.answer(self.names(name), asked, rows, token)
        if told is None and name in self.lies:
            return kind.answer(names(name), asked, self.rows(name, LONG_AGO), token)
        return told


class Handler(BaseHTTPRequestHandler):
    """One request; `server.city` is the city."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        city: Filled = self.server.city  # type: ignore[attr-defined]
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        city.asked.append(parts.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        form = dict(parse_qsl(body.decode("utf-8", "replace")))
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        steps = parts.path.strip("/").split("/")
        if steps[0] == "data":
            asked = Asked(parts.path, query, form, body, headers)
            told = city.data(steps[1].split(".")[0], asked)
            self.send(200 if told else 403, {}, told or '{"code": 403}')
        elif steps[0].split("_")[0] in SYSTEMS:
            self.send(200, *city.page(steps[0]))
        elif steps[0] == "control":
            self.send(200, {}, "<html><body><h1>control</h1></body></html>")
        elif steps[0] == "art":
            day = date.fromordinal(int(steps[1].split(".")[0]))
            self.send(200, {}, article(day))
        else:
            self.send(404, {}, "<h1>404 页面不存在</h1>")

    def do_POST(self) -> None:
        self.do_GET()

    def send(self, status: int, headers: Mapping[str, str], text: str) -> None:
        content = text.encode()
        self.send_response(status)
        kind = "text/html" if text.lstrip()[:1] == "<" else "application/javascript"
        told: dict[str, Any] = {"Content-Type": f"{kind}; charset=utf-8", **headers}
        for name, value in told.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Nothing: the tests' output is theirs."""


def article(day: date) -> str:
    """The page of an entry, which says when it was published."""
    prose = "会议要求各有关单位认真落实工作部署，切实抓好各项任务的推进和督查，确保取得实效。" * 6
    return (
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>会议召开</title></head><body>"
        f"<h1>示例市工作会议召开</h1><div>发布时间：{day} 来源：市政府办</div>"
        f"<div><p>{prose}</p></div>"
        "</body></html>"
    )


@contextmanager
def filled_city() -> Iterator[Filled]:
    """The running city."""
    city = Filled()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.city = city  # type: ignore[attr-defined]
    city.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield city
    finally:
        server.shutdown()
        server.server_close()
