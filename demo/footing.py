"""What stands behind the feet of some sites' pages: what is lost, false, shaky or refused. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from demo.exchange import Answer, Visit, html
from demo.pages import footers
from demo.pages.frame import Page
from demo.pages.skins import dressed

HEAD_REFUSED = "head_refused"


def foot_answer(visit: Visit) -> Answer | None:
    """The answer for an address that only some site's foot names; None for every other."""
    planted = visit.site.planted or ""
    if planted == HEAD_REFUSED and visit.request.method == "HEAD":
        return Answer(405 if len(visit.request.address) % 2 else 403)
    respond = BEHIND.get((planted, visit.request.address))
    return respond(visit) if respond else None


def _page(visit: Visit) -> Page:
    return Page(visit.city.names, visit.site, visit.day, "服务机构", "<p>市民之家一楼大厅。</p>")


def _script(visit: Visit) -> Answer:
    text = footers.foot_script(_page(visit))
    return Answer(body=text.encode("ascii"), content_type="application/javascript")


def _frame(visit: Visit) -> Answer:
    return html(visit, footers.foot_page(_page(visit)))


def _false_file(visit: Visit) -> Answer:
    """A page under the name of a file."""
    return html(visit, dressed(_page(visit)))


def _lost_picture(_: Visit) -> Answer:
    return Answer(404, b"not found\n", "text/plain")


def _shaky(visit: Visit) -> Answer:
    """A page that fails at the day's first visits, and never after."""
    if visit.request.visit <= 2:
        return Answer(500, b"<html><body>error</body></html>")
    return html(visit, dressed(_page(visit)))


BEHIND: Mapping[tuple[str, str], Callable[[Visit], Answer]] = MappingProxyType(
    {
        ("scripted_foot", footers.FOOT_SCRIPT): _script,
        ("framed_foot", footers.FOOT_PAGE): _frame,
        ("false_file", footers.FALSE_FILE): _false_file,
        ("lost_picture", footers.LOST_PICTURE): _lost_picture,
        ("shaky_page", footers.SHAKY_PAGE): _shaky,
    }
)
