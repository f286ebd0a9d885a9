"""Behaviours by status code, redirect and cookie: errors, walls, firewalls, detours."""

from __future__ import annotations

from rules.facts import Outcome
from tests.misbehaving.lists import FRESH, SOFT_404, STALE
from tests.misbehaving.rows import Exchange, behaviour
from tests.misbehaving.wire import fresh


@behaviour(Outcome.NOT_FOUND, Outcome.NOT_FOUND, ("violation", "栏目打不开"))
async def missing(exchange: Exchange) -> None:
    await exchange.send("404 Not Found", b"<h1>404 Not Found</h1>")


@behaviour(Outcome.NOT_FOUND, Outcome.NOT_FOUND)
async def gone(exchange: Exchange) -> None:
    await exchange.send("410 Gone")


@behaviour(Outcome.NOT_FOUND, Outcome.NOT_FOUND, ("violation", "栏目打不开"))
async def soft_missing(exchange: Exchange) -> None:
    await exchange.send("200 OK", SOFT_404)


@behaviour(Outcome.NOT_FOUND, Outcome.READ, ("ok", None))
async def hides_from_programs(exchange: Exchange) -> None:
    """404 to whatever is no browser."""
    if exchange.is_browser:
        await exchange.send("200 OK", FRESH)
        return
    await exchange.send("404 Not Found", SOFT_404)


@behaviour(Outcome.SERVER_ERROR, Outcome.SERVER_ERROR, ("violation", "栏目打不开"))
async def broken(exchange: Exchange) -> None:
    await exchange.send("500 Internal Server Error", b"<h1>Internal Server Error</h1>")


@behaviour(Outcome.SERVER_ERROR, Outcome.SERVER_ERROR, ("ok", None))
async def broken_once(exchange: Exchange) -> None:
    await (broken if exchange.visit == 1 else fresh)(exchange)


@behaviour(Outcome.SERVER_ERROR, Outcome.SERVER_ERROR)
async def broken_but_shown(exchange: Exchange) -> None:
    """An error by its code, a list by its body."""
    await exchange.send("500 Internal Server Error", STALE)


@behaviour(Outcome.SUSPENDED, Outcome.READ, ("ok", None))
async def mends_for_programs(exchange: Exchange) -> None:
    """500 "maintenance" to whatever is no browser."""
    if exchange.is_browser:
        await exchange.send("200 OK", FRESH)
        return
    words = "<h1>系统维护中，请稍后访问</h1>"
    await exchange.notice("500 Internal Server Error", "系统维护", words)


@behaviour(Outcome.CHALLENGE, Outcome.READ, ("ok", None))
async def forbids_programs(exchange: Exchange) -> None:
    if exchange.is_browser:
        await exchange.send("200 OK", FRESH)
        return
    await exchange.send("403 Forbidden", b"<h1>403 Forbidden</h1>")


@behaviour(Outcome.CHALLENGE, Outcome.CHALLENGE)
async def forbids_all(exchange: Exchange) -> None:
    await exchange.send("403 Forbidden", b"<h1>403 Forbidden</h1>")


@behaviour(Outcome.CHALLENGE, Outcome.CHALLENGE, ("unknown", "blocked"))
async def cloud_shield(exchange: Exchange) -> None:
    words = "您的请求疑似攻击行为，已被云防护拦截"
    await exchange.notice("403 Forbidden", "访问被拦截", words)


@behaviour(Outcome.CHALLENGE, Outcome.CHALLENGE, ("unknown", "blocked"))
async def block_page(exchange: Exchange) -> None:
    await exchange.notice("200 OK", "提示", "您的访问被阻断，事件编号 8f21c0")


@behaviour(Outcome.CHALLENGE, Outcome.CHALLENGE, ("unknown", "blocked"))
async def slider(exchange: Exchange) -> None:
    await exchange.notice("200 OK", "安全验证", "<div id=nc>请按住滑块，拖动到最右边</div>")


@behaviour(Outcome.CHALLENGE, Outcome.CHALLENGE)
async def jsl_521(exchange: Exchange) -> None:
    script = (
        b"<script>document.cookie=('_')+('_')+('j')+('s')+('l');"
        b"location.href=location.pathname</script>"
    )
    await exchange.send(
        "521 Unknown", script, "Set-Cookie: __jsluid_h=5f1; path=/", "X-Via-JSL: 3ab,-"
    )


@behaviour(Outcome.CHALLENGE, Outcome.CHALLENGE, ("unknown", "blocked"))
async def ruishu_412(exchange: Exchange) -> None:
    page = (
        b'<html><head><meta id="9DhefwqGPrzGxEp9hPaoag" content="q">'
        b"<script>$_ts=window.$_ts</script></head></html>"
    )
    await exchange.send("412 Precondition Failed", page, "Set-Cookie: enable_O=1")


@behaviour(Outcome.CHALLENGE, Outcome.READ, ("ok", None))
async def lets_browsers_in(exchange: Exchange) -> None:
    """A firewall that an unmodified browser passes by itself, with a cookie set by its script."""
    if "passed=1" in exchange.cookie:
        await exchange.send("200 OK", FRESH)
        return
    script = b"<script>document.cookie='passed=1';location.reload()</script>"
    await exchange.send("521 ", script, "Set-Cookie: __jsluid_s=1")


@behaviour(Outcome.RATE_LIMITED, Outcome.RATE_LIMITED)
async def too_many(exchange: Exchange) -> None:
    await exchange.send("429 Too Many Requests", b"", "Retry-After: 3600")


@behaviour(Outcome.RATE_LIMITED, Outcome.RATE_LIMITED)
async def busy(exchange: Exchange) -> None:
    await exchange.send("503 Service Unavailable", b"busy", "Retry-After: 3600")


@behaviour(Outcome.LOGIN, Outcome.LOGIN, ("unknown", "login_required"))
async def walled(exchange: Exchange) -> None:
    await exchange.send("401 Unauthorized", b"", 'WWW-Authenticate: Basic realm="x"')


@behaviour(Outcome.LOGIN, Outcome.LOGIN, ("unknown", "login_required"))
async def log_in_first(exchange: Exchange) -> None:
    form = (
        "<form><h1>用户登录</h1><input name=user placeholder=用户名>"
        "<input type=password name=p placeholder=密码><button>登录</button></form>"
    )
    await exchange.notice("200 OK", "统一身份认证", form)


@behaviour(Outcome.ROBOTS_DENIED, Outcome.READ, ("unknown", "robots"))
async def robots_denied(exchange: Exchange) -> None:
    """Plain HTTP asks robots.txt first, and what it denies the browser never gets to see."""
    await exchange.send("200 OK", FRESH)


@behaviour(Outcome.READ, Outcome.READ)
async def redirected(exchange: Exchange) -> None:
    await exchange.send("301 Moved Permanently", b"", "Location: /fresh")


@behaviour(Outcome.NOT_FOUND, Outcome.NOT_FOUND, ("violation", "栏目打不开"))
async def thrown_home(exchange: Exchange) -> None:
    await exchange.send("302 Found", b"", "Location: /")


@behaviour(Outcome.REDIRECT_LOOP, Outcome.REDIRECT_LOOP, ("violation", "栏目打不开"))
async def redirect_loop(exchange: Exchange) -> None:
    await exchange.send("302 Found", b"", f"Location: /redirect_loop?again={exchange.visit}")


@behaviour(Outcome.UNREADABLE, Outcome.UNREADABLE)
async def redirected_nowhere(exchange: Exchange) -> None:
    """A redirect that says not where to."""
    await exchange.send("302 Found", b"")


@behaviour(Outcome.REFUSED, Outcome.REFUSED)
async def redirected_inside(exchange: Exchange) -> None:
    await exchange.send("302 Found", b"", "Location: http://169.254.169.254/latest/")


@behaviour(Outcome.READ, Outcome.READ, ("ok", None))
async def wants_a_cookie(exchange: Exchange) -> None:
    """A redirect to itself until its cookie comes back."""
    if "session=" in exchange.cookie:
        await exchange.send("200 OK", FRESH)
        return
    await exchange.send("302 Found", b"", "Location: /wants_a_cookie", "Set-Cookie: session=1")


@behaviour(Outcome.READ, Outcome.READ)
async def refreshed(exchange: Exchange) -> None:
    page = b'<html><head><meta http-equiv="refresh" content="0;url=/fresh"></head></html>'
    await exchange.send("200 OK", page)


@behaviour(Outcome.UNREADABLE, Outcome.UNREADABLE)
async def refreshed_for_ever(exchange: Exchange) -> None:
    page = b'<html><head><meta http-equiv="refresh" content="0"></head><body></body></html>'
    await exchange.send("200 OK", page)


@behaviour(Outcome.FORWARD, Outcome.UNREADABLE)
async def sent_nowhere(exchange: Exchange) -> None:
    page = b'<meta http-equiv="refresh" content="0;url=http://127.0.0.1:99999/">'
    await exchange.send("200 OK", b"<html><head>" + page + b"</head></html>")
