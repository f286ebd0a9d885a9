"""Vetoes in words: what a finding says, what a listed one rests on, and who is near a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from reports.safety import harmless
from reports.tables import Cell
from rules.indicators import veto_name
from rules.problems import VETOES
from rules.veto_facts import VetoFinding, VetoStanding, site_names, site_target
from rules.vetoes import vetoes
from rules.words import say
from storage.models import Violation
from storage.score_entries import account_entries
from storage.verdicts import last_judged
from storage.vetoes import judged_month, names_near_a_line, site_months
from storage.violations import Narrow


def why(veto: VetoFinding) -> str:
    """The reason of a finding, with its numbers."""
    return harmless(say(f"veto_why.{veto.why}", **veto.numbers))


def because(session: Session, row: Violation) -> tuple[str, ...]:
    """What a listed veto rests on now: its numbers, then the columns that it counts."""
    if row.account is not None:
        entry = account_entries(session, row.month).get(row.target, {}).get(row.rule)
        told = {"person": entry.person, "reason": entry.reason} if entry else {}
        return (harmless(say("veto_why.person_failed", **told)),) if entry else ()
    month = judged_month(session, row.month)
    if month is None:
        return ()
    found = site_months(session, month, lambda site: site_target(site) == row.target)
    lines: list[str] = []
    for one in found:
        names = {column.id: column.name for column in one.site.columns}
        for veto in vetoes(one, month.profile):
            if VETOES[veto.rule] == row.family:
                lines += [why(veto), *(harmless(names.get(key, key)) for key in veto.evidence)]
    return tuple(lines)


def near_a_veto(session: Session, narrow: Narrow) -> Iterator[Mapping[str, Cell]]:
    """The sites past the warning line of a veto (10 of 14 days, 3 of 5 %, 2 of 5 columns, 6 of 10),
    in the month that is asked for, or else the last that was judged."""
    day = narrow.round or last_judged(session)
    name = narrow.month or (f"{day:%Y-%m}" if day else None)
    names = names_near_a_line(session, name) if name else frozenset()
    month = judged_month(session, name, names) if name and names else None
    if month is None:
        return
    asked = names if narrow.site is None else names & {narrow.site}
    found = site_months(session, month, lambda one: not asked.isdisjoint(site_names(one)))
    for one in found:
        for veto in vetoes(one, month.profile):
            if veto.standing is VetoStanding.WARN:
                yield {
                    "site": one.site.name,
                    "unit": one.site.unit,
                    "newest": veto.newest,
                    "url": one.site.url,
                    "rounds": (str(one.days[-1]),) if one.days else (),
                    "veto": veto_name(veto.rule),
                    "why": why(veto),
                }
