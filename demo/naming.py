"""Who is in the city of a seed: published names for the default one, invented ones elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from demo.chance import chance, shuffled
from demo.data import CityNames, Office, default_seed, names_file, office, units_file


@dataclass(frozen=True, slots=True)
class Body:
    """A body with a site: `short` is how its own news call it; `group` as in the register."""

    host: str
    site: str
    unit: str
    full_name: str
    short: str
    role: str
    group: str
    themes: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody: 45 bodies with running sites, and one whose site is closed."""

    city: CityNames
    bodies: tuple[Body, ...]
    closed: Body


def cast_of(seed: int) -> Cast:
    """The cast of the city of `seed`."""
    if seed == default_seed():
        return _published()
    return _invented(seed)


def _published() -> Cast:
    units = units_file()
    city = CityNames(**units["city"])
    portal = office(units["portal"])
    counties = [office(row) for row in units["counties"]]
    departments = [office(row) for row in units["departments"]]
    return _cast(city, portal, counties, departments, office(_closed(units)))


def _closed(units: Any) -> dict[str, Any]:
    return {key: value for key, value in units["closed"].items() if key != "reason"}


def _invented(seed: int) -> Cast:
    draw = chance("names", seed)
    names = names_file()
    city = CityNames(**draw.choice(names["cities"]))
    portal = Office(
        "www", f"{city.name}人民政府", f"{city.name}人民政府办公室", unit="市政府办公室"
    )
    counties = [_county(words) for words in draw.sample(names["counties"], 9)]
    zone, host = draw.choice(names["zones"]).split()
    counties.append(Office(host, zone, zone, short=zone))
    departments = [_renamed(office(row), draw.randrange(99)) for row in units_file()["departments"]]
    closed = _renamed(office(_closed(units_file())), draw.randrange(99))
    return _cast(city, portal, counties, shuffled(departments, draw), closed)


def _county(words: str) -> Office:
    name, host = words.split()
    full = f"{name}人民政府"
    return Office(re.sub(r"\d", "", host), full, f"{full}办公室", short=name)


def _renamed(known: Office, pick: int) -> Office:
    name = known.other[pick % len(known.other)]
    return Office(known.host, name, known.full_name, themes=known.themes)


def _cast(
    city: CityNames, portal: Office, counties: list[Office], departments: list[Office], gone: Office
) -> Cast:
    themes = tuple(units_file()["county_themes"])
    first = _body(portal, city, "city", "portal_office", themes, short=city.name)
    middle = [_body(c, city, "county", "county", themes, short=c.short) for c in counties]
    rest = [_body(d, city, "department", "department", d.themes, d.name) for d in departments]
    closed = _body(gone, city, "department", "department", themes, gone.name)
    return Cast(city, (first, *middle, *rest), closed)


def _body(
    known: Office, city: CityNames, role: str, group: str, themes: tuple[str, ...], short: str
) -> Body:
    return Body(
        host=f"{known.host}.{city.host}.test",
        site=known.name,
        unit=known.unit or known.name,
        full_name=known.full_name or known.name,
        short=short,
        role=role,
        group=group,
        themes=themes,
        aliases=known.aliases,
    )
