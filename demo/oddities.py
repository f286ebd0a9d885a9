"""What look-alikes answer: firewalls, walls, detours, faults that pass.

`ODD` says what comes instead of a page (None lets the page itself answer), `SPOILED` what becomes
of the page on its way; one row a look-alike. What happens once happens to the
first visit of a day (`Request.visit`), so that a day that is inspected again is the same day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from demo.exchange import HTML, Answer, Visit, html, sent_on, utf8
from demo.pages import refusals
from demo.pages.frame import Page
from demo.pages.skins import dressed
from demo.plan import Column

Odd = Callable[[Visit, Column], Answer | None]
Spoil = Callable[[Visit, Answer], Answer]
EMPTIED_FROM = date(2022, 6, 9)
THROWN_HOME_ON = date(2022, 6, 13)
PARKED_ON = date(2022, 6, 20)
NEW_HOST, FRAME_HOST = "new-", "lm-"  # what stands before a site's host for its other hosts


def inner_address(column: Column) -> str:
    """Where the real list of a page lies that only frames it or sends to it."""
    return f"/inner/c{column.number}.html"


def _jsl(visit: Visit, _: Column) -> Answer | None:
    if refusals.JSL_COOKIE in visit.request.cookies:
        return None
    cookie = ("Set-Cookie", "__jsluid_h=3b1f0a9c; max-age=31536000; path=/; HttpOnly")
    signs = (cookie, ("X-Via-JSL", "1f4a3c8,-"), ("Cache-Control", "no-store"))
    return Answer(521, refusals.jsl_challenge().encode(), "text/html", signs)


def _rs(_: Visit, __: Column) -> Answer:
    cookies = (
        ("Set-Cookie", "FSSBBIl1UgzbN7N80S=5aXb2; Path=/; expires=Fri, 01 Jan 2032 00:00:00 GMT"),
        ("Set-Cookie", "FSSBBIl1UgzbN7N80T=4Tq9; Path=/; HttpOnly"),
    )
    return Answer(412, refusals.rs_challenge().encode(), HTML, cookies)


def _shield(visit: Visit, _: Column) -> Answer:
    page = refusals.shield_page(visit.site.host).encode()
    return Answer(403, page, HTML, (("Server", "CloudWAF"),))


def _waiting_room(status: int) -> Odd:
    """A firewall that a browser passes by itself, once; then it knows the caller's address."""

    def answer(visit: Visit, _: Column) -> Answer | None:
        passed = refusals.WAITING_COOKIE in visit.request.cookies
        if passed or visit.request.known:
            return None
        return Answer(status, refusals.waiting_room().encode(), HTML, (("Server", "yunsuo"),))

    return answer


def _browsers_only(status: int, page: Callable[[], str]) -> Odd:
    """An error for whatever is no browser (standard, 5.3)."""

    def answer(visit: Visit, _: Column) -> Answer | None:
        return None if "Chrome/" in visit.request.agent else utf8(page(), status)

    return answer


def _wall(visit: Visit, _: Column) -> Answer:
    return sent_on(f"/login.jsp?return={visit.request.address}")


def _cookie_required(visit: Visit, _: Column) -> Answer | None:
    """A session begins with a redirect to the same address; without cookies it never ends."""
    if "SESSIONID=" in visit.request.cookies:
        return None
    cookie = ("Set-Cookie", f"SESSIONID=8c{visit.site.code}f1; Path=/; HttpOnly")
    return sent_on(visit.request.address, 302, cookie)


def _moved(visit: Visit, _: Column) -> Answer | None:
    """The column lives on a new host; only there it answers."""
    if visit.request.host.startswith(NEW_HOST):
        return None
    return sent_on(f"http://{NEW_HOST}{visit.site.host}{visit.request.address}")


def _once(spoiled: Callable[[Visit, Column], Answer]) -> Odd:
    """What befalls the first visit of a day alone."""
    return lambda visit, column: spoiled(visit, column) if visit.request.visit == 1 else None


def _empty(visit: Visit, column: Column) -> Answer:
    return _dressed(visit, column, refusals.empty_main(column.name))


def _busy(_: Visit, __: Column) -> Answer:
    return replace(utf8(refusals.busy(), 503), headers=(("Retry-After", "5"),))


def _emptied(visit: Visit, column: Column) -> Answer | None:
    return _empty(visit, column) if visit.day >= EMPTIED_FROM else None


def _thrown_home(visit: Visit, _: Column) -> Answer | None:
    """On one day, the first two visits: gone before a patient checker asks the third time."""
    return sent_on("/") if visit.day == THROWN_HOME_ON and visit.request.visit <= 2 else None


def _parked(visit: Visit, _: Column) -> Answer | None:
    return utf8(refusals.parked(visit.site.host)) if visit.day == PARKED_ON else None


def _renovating(visit: Visit, column: Column) -> Answer:
    return _dressed(visit, column, refusals.renovating_main(column.name))


def _iframe(visit: Visit, column: Column) -> Answer:
    frame = refusals.frame_in_page(inner_address(column))
    return _dressed(visit, column, f"<h2>{column.name}</h2>{frame}")


def _foreign_frame(visit: Visit, column: Column) -> Answer:
    frame = refusals.frame_in_page(f"http://{FRAME_HOST}{visit.site.host}{inner_address(column)}")
    return _dressed(visit, column, f"<h2>{column.name}</h2>{frame}")


def _blank_frame(visit: Visit, column: Column) -> Answer:
    """Blank to whoever does not run its script: that writes the frame which holds the list."""
    main = refusals.empty_main(column.name) + refusals.frame_by_script(inner_address(column))
    return _dressed(visit, column, main)


def _dressed(visit: Visit, column: Column, main: str) -> Answer:
    page = Page(visit.city.names, visit.site, visit.day, column.name, main, column)
    return html(visit, dressed(page))


ODD: Mapping[str, Odd] = MappingProxyType(
    {
        "jsl_521": _jsl,
        "rs_412": _rs,
        "shield_403": _shield,
        "waiting_room": _waiting_room(202),
        "waiting_room_old": _waiting_room(503),
        "browsers_only_404": _browsers_only(404, refusals.plain_not_found),
        "browsers_only_500": _browsers_only(500, refusals.maintenance),
        "cookie_required": _cookie_required,
        "login": _wall,
        "moved": _moved,
        "error_once": _once(lambda _, __: utf8(refusals.server_error(), 500)),
        "reset_once": _once(lambda _, __: Answer(cut=True)),
        "empty_once": _once(_empty),
        "busy_once": _once(_busy),
        "limited_once": _once(lambda _, __: utf8(refusals.too_many(), 429)),
        "emptied": _emptied,
        "thrown_home": _thrown_home,
        "parked_a_day": _parked,
        "renovating": _renovating,
        "iframe": _iframe,
        "foreign_frame": _foreign_frame,
        "blank_frame": _blank_frame,
        "meta_refresh": lambda visit, column: html(
            visit, refusals.meta_refresh(inner_address(column))
        ),
        "script_jump": lambda visit, column: html(
            visit, refusals.script_jump(inner_address(column))
        ),
        "frameset": lambda visit, column: html(
            visit, refusals.frameset(inner_address(column), column.name)
        ),
    }
)


def _late(seconds: float) -> Spoil:
    return lambda _, good: replace(good, delay=seconds)


def _torn_once(visit: Visit, good: Answer) -> Answer:
    return replace(good, torn=visit.request.visit == 1)


def _short_once(visit: Visit, good: Answer) -> Answer:
    return replace(good, missing=512 if visit.request.visit == 1 else 0)


def _mislabelled(content_type: str) -> Spoil:
    """GBK bytes on a site whose pages say of themselves that they are UTF-8."""

    def spoil(_: Visit, good: Answer) -> Answer:
        return replace(good, body=good.body.decode().encode("gb18030"), content_type=content_type)

    return spoil


SPOILED: Mapping[str, Spoil] = MappingProxyType(
    {
        "slow": _late(2.5),
        "slower": _late(6.0),
        "torn_once": _torn_once,
        "short_once": _short_once,
        "gbk_meta_utf8": _mislabelled("text/html; charset=GBK"),
        "gbk_says_utf8": _mislabelled(HTML),
    }
)
