"""What a check of a site is. A new one is a row in `rows` and one in `rules.site_checks`.

A check is given the site's pages of this pass and may ask for more. It returns one result for each
of its codes, `rules.site_checks.SiteCheck`, judged on this pass alone: the two passes are put
together by whoever runs it. In the second pass `seen.before` holds the results of the first, so
that a check need look again only at the places that were negative.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from rules.register import Site
from rules.site_checks import SiteCheck
from spiders.survey.asking import Asker
from spiders.survey.errand import Errand
from spiders.survey.pages import Pages


@dataclass(frozen=True, slots=True)
class SiteSeen:
    """The site of this pass. `before`: what the first pass found, by code; empty in the first."""

    site: Site
    errand: Errand
    before: Mapping[str, SiteCheck] = field(default_factory=dict)


Run = Callable[[SiteSeen, Pages, Asker], Awaitable[tuple[SiteCheck, ...]]]


@dataclass(frozen=True, slots=True)
class Check:
    """One row: the codes it answers for, and what finds out."""

    codes: tuple[str, ...]
    run: Run
