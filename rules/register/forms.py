"""How each entry of rules.yaml is written: the table of its keys, and what is made of them.

One table an entry. A new key is a new row here, a field in `entries`, a line in docs/rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from rules.facts import Hint
from rules.fields import (
    WRONG,
    Field,
    Reader,
    address,
    clock,
    column_address,
    day,
    flag,
    list_of,
    longest,
    nearest,
    one_of,
    read_mapping,
    text,
    whole,
)
from rules.kinds import ColumnKind
from rules.notes import Notes
from rules.platforms import Platform
from rules.register.account_sources import read_sources
from rules.register.entries import (
    Account,
    AccountRole,
    Column,
    ControlAccount,
    DisclosurePlatform,
    Exemption,
    Letter,
    Rounds,
    Site,
    SiteRole,
    Standing,
    Unit,
    UnitGroup,
)
from rules.register.labels import (
    ACCOUNT_ROLE_LABELS,
    GROUP_LABELS,
    KIND_LABELS,
    PLATFORM_LABELS,
    ROLE_LABELS,
    STANDING_LABELS,
)
from rules.yaml_tree import Mapping, Node, Scalar, Sequence

LONGEST_LIMIT = 36_600
_SHORTEST_RHYTHM, _LONGEST_RHYTHM = timedelta(hours=1), timedelta(days=7)
LONGEST_LETTER = timedelta(days=184)  # unanswered for longer, it excuses nothing any more
TIMEZONE = "Asia/Shanghai"
WECHAT_KINDS = ("订阅号", "服务号")
_IGNORE = re.compile(r"ignore[\s,，;；:：(（—-]+(.+?)[)）]?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with the node it was read from; `parts` are a site's columns with theirs."""

    value: Any
    node: Mapping
    parts: tuple[tuple[Column, Node], ...] = ()


def place_of(node: Node, key: str) -> Node:
    """The node under a key of a mapping, for a message; the mapping itself if there is none."""
    if isinstance(node, Mapping):
        for name, value in node.pairs:
            if name.text == key:
                return value
    return node


def _as_written(node: Node, _notes: Notes) -> Node:
    return node


def _made(kind: type[Any], fields: dict[str, Field]) -> Reader:
    def read(node: Node, notes: Notes) -> Any:
        values = read_mapping(node, fields, notes)
        return WRONG if values is None else kind(**values)

    return read


def _placed(kind: type[Any], fields: dict[str, Field]) -> Reader:
    read = _made(kind, fields)

    def read_placed(node: Node, notes: Notes) -> Any:
        value = read(node, notes)
        if value is WRONG or not isinstance(node, Mapping):
            return WRONG
        return Placed(value, node)

    return read_placed


def _timezone(node: Node, notes: Notes) -> Any:
    found = text(node, notes)
    if found in (TIMEZONE, WRONG):
        return found
    notes.wrong(node, "timezone", found=found)
    return WRONG


def _days(node: Node, notes: Notes) -> Any:
    # 29, 30 and 31 do not stand in every month: a round would silently fail to come due.
    found = list_of(whole(1, 28))(node, notes)
    if found is WRONG:
        return WRONG
    if not found:
        if isinstance(node, Sequence) and not node.items:
            notes.wrong(node, "no_days")
        return WRONG
    if len(set(found)) < len(found):
        notes.wrong(node, "doubled_days")
        return WRONG
    return tuple(sorted(found))


def _robots(node: Node, notes: Notes) -> Any:
    """None for `obey`; the reason for `{ignore: reason}` or `ignore, reason`."""
    if isinstance(node, Mapping):
        values = read_mapping(node, {"ignore": Field(text, required=True)}, notes)
        return WRONG if values is None else values["ignore"]
    if isinstance(node, Scalar):
        if node.text.strip() == "obey":
            return None
        found = _IGNORE.fullmatch(node.text.strip())
        if found is not None:
            return found[1].strip()
    notes.wrong(node, "robots")
    return WRONG


def _letter(node: Node, notes: Notes) -> Any:
    """A letter; one that ends before it is sent, or hardly ever, would only hide blindness."""
    found = _made(Letter, _LETTER)(node, notes)
    if found is WRONG:
        return WRONG
    if found.until < found.sent:
        notes.wrong(place_of(node, "until"), "letter_order", sent=found.sent, until=found.until)
        return WRONG
    if found.until - found.sent > LONGEST_LETTER:
        latest = found.sent + LONGEST_LETTER
        notes.wrong(place_of(node, "until"), "letter_long", until=found.until, latest=latest)
        return WRONG
    return found


_LETTER = {"sent": Field(day, required=True), "until": Field(day, required=True)}
_EXEMPTION = {
    "reason": Field(text, required=True),
    "by": Field(text),
    "until": Field(day),
}
_HINT = {"items": Field(text), "date": Field(text)}
_ROUNDS = {"days": Field(_days), "start": Field(clock), "timezone": Field(_timezone)}

_UNIT = {
    "name": Field(text, required=True),
    "full_name": Field(text),
    "short_name": Field(text),
    "group": Field(one_of(UnitGroup, GROUP_LABELS)),
    "aliases": Field(list_of(text)),
}
_COLUMN = {
    "name": Field(text, required=True),
    "url": Field(column_address, required=True),
    "kind": Field(one_of(ColumnKind, KIND_LABELS), required=True),
    "level": Field(whole(1, 2)),
    "limit": Field(whole(1, LONGEST_LIMIT)),
    "exempt": Field(_made(Exemption, _EXEMPTION)),
    "id": Field(text),
    "was": Field(text),
    "hint": Field(_made(Hint, _HINT)),
}
_SITE = {
    "name": Field(text, required=True),
    "unit": Field(text, required=True),
    "url": Field(address, required=True),
    "role": Field(one_of(SiteRole, ROLE_LABELS)),
    "code": Field(text),
    "status": Field(one_of(Standing, STANDING_LABELS)),
    "robots": Field(_robots),
    "hosted_on": Field(text),
    "was": Field(text),
    "letter": Field(_letter),
    "services": Field(flag),
    "adopts": Field(list_of(text)),
    "columns": Field(_as_written),
}
_ACCOUNT = {
    "name": Field(text, required=True),
    "unit": Field(text, required=True),
    "platform": Field(one_of(Platform, PLATFORM_LABELS), required=True),
    "id": Field(text, required=True),
    "role": Field(one_of(AccountRole, ACCOUNT_ROLE_LABELS)),
    "kind": Field(text),
    "weekly_min": Field(whole(0, 100)),
    "sources": Field(_as_written),
    "window_days": Field(whole(1, 366)),
    "status": Field(one_of(Standing, STANDING_LABELS)),
    "aliases": Field(list_of(text)),
}


_CONTROL_ACCOUNT = {
    "platform": Field(one_of(Platform, PLATFORM_LABELS), required=True),
    "id": Field(text, required=True),
    "name": Field(text, required=True),
    "every": Field(longest(_LONGEST_RHYTHM, _SHORTEST_RHYTHM)),
    "sources": Field(_as_written),
}


# `url` is read as a column's; what it is relative to may stand further on, or in another file.
_DISCLOSURE = {
    "unit": Field(text, required=True),
    "site": Field(text, required=True),
    "url": Field(column_address),
}


def _site(node: Node, notes: Notes) -> Any:
    values = read_mapping(node, _SITE, notes)
    columns = place_of(node, "columns")
    if columns is node or (isinstance(columns, Scalar) and columns.is_nothing):
        parts: tuple[tuple[Column, Node], ...] = ()
    else:
        parts = _columns(columns, values, notes)
    if values is None or not isinstance(node, Mapping):
        return WRONG
    values.pop("columns", None)
    values["robots_ignored"] = values.pop("robots", None)
    site = Site(**values, columns=tuple(column for column, _ in parts))
    return Placed(site, node, parts)


def _columns(
    node: Node, site: dict[str, Any] | None, notes: Notes
) -> tuple[tuple[Column, Node], ...]:
    """The columns under a site; read even if the site itself is wrong, for their own mistakes."""
    if not isinstance(node, Sequence):
        notes.wrong(node, "not_list")
        return ()
    parts = []
    seen: dict[str, int] = {}
    for item in node.items:
        values = read_mapping(item, _COLUMN, notes)
        if values is None:
            continue
        name = values["name"]
        if name in seen:
            notes.wrong(place_of(item, "name"), "doubled_column", name=name, first=seen[name])
            continue
        seen[name] = item.line
        if site is not None:
            parts.append((_column(values, site), item))
    return tuple(parts)


def _column(values: dict[str, Any], site: dict[str, Any]) -> Column:
    if "id" not in values:
        owner = site.get("was", site["name"])
        values["id"] = f"{owner}/{values.get('was', values['name'])}"
    values["url"] = absolute(values["url"], site["url"])
    return Column(**values)


def absolute(url: str, base: str) -> str:
    """An address as it stands in a register, made absolute by its site's."""
    if url[:4].lower() == "http" and "://" in url[:8]:
        return url
    # The common case by itself: urljoin takes 60 µs, and a register may hold 280,000 columns.
    if url.startswith("/") and not url.startswith("//") and "/." not in url:
        return _origin(base) + url
    return urljoin(base, url)


@lru_cache(maxsize=64)
def _origin(base: str) -> str:
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}"


def _account(node: Node, notes: Notes) -> Any:
    values = read_mapping(node, _ACCOUNT, notes)
    written = place_of(node, "sources")
    platform = values["platform"] if values else None
    sources, options = read_sources(None if written is node else written, platform, notes)
    if values is None or not isinstance(node, Mapping):
        return WRONG
    account = Account(**values | {"sources": sources, "options": options})
    odd = account.kind is not None and account.kind not in WECHAT_KINDS
    if account.platform is Platform.WECHAT and odd:
        known = nearest(account.kind or "", WECHAT_KINDS)
        notes.wrong(place_of(node, "kind"), "unknown_word", word=account.kind, known=known)
    return Placed(account, node)


def _control_account(node: Node, notes: Notes) -> Any:
    values = read_mapping(node, _CONTROL_ACCOUNT, notes)
    written = place_of(node, "sources")
    platform = values["platform"] if values else None
    sources, options = read_sources(None if written is node else written, platform, notes)
    if values is None or not isinstance(node, Mapping):
        return WRONG
    return Placed(ControlAccount(**values | {"sources": sources, "options": options}), node)


# What may stand once in a register, and the lists that the files of a folder add to.
ONCE: dict[str, Reader] = {"city": text, "profile": text, "rounds": _made(Rounds, _ROUNDS)}
LISTS: dict[str, Reader] = {
    "controls": address,
    "units": _placed(Unit, _UNIT),
    "sites": _site,
    "accounts": _account,
    "control_accounts": _control_account,
    "disclosure": _placed(DisclosurePlatform, _DISCLOSURE),
}
