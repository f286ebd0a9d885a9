"""The addresses and headers of questions: the templates of `asking`, filled in for one account."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from spiders.accounts.answers import Part
from spiders.accounts.asking import ASKS, HOSTS, MARKED
from spiders.accounts.questions import Access
from spiders.accounts.talking import Talk

JSON = {"Content-Type": "application/json", "Accept": "application/json"}


def quoted(text: object) -> str:
    """A value as it stands in an address."""
    return quote(str(text), safe="")


def address(talk: Talk, part: Part = Part.LIST, **values: object) -> str:
    """The address of a source's part for this account. Raises KeyError for a missing value."""
    return filled(ASKS[talk.source.name][part], talk, part, **values)


def filled(template: str, talk: Talk, part: Part, **values: object) -> str:
    """A template with the hosts, the account's id and `values`; an empty mark is left out."""
    fields = {"id": talk.sought.platform_id, "next": "", **values}
    made = template.format_map(
        {**talk.access.hosts, **{key: quoted(value) for key, value in fields.items()}}
    )
    mark = MARKED.get(talk.source.name, {}).get(part)
    return made.replace(f"&{mark}=", "", 1) if mark and not fields["next"] else made


def host_keys(name: str) -> tuple[str, ...]:
    """The hosts that a source's addresses stand on."""
    lines = [line for text in ASKS.get(name, {}).values() for line in text.split("\n")]
    return tuple(dict.fromkeys(line[1 : line.index("}")] for line in lines))


def moved(link: str, access: Access) -> str:
    """A post's link on a platform, at the host that the settings give for it; over https
    otherwise, whatever port or name of a user it has.
    """
    parts = urlsplit(link)
    path = parts._replace(scheme="", netloc="", fragment="").geturl()
    for key, usual in HOSTS.items():
        if usual and parts.hostname == urlsplit(usual).hostname:
            return access.hosts.get(key, usual) + path
    return f"https://{parts.hostname}{path}"


def weibo_headers(talk: Talk) -> Mapping[str, str]:
    """What the web of 微博 sends with its own requests."""
    found = {
        "Referer": f"{talk.access.hosts['weibo']}/u/{quoted(talk.sought.platform_id)}",
        "X-Requested-With": "XMLHttpRequest",
        "Accept": "application/json, text/plain, */*",
    }
    token = talk.access.cookies.get("XSRF-TOKEN")
    return {**found, "X-XSRF-TOKEN": token} if token else found


def mobile_headers(talk: Talk) -> Mapping[str, str]:
    """What m.weibo.cn sends with its own requests."""
    return {
        "Referer": f"{talk.access.hosts['weibo_mobile']}/u/{quoted(talk.sought.platform_id)}",
        "X-Requested-With": "XMLHttpRequest",
        "MWeibo-Pwa": "1",
        "Accept": "application/json, text/plain, */*",
    }


def pengpai_headers(talk: Talk) -> Mapping[str, str]:
    """What the mobile page of 澎湃 sends with its own requests."""
    page = talk.access.hosts.get("pengpai_page") or HOSTS["pengpai_page"]
    return {**JSON, "Client-Type": "2", "Origin": page, "Referer": f"{page}/"}
