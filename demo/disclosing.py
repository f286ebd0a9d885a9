"""What disclosure platforms answer: their pages, on their own site or on the portal's. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import parse_qs, urlsplit

from demo.disclosure import Platform, hosted_by, platform_by_site
from demo.exchange import CHARSETS, HTML, Answer, Visit, html, utf8
from demo.pages.disclosure import Piece, Stand, document, front, results, section
from demo.pages.refusals import plain_not_found, rs_challenge, server_error

SLOW = 2.5  # seconds


def platform_of(visit: Visit) -> Platform | None:
    """The platform that the visited site's home page leads to, if it has one."""
    return platform_by_site(visit.city.seed).get(visit.site.name)


def platform_answer(visit: Visit) -> Answer | None:
    """The answer of a platform whose pages this host serves; None for any other address."""
    path = urlsplit(visit.request.address).path
    for platform in hosted_by(visit.city.seed, visit.site.host):
        if path.startswith(platform.base):
            return _of_platform(visit, platform, path)
    return None


def _of_platform(visit: Visit, platform: Platform, path: str) -> Answer:
    if platform.walled:
        return Answer(412, rs_challenge().encode(), HTML)
    if not platform.built:
        return utf8(plain_not_found(), 404)
    site = next(site for site in visit.city.sites if site.name == platform.site)
    stand = Stand(visit.city.names, site, platform, visit.day)
    answer = _page(visit, stand, path)
    spoil = SPOILED.get(platform.oddity or "")
    return spoil(visit, platform, answer) if spoil else answer


def _page(visit: Visit, stand: Stand, path: str) -> Answer:
    platform = stand.platform
    rest = path.removeprefix(platform.base)
    if path == platform.path or rest in ("", "index.html"):
        return html(visit, _declared(visit, front(stand)))
    if rest == "search/":
        return html(visit, _declared(visit, results(stand, _asked(visit))))
    if rest == "ysq/":
        return html(visit, _declared(visit, document(stand, Piece("依申请公开", "", visit.day))))
    for key, label, address in stand.sections:
        if path == address:
            return html(visit, _declared(visit, section(stand, key, label)))
        for piece in stand.pieces(key) if key in ("rules", "annual_report") else ():
            if path == piece.href:
                return html(visit, _declared(visit, document(stand, piece)))
    return utf8(plain_not_found(), 404)


def _declared(visit: Visit, page: str) -> str:
    """The page saying which charset it is written in: that of the host that serves it."""
    encoding = CHARSETS[visit.site.charset][0]
    return page.replace('<meta charset="utf-8">', f'<meta charset="{encoding}">', 1)


def _asked(visit: Visit) -> str:
    """The words that are searched for, in the charset of the form's page."""
    encoding = CHARSETS[visit.site.charset][0]
    query = parse_qs(urlsplit(visit.request.address).query, encoding=encoding)
    return " ".join(query.get("q", [""])[0].split())


def _waf_once(visit: Visit, _: Platform, good: Answer) -> Answer:
    return Answer(412, rs_challenge().encode(), HTML) if visit.request.visit == 1 else good


def _error_once(visit: Visit, platform: Platform, good: Answer) -> Answer:
    is_front = urlsplit(visit.request.address).path == platform.path
    return utf8(server_error(), 500) if is_front and visit.request.visit == 1 else good


def _search_error_once(visit: Visit, platform: Platform, good: Answer) -> Answer:
    is_search = visit.request.address.startswith(f"{platform.base}search/")
    return utf8(server_error(), 500) if is_search and visit.request.visit == 1 else good


def _slow(_: Visit, __: Platform, good: Answer) -> Answer:
    return replace(good, delay=SLOW)


SPOILED: Mapping[str, Callable[[Visit, Platform, Answer], Answer]] = MappingProxyType(
    {
        "waf_once": _waf_once,
        "error_once": _error_once,
        "search_error_once": _search_error_once,
        "slow": _slow,
    }
)
