"""The truth about what the survey's checks are to find, for tests alone.

No program of the product reads this. Whatever is not named here is no fault: each check of every
other site is ok or, where nobody can say, unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from demo.disclosure import platforms_of
from demo.founding import city_of

# The check that finds a plant; those of `demo.surveying` that are not here are innocent.
CODES: Mapping[str, str] = MappingProxyType(
    {
        "unanswered_letter": "letters",
        "short_guides": "guide",
        "hidden_links": "hidden_link",
        "no_site_report": "site_report",
        "lost_search": "search",
        "lapsed_partner": "lapsed_domain",
        "unlinked_interpretations": "interpretation_link",
    }
)

# The same for what stands in the feet of a site's pages: found by the checks of marks and links.
FOOT_CODES: Mapping[str, str] = MappingProxyType(
    {
        "wrong_code": "code_differs",
        "no_icp": "mark_icp",
        "old_entry": "jiucuo_code",
        "no_tags": "page_tags",
        "lost_page": "dead_link",
        "lost_picture": "picture",
        "false_file": "attachment",
    }
)


@cache
def expected_feet(seed: int) -> frozenset[tuple[str, str]]:
    """The faults in the feet of the city of `seed`, and what dead columns and entries of platforms
    that were never built make of the links to them, as site and check."""
    city = city_of(seed)
    dead = {
        (site.name, "dead_link")
        for site in city.sites
        for column in site.columns
        if column.fault is not None and column.fault.how in ("http_404", "http_500")
    }
    dead |= {(one.site, "dead_link") for one in platforms_of(seed) if one.entry and not one.built}
    feet = {
        (site.name, FOOT_CODES[site.planted])
        for site in city.sites
        if site.planted is not None and site.planted in FOOT_CODES
    }
    return frozenset(feet | dead)


@cache
def expected_findings(seed: int) -> frozenset[tuple[str, str]]:
    """The faults of the city of `seed`, as site and check."""
    return frozenset(
        (site.name, CODES[site.planted])
        for site in city_of(seed).sites
        if site.planted is not None and site.planted in CODES
    )
