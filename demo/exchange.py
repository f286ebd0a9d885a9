"""What travels: a request to the city, its answer, and a request that has found its site. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from demo.plan import City, Column, Site

HTML = "text/html; charset=utf-8"
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
    """One request: `address` is path and query, `agent` what the client calls itself.

    `visit` counts from 1 for this address and day, so that what fails once fails on every day
    anew; `known` says that a browser has already passed this host's waiting room, `token` what an
    interface is opened with.
    """

    method: str
    host: str
    address: str
    visit: int = 1
    cookies: str = ""
    agent: str = ""
    body: str = ""
    known: bool = False
    token: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `delay` in seconds before it; `cut` closes the line instead of answering.

    `torn` resets the line in the middle of the body; `missing` is how many bytes more than there
    are its header promises.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0
    cut: bool = False
    torn: bool = False
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """A request that has found its site."""

    city: City
    site: Site
    day: date
    request: Request
    columns: Mapping[str, Column] = field(repr=False)


def html(visit: Visit, text: str, status: int = 200) -> Answer:
    """A page in the site's own charset."""
    encoding, content_type, mark = CHARSETS[visit.site.charset]
    return Answer(status, mark + text.encode(encoding, "xmlcharrefreplace"), content_type)


def utf8(text: str, status: int = 200) -> Answer:
    """A page of a program that is not the site's own."""
    return Answer(status, text.encode())


def sent_on(to: str, status: int = 302, *headers: tuple[str, str]) -> Answer:
    """A redirect."""
    return Answer(status, b"", headers=(("Location", to), *headers))
