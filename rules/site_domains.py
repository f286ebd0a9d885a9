"""Whether a site's host has the form that it must have (P22; 国办发〔2017〕47号). Pure."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from rules.facts import Truth
from rules.register import SiteRole

# Names that never are on the internet: of rehearsals, of which nothing can be said.
REHEARSED = ("test", "example", "invalid", "localhost")
PORTAL = re.compile(r"www\.(?:[a-z0-9-]+\.)+gov\.cn")
ANY = re.compile(r"(?:[a-z0-9-]+\.)+gov\.cn")


def domain_truth(url: str, role: SiteRole, landed: str) -> Truth:
    """The form of a site's address: `www.x.gov.cn` for a portal, `y.x.gov.cn` for a department.

    `landed` is where its home page came from: a portal whose bare name leads to `www` is fine.
    """
    hosts = {_host(url), _host(landed)} - {""}
    if not hosts or any(host.rpartition(".")[2] in REHEARSED for host in hosts):
        return Truth.UNKNOWN
    if _is_number(_host(url)):
        return Truth.VIOLATION
    pattern = PORTAL if role is SiteRole.PORTAL else ANY
    return Truth.OK if any(pattern.fullmatch(host) for host in hosts) else Truth.VIOLATION


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
