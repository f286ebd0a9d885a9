"""The disclosure platforms of a city: whose they are, how they are built, what they lack. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from types import MappingProxyType
from typing import Any

from demo.accounts import office_of
from demo.chance import chance, shuffled
from demo.data import default_seed, disclosure_file
from demo.founding import city_of
from demo.plan import City, Site

PATHS: Mapping[str, str] = MappingProxyType(
    {"pictures": "/xxgkpt/", "gkmlpt": "/gkmlpt/index", "hosted": "/zfxxgk/bm/"}
)


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform. `unit` is printed in annex 6, `named` in the register; `host` serves its pages,
    of which `path` is the first.

    `lacks` are sections that are not there. `entry`, `search`, `opens`, `report`, `built`: whether
    the home page leads there, its search finds, its items open, last year's report stands there,
    and it is there at all. `walled`: a firewall lets no program in.
    """

    site: str
    unit: str
    named: str
    host: str
    path: str
    shape: str
    way: str
    oddity: str | None = None
    lacks: tuple[str, ...] = ()
    entry: bool = True
    search: bool = True
    opens: bool = True
    report: bool = True
    built: bool = True
    walled: bool = False

    @property
    def base(self) -> str:
        """What the addresses of its sections begin with."""
        return self.path.removesuffix("index")

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{self.host}{self.path}"

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong with it."""
        good = self.entry and self.search and self.opens and self.report and self.built
        return good and not self.lacks and not self.walled


@cache
def platforms_of(seed: int) -> tuple[Platform, ...]:
    """The platforms of the city of `seed`, in the order of annex 6."""
    city = city_of(seed)
    draw = chance("disclosure", seed)
    rows = list(_rows(city, draw))
    shapes = _turns(disclosure_file()["shapes"], len(rows), draw)
    ways = _ways(rows, draw)
    odd = _oddities(rows, draw)
    return tuple(
        _platform(city, site, row, shape, way, odd.get(site.name))
        for (site, row), shape, way in zip(rows, shapes, ways, strict=True)
    )


@cache
def platform_by_site(seed: int) -> Mapping[str, Platform]:
    """The platforms by the name of the site that they are entered from."""
    return MappingProxyType({one.site: one for one in platforms_of(seed)})


@cache
def hosted_by(seed: int, host: str) -> tuple[Platform, ...]:
    """The platforms whose pages a host serves."""
    return tuple(one for one in platforms_of(seed) if one.host == host)


Row = Mapping[str, Any]


def _rows(city: City, draw: Random) -> Iterator[tuple[Site, Row]]:
    """Each site that has a platform, with what is wrong with it; elsewhere all by chance."""
    rows = disclosure_file()["platforms"]
    if city.seed == default_seed():
        named = {site.host.partition(".")[0]: site for site in city.sites}
        yield from ((named[row["host"]], row) for row in rows)
        return
    having = shuffled([site for site in city.sites if site.body.role != "city"], draw)
    others = [{**row, **row.get("other", {})} for row in rows]
    yield from zip(having, shuffled(others, draw), strict=False)


def _turns(choices: Sequence[str], count: int, draw: Random) -> list[str]:
    turns: list[str] = []
    while len(turns) < count:
        turns += shuffled(choices, draw)
    return turns[:count]


def _ways(rows: Sequence[tuple[Site, Row]], draw: Random) -> list[str]:
    """How each home page leads to its platform: plainly, but for a few."""
    special = list(disclosure_file()["entries"])
    places = [place for place, (_, row) in enumerate(rows) if row.get("entry", True)]
    chosen = dict(zip(shuffled(places, draw), special, strict=False))
    return [chosen.get(place, "text") for place in range(len(rows))]


def _oddities(rows: Sequence[tuple[Site, Row]], draw: Random) -> dict[str, str]:
    """What is odd, by site: look-alikes of faults on whole platforms, and beside faults."""
    wrong = ("entry", "search", "opens", "report", "built", "walled", "lacks")
    whole = [site.name for site, row in rows if not any(key in row for key in wrong)]
    lacking = [site.name for site, row in rows if row.get("lacks") == ["policy"]]
    kinds = disclosure_file()["oddities"]
    good = zip(shuffled(whole, draw), kinds["good"], strict=False)
    return {**dict(good), **dict(zip(shuffled(lacking, draw), kinds["lacking"], strict=False))}


def _platform(
    city: City, site: Site, row: Row, shape: str, way: str, oddity: str | None
) -> Platform:
    label = site.host.partition(".")[0]
    if not row.get("search", True):
        shape = "bare"  # no search of the site around it may find what its own does not
    is_hosted = shape == "hosted"
    path = PATHS.get(shape, "/zfxxgk/")
    flags = {key: row[key] for key in FLAGS if key in row}
    unit = office_of(city, site.body.short)
    return Platform(
        site=site.name,
        unit=unit if unit != site.body.unit else site.body.full_name,
        named=unit,
        host=f"www.{city.names.host}.test" if is_hosted else site.host,
        path=f"{path}{label}/" if is_hosted else path,
        shape="bare" if is_hosted else shape,
        way=way,
        oddity=oddity,
        lacks=tuple(row.get("lacks", ())),
        **flags,
    )


FLAGS = ("entry", "search", "opens", "report", "built", "walled")
