"""What the monthly survey is to find in the city: which site carries which plant. Pure.

One plant a site, on sites that nothing else is wrong with, so that no round's truth is touched.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from demo.chance import chance, shuffled
from demo.data import check_days, survey_file
from demo.plan import Column, Site


@dataclass(frozen=True, slots=True)
class Plant:
    """One thing to find, or to leave alone (`innocent`): it lies in a column of `concept`, which
    may look like one of `twists` (empty: like nothing special); without a concept, in the foot of
    every page."""

    plant: str
    concept: str = ""
    twists: tuple[str, ...] = ()
    innocent: bool = False


@cache
def plants() -> tuple[Plant, ...]:
    """All that is planted, those with few places to go first."""
    return tuple(
        Plant(**{**row, "twists": tuple(row.get("twists", ()))}) for row in survey_file()["plants"]
    )


def plant_surveys(seed: int, sites: Sequence[Site]) -> list[Site]:
    """The sites with one plant on each of some of them."""
    grown = list(sites)
    for rule in plants():
        order = shuffled(range(len(grown)), chance("survey", seed, rule.plant))
        place = next((n for n in order if _suits(rule, grown[n])), None)
        if place is None:
            raise ValueError(f"the city of {seed} has no place for {rule.plant}")
        grown[place] = replace(grown[place], planted=rule.plant)
    return grown


def _suits(rule: Plant, site: Site) -> bool:
    if site.planted or site.robots_closed or any(column.fault for column in site.columns):
        return False
    return not rule.concept or any(True for _ in _columns(rule, site))


def _columns(rule: Plant, site: Site) -> Iterator[Column]:
    for column in site.columns:
        is_odd_enough = column.twist in rule.twists if rule.twists else column.twist is None
        if column.concept.key == rule.concept and is_odd_enough:
            yield column


def holder(site: Site) -> Column | None:
    """The column in which a site's plant lies."""
    rule = next((one for one in plants() if one.plant == site.planted), None)
    return next(_columns(rule, site), None) if rule else None


def holds(site: Site, column: Column) -> str | None:
    """The plant that lies in a column, if one does."""
    held = holder(site) if site.planted else None
    return site.planted if held is not None and held.number == column.number else None


def reported(site: Site, column: Column, title: str, day: date) -> str:
    """The title of an item; a yearly report that is missing speaks of the year before last."""
    is_missing = day.year == check_days()[0].year and holds(site, column) == "no_site_report"
    return title.replace(f"{day.year - 1}年", f"{day.year - 2}年") if is_missing else title


def waiting_serial(site: Site, column: Column) -> int | None:
    """The letter of a column that nobody has answered, if there is one."""
    span = survey_file()["letter_age"].get(holds(site, column))
    if span is None:
        return None
    first, last = (check_days()[0] - timedelta(days=days) for days in span[::-1])
    serial = bisect_left(column.days, first)
    return serial if serial < len(column.days) and column.days[serial] <= last else None


def asked_on(serial: int, day: date) -> date:
    """The day on which a letter was sent that is published on `day`."""
    return day - timedelta(days=3 + serial % 5)
