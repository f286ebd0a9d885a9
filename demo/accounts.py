"""The city's 311 accounts: who runs them, where, and how often they owe a post.

What they post, and how their platforms show it, comes with the accounts' own modules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from demo.chance import chance
from demo.data import accounts_file, default_seed
from demo.plan import City

LETTERS = "0123456789abcdef"
SERVICE_ACCOUNT = "服务号"


@dataclass(frozen=True, slots=True)
class Account:
    """One account. `problem`: week (short of its quota), stale (two weeks silent), or None."""

    name: str
    unit: str
    platform: str
    ident: str
    kind: str | None = None
    weekly_min: int | None = None
    problem: str | None = None


def office_of(city: City, name: str) -> str:
    """The unit that answers for a body's accounts: a county's accounts belong to its office."""
    for site in city.sites:
        body = site.body
        if body.short == name or body.unit == name:
            is_government = body.role == "county" and body.site.endswith("人民政府")
            return f"{body.site}办公室" if is_government else body.unit
    raise KeyError(name)


def accounts_of(city: City) -> tuple[Account, ...]:
    """All accounts of a city, the faulty ones first."""
    data = accounts_file()
    draw = chance("accounts", city.seed)
    planted = [_planted(city, row, draw) for row in data["published"]]
    taken = {(account.platform, account.name) for account in planted}
    invented = _invented(city, data, taken, draw)
    rest = [next(invented) for _ in range(data["total"] - len(planted))]
    return (*planted, *rest)


def _planted(city: City, row: Mapping[str, Any], draw: Random) -> Account:
    if city.seed == default_seed():
        name, unit = row["name"], office_of(city, row["unit"])
    else:
        body = draw.choice(city.sites[1:]).body
        unit = office_of(city, body.short)
        name = f"{body.short}{draw.choice(accounts_file()['towns'])}{draw.randint(1, 99)}号"
    return _account(name, unit, row["platform"], draw, row.get("quota"), row["problem"])


def _invented(
    city: City, data: Mapping[str, Any], taken: set[tuple[str, str]], draw: Random
) -> Iterator[Account]:
    platforms, weights = zip(*data["platforms"].items(), strict=True)
    while True:
        body = draw.choice(city.sites).body
        platform = draw.choices(platforms, weights)[0]
        name = _name(city, body.short, body.role, data, draw)
        if (platform, name) not in taken:
            taken.add((platform, name))
            yield _account(name, office_of(city, body.short), platform, draw)


def _name(city: City, short: str, role: str, data: Mapping[str, Any], draw: Random) -> str:
    if role == "department":
        return draw.choice(
            (
                f"{city.names.short}{short.removeprefix('市')}",
                f"{city.names.name}{short.removeprefix('市')}",
            )
        )
    word = draw.choice([*data["bureaus"], *data["towns"]])
    pattern: str = draw.choice(data["patterns"])
    return pattern.format(place=short.removesuffix("市"), word=word)


def _account(
    name: str,
    unit: str,
    platform: str,
    draw: Random,
    quota: int | None = None,
    problem: str | None = None,
) -> Account:
    usual = accounts_file()["quotas"].get(platform)
    kind = None
    if platform == "wechat":
        kind = SERVICE_ACCOUNT if quota == 1 else "订阅号"
    return Account(name, unit, platform, _ident(platform, draw), kind, quota or usual, problem)


def _ident(platform: str, draw: Random) -> str:
    """An identity of the platform's own form."""
    hexes = "".join(draw.choices(LETTERS, k=12))
    forms = {
        "wechat": f"gh_{hexes}",
        "weibo": str(draw.randint(1_700_000_000, 7_799_999_999)),
        "douyin": f"MS4wLjABAAAA{hexes}{hexes[::-1]}",
        "bilibili": str(draw.randint(300_000_000, 1_700_000_000)),
        "app": f"cn.gov.app.{hexes[:6]}",
    }
    return forms.get(platform, str(draw.randint(10**10, 10**11)))
