"""Behaviours of a public site that leads its visitor elsewhere, or inside; asked for by name."""

from __future__ import annotations

from functools import partial

from rules.facts import Outcome
from tests.misbehaving.lists import FRESH, NEW_ROWS, OLD_ROWS
from tests.misbehaving.rows import PUBLIC, Exchange, Row, behaviour, page

SITE, OTHER = "www.site.test", "www.other.test"
# This machine, its link and its network in the spellings that some client follows; `%d` is the
# port of a trap that really listens there.
INSIDE = {
    "loopback": "http://127.0.0.1:%d/secret",
    "localhost": "http://localhost:%d/secret",
    "below_localhost": "http://a.localhost:%d/secret",
    "short": "http://127.1:%d/secret",
    "decimal": "http://2130706433:%d/secret",
    "hexadecimal": "http://0x7f.1:%d/secret",
    "octal": "http://0177.0.0.1:%d/secret",
    "nothing": "http://0.0.0.0:%d/secret",
    "full_width": "http://１２７.0.0.1:%d/secret",
    "with_a_name": "http://www.site.test@127.0.0.1:%d/secret",
    "loopback_6": "http://[::1]:%d/secret",
    "mapped": "http://[::ffff:127.0.0.1]:%d/secret",
    "link": "http://169.254.169.254:%d/latest/meta-data/",
    "private": "http://10.0.0.1:%d/",
    "router": "http://router:%d/",
}


def inside(exchange: Exchange, which: str = "loopback") -> str:
    """An address inside, where the trap listens."""
    return INSIDE[which] % exchange.trap


def _redirects(which: str) -> Row:
    async def answer(exchange: Exchange) -> None:
        place = inside(exchange, which).encode()
        await exchange.raw(
            b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: %s\r\n\r\n" % place
        )

    verdict = ("unknown", "refused") if which in ("loopback", "private") else None
    return Row(answer, Outcome.REFUSED, Outcome.REFUSED, verdict)


def _jumps(which: str) -> Row:
    async def answer(exchange: Exchange) -> None:
        place = inside(exchange, which)
        await exchange.page("", f"<meta http-equiv=refresh content='0;url={place}'>")

    return Row(answer, Outcome.REFUSED, Outcome.REFUSED)


PUBLIC.update({f"redirects_to_{which}": _redirects(which) for which in INSIDE})
PUBLIC.update({f"refreshes_to_{which}": _jumps(which) for which in ("loopback", "decimal")})


public = partial(behaviour, table=PUBLIC)


@public(Outcome.READ, Outcome.READ, ("ok", None))
async def stays(exchange: Exchange) -> None:
    await exchange.send("200 OK", FRESH)


@public(Outcome.MOVED, Outcome.MOVED, ("unknown", "moved"))
async def moved(exchange: Exchange) -> None:
    await exchange.send("301 Moved Permanently", b"", f"Location: http://{OTHER}/stays")


@public(Outcome.MOVED, Outcome.MOVED)
async def moved_by_script(exchange: Exchange) -> None:
    await exchange.page(f"<script>location.href = 'http://{OTHER}/stays'</script>")


@public(Outcome.REFUSED, Outcome.REFUSED, ("unknown", "refused"))
async def goes_inside_by_script(exchange: Exchange) -> None:
    await exchange.page(f"<script>location.href = '{inside(exchange)}'</script>")


@public(Outcome.REFUSED, Outcome.REFUSED)
async def goes_inside_by_detour(exchange: Exchange) -> None:
    await exchange.send("302 Found", b"", f"Location: http://{OTHER}/redirects_to_loopback")


@public(Outcome.REFUSED, Outcome.FORWARD)
async def frames_inside(exchange: Exchange) -> None:
    await exchange.page(f"<iframe src='{inside(exchange)}' width=900 height=700></iframe>")


@public(Outcome.READ, Outcome.READ, ("ok", None))
async def fresh_in_a_foreign_frame(exchange: Exchange) -> None:
    """An old list beside, the column itself in a frame of another host."""
    frame = f"<iframe src='http://{OTHER}/stays' width=900 height=700></iframe>"
    await exchange.page(f"<div class=side><h3>通知公告</h3><ul>{OLD_ROWS}</ul></div>{frame}")


@public(Outcome.READ, Outcome.READ, ("ok", None))
async def reaches_inside(exchange: Exchange) -> None:
    """A column that reaches for what is inside in every way that a page has."""
    at, there = inside(exchange), f"http://{SITE}/redirects_to_loopback"
    worker = f"fetch('{at}?worker', {{mode: 'no-cors'}})"
    body = f"""<ul id=list>{NEW_ROWS}</ul>
      <img src='{at}?img'><img src='{there}?img'><iframe src='{at}?frame'></iframe>
      <iframe src='{there}?frame'></iframe><script src='{at}?script'></script>
      <script src='{there}?script'></script><object data='{at}?object'></object>
      <embed src='{at}?embed'><video src='{at}?video'></video>
      <form id=form target=hole action='{at}?form' method=post></form><iframe name=hole></iframe>
      <script>
        for (const url of ['{at}?fetch', '{there}?fetch'])
          fetch(url, {{mode: 'no-cors'}}).then(r => r.text()).then(t => document.title = t);
        navigator.sendBeacon('{at}?beacon', 'x');
        new EventSource('{at}?events');
        new WebSocket('{at}?socket'.replace('http', 'ws'));
        new Worker(URL.createObjectURL(new Blob([`{worker}`])));
        try {{ new WebTransport('{at}?transport'.replace('http:', 'https:')) }} catch (e) {{}}
        const peer = new RTCPeerConnection({{iceServers: [
          {{urls: 'stun:127.0.0.1:{exchange.trap}'}}, {{username: 'x', credential: 'x',
          urls: 'turn:127.0.0.1:{exchange.trap}?transport=tcp'}}]}});
        peer.createDataChannel('x'); peer.createOffer().then(o => peer.setLocalDescription(o));
        form.submit(); window.open('{at}?window');
      </script>"""
    head = f"""<link rel=stylesheet href='{at}?css'><link rel=prefetch href='{at}?prefetch'>
      <link rel=preload as=script href='{at}?preload'><link rel=icon href='{at}?icon'>
      <link rel=preconnect href='{at}'><link rel=dns-prefetch href='{at}'>
      <link rel=manifest href='{at}?manifest'><link rel=prerender href='{at}?prerender'>
      <style>@import '{at}?import'; body {{ background: url('{at}?background') }}
      @font-face {{ font-family: x; src: url('{at}?font') }} h1 {{ font-family: x }}</style>
      <script type=speculationrules>
        {{"prefetch": [{{"source": "list", "urls": ["{at}?speculation"]}}],
         "prerender": [{{"source": "list", "urls": ["/redirects_to_loopback?speculation"]}}]}}
      </script>"""
    await exchange.send("200 OK", page(body, head))
