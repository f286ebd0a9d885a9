"""Vetoes in words: what a finding says, and what a listed one rests on."""

from __future__ import annotations

from sqlalchemy.orm import Session

from reports.safety import harmless
from rules.problems import VETOES
from rules.veto_facts import VetoFinding, site_target
from rules.vetoes import vetoes
from rules.words import say
from storage.models import Violation
from storage.vetoes import judged_month, site_months


def why(veto: VetoFinding) -> str:
    """The reason of a finding, with its numbers."""
    return harmless(say(f"veto_why.{veto.why}", **veto.numbers))


def because(session: Session, row: Violation) -> tuple[str, ...]:
    """What a listed veto rests on now: its numbers, then the columns that it counts."""
    month = judged_month(session, row.month)
    if month is None:
        return ()
    found = site_months(session, month, lambda site: site_target(site) == row.target)
    lines: list[str] = []
    for one in found:
        names = {column.id: column.name for column in one.site.columns}
        for veto in vetoes(one, month.profile):
            if VETOES[veto.rule] == row.family:
                lines += [why(veto), *(harmless(names[key]) for key in veto.evidence)]
    return tuple(lines)
