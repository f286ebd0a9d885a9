"""Founding the city of a seed: sites are built, columns laid out, faults and oddities planted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from random import Random
from types import MappingProxyType

from demo.chance import chance, shuffled
from demo.data import city_file, concepts, platform_rules, roles
from demo.laying import make_column
from demo.naming import Body, cast_of
from demo.plan import City, Column, Site
from demo.planting import plant_faults, plant_twists
from demo.surveying import plant_surveys

KEEP_WAITING = frozenset({"rs_412", "shield_403", "image_only", "one_line", "late_list"})


@cache
def city_of(seed: int) -> City:
    """The city of `seed`: made once, then remembered."""
    cast = cast_of(seed)
    draw = chance("city", seed)
    sites = [_site(seed, n, body, draw) for n, body in enumerate(cast.bodies)]
    sites = plant_faults(seed, sites)
    sites = plant_twists(seed, sites)
    sites = plant_surveys(seed, _housed(seed, sites))
    hosts = MappingProxyType({site.host: site for site in sites})
    return City(seed, cast.city, tuple(sites), cast.closed, hosts)


def _site(seed: int, n: int, body: Body, draw: Random) -> Site:
    family = _in_turn("families", n, seed)
    site = Site(
        seed=seed,
        body=body,
        code=_site_code(seed, n),
        family=family,
        skin=_in_turn("skins", n, seed),
        charset=_in_turn("charsets", n, seed),
        platform=None,
        columns=(),
    )
    style = _in_turn("styles", n, seed)
    return replace(site, columns=tuple(_columns(seed, body, family, style, 1001 + 40 * n, draw)))


def _in_turn(what: str, n: int, seed: int) -> str:
    """Every choice gets used: the sites take them in a shuffled turn."""
    choices: list[str] = city_file()[what]
    order = shuffled(choices, chance(what, seed, n // len(choices)))
    return order[n % len(choices)]


def _site_code(seed: int, n: int) -> str:
    region = cast_of(seed).city.code
    return f"{region}{n % 11:02d}{n + 3:04d}"


def _columns(
    seed: int, body: Body, family: str, style: str, first: int, draw: Random
) -> Iterator[Column]:
    role = roles()[body.role]
    extra = draw.sample(role.some, role.count - len(role.always))
    chosen = [key for key in concepts() if key in role.always or key in extra]
    taken: set[str] = set()
    for n, key in enumerate(chosen):
        yield make_column(seed, body, family, style, concepts()[key], first + n, taken)


def _housed(seed: int, sites: list[Site]) -> list[Site]:
    """Put sites on platforms: where many live together, few have faults (standard, 5.0 item 5).

    Sites whose pages keep a browser waiting in vain have hosts of their own: the sites of a
    platform are looked at one page after the other.
    """
    draw = chance("platforms", seed)
    waiting = shuffled([site.name for site in sites if not _keeps_waiting(site)], draw)
    faulty = {site.name for site in sites if any(column.fault for column in site.columns)}
    homes: dict[str, str] = {}
    for rule in platform_rules():
        bad = [name for name in waiting if name in faulty][: rule.faults]
        good = [name for name in waiting if name not in faulty]
        living = [*bad, *good][: rule.sites]
        homes.update(dict.fromkeys(living, rule.name))
        waiting = [name for name in waiting if name not in living]
    return [replace(site, platform=homes.get(site.name)) for site in sites]


def _keeps_waiting(site: Site) -> bool:
    """Whether a page of this site never shows what a browser waits for."""
    return any(
        column.twist in KEEP_WAITING or (column.fault and column.fault.problem == "incompatible")
        for column in site.columns
    )
