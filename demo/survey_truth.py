"""The truth about what the survey's further checks are to find, for tests alone.

No program of the product reads this. Whatever is not named here is no fault: each check of every
other site is ok or, where nobody can say, unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

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


@cache
def expected_findings(seed: int) -> frozenset[tuple[str, str]]:
    """The faults of the city of `seed`, as site and check."""
    return frozenset(
        (site.name, CODES[site.planted])
        for site in city_of(seed).sites
        if site.planted is not None and site.planted in CODES
    )
