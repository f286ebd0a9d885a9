"""The brake: when much of one group fails at once, it is rather us than them (standard 5.0). Pure.

Counted in sites, never columns, within groups of at least ten sites (a platform, a host group).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from rules.facts import Truth, UnknownReason, Verdict

SMALLEST_GROUP = 10
# More than one in five of a group's sites newly failing.
SHARE = (1, 5)
# Or at least so many, and more than so many times the mean of the last rounds.
FEWEST, TIMES, ROUNDS = 5, 3, 4


def brake(
    verdicts: Mapping[str, Verdict],
    site_of: Mapping[str, str],
    groups: Mapping[str, str],
    earlier: Sequence[AbstractSet[str]] = (),
) -> dict[str, Verdict]:
    """The verdicts of one round, those of a group with a mass anomaly turned `mass_anomaly`.

    `verdicts` by target; `site_of` gives each target's site, `groups` each site's group (a site
    without one is never braked). `earlier` are the accused targets of the judged rounds before,
    oldest first, as they stood after the brake: what was braked then is as new today, so that
    a group stays `unknown` until a person has looked.

    A site fails newly if it fails now and did not fail in the judged round before. The very
    first round has no round before it: every failing site counts as new there.
    """
    sites = _sites_by_group(verdicts, site_of, groups)
    failing = [_sites(targets, site_of) for targets in (*earlier, accused(verdicts))]
    newly = [now - before for before, now in zip([set[str](), *failing], failing, strict=False)]
    braked = {
        group
        for group, members in sites.items()
        if len(members) >= SMALLEST_GROUP
        and _is_anomalous(len(members), [len(found & members) for found in newly])
    }
    return {
        target: _doubted(verdict) if groups.get(site_of.get(target, "")) in braked else verdict
        for target, verdict in verdicts.items()
    }


def accused(verdicts: Mapping[str, Verdict]) -> frozenset[str]:
    """The targets that stand as violations in a round."""
    return frozenset(
        target for target, verdict in verdicts.items() if verdict.truth is Truth.VIOLATION
    )


def _sites(targets: AbstractSet[str], site_of: Mapping[str, str]) -> set[str]:
    return {site_of[target] for target in targets if target in site_of}


def _sites_by_group(
    verdicts: Mapping[str, Verdict], site_of: Mapping[str, str], groups: Mapping[str, str]
) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for target in verdicts:
        site = site_of.get(target)
        if site is not None and site in groups:
            found[groups[site]].add(site)
    return found


def _is_anomalous(size: int, newly: Sequence[int]) -> bool:
    """`newly` counts the newly failing sites of each judged round, this one last."""
    *before, now = newly
    over, of = SHARE
    if now * of > size * over:
        return True
    last = before[-ROUNDS:]
    return len(last) == ROUNDS and now >= FEWEST and now * ROUNDS > TIMES * sum(last)


def _doubted(verdict: Verdict) -> Verdict:
    if verdict.truth is not Truth.VIOLATION:
        return verdict
    return replace(
        verdict, truth=Truth.UNKNOWN, reason=UnknownReason.MASS_ANOMALY, rule=None, wording=None
    )
