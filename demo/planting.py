"""Planting: which columns are at fault, and which innocent ones look as if they were."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from demo.addresses import FAMILIES
from demo.chance import chance, day_between, shuffled
from demo.data import (
    FaultRule,
    TwistRule,
    concepts,
    default_seed,
    fault_rules,
    published_places,
    twist_rules,
)
from demo.laying import make_column
from demo.plan import Column, Exempt, Fault, Site
from demo.rhythm import Quiet

# What a look-alike changes in a column's rhythm: exactly at a limit on a check day, at a warning
# line, old where no limit holds.
QUIET_BY_TWIST: Mapping[str, Quiet] = MappingProxyType(
    {
        "at_limit_14a": Quiet(date(2022, 5, 30), date(2022, 6, 14)),
        "at_limit_14b": Quiet(date(2022, 6, 13), date(2022, 6, 28)),
        "at_limit_31": Quiet(date(2022, 5, 6), date(2022, 6, 7)),
        "at_limit_62": Quiet(date(2022, 4, 26), date(2022, 6, 28)),
        "at_limit_184": Quiet(date(2021, 12, 18), date(2022, 6, 21)),
        "warn_14": Quiet(date(2022, 6, 9), date(2022, 6, 21)),
        "warn_184": Quiet(date(2022, 1, 5), date(2022, 7, 1)),
        "minor_200_days": Quiet(date(2021, 11, 20)),
        "unlimited_old": Quiet(date(2020, 5, 12)),
        "exempt_old": Quiet(date(2020, 9, 17)),
        "off_season": Quiet(date(2022, 2, 18)),
        "waiting_room_old": Quiet(date(2021, 9, 20)),
        "emptied": Quiet(date(2022, 5, 24)),
        "late_entries": Quiet(date(2022, 5, 27), date(2022, 5, 29)),
    }
)
# Look-alikes that need a content system of a certain kind.
FAMILIES_BY_TWIST: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "yearless": frozenset({"trs", "hanweb", "dated"}),
        "robots": frozenset({"trs", "hanweb", "jeecms", "dated"}),
        "redirected": frozenset({"trs", "hanweb", "vsb", "jeecms", "channels", "dated"}),
    }
)
Change = Callable[[Column, Site], tuple[Column, ...]]
RESERVED = "reserved"  # a column that another rests on: nothing odd may come to it
WAYS_TO_BE_DEAD = ("http_404", "http_500", "soft_404")
SAYS_UTF8 = frozenset({"utf8_header", "utf8_meta"})
SINGLE_SITE_TWISTS = frozenset({"jsl_521", "rs_412", "shield_403"})  # one firewall, one site


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a fault goes: a site, and the name and path its column has (None: as it is)."""

    site: int
    name: tuple[str, str] | None


def plant_faults(seed: int, sites: list[Site]) -> list[Site]:
    """The sites with the faults of the data file in them."""
    grown = list(sites)
    spots = _published_spots(sites) if seed == default_seed() else _drawn_spots(seed, sites)
    for rank, (rule, spot) in enumerate(zip(_rules(seed), spots, strict=True)):
        grown[spot.site] = _with_fault(seed, rank, rule, spot, grown[spot.site])
    return grown


def _rules(seed: int) -> list[FaultRule]:
    """The faults of a city: those of the data file, in a second city some in another form."""
    if seed == default_seed():
        return list(fault_rules())
    draw = chance("fault rules", seed)
    return [rule.instead() if draw.random() < 0.5 else rule for rule in fault_rules()]


def _published_spots(sites: Sequence[Site]) -> list[_Spot]:
    index = {site.name: n for n, site in enumerate(sites)}
    return [_Spot(index[site], column) for site, column in published_places()]


def _drawn_spots(seed: int, sites: Sequence[Site]) -> list[_Spot]:
    """Chance says which sites are hit; faults of one published site stay together."""
    draw = chance("fault sites", seed)
    order = shuffled(range(len(sites)), draw)
    chosen: dict[int, int] = {}
    for rule in fault_rules():
        if rule.site not in chosen:
            free = [
                n for n in order if sites[n].body.role == rule.role and n not in chosen.values()
            ]
            chosen[rule.site] = free[0]
    return [_Spot(chosen[rule.site], None) for rule in fault_rules()]


def _with_fault(seed: int, rank: int, rule: FaultRule, spot: _Spot, site: Site) -> Site:
    column = _column_for(seed, rule.concept, site)
    fault = _fault(seed, rank, rule)
    if spot.name:
        key = FAMILIES[site.family].column(column.concept.group, spot.name[1], column.number)
        column = replace(column, name=spot.name[0], path=spot.name[1], key=key)
    column = replace(
        column,
        fault=fault,
        limit=rule.limit,
        twist=rule.twist,
        quiet=(Quiet(fault.newest, fault.until),) if fault.newest else (),
        exempt=Exempt(rule.exempt["reason"], rule.exempt["until"]) if rule.exempt else None,
    )
    return _with_column(site, column)


def _column_for(seed: int, concept: str, site: Site) -> Column:
    for column in site.columns:
        if column.concept.key == concept:
            return column
    number = max(column.number for column in site.columns) + 1
    taken = {column.name for column in site.columns}
    style = site.columns[0].style
    return make_column(seed, site.body, site.family, style, concepts()[concept], number, taken)


def _with_column(site: Site, column: Column) -> Site:
    known = any(old.number == column.number for old in site.columns)
    columns = tuple(column if old.number == column.number else old for old in site.columns)
    return replace(site, columns=columns if known else (*columns, column))


def _fault(seed: int, rank: int, rule: FaultRule) -> Fault:
    draw = chance("fault", seed, rank)
    pinned = (rule.pin or {}) if seed == default_seed() else {}

    def day(key: str, span: tuple[date, date] | None) -> date | None:
        return pinned.get(key) or (day_between(*span, draw) if span else None)

    return Fault(
        problem=rule.problem,
        rank=rank,
        newest=day("newest", rule.newest),
        until=day("until", rule.until),
        since=day("since", rule.since),
        how=rule.how if pinned or rule.problem != "dead" else draw.choice(WAYS_TO_BE_DEAD),
    )


def plant_twists(seed: int, sites: list[Site]) -> list[Site]:
    """The sites with the innocent look-alikes in them, never on a faulty column."""
    grown = {site.name: site for site in sites}
    for rule in twist_rules():
        for column in _columns_for(seed, rule, list(grown.values())):
            for changed in _twisted(rule.twist, column, grown[column.site]):
                grown[column.site] = _with_column(grown[column.site], changed)
    return [
        _robots_closed(site) if site.name == _open_one(seed, grown) else site
        for site in grown.values()
    ]


def _columns_for(seed: int, rule: TwistRule, sites: Sequence[Site]) -> list[Column]:
    families = FAMILIES_BY_TWIST.get(rule.twist, frozenset(FAMILIES))
    suits = NEEDS.get(rule.twist, _anywhere)
    draw = chance("twist", seed, rule.twist)
    free = [
        column
        for site in sites
        if site.family in families
        for column in site.columns
        if column.concept.key in rule.concepts and _is_free(column) and suits(column, site)
    ]
    free = shuffled(free, draw)
    if rule.twist in SINGLE_SITE_TWISTS:
        free = _of_one_site(free, rule.count)
    return free[: rule.count]


def _anywhere(_: Column, __: Site) -> bool:
    return True


def _is_free(column: Column) -> bool:
    return column.fault is None and column.twist is None


def _of_one_site(columns: Sequence[Column], count: int) -> list[Column]:
    for first in columns:
        same = [column for column in columns if column.site == first.site]
        if len(same) >= count:
            return same
    return list(columns)


def _twisted(twist: str, column: Column, site: Site) -> tuple[Column, ...]:
    """The columns that a look-alike changes: this one, and what it rests on."""
    quiet = QUIET_BY_TWIST.get(twist)
    column = replace(column, twist=twist, quiet=(quiet,) if quiet else column.quiet)
    change = CHANGES.get(twist)
    return change(column, site) if change else (column,)


def _news_of(site: Site) -> Column:
    return next(column for column in site.columns if column.concept.key == "unit_news")


def _shared(column: Column, site: Site) -> tuple[Column, ...]:
    """Two columns of the register at one address: the site's own news, in good order, answer."""
    news = replace(_news_of(site), twist=RESERVED)
    return replace(column, key=news.key), news


def _own_limit(days: int) -> Change:
    """A limit of the register's own, kept by its column."""
    return lambda column, _: (replace(column, limit=days),)


def _off_season(column: Column, _: Site) -> tuple[Column, ...]:
    """A seasonal column that is off until autumn: old, and let off."""
    return (replace(column, limit=90, exempt=Exempt("冬春季专题，季节已过", date(2022, 10, 31))),)


# What must hold of a column and its site before a look-alike can stand there.
NEEDS: Mapping[str, Callable[[Column, Site], bool]] = MappingProxyType(
    {
        "shared_address": lambda _, site: _is_free(_news_of(site)),
        "gbk_meta_utf8": lambda _, site: site.charset in SAYS_UTF8,
        "gbk_says_utf8": lambda _, site: site.charset in SAYS_UTF8,
    }
)
CHANGES: Mapping[str, Change] = MappingProxyType(
    {
        "shared_address": _shared,
        "own_limit_90": _own_limit(90),
        "own_limit_366": _own_limit(366),
        "waiting_room_old": _own_limit(366),
        "off_season": _off_season,
    }
)


def _open_one(seed: int, sites: Mapping[str, Site]) -> str:
    """The site whose robots file forbids programs while the register has leave: an ordinary one."""
    ordinary = [
        site.name
        for site in sites.values()
        if site.body.role == "department"
        and not any(c.fault for c in site.columns)
        and not any(c.twist in SINGLE_SITE_TWISTS | {"robots"} for c in site.columns)
    ]
    return chance("robots", seed).choice(ordinary)


def _robots_closed(site: Site) -> Site:
    return replace(site, robots_closed=True)
