"""What the city answers to one request on one day: a pure function, no socket, no clock."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from demo.addresses import article_of, place_of
from demo.data import city_file
from demo.listing import list_view, page_count, published, row_of
from demo.pages.articles import article_page, single_page
from demo.pages.columns import bare_list, column_page
from demo.pages.frame import Page
from demo.pages.homes import disclosure_page, home_page, site_map
from demo.pages.islands import DATA
from demo.pages.refusals import (
    JSL_COOKIE,
    empty_main,
    frame_in_page,
    frameset,
    jsl_challenge,
    login_page,
    meta_refresh,
    not_found_main,
    outside_page,
    rs_challenge,
    script_jump,
    server_error,
    shield_page,
)
from demo.pages.skins import dressed
from demo.plan import City, Column, Site

HTML = "text/html; charset=utf-8"
SLOW = 2.5
PIXEL = bytes.fromhex(
    "47494638396101000100800000dbe7f3ffffff21f90400000000002c00000000010001000002024401003b"
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
# How a site's bytes are written, and what its header says of them.
CHARSETS: Mapping[str, tuple[str, str, bytes]] = MappingProxyType(
    {
        "utf8_header": ("utf-8", HTML, b""),
        "utf8_meta": ("utf-8", "text/html", b""),
        "utf8_bom": ("utf-8", "text/html", b"\xef\xbb\xbf"),
        "gb2312_meta": ("gb18030", "text/html", b""),
        "gbk_header": ("gb18030", "text/html; charset=GBK", b""),
        "gbk_silent": ("gb18030", "text/html", b""),
    }
)


@dataclass(frozen=True, slots=True)
class Request:
    """One request: `address` is path and query; `visit` counts from 1 for this address and day."""

    method: str
    host: str
    address: str
    visit: int = 1
    cookies: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `delay` in seconds before it; `cut` closes the line instead of answering."""

    status: int = 200
    body: bytes = b""
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """A request that has found its site."""

    city: City
    site: Site
    day: date
    request: Request
    columns: Mapping[str, Column] = field(repr=False)


def answer(city: City, day: date, request: Request) -> Answer:
    """What `request` gets on `day`. A host that is not there: 502, as from a proxy."""
    site = city.by_host.get(request.host) or _moved_site(city, request.host)
    if site:
        return _of_site(Visit(city, site, day, request, site.by_key))
    if request.host in (*city_file()["outside"], *city_file()["controls"]):
        return Answer(body=outside_page(request.host).encode())
    return Answer(502, b"no such host\n", "text/plain")


def _moved_site(city: City, host: str) -> Site | None:
    return city.by_host.get(host.removeprefix("new-")) if host.startswith("new-") else None


def _of_site(visit: Visit) -> Answer:
    address = visit.request.address
    for pattern, respond in FIXED:
        if pattern.match(address):
            return respond(visit)
    return (
        _data(visit)
        or _inner(visit)
        or _old_address(visit)
        or _column(visit)
        or _article(visit)
        or not_found(visit)
    )


def html(visit: Visit, text: str, status: int = 200) -> Answer:
    """A page in the site's own charset."""
    encoding, content_type, mark = CHARSETS[visit.site.charset]
    return Answer(status, mark + text.encode(encoding, "xmlcharrefreplace"), content_type)


def _utf8(text: str, status: int = 200) -> Answer:
    return Answer(status, text.encode())


def _sent_on(to: str, status: int = 302) -> Answer:
    return Answer(status, b"", headers=(("Location", to),))


def not_found(visit: Visit) -> Answer:
    """The site's page for an address that it does not know, under status 404."""
    return html(visit, _error_page(visit), 404)


def _error_page(visit: Visit) -> str:
    city, site = visit.city.names, visit.site
    return dressed(Page(city, site, visit.day, "404", not_found_main()))


def _home(visit: Visit) -> Answer:
    return html(visit, home_page(visit.city.names, visit.site, visit.day))


def _disclosure(visit: Visit) -> Answer:
    return html(visit, disclosure_page(visit.city.names, visit.site, visit.day))


def _map(visit: Visit) -> Answer:
    return html(visit, site_map(visit.city.names, visit.site, visit.day))


def _robots(visit: Visit) -> Answer:
    shut = [column.key for column in visit.site.columns if column.twist == "robots"]
    if visit.site.robots_closed:
        shut = ["/"]
    lines = "".join(f"Disallow: {path}\n" for path in shut) or "Disallow:\n"
    return Answer(body=f"User-agent: *\n{lines}".encode(), content_type="text/plain")


def _picture(_: Visit) -> Answer:
    return Answer(body=PIXEL, content_type="image/gif")


def _file(_: Visit) -> Answer:
    return Answer(body=PDF, content_type="application/pdf")


def _login(_: Visit) -> Answer:
    return _utf8(login_page())


FIXED: tuple[tuple[re.Pattern[str], Callable[[Visit], Answer]], ...] = (
    (re.compile(r"^/(index\.(html?|s?html|jhtml|asp|php))?$"), _home),
    (re.compile(r"^/robots\.txt$"), _robots),
    (re.compile(r"^/(images/|favicon\.ico)"), _picture),
    (re.compile(r"^/files/\d+\.pdf$"), _file),
    (re.compile(r"^/zfxxgk/$"), _disclosure),
    (re.compile(r"^/wzdt\.html$"), _map),
    (re.compile(r"^/login(\.jsp)?(\?|$)"), _login),
    (re.compile(r"^/top\.html$"), _map),
)


def _data(visit: Visit) -> Answer | None:
    """Data calls of lists that are drawn by scripts."""
    for pattern, respond in DATA_PATTERNS:
        match = pattern.match(visit.request.address)
        column = visit.site.by_number.get(int(match["number"])) if match else None
        if match and column:
            page = int(match.groupdict().get("page") or 1)
            content_type, text = respond(
                list_view(visit.city.names, visit.site, column, visit.day, page)
            )
            return Answer(body=text.encode(), content_type=content_type)
    return None


DATA_PATTERNS = tuple((re.compile(f"^{pattern}"), respond) for pattern, respond in DATA.items())
INNER = re.compile(r"^/(?:inner|frame)/c(?P<number>\d+)\.html$")
OLD = re.compile(r"^/lanmu/(?P<number>\d+)\.html$")


def inner_address(column: Column) -> str:
    """Where the real list of a page lies that only frames it or sends to it."""
    return f"/inner/c{column.number}.html"


def old_address(column: Column) -> str:
    """An address of before the last redesign, which redirects."""
    return f"/lanmu/{column.number}.html"


def _inner(visit: Visit) -> Answer | None:
    column = _numbered(visit, INNER)
    if column is None:
        return None
    view = list_view(visit.city.names, visit.site, column, visit.day, 1)
    if column.twist in ("iframe", "frameset"):
        return _utf8(bare_list(view))
    return html(visit, column_page(view))


def _old_address(visit: Visit) -> Answer | None:
    column = _numbered(visit, OLD)
    return _sent_on(visit.site.system.first(column.key), 301) if column else None


def _numbered(visit: Visit, pattern: re.Pattern[str]) -> Column | None:
    match = pattern.match(visit.request.address)
    return visit.site.by_number.get(int(match["number"])) if match else None


def _column(visit: Visit) -> Answer | None:
    def pages(key: str) -> int:
        column = visit.columns.get(key)
        return page_count(column, visit.day) if column else 0

    place = place_of(visit.site.system, visit.request.address, pages)
    column = visit.columns.get(place.key) if place else None
    if place is None or column is None:
        return None
    return column_answer(visit, column, place.page)


def column_answer(visit: Visit, column: Column, page: int) -> Answer:
    """One page of a column, with whatever is odd or wrong about it."""
    if not 1 <= page <= page_count(column, visit.day):
        return not_found(visit)
    if _is_dead(column, visit.day):
        return DEAD[column.fault.how or ""](visit) if column.fault else not_found(visit)
    odd = ODD.get(column.twist or "")
    spoiled = odd(visit, column) if odd else None
    return spoiled or _slowed(column, _good(visit, column, page))


def _is_dead(column: Column, day: date) -> bool:
    fault = column.fault
    return bool(fault and fault.problem == "dead" and fault.since and fault.since <= day)


def _good(visit: Visit, column: Column, page: int) -> Answer:
    city, site, day = visit.city.names, visit.site, visit.day
    if column.concept.rhythm == "single":
        return html(visit, single_page(city, site, column, day))
    return html(visit, column_page(list_view(city, site, column, day, page)))


def _slowed(column: Column, good: Answer) -> Answer:
    return replace(good, delay=SLOW) if column.twist == "slow" else good


def _soft_404(visit: Visit) -> Answer:
    return html(visit, _error_page(visit))


DEAD: Mapping[str, Callable[[Visit], Answer]] = MappingProxyType(
    {
        "http_404": not_found,
        "http_500": lambda _: _utf8(server_error(), 500),
        "soft_404": _soft_404,
    }
)

Odd = Callable[[Visit, Column], Answer | None]


def _jsl(visit: Visit, _: Column) -> Answer | None:
    if JSL_COOKIE in visit.request.cookies:
        return None
    cookie = ("Set-Cookie", "__jsluid_h=3b1f0a9c; max-age=31536000; path=/; HttpOnly")
    signs = (cookie, ("X-Via-JSL", "1f4a3c8,-"), ("Cache-Control", "no-store"))
    return Answer(521, jsl_challenge().encode(), "text/html", signs)


def _rs(_: Visit, __: Column) -> Answer:
    cookies = (
        ("Set-Cookie", "FSSBBIl1UgzbN7N80S=5aXb2; Path=/; expires=Fri, 01 Jan 2032 00:00:00 GMT"),
        ("Set-Cookie", "FSSBBIl1UgzbN7N80T=4Tq9; Path=/; HttpOnly"),
    )
    return Answer(412, rs_challenge().encode(), HTML, cookies)


def _shield(visit: Visit, _: Column) -> Answer:
    return Answer(403, shield_page(visit.site.host).encode(), HTML, (("Server", "CloudWAF"),))


def _wall(visit: Visit, _: Column) -> Answer:
    return _sent_on(f"/login.jsp?return={visit.request.address}")


def _moved(visit: Visit, _: Column) -> Answer | None:
    """The column lives on a new host; only there it answers."""
    if visit.request.host.startswith("new-"):
        return None
    return _sent_on(f"http://new-{visit.site.host}{visit.request.address}")


def _error_once(visit: Visit, _: Column) -> Answer | None:
    return _utf8(server_error(), 500) if visit.request.visit == 1 else None


def _reset_once(visit: Visit, _: Column) -> Answer | None:
    return Answer(cut=True) if visit.request.visit == 1 else None


def _empty_once(visit: Visit, column: Column) -> Answer | None:
    if visit.request.visit > 1:
        return None
    main = empty_main(column.name)
    page = Page(visit.city.names, visit.site, visit.day, column.name, main, column)
    return html(visit, dressed(page))


def _iframe(visit: Visit, column: Column) -> Answer:
    main = f"<h2>{column.name}</h2>{frame_in_page(inner_address(column))}"
    page = Page(visit.city.names, visit.site, visit.day, column.name, main, column)
    return html(visit, dressed(page))


ODD: Mapping[str, Odd] = MappingProxyType(
    {
        "jsl_521": _jsl,
        "rs_412": _rs,
        "shield_403": _shield,
        "login": _wall,
        "moved": _moved,
        "error_once": _error_once,
        "reset_once": _reset_once,
        "empty_once": _empty_once,
        "iframe": _iframe,
        "meta_refresh": lambda visit, column: html(visit, meta_refresh(inner_address(column))),
        "script_jump": lambda visit, column: html(visit, script_jump(inner_address(column))),
        "frameset": lambda visit, column: html(visit, frameset(inner_address(column), column.name)),
    }
)


def _article(visit: Visit) -> Answer | None:
    found = article_of(visit.request.address)
    column = visit.site.by_number.get(found[0]) if found else None
    if found is None or column is None or found[1] >= published(column, visit.day):
        return None
    row = row_of(visit.city.names, visit.site, column, found[1])
    if row.href != visit.request.address:
        return None
    return html(visit, article_page(visit.city.names, visit.site, column, row, visit.day))
