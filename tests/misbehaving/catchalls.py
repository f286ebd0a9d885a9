"""Behaviours of hosts that answer any path alike, whatever the status says; asked for by name.

Each stands on a host of its own: what that host shows for a path that nobody ever made is a part
of the behaviour. In front they show a fresh column, unless they say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable

from rules.facts import Outcome
from tests.misbehaving.lists import FRESH, NEW_ROWS, STALE, column
from tests.misbehaving.rows import ANYWHERE, PIECES, PUBLIC, Behaviour, Exchange, Row, page

Verdict = tuple[str, str | None]
CLOCK = (
    "<i id=clock></i><script>document.getElementById('clock').textContent ="
    " '今天是' + new Date().toLocaleDateString('zh-CN')</script>"
)
MISSING = ("violation", "栏目打不开")
NOTHING = ("unknown", "unreadable")
LONG = "这里是示例市人民政府门户网站统一的提示，工作人员正在为您准备相关的材料，谢谢您的关心和支持"


def everywhere(
    http: Outcome, browser: Outcome, verdict: Verdict, *, front: bool = False
) -> Callable[[Behaviour], Behaviour]:
    """Register a behaviour with its host, which answers alike for any path; with `front`, in front
    as well."""

    def register(function: Behaviour) -> Behaviour:
        name = function.__name__
        host = f"www.{name.replace('_', '-')}.test"

        async def answer(exchange: Exchange) -> None:
            if exchange.path == "/?" and not front:
                await exchange.send("200 OK", FRESH)
                return
            await function(exchange)

        PUBLIC[name] = Row(answer, http, browser, verdict, host)
        ANYWHERE[host] = answer
        return function

    return register


def sorry(words: str, more: str = "") -> bytes:
    """A page with the site's own head and foot, and these words in between."""
    return column(f"<p>{words}</p>{more}")


@everywhere(Outcome.READ, Outcome.READ, MISSING)
async def soft_for_any_path(exchange: Exchange) -> None:
    """No word that anybody knows, the address asked for, a counter and a clock."""
    words = f"很遗憾，您要的东西这里暂时看不到：{exchange.path.strip('?')}。{LONG}"
    await exchange.send("200 OK", sorry(words, f"<i>第{exchange.visit}次</i>{CLOCK}"))


@everywhere(Outcome.EMPTY, Outcome.EMPTY, MISSING)
async def empty_for_any_path(exchange: Exchange) -> None:
    await exchange.send("200 OK", column("<li class=none>暂无任何内容</li>"))


@everywhere(Outcome.UNREADABLE, Outcome.UNREADABLE, ("ok", None))
async def soft_for_once(exchange: Exchange) -> None:
    known = exchange.path.startswith("/soft_for_once") and exchange.visit > 1
    await exchange.send("200 OK", FRESH if known else sorry(LONG))


@everywhere(Outcome.UNREADABLE, Outcome.READ, ("ok", None))
async def soft_to_programs(exchange: Exchange) -> None:
    await exchange.send("200 OK", FRESH if exchange.is_browser else sorry(LONG))


@everywhere(Outcome.UNREADABLE, Outcome.UNREADABLE, NOTHING, front=True)
async def one_page_for_all(exchange: Exchange) -> None:
    """In front, too: a firewall that nobody knows may answer so, or a parked domain."""
    await exchange.send("200 OK", sorry(LONG))


@everywhere(Outcome.UNREADABLE, Outcome.UNREADABLE, NOTHING)
async def declines_below(exchange: Exchange) -> None:
    """A wall of the site's own before all that is below the front page."""
    await exchange.send("200 OK", sorry(f"来路不明的访问，请从首页进入。{LONG}"))


@everywhere(Outcome.SUSPENDED, Outcome.SUSPENDED, ("unknown", "suspended"), front=True)
async def for_sale_everywhere(exchange: Exchange) -> None:
    words = "<h1>该域名正在出售</h1><p>This domain is for sale</p>"
    await exchange.notice("200 OK", "域名出售", words)


@everywhere(Outcome.READ, Outcome.READ, ("violation", "超过1个月未更新"))
async def stale_for_any_path(exchange: Exchange) -> None:
    """A dated list is judged by its dates, wherever else it stands."""
    await exchange.send("200 OK", STALE)


@everywhere(Outcome.READ, Outcome.READ, ("ok", None))
async def fresh_for_any_path(exchange: Exchange) -> None:
    await exchange.send("200 OK", FRESH)


def application(name: str) -> str:
    """A script that shows the list at its own path, and nothing at any other."""
    return f"if (location.pathname === '/{name}') MAIN.innerHTML = `<ul>{NEW_ROWS}</ul>`"


@everywhere(Outcome.SCRIPT_SHELL, Outcome.READ, ("ok", None), front=True)
async def one_page_application(exchange: Exchange) -> None:
    script = application("one_page_application").replace("MAIN", "document.getElementById('app')")
    body = f"<div id=app></div><script>{script}</script>"
    await exchange.send("200 OK", page(body))


@everywhere(Outcome.UNREADABLE, Outcome.READ, ("ok", None))
async def application_in_disguise(exchange: Exchange) -> None:
    """It looks like a page of few words until its script has run."""
    script = application("application_in_disguise")
    script = script.replace("MAIN", "document.querySelector('.box')")
    await exchange.send("200 OK", sorry(LONG, f"<p class=box>稍后</p><script>{script}</script>"))


@everywhere(Outcome.UNREADABLE, Outcome.UNREADABLE, NOTHING)
async def application_in_closed_shadow(exchange: Exchange) -> None:
    """A person sees the list, no script and no reader does: the page seems to be the same."""
    await exchange.send("200 OK", sorry(LONG, "<p class=box></p><script src=/hider></script>"))


async def hider(exchange: Exchange) -> None:
    """What shows the list where nobody can read it."""
    shadow = f"box.attachShadow({{mode: 'closed'}}).innerHTML = `<ul>{NEW_ROWS}</ul>`"
    script = f"const box = document.querySelector('.box'); {shadow}"
    await exchange.send("200 OK", script.encode(), "Content-Type: text/javascript; charset=utf-8")


PIECES["hider"] = hider
