"""What carries a list besides records in JSON: markup, scripts, frames, islands, feeds."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urljoin

import pytest

from crawler.endpoints.answering import read_answer
from crawler.endpoints.asking import ask
from crawler.endpoints.finding import page_of
from crawler.endpoints.learning import Rendered, learn
from crawler.endpoints.recipe import Recipe, Shape
from crawler.look import Exchange
from rules.facts import Item
from tests.crawler.endpoints.envelopes import HOST, NOW, news, reading_of, word

TODAY = date(2022, 6, 17)
PAGE = f"{HOST}/zwgk/tzgg/"
Maker = Callable[[Sequence[Item], random.Random], str]


def rows(items: Sequence[Item]) -> str:
    return "".join(
        f'<li><a href="{item.url}">{item.title}</a><span>{item.date}</span></li>' for item in items
    )


def fragment(items: Sequence[Item], rng: random.Random) -> str:
    return f'<div class="{word(rng)}"><ul id="{word(rng)}">{rows(items)}</ul></div>'


def table(items: Sequence[Item], rng: random.Random) -> str:
    lines = "".join(
        f'<tr><td><a href="{item.url}">{item.title}</a></td><td>{item.date:%Y/%m/%d}</td></tr>'
        for item in items
    )
    return f"<table class={word(rng)}>{lines}</table>"


def in_json(items: Sequence[Item], rng: random.Random) -> str:
    return json.dumps({word(rng): {word(rng): fragment(items, rng), "n": 3}})


def island(items: Sequence[Item], rng: random.Random) -> str:
    records = "".join(f"<record><![CDATA[{rows([item])}]]></record>\n" for item in items)
    return (
        "<?xml version='1.0' encoding='utf-8'?><datastore><nextgroup><![CDATA["
        f'<a href="/{word(rng)}.jsp?page=2"></a>]]></nextgroup><recordset>{records}'
        "</recordset></datastore>"
    )


def feed(items: Sequence[Item], rng: random.Random) -> str:
    entries = "".join(
        f"<item><title>{item.title}</title><link>{urljoin(PAGE, item.url)}</link>"
        f"<pubDate>{item.date:%Y-%m-%d}</pubDate></item>"
        for item in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{entries}</channel></rss>'


def variable(items: Sequence[Item], rng: random.Random) -> str:
    name, title, link, day = (word(rng, 4) for _ in range(4))
    records = [{title: item.title, link: item.url, day: str(item.date)} for item in items]
    return f"function f(){{}}\nvar {name}_n = {len(items)}; var {name} = {json.dumps(records)};\n"


def loose(items: Sequence[Item], rng: random.Random) -> str:
    records = ",\n".join(
        f"{{title:'{item.title}',url:'{item.url}',time:'{item.date}'}}" for item in items
    )
    return f"var {word(rng)} = [{records}];"


def written(items: Sequence[Item], rng: random.Random) -> str:
    lines = "\n".join(f"document.write('{rows([item])}');" for item in items)
    return f'document.write(\'<ul class="{word(rng)}">\');\n{lines}\ndocument.write("</ul>");'


def escaped(items: Sequence[Item], rng: random.Random) -> str:
    markup = json.dumps(rows(items)).replace("</", "<\\/")
    return f"$('#{word(rng)}').html({markup});"


def frame(items: Sequence[Item], rng: random.Random) -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{word(rng)}</title></head><body>"
        f"<ul>{rows(items)}</ul></body></html>"
    )


MADE: Mapping[str, tuple[Maker, str, Shape]] = {
    "fragment": (fragment, "xhr", Shape.PAGE),
    "table": (table, "fetch", Shape.PAGE),
    "markup in JSON": (in_json, "xhr", Shape.PAGE),
    "XML island": (island, "xhr", Shape.PAGE),
    "feed": (feed, "fetch", Shape.PAGE),
    "script include": (variable, "script", Shape.DATA),
    "script that is no JSON": (loose, "script", Shape.SCRIPT),
    "document.write": (written, "script", Shape.PAGE),
    "escaped markup": (escaped, "script", Shape.WRITTEN),
    "frame": (frame, "document", Shape.PAGE),
}


def linked(items: Sequence[Item]) -> list[Item]:
    """The items with addresses as pages write them."""
    return [
        replace(item, url=f"/art/{item.date:%Y/%m}/{place}.html")
        for place, item in enumerate(items)
    ]


def full(items: Sequence[Item]) -> list[Item]:
    return [replace(item, url=urljoin(PAGE, item.url)) for item in items]


def exchange(url: str, kind: str, body: str, kind_of_body: str = "text/html") -> Exchange:
    return Exchange(NOW, "GET", url, kind, 200, {"content-type": kind_of_body}, body.encode())


SHELL = "<html><body><div id='list'></div><script src='/x.js'></script></body></html>"


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", MADE)
def test_whatever_carries_the_list_is_learned_and_read_again(name: str, seed: int) -> None:
    make, kind, shape = MADE[name]
    rng = random.Random(f"{name} {seed}")
    old = linked(news(rng, TODAY - timedelta(days=9), 12))
    url = f"{HOST}/{word(rng)}/{word(rng)}"
    body = make(old, random.Random(seed))
    exchanges = (exchange(PAGE, "document", SHELL), exchange(url, kind, body))
    recipe = learn(Rendered(PAGE, exchanges, reading_of(full(old)), TODAY))
    assert recipe is not None
    assert recipe.shape is shape
    assert Recipe.from_json(recipe.to_json()) == recipe
    fresh = linked([*news(rng, TODAY, 3), *old[:9]])
    reading = read_answer(
        recipe,
        make(fresh, random.Random(seed)).encode(),
        url=url,
        page=PAGE,
        today=TODAY,
        content_type=None,
    )
    assert reading.newest == TODAY
    assert [(item.title, item.url) for item in reading.items] == [
        (item.title, item.url) for item in full(fresh)
    ]


def test_a_frame_of_another_host_is_not_asked() -> None:
    rng = random.Random(1)
    items = linked(news(rng, TODAY, 10))
    for url, able in ((f"{HOST}/list.html", True), ("http://elsewhere.test/list.html", False)):
        inside = [replace(item, url=urljoin(url, item.url)) for item in items]
        exchanges = (
            exchange(PAGE, "document", SHELL),
            exchange(url, "document", frame(items, rng)),
        )
        recipe = learn(Rendered(PAGE, exchanges, reading_of(inside), TODAY))
        assert (recipe is not None) is able
        assert recipe is None or recipe.framed


def test_the_page_itself_is_no_call() -> None:
    rng = random.Random(2)
    items = linked(news(rng, TODAY, 10))
    exchanges = (exchange(PAGE, "document", frame(items, rng)),)
    assert learn(Rendered(PAGE, exchanges, reading_of(full(items)), TODAY)) is None


def test_a_call_to_another_host_is_asked_as_the_page_asks_it() -> None:
    rng = random.Random(3)
    items = linked(news(rng, TODAY, 10))
    call = exchange("http://data.example.test/list", "xhr", fragment(items, rng))
    call = replace(call, request_headers={"referer": PAGE, "origin": HOST, "user-agent": "M"})
    exchanges = (exchange(PAGE, "document", SHELL), call)
    recipe = learn(Rendered(PAGE, exchanges, reading_of(full(items)), TODAY))
    page = page_of(PAGE, SHELL.encode(), {})
    assert recipe is not None
    assert page is not None
    again = ask(recipe, page, NOW)
    assert again is not None
    assert (again.url, again.headers) == (call.url, {"origin": HOST, "referer": PAGE})


def test_what_was_redirected_or_failed_is_no_call() -> None:
    rng = random.Random(4)
    items = linked(news(rng, TODAY, 10))
    good = exchange(f"{HOST}/list", "xhr", fragment(items, rng))
    for bad in (replace(good, status=302), replace(good, status=500), replace(good, method="PUT")):
        exchanges = (exchange(PAGE, "document", SHELL), bad)
        assert learn(Rendered(PAGE, exchanges, reading_of(full(items)), TODAY)) is None
