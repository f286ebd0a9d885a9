"""What a month's survey owes, by kind: from the register, the profile and the month. Pure.

Portals are surveyed every month; of the other sites a share that is another one each month, until
all have had their turn.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from rules.register import Register, Site, SiteRole, Standing

SITES = "sites"
DISCLOSURE = "disclosure"
ADOPTIONS = "adoptions"


def site_targets(
    register: Register, month: str, share: float, names: Collection[str], *, every: bool
) -> tuple[str, ...]:
    """The names of the running sites to survey: those that were asked for, or the month's own."""
    running = [site for site in register.sites if site.status is Standing.RUNNING]
    if names:
        return tuple(site.name for site in running if site.name in names)
    if every:
        return tuple(site.name for site in running)
    turn = set(sampled([site.name for site in running if not _always(site)], month, share))
    return tuple(site.name for site in running if _always(site) or site.name in turn)


def _always(site: Site) -> bool:
    return site.role is SiteRole.PORTAL


def sampled(names: Sequence[str], month: str, share: float) -> tuple[str, ...]:
    """A month's share of the names (at least one, if any share at all), stable for the month.

    The names stand in an order of their own, of which each month takes the next stretch.
    """
    if not names or share <= 0:
        return ()
    ordered = sorted(names, key=lambda name: hashlib.sha256(name.encode()).digest())
    size = min(len(ordered), math.ceil(len(ordered) * share))
    year, number = map(int, month.split("-"))
    first = (year * 12 + number - 1) * size % len(ordered)
    return tuple((ordered * 2)[first : first + size])


def adopting_targets(
    register: Register, month: str, share: float, names: Collection[str], *, every: bool
) -> tuple[str, ...]:
    """The running sites that publish what units hand in: all of them, every month."""
    del month, share, every
    adopting = [
        site.name for site in register.sites if site.adopts and site.status is Standing.RUNNING
    ]
    return tuple(name for name in adopting if not names or name in names)


def disclosure_targets(
    register: Register, month: str, share: float, names: Collection[str], *, every: bool
) -> tuple[str, ...]:
    """The platforms that are entered from running sites: all of them, every month."""
    del month, share, every
    running = {site.name for site in register.sites if site.status is Standing.RUNNING}
    return tuple(
        one.target
        for one in register.disclosure
        if one.site in running and (not names or one.site in names)
    )


TargetsOf = Callable[..., tuple[str, ...]]

# Every kind of target, and what of it a month owes.
KINDS: Mapping[str, TargetsOf] = MappingProxyType(
    {SITES: site_targets, ADOPTIONS: adopting_targets, DISCLOSURE: disclosure_targets}
)


def targets_of(
    register: Register,
    month: str,
    share: float,
    names: Collection[str],
    *,
    every: bool,
    today: date,
) -> list[tuple[str, str]]:
    """Everything that a survey owes on a day, as kind and target, kind by kind.

    What was published in a month can be counted when it is over, and no sooner: the survey itself
    may be run days before.
    """
    kinds = [kind for kind in KINDS if kind != ADOPTIONS or month < f"{today:%Y-%m}"]
    return [
        (kind, target)
        for kind, of in ((kind, KINDS[kind]) for kind in kinds)
        for target in of(register, month, share, names, every=every)
    ]
