"""Pages that are filled by a data call, drawn at random: no two alike, none after a product.

An `Envelope` is one system: how its page looks, how it asks for its list, what the answer is
wrapped in. All its names are made of random letters. `answer` plays the server: it serves the list
only to who asks as the page does, with the token of the newest page.
"""

from __future__ import annotations

import hashlib
import html
import json
import random
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from crawler.look import Exchange
from rules.facts import SHANGHAI, Item, PageReading, PageState

HOST = "http://www.example.test"
NOW = datetime(2022, 6, 17, 2, 30, tzinfo=UTC)
WORDS = "关于开展全市春季农业生产项目安全检查工作会议通知召开推进部署重点领域改革方案公示结果"


def word(rng: random.Random, least: int = 3, most: int = 9) -> str:
    """A name that no program of ours knows."""
    letters = string.ascii_lowercase.replace("w", "")  # no name shall spell a password
    return "".join(rng.choice(letters) for _ in range(rng.randint(least, most)))


def token(rng: random.Random) -> str:
    """What only the server can make."""
    size = rng.randint(12, 40)
    made = hashlib.sha512(str(rng.random()).encode()).hexdigest()[:size]
    return rng.choice([made, made.upper(), f"{made[:8]}-{made[8:]}", f"{made}=="])


def titled(rng: random.Random) -> str:
    return "".join(rng.choice(WORDS) for _ in range(rng.randint(8, 30)))


def news(rng: random.Random, newest: date, count: int) -> list[Item]:
    """A list, the newest first, some titles in it more than once; addresses are the envelope's."""
    day, items = newest, []
    titles = [titled(rng) for _ in range(count)]
    for place in range(count):
        again = rng.random() < 0.2
        items.append(Item(rng.choice(titles[: place + 1]) if again else titles[place], "", day))
        day -= timedelta(days=rng.randint(0, 4))
    return items


DATE_FORMS: Mapping[str, Callable[[datetime], Any]] = {
    "day": lambda at: f"{at:%Y-%m-%d}",
    "stamp": lambda at: f"{at:%Y-%m-%d %H:%M:%S}",
    "slashes": lambda at: f"{at:%Y/%m/%d}",
    "cn": lambda at: f"{at.year}年{at.month}月{at.day}日",
    "eight": lambda at: f"{at:%Y%m%d}",
    "twelve": lambda at: f"{at:%Y%m%d%H%M}",
    "seconds": lambda at: int(at.timestamp()),
    "millis": lambda at: int(at.timestamp() * 1000),
    "text_millis": lambda at: str(int(at.timestamp() * 1000)),
    "net": lambda at: f"/Date({int(at.timestamp() * 1000)}+0800)/",
    "java": lambda at: {"time": int(at.timestamp() * 1000), "year": at.year - 1900, "day": 3},
    "utc": lambda at: f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z",
    "zoned": lambda at: f"{at:%Y-%m-%dT%H:%M:%S}+08:00",
}
ADDRESS_FORMS = ("path", "absolute", "relative", "id", "dated")
TOKEN_PLACES = ("none", "hidden", "meta", "variable", "object", "data", "cookie", "link")
CARRIERS = ("query", "form", "json", "several", "path", "header", "inner")
SHAPES = ("records", "lines", "keyed", "grouped", "nested")


@dataclass(frozen=True)
class Envelope:
    """One system; every choice is a word, every name random."""

    names: Mapping[str, str]
    layers: tuple[str, ...]
    packed: frozenset[int]  # layers that are JSON within JSON
    record: str
    date_form: str
    address_form: str
    token_place: str
    carrier: str
    jsonp: bool
    clock: str
    decoy: bool
    column: str
    page_url: str
    extra: tuple[tuple[str, str], ...] = field(default=())

    # The page -------------------------------------------------------------------------------

    def page(self, secret: str) -> str:
        """The page as plain HTTP gets it, with today's token in its place."""
        name, told = self.names["token"], html.escape(secret)
        places = {
            "hidden": f'<form><input type="hidden" name="{name}" id="x1" value="{told}"></form>',
            "meta": f'<meta name="{name}" content="{told}">',
            "variable": f"<script>var a = 1, {name} = '{secret}';\nload({name});</script>",
            "object": f'<script>window.cfg={{"of":1,"{name}":"{secret}"}}</script>',
            "data": f'<div id="{name}" data-{name}="{told}"></div>',
            "link": f'<a href="/{name}/{secret}/index.html">{name}</a>',
        }
        column = f"<script>var {self.names['column']}='{self.column}';</script>"
        return (
            f"<!DOCTYPE html><html><head><title>动态</title></head><body>{column}"
            f"{places.get(self.token_place, '')}<div id='list'></div></body></html>"
        )

    def cookies(self, secret: str) -> str:
        """What the page's answer sets."""
        own = f", {self.names['token']}={secret}; path=/; expires=Fri, 01-Jan-2099"
        return "sid=9; path=/" + (own if self.token_place == "cookie" else "")

    # The request ----------------------------------------------------------------------------

    def request(self, secret: str, at: datetime) -> Exchange:
        """What the page's script asks for, still without its answer."""
        pairs = [(self.names["page"], "1"), (self.names["size"], "15"), *self.extra]
        pairs.append((self.names["column"], self.column))
        carried = self.token_place != "none"
        if carried and self.carrier in ("query", "form", "json", "several"):
            pairs.append((self.names["param"], secret))
        if self.clock:
            pairs.append((self.names["clock"], stamp_of(self.clock, at)))
        if self.jsonp:
            pairs.append((self.names["callback"], f"{self.names['callback']}{at:%f%S}7311"))
        url = f"{HOST}/{self.names['api']}"
        if self.carrier == "path" and carried:
            url += f"/{secret}"
        headers = {"accept": "*/*", "x-requested-with": "XMLHttpRequest", "user-agent": "x"}
        if self.carrier == "header" and carried:
            headers[f"x-{self.names['param']}"] = f"Bearer {secret}"
        method, body = "GET", b""
        if self.carrier in ("form", "json", "several", "inner") and not self.jsonp:
            method = "POST"
            headers["content-type"], body = self._body(pairs, secret if carried else "")
        else:
            url += f"?{urlencode(pairs)}"
        kind = "script" if self.jsonp else "xhr"
        return Exchange(at, method, url, kind, 200, {}, b"", headers, body)

    def _body(self, pairs: Sequence[tuple[str, str]], secret: str) -> tuple[str, bytes]:
        if self.carrier == "json":
            return "application/json", json.dumps(dict(pairs)).encode()
        if self.carrier == "several":
            edge = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
            parts = "".join(
                f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                for name, value in pairs
            )
            return f"multipart/form-data; boundary={edge}", f"{parts}--{edge}--\r\n".encode()
        if self.carrier == "inner":
            inner = json.dumps({"q": {self.names["param"]: secret or "无", "n": 5}})
            pairs = [*pairs, (self.names["inner"], inner)]
        return "application/x-www-form-urlencoded", urlencode(pairs).encode()

    # The answer -----------------------------------------------------------------------------

    def address(self, place: int, item: Item) -> str:
        """The address that the page's script gives to an item."""
        assert item.date is not None
        number = 7000 + place
        return {
            "path": f"{HOST}/art/{number}.html",
            "absolute": f"http://other.example.test/a/{number}.shtml",
            "relative": urljoin(self.page_url, f"./{number}/content.html"),
            "id": f"{HOST}/{self.names['api']}/show.html?id={number}&k=1",
            "dated": f"{HOST}/{item.date:%Y%m}/{item.date:%d}/{number}.html",
        }[self.address_form]

    def shown(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """The items as a rendered page shows them."""
        return tuple(
            Item(item.title, self.address(place, item), item.date)
            for place, item in enumerate(items)
        )

    def data(self, items: Sequence[Item]) -> str:
        """The list in its envelope."""
        table = self._table([self._record(place, item) for place, item in enumerate(items)])
        for depth, name in enumerate(self.layers):
            inner = json.dumps(table) if depth in self.packed else table
            table = {word(random.Random(depth)): depth, name: inner, "total": len(items)}
            if self.decoy:
                table["hot" + name] = self._decoys()
        return json.dumps(table, ensure_ascii=len(self.layers) % 2 == 0)

    def _decoys(self) -> list[dict[str, Any]]:
        rng = random.Random(self.page_url)
        return [{"title": titled(rng), "url": "/hot.html", "date": "2021-01-01"} for _ in range(20)]

    def _record(self, place: int, item: Item) -> dict[str, Any]:
        assert item.date is not None
        at = datetime.combine(item.date, time(17, 5), SHANGHAI)
        number = 7000 + place
        link = {
            "path": f"/art/{number}.html",
            "absolute": f"http://other.example.test/a/{number}.shtml",
            "relative": f"./{number}/content.html",
        }.get(self.address_form)
        facts = {
            self.names["source"]: "示例市人民政府办公室",
            self.names["made"]: f"{at - timedelta(days=400):%Y-%m-%d %H:%M:%S}",
            self.names["title"]: f"<em>{item.title}</em>" if place % 3 == 0 else item.title,
            self.names["date"]: DATE_FORMS[self.date_form](at),
            self.names["id"]: number,
        }
        return facts | ({self.names["link"]: link} if link else {})

    def _table(self, records: list[dict[str, Any]]) -> Any:
        if self.record == "lines":
            return [
                [v if not isinstance(v, dict) else v["time"] for v in r.values()] for r in records
            ]
        if self.record == "keyed":
            return {f"k{place}": record for place, record in enumerate(records)}
        if self.record == "grouped":
            halves = (records[: len(records) // 2], records[len(records) // 2 :])
            return [{self.names["group"]: half, "name": "月"} for half in halves]
        if self.record == "nested":
            return [{"_id": n, self.names["group"]: record} for n, record in enumerate(records)]
        return records

    def answer(self, call: Exchange, items: Sequence[Item], secret: str, now: datetime) -> bytes:
        """What the server says: the list to who asks rightly, else nothing."""
        wanted = self.request(secret, now)
        if _meaning(call, now) != _meaning(wanted, now):
            return b'{"code":403,"msg":"illegal"}'
        text = self.data(items)
        if not self.jsonp:
            return text.encode()
        query = dict(parse_qsl(urlsplit(call.url).query))
        return f"/**/{query[self.names['callback']]}({text});".encode()


def stamp_of(form: str, at: datetime) -> str:
    """A value that is never the same twice."""
    return {
        "ms": str(int(at.timestamp() * 1000)),
        "s": str(int(at.timestamp())),
        "random": f"0.{at.microsecond + 31:06}{at.second + 10}91",
        "day": f"{at.astimezone(SHANGHAI):%Y-%m-%d}",
    }[form]


def _meaning(call: Exchange, now: datetime) -> object:
    """A request as its server understands it: what varies by time is looked at, then left out."""
    parts = urlsplit(call.url)
    pairs = sorted(_known(name, value, now) for name, value in parse_qsl(parts.query))
    body: object = call.request_body.decode()
    if call.request_body[:1] == b"{":
        loaded = json.loads(call.request_body)
        body = sorted(_known(name, value, now) for name, value in loaded.items())
    elif "urlencoded" in call.request_headers.get("content-type", ""):
        body = sorted(_known(n, v, now) for n, v in parse_qsl(call.request_body.decode()))
    elif body:
        body = sorted(_known("", line, now) for line in str(body).split("\r\n"))
    own = {k: v for k, v in call.request_headers.items() if k.startswith("x-")}
    return call.method, unquote(parts.path), pairs, body, own


def _known(name: str, value: str, now: datetime) -> tuple[str, str]:
    number = value.removeprefix("0.")
    if value.startswith("0.") and number.isdecimal() and len(number) >= 6:
        return name, "random"
    if number.isdecimal() and len(number) >= 10:
        seconds = int(number) / (1000 if len(number) == 13 else 1)
        return name, "now" if abs(seconds - now.timestamp()) < 5 else value
    return name, "callback" if value.rstrip(string.digits) == name and value != name else value


def draw(rng: random.Random, **fixed: Any) -> Envelope:
    """One system, drawn at random; `fixed` says what is not left to chance."""
    keys = (
        "token", "param", "page", "size", "column", "clock", "callback", "api", "inner", "group",
        "title", "date", "link", "id", "source", "made",
    )  # fmt: skip
    names: dict[str, str] = {}
    while len(set(names.values())) < len(keys):
        names = {key: word(rng, 4) for key in keys}
    layers = tuple(word(rng) for _ in range(rng.randint(0, 4)))
    jsonp = rng.random() < 0.25
    choices: dict[str, Any] = {
        "names": names,
        "layers": layers,
        "packed": frozenset(d for d in range(len(layers)) if rng.random() < 0.3),
        "record": rng.choice(SHAPES),
        "date_form": rng.choice(tuple(DATE_FORMS)),
        "address_form": rng.choice(ADDRESS_FORMS),
        "token_place": rng.choice(TOKEN_PLACES),
        "carrier": rng.choice(("query", "path", "header") if jsonp else CARRIERS),
        "jsonp": jsonp,
        "clock": rng.choice(("", "ms", "s", "random", "day")),
        "decoy": rng.random() < 0.5,
        "column": rng.choice([token(rng), str(rng.randint(1, 99999)), word(rng)]),
        "page_url": f"{HOST}/{word(rng)}/{word(rng)}/",
        "extra": tuple((word(rng, 4), word(rng)) for _ in range(rng.randint(0, 3))),
    }
    if jsonp:  # a script tag sends no headers of its own
        choices["carrier"] = rng.choice(("query", "path"))
    return Envelope(**choices | fixed)


@dataclass(frozen=True)
class Visit:
    """One visit of the page: its exchanges, and what a browser shows."""

    exchanges: tuple[Exchange, ...]
    shown: PageReading


def visit(envelope: Envelope, items: Sequence[Item], secret: str, at: datetime = NOW) -> Visit:
    """The page, rendered."""
    request = envelope.request(secret, at)
    body = envelope.answer(request, items, secret, at)
    document = Exchange(
        at,
        "GET",
        envelope.page_url,
        "document",
        200,
        {"content-type": "text/html; charset=utf-8", "set-cookie": envelope.cookies(secret)},
        envelope.page(secret).encode(),
    )
    call = Exchange(
        at, request.method, request.url, request.kind, 200,
        {"content-type": "text/plain; charset=utf-8"}, body,
        request.request_headers, request.request_body,
    )  # fmt: skip
    library = Exchange(at, "GET", f"{HOST}/j.js", "script", 200, {}, b"(function(){var a={}})();")
    return Visit((document, library, call), reading_of(envelope.shown(items)))


def reading_of(items: Sequence[Item]) -> PageReading:
    """What the reader says of a rendered list."""
    newest = max(item.date for item in items if item.date)
    return PageReading(PageState.LIST, newest, tuple(items), confidence=0.9)


def quoted(text: str) -> str:
    """For tests that write addresses by hand."""
    return quote(text, safe="")
