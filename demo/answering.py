"""What the city answers to one request on one day: a pure function, no socket, no clock."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from demo.addresses import article_of, place_of
from demo.calling import called
from demo.data import city_file, survey_file
from demo.disclosing import platform_answer, platform_of
from demo.exchange import Answer, Request, Visit, html, sent_on, utf8
from demo.footing import foot_answer
from demo.listing import list_view, page_count, published, row_of
from demo.oddities import FRAME_HOST, NEW_HOST, ODD, SPOILED
from demo.pages.articles import article_page, single_page
from demo.pages.columns import bare_list, column_page
from demo.pages.footers import REFUSING
from demo.pages.frame import Page
from demo.pages.homes import disclosure_page, home_page, site_map
from demo.pages.islands import DATA
from demo.pages.refusals import (
    login_page,
    not_found_main,
    outside_page,
    parked,
    server_error,
)
from demo.pages.skins import dressed
from demo.plan import City, Column, Site
from demo.platforms import answer_of
from demo.searching import searched

PIXEL = bytes.fromhex(
    "47494638396101000100800000dbe7f3ffffff21f90400000000002c00000000010001000002024401003b"
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def answer(city: City, day: date, request: Request) -> Answer:
    """What `request` gets on `day`. A host that is not there: 502, as from a proxy."""
    site = city.by_host.get(request.host) or _site_behind(city, request.host)
    if site:
        return _of_site(Visit(city, site, day, request, site.by_key))
    if request.host in (*city_file()["outside"], *city_file()["controls"]):
        return Answer(body=outside_page(request.host).encode())
    if request.host == survey_file()["lapsed_host"]:
        return Answer(body=parked(request.host).encode())
    if request.host == REFUSING:
        return Answer(403, b"<html><body>403 Forbidden</body></html>")
    return answer_of(city, day, request) or Answer(502, b"no such host\n", "text/plain")


def _site_behind(city: City, host: str) -> Site | None:
    """The site of a further host: the one it moved to, the one that serves its frames."""
    further = host.startswith((NEW_HOST, FRAME_HOST))
    return city.by_host.get(host.partition("-")[2]) if further else None


def _of_site(visit: Visit) -> Answer:
    address = visit.request.address
    first = foot_answer(visit) or platform_answer(visit)
    if first:
        return first
    for pattern, respond in FIXED:
        if pattern.match(address):
            return respond(visit)
    return (
        searched(visit)
        or _data(visit)
        or called(visit)
        or _inner(visit)
        or _old_address(visit)
        or _column(visit)
        or _article(visit)
        or not_found(visit)
    )


def not_found(visit: Visit) -> Answer:
    """The site's page for an address that it does not know, under status 404."""
    return html(visit, _error_page(visit), 404)


def _error_page(visit: Visit) -> str:
    city, site = visit.city.names, visit.site
    return dressed(Page(city, site, visit.day, "404", not_found_main()))


def _home(visit: Visit) -> Answer:
    return html(visit, home_page(visit.city.names, visit.site, visit.day))


def _disclosure(visit: Visit) -> Answer:
    """A page of that name on a site that has no platform of its own."""
    if platform_of(visit):
        return not_found(visit)
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
    return utf8(login_page())


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
FRAMED = frozenset({"iframe", "frameset", "foreign_frame", "blank_frame"})
INNER = re.compile(r"^/(?:inner|frame)/c(?P<number>\d+)\.html$")
OLD = re.compile(r"^/lanmu/(?P<number>\d+)\.html$")


def old_address(column: Column) -> str:
    """An address of before the last redesign, which redirects."""
    return f"/lanmu/{column.number}.html"


def _inner(visit: Visit) -> Answer | None:
    column = _numbered(visit, INNER)
    if column is None:
        return None
    view = list_view(visit.city.names, visit.site, column, visit.day, 1)
    if column.twist in FRAMED:
        return utf8(bare_list(view))
    return html(visit, column_page(view))


def _old_address(visit: Visit) -> Answer | None:
    column = _numbered(visit, OLD)
    return sent_on(visit.site.system.first(column.key), 301) if column else None


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
    instead = odd(visit, column) if odd else None
    return instead or _on_its_way(visit, column, _good(visit, column, page))


def _is_dead(column: Column, day: date) -> bool:
    fault = column.fault
    return bool(fault and fault.problem == "dead" and fault.since and fault.since <= day)


def _good(visit: Visit, column: Column, page: int) -> Answer:
    city, site, day = visit.city.names, visit.site, visit.day
    if column.concept.rhythm == "single":
        return html(visit, single_page(city, site, column, day))
    return html(visit, column_page(list_view(city, site, column, day, page)))


def _on_its_way(visit: Visit, column: Column, good: Answer) -> Answer:
    spoil = SPOILED.get(column.twist or "")
    return spoil(visit, good) if spoil else good


def _soft_404(visit: Visit) -> Answer:
    return html(visit, _error_page(visit))


DEAD: Mapping[str, Callable[[Visit], Answer]] = MappingProxyType(
    {
        "http_404": not_found,
        "http_500": lambda _: utf8(server_error(), 500),
        "soft_404": _soft_404,
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
