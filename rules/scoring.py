"""The score sheet (扣分、加分) of a portal: 100 points, what they lost, and what is open. Pure.

Standard 2.3 and 2.4. Only what a person confirmed, or a survey may say by itself, takes points.
What waits for review, was not read, or only a person can tell stays open: the total is a range.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from rules.facts import Truth
from rules.indicators import Indicator, On, Part, indicators
from rules.profiles import Profile, Scored
from rules.register import Site, SiteRole
from rules.score_costs import costs
from rules.score_facts import (
    NOTHING,
    Entry,
    LineStanding,
    ScoreSheet,
    SheetLine,
    VetoLine,
)
from rules.site_checks import Doubt
from rules.veto_facts import SiteMonth, VetoFinding, VetoStanding
from rules.vetoes import vetoes
from rules.words import say

WHOLE = Decimal(100)
BONUS_ABOVE = Decimal(80)
# Ministries without public services owe no 办事服务: their 75 points count for 100.
SERVICES, WITHOUT_SERVICES = "办事服务", Decimal(75)
# What a person's decision makes of a veto that the month says failed, or proposes.
RULED: Mapping[str, VetoStanding] = {
    "confirmed": VetoStanding.FAILED,
    "rectified": VetoStanding.FAILED,
    "dismissed": VetoStanding.DISMISSED,
}


def score_sheet(
    month: SiteMonth,
    profile: Profile,
    name: str,
    ruled: Mapping[str, str],
) -> ScoreSheet:
    """The sheet of a site. `name` is the month (YYYY-MM), `ruled` the status of the site's vetoes
    by rule."""
    veto_lines = tuple(_veto(one, ruled.get(one.rule, "")) for one in vetoes(month, profile))
    is_scored = profile.scored is Scored.ALL or month.site.role is SiteRole.PORTAL
    lines = tuple(
        line
        for line in (_line(one, month) for one in indicators())
        if line is not None and (is_scored or line.indicator.part is Part.REPORT)
    )
    taken, open_ = _sums(lines, Part.DEDUCTION)
    failed = any(one.standing is VetoStanding.FAILED for one in veto_lines)
    low, high = (None, None) if failed or not is_scored else _total(month.site, lines)
    return ScoreSheet(
        site=month.site,
        month=name,
        vetoes=veto_lines,
        lines=lines,
        low=low,
        high=high,
        taken=taken,
        open=open_,
        pass_mark=profile.pass_mark,
        entries=month.entries,
    )


def _veto(finding: VetoFinding, status: str) -> VetoLine:
    standing = finding.standing
    if standing in (VetoStanding.FAILED, VetoStanding.PROPOSED):
        standing = RULED.get(status, VetoStanding.PROPOSED)
    return VetoLine(finding, standing, status)


def _line(one: Indicator, month: SiteMonth) -> SheetLine | None:
    """The line of an indicator; None for vetoes, and for what does not concern sites."""
    if one.part is Part.VETO or one.on is On.ACCOUNT:
        return None
    if one.group == SERVICES and not month.site.services:
        return SheetLine(one, LineStanding.EXEMPT, why=(say("score.no_services"),))
    if one.part is Part.REPORT:
        return _report(one, month)
    entry = month.entries.get(one.code)
    if one.part is Part.BONUS:
        return _bonus(one, entry)
    return _deduction(one, month, entry)


def _deduction(one: Indicator, month: SiteMonth, entry: Entry | None) -> SheetLine:
    found = costs(one, month, is_filled=entry is not None)
    most = one.points or NOTHING
    filled = entry.points if entry else NOTHING
    taken = min(most, sum((cost.taken for cost in found), filled))
    open_ = min(most - taken, sum((cost.open for cost in found), NOTHING))
    why = [cost.why for cost in found if cost.why]
    if entry is not None:
        why.append(said(entry))
    standing = LineStanding.TAKEN if taken else LineStanding.FULL
    return SheetLine(
        one,
        LineStanding.OPEN if open_ else standing,
        taken,
        open_,
        tuple(why),
        tuple(place for cost in found for place in cost.places),
    )


def _bonus(one: Indicator, entry: Entry | None) -> SheetLine:
    if entry is None:
        why = (say("score.fill"),)
        return SheetLine(one, LineStanding.OPEN, open=one.points or NOTHING, why=why)
    given = min(one.points or NOTHING, entry.points)
    standing = LineStanding.TAKEN if given else LineStanding.FULL
    return SheetLine(one, standing, given, why=(said(entry),))


def said(entry: Entry) -> str:
    """A person's entry in words."""
    return say("score.filled", person=entry.person, reason=entry.reason or "—")


def _report(one: Indicator, month: SiteMonth) -> SheetLine:
    """The yearly report: no points, only whether it stands on the home page."""
    row = month.survey.get("site_report")
    if row is None or row.check.truth is Truth.UNKNOWN:
        is_idle = row is not None and row.check.reason == Doubt.NOT_APPLICABLE
        why = say("score.not_due" if is_idle else "score.unsurveyed")
        return SheetLine(one, LineStanding.EXEMPT if is_idle else LineStanding.OPEN, why=(why,))
    if row.check.truth is Truth.OK:
        return SheetLine(one, LineStanding.FULL)
    places = tuple(place.url for place in row.check.places)
    return SheetLine(one, LineStanding.TAKEN, why=(say("score.no_report"),), places=places)


def _sums(lines: tuple[SheetLine, ...], part: Part) -> tuple[Decimal, Decimal]:
    own = [line for line in lines if line.indicator.part is part]
    return (
        sum((line.taken for line in own), NOTHING),
        sum((line.open for line in own), NOTHING),
    )


def _total(site: Site, lines: tuple[SheetLine, ...]) -> tuple[Decimal, Decimal]:
    """The least and the most that the sheet may come to. Bonuses count above 80 alone, and only
    those that were filled in."""
    taken, open_ = _sums(lines, Part.DEDUCTION)
    given, _ = _sums(lines, Part.BONUS)
    low, high = _scaled(site, taken + open_), _scaled(site, taken)
    return _with(given, low), _with(given, high)


def _with(given: Decimal, base: Decimal) -> Decimal:
    return base + given if base > BONUS_ABOVE else base


def _scaled(site: Site, taken: Decimal) -> Decimal:
    """What is left after `taken`, out of 100."""
    if site.services:
        return WHOLE - taken
    left = (WITHOUT_SERVICES - taken) * WHOLE / WITHOUT_SERVICES
    return left.quantize(Decimal("0.01"), ROUND_HALF_UP)
