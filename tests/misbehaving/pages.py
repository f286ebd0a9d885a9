"""Behaviours of pages: where the list stands, what a script makes of it, what is there instead."""

from __future__ import annotations

from rules.facts import Outcome
from tests.misbehaving.lists import FRESH, NEW_ROWS, OLD_ROWS, column, filled
from tests.misbehaving.rows import Exchange, behaviour, piece

FILL = f"LIST.innerHTML = `{NEW_ROWS}`"


def later(code: str, after: int) -> str:
    """A script that does something after some milliseconds."""
    return f"setTimeout(() => {{ {code} }}, {after})"


@behaviour(Outcome.SCRIPT_SHELL, Outcome.READ, ("ok", None))
async def scripted(exchange: Exchange) -> None:
    await exchange.send("200 OK", filled(later(FILL, 300)))


@behaviour(Outcome.SCRIPT_SHELL, Outcome.READ, ("violation", "超过1个月未更新"))
async def scripted_stale(exchange: Exchange) -> None:
    await exchange.send("200 OK", filled(later(f"LIST.innerHTML = `{OLD_ROWS}`", 300)))


@behaviour(Outcome.SCRIPT_SHELL, Outcome.READ, ("ok", None))
async def scripted_late(exchange: Exchange) -> None:
    """The list after three seconds of script."""
    await exchange.send("200 OK", filled(later(FILL, 3000)))


@behaviour(Outcome.READ, Outcome.READ, ("ok", None))
async def renewed_late(exchange: Exchange) -> None:
    """An old list at first, the new one after three seconds."""
    script = later(f"document.getElementById('list').innerHTML = `{NEW_ROWS}`", 3000)
    await exchange.send("200 OK", column(OLD_ROWS + f"<script>{script}</script>"))


@behaviour(Outcome.SCRIPT_SHELL, Outcome.READ)
async def called(exchange: Exchange) -> None:
    """The list from a data call that takes its time."""
    fill = "fetch('/entries').then(r => r.text()).then(t => LIST.innerHTML = t)"
    await exchange.send("200 OK", filled(fill))


@piece
async def entries(exchange: Exchange) -> None:
    await exchange.send("200 OK", NEW_ROWS.encode())


@behaviour(Outcome.SCRIPT_SHELL, Outcome.SCRIPT_SHELL)
async def called_in_vain(exchange: Exchange) -> None:
    """The data call fails: the page says nothing, but the unit may have plenty."""
    fill = "fetch('/no_entries').then(r => r.json()).then(t => LIST.innerHTML = t)"
    await exchange.send("200 OK", filled(fill))


@piece
async def no_entries(exchange: Exchange) -> None:
    await exchange.send("500 Internal Server Error", b"")


@behaviour(Outcome.SCRIPT_SHELL, Outcome.SCRIPT_SHELL)
async def behind_a_click(exchange: Exchange) -> None:
    fill = (
        f"const go = document.createElement('button'); LIST.before(go); go.onclick = () => {FILL}"
    )
    await exchange.send("200 OK", filled(fill))


@behaviour(Outcome.SCRIPT_SHELL, Outcome.READ, ("ok", None))
async def in_shadow(exchange: Exchange) -> None:
    await exchange.send("200 OK", filled(f"LIST.attachShadow; {SHADOW % 'open'}"))


SHADOW = (
    "const box = document.createElement('div'); LIST.after(box);"
    f" box.attachShadow({{mode: '%s'}}).innerHTML = `<ul>{NEW_ROWS}</ul>`"
)


@behaviour(Outcome.SCRIPT_SHELL, Outcome.SCRIPT_SHELL)
async def in_closed_shadow(exchange: Exchange) -> None:
    """A person sees it, no script does: nothing may be said."""
    await exchange.send("200 OK", filled(SHADOW % "closed"))


@behaviour(Outcome.READ, Outcome.READ)
async def framed(exchange: Exchange) -> None:
    await exchange.page('<iframe src="/fresh" width="100%"></iframe>')


@behaviour(Outcome.READ, Outcome.READ, ("ok", None))
async def in_frameset(exchange: Exchange) -> None:
    body = (
        b"<html><head><title>x</title></head><frameset cols='200,*'>"
        b"<frame src='/navigation' name=left><frame src='/fresh' name=main></frameset></html>"
    )
    await exchange.send("200 OK", body)


@piece
async def navigation(exchange: Exchange) -> None:
    await exchange.page("<a href='/'>首页</a><a href='/xw/'>新闻</a>")


@behaviour(Outcome.READ, Outcome.READ, ("ok", None))
async def fresh_in_a_frame(exchange: Exchange) -> None:
    """An old list beside, the column itself in a frame."""
    frame = "<iframe src='/fresh' width=900 height=700></iframe>"
    await exchange.page(f"<div class=side><h3>通知公告</h3><ul>{OLD_ROWS}</ul></div>{frame}")


@behaviour(Outcome.SCRIPT_SHELL, Outcome.READ)
async def breaks_after(exchange: Exchange) -> None:
    """A script error once the list stands."""
    await exchange.send("200 OK", filled(f"{FILL}; nothing.here()"))


@behaviour(Outcome.SCRIPT_SHELL, Outcome.SCRIPT_SHELL, ("unknown", "incompatible"))
async def breaks_before(exchange: Exchange) -> None:
    """A script error, and the list stays empty."""
    await exchange.send("200 OK", filled(f"nothing.here(); {FILL}"))


@behaviour(Outcome.SCRIPT_SHELL, Outcome.READ)
async def alerts(exchange: Exchange) -> None:
    await exchange.send("200 OK", filled(f"alert('欢迎访问'); {FILL}; confirm('?'); prompt('?')"))


@behaviour(Outcome.SCRIPT_SHELL, Outcome.READ)
async def prints(exchange: Exchange) -> None:
    await exchange.send("200 OK", filled(f"{FILL}; window.print()"))


@behaviour(Outcome.SCRIPT_SHELL, Outcome.READ)
async def will_not_let_go(exchange: Exchange) -> None:
    await exchange.send("200 OK", filled(f"{FILL}; window.onbeforeunload = () => '真的离开？'"))


@behaviour(Outcome.SCRIPT_SHELL, Outcome.READ, ("ok", None))
async def pops_up(exchange: Exchange) -> None:
    await exchange.send("200 OK", filled(f"window.open('/stale'); {FILL}"))


@behaviour(Outcome.UNREADABLE, Outcome.REFUSED)
async def downloads(exchange: Exchange) -> None:
    headers = "Content-Type: application/zip", "Content-Disposition: attachment; filename=a.zip"
    await exchange.send("200 OK", b"PK\x03\x04" + bytes(200), *headers)


@behaviour(Outcome.UNREADABLE, Outcome.UNREADABLE)
async def shows_a_picture(exchange: Exchange) -> None:
    await exchange.send("200 OK", b"\x89PNG\r\n\x1a\n" + bytes(200), "Content-Type: image/png")


@behaviour(Outcome.READ, Outcome.READ, ("ok", None))
async def gbk_unsaid(exchange: Exchange) -> None:
    """GBK, and nobody says so."""
    body = FRESH.decode().replace("<meta charset=utf-8>", "").encode("gbk")
    await exchange.send("200 OK", body, "Content-Type: text/html")


@behaviour(Outcome.READ, Outcome.READ)
async def gbk_said_to_be_utf8(exchange: Exchange) -> None:
    """A person sees garbage; the list can be read all the same."""
    await exchange.send("200 OK", FRESH.decode().encode("gbk"))


@behaviour(Outcome.EMPTY, Outcome.EMPTY, ("violation", "空白栏目"))
async def empty(exchange: Exchange) -> None:
    await exchange.send("200 OK", column("<li class=none>暂无内容</li>"))


@behaviour(Outcome.SUSPENDED, Outcome.SUSPENDED, ("unknown", "suspended"))
async def default_host(exchange: Exchange) -> None:
    """Another host of the machine answers: the web server's own first page."""
    words = (
        "<h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully "
        "installed and working. Further configuration is required.</p>"
    )
    await exchange.notice("200 OK", "Welcome to nginx!", words)


@behaviour(Outcome.SUSPENDED, Outcome.SUSPENDED, ("unknown", "suspended"))
async def parked(exchange: Exchange) -> None:
    words = "<h1>该域名正在出售</h1><p>This domain is for sale</p>"
    await exchange.notice("200 OK", "域名出售", words)


@behaviour(Outcome.SUSPENDED, Outcome.SUSPENDED, ("unknown", "suspended"))
async def being_rebuilt(exchange: Exchange) -> None:
    await exchange.notice("200 OK", "公告", "<h1>网站升级改版中，敬请期待</h1>")


@behaviour(Outcome.SUSPENDED, Outcome.SUSPENDED)
async def moved_by_word(exchange: Exchange) -> None:
    await exchange.notice("200 OK", "迁移公告", "<p>本网站已迁移至新域名，请访问新网址</p>")


@behaviour(Outcome.READ, Outcome.READ)
async def huge(exchange: Exchange) -> None:
    """Five megabytes, most of it of no use."""
    filler = f"<script type='text/plain'>{'x' * (5 << 20)}</script>"
    await exchange.send("200 OK", FRESH.replace(b"</body>", f"{filler}</body>".encode()))


@behaviour(Outcome.UNREADABLE, Outcome.UNREADABLE)
async def of_many_parts(exchange: Exchange) -> None:
    """Fifty thousand elements."""
    await exchange.send("200 OK", FRESH.replace(b"</body>", b"<i></i>" * 50_000 + b"</body>"))


@behaviour(Outcome.UNREADABLE, Outcome.UNREADABLE)
async def of_great_depth(exchange: Exchange) -> None:
    """Five thousand elements, each in the other."""
    await exchange.send("200 OK", FRESH.replace(b"</body>", b"<b>" * 5_000 + b"</body>"))
