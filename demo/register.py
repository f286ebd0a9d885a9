"""The register of the city as an office would have written it: rules.yaml and the demo's profile.

It says what must be watched and nothing of what is wrong; the limits of kinds are the profile's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from demo.account_plan import CONTROLLED, controls_of, plan_of
from demo.accounts import office_of
from demo.answering import old_address
from demo.data import city_file
from demo.disclosure import platforms_of
from demo.office import write_office
from demo.plan import City, Column, Site
from demo.submitting import submits_as

KEEPER = "张三"
GROUPS = {"county": "county", "department": "department", "portal_office": "other"}
PROFILE = {
    "name": "demo",
    "extends": "kaifeng-2022",
    "title": "演示",
    "independent_after": "1s",
    "host_delay": "0s",
    "host_concurrency": 4,
    # The platforms are fakes of this city, and their rounds last a minute: no pauses are owed.
    "account_second_after": "1s",
    "account_pace": 0.0,
}


def write_register(city: City, folder: Path) -> None:
    """Write rules.yaml and profiles/demo.yaml into `folder`, which is made if it is not there."""
    (folder / "profiles").mkdir(parents=True, exist_ok=True)
    (folder / "rules.yaml").write_text(register_text(city), encoding="utf-8")
    (folder / "profiles" / "demo.yaml").write_text(_yaml(PROFILE), encoding="utf-8")
    write_office(city, folder)


def register_text(city: City) -> str:
    """The whole of rules.yaml."""
    parts: dict[str, Any] = {
        "city": city.names.name,
        "profile": "demo",
        "rounds": {"days": [6, 13, 20, 27], "start": "08:00", "timezone": "Asia/Shanghai"},
        "controls": [f"http://{host}/" for host in city_file()["controls"]],
        "units": list(_units(city)),
        "sites": [*map(_site, city.sites), _closed(city)],
        "accounts": list(_accounts(city)),
        "control_accounts": [
            {
                "platform": one.platform,
                "id": one.ident,
                "name": one.name,
                "every": "2d",
                "sources": list(CONTROLLED[one.platform]),
            }
            for one in controls_of(city)
        ],
        "disclosure": list(_disclosure(city)),
    }
    return _yaml(parts)


def _yaml(value: object) -> str:
    text: str = yaml.dump(
        value,
        Dumper=yaml.CSafeDumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=1000,
    )
    return text


def column_address(site: Site, column: Column) -> str:
    """The address of a column as the register has it: of one site an old one, which redirects."""
    return old_address(column) if column.twist == "redirected" else site.system.first(column.key)


def _units(city: City) -> Iterator[dict[str, Any]]:
    """Every unit once. A county has two: its government, and the office that runs its accounts."""
    known = {office_of(city, site.body.short) for site in city.sites}
    known |= {site.body.unit for site in city.sites}
    for site in city.sites:
        body, office = site.body, office_of(city, site.body.short)
        unit = {
            "name": body.unit,
            "full_name": body.full_name if body.full_name not in known else None,
            "short_name": submits_as(body) if submits_as(body) != body.unit else None,
            "group": GROUPS[body.group],
            "aliases": _aliases(site, known),
        }
        yield {key: value for key, value in unit.items() if value}
        if office != body.unit:
            yield {"name": office, "group": "other"}
    if city.closed.unit not in known:
        yield {"name": city.closed.unit, "group": "other"}


def _aliases(site: Site, known: set[str]) -> list[str]:
    body = site.body
    names = [*body.aliases, *([body.short] if body.role == "county" else [])]
    taken = known | {body.full_name, submits_as(body)}
    return [name for name in names if name not in taken]


def _site(site: Site) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": site.name,
        "unit": site.body.unit,
        "role": "department" if site.body.role == "department" else "portal",
        "code": site.code,
        "status": "running",
        "url": f"http://{site.host}/",
    }
    adopting = [column.name for column in site.columns if column.collects]
    if adopting:
        entry["adopts"] = adopting
    if site.robots_closed:
        entry["robots"] = f"ignore, {city_file()['robots_override']['reason']}"
    if site.platform:
        entry["hosted_on"] = site.platform
    entry["columns"] = [_column(site, column) for column in site.columns]
    return entry


def _column(site: Site, column: Column) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": column.name,
        "url": column_address(site, column),
        "kind": column.concept.kind,
        "level": column.concept.level,
    }
    if column.limit:
        entry["limit"] = column.limit
    if column.exempt:
        entry["exempt"] = {"reason": column.exempt.reason, "by": KEEPER}
        if column.exempt.until:
            entry["exempt"]["until"] = column.exempt.until
    return entry


def _closed(city: City) -> dict[str, Any]:
    """A site that was shut down; its host answers nobody, and nobody should ask."""
    host = city.closed.host
    return {
        "name": city.closed.site,
        "unit": city.closed.unit,
        "role": "department",
        "status": "closed",
        "url": f"http://{host}/",
        "columns": [{"name": "通知公告", "url": "/tzgg/", "kind": "notice", "level": 1}],
    }


def _accounts(city: City) -> Iterator[dict[str, Any]]:
    for one in plan_of(city):
        account = one.account
        entry = {
            "name": account.name,
            "unit": account.unit,
            "platform": account.platform,
            "id": account.ident,
            "role": "publishing",
            "kind": account.kind,
            "weekly_min": account.weekly_min,
            "sources": list(one.sources),
        }
        yield {key: value for key, value in entry.items() if value is not None}


def _disclosure(city: City) -> Iterator[dict[str, Any]]:
    """The disclosure platforms by the printed name of their unit. The office wrote down where they
    are but for a few that anybody finds from the home page."""
    for place, one in enumerate(platforms_of(city.seed)):
        entry = {"unit": one.unit, "site": one.site, "url": one.url}
        if place % 7 == 0 and one.entry and one.way == "text":
            del entry["url"]
        yield entry
