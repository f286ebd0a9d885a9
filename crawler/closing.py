"""Closing a round: the judge runs once over it, the month's violations follow, and it reports.

Nothing is judged before every due target has its observation. The judging itself is pure and
stands in `rules`; here it is fed from the ledger and written back, in one transaction.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler.addresses import is_shared
from crawler.rechecks import is_void
from crawler.supervisor import Effort
from rules.brake import accused, brake
from rules.duties import Duty, duties
from rules.facts import Observation, Purpose, Truth, Verdict
from rules.judging import judge
from rules.months import proposal_records, violation_records
from rules.profiles import Profile
from rules.register import Register
from storage import ledger
from storage import verdicts as verdicts_of
from storage.evidence import paths_of
from storage.models import Due, ProfileText, RegisterText, Round, RoundStatus
from storage.proposals import replace_proposals
from storage.violations import replace_month

MEMORY = 5  # judged rounds that a judgement looks back on


@dataclass(frozen=True, slots=True)
class RoundReport:
    """How a round stands. `truths` and `reasons` are empty until it has been judged."""

    check_date: date
    status: RoundStatus
    due: int
    left: int
    seconds: float
    effort: Effort
    controls_probed: int
    controls_answered: int
    rendered: Mapping[str, int] = field(default_factory=dict)
    endpoints: int = 0
    truths: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    budget: int = 0

    @property
    def over_budget(self) -> bool:
        """Whether more stayed unknown than the profile allows."""
        return self.truths.get(Truth.UNKNOWN, 0) > self.budget

    def to_json(self) -> dict[str, Any]:
        """The self-report as it is kept with the round."""
        return {
            "due": self.due,
            "done": self.due - self.left,
            "truths": dict(self.truths),
            "unknown": dict(self.reasons),
            "over_budget": self.over_budget,
            "controls": {"probed": self.controls_probed, "answered": self.controls_answered},
            "seconds": round(self.seconds, 1),
            **asdict(self.effort),
            "rendered": {
                "to_read": self.rendered.get(Purpose.READ, 0),
                "to_prove": self.rendered.get(Purpose.PROVE, 0),
            },
            "endpoints": self.endpoints,
        }


def close_round(session: Session, row: Round, *, effort: Effort, now: datetime) -> RoundReport:
    """Judge a round if nothing is left of it; its row then says how it stands, with its report."""
    missing = ledger.left(session, row.id)
    report = _incomplete(session, row, missing, effort, now) if missing else None
    if report is None:
        _judge_round(session, row, now)
        report = _complete(session, row, effort, now)
    row.status, row.closed_at, row.report = report.status, now, report.to_json()
    return report


def _incomplete(
    session: Session, row: Round, missing: int, effort: Effort, now: datetime
) -> RoundReport:
    """Blind where a target was left because no control answered, else only incomplete."""
    sights = ledger.sights_by_due(session, row.id, unfinished=True)
    blind = any(is_void(seen[-1]) for seen in sights.values())
    status = RoundStatus.BLIND if blind else RoundStatus.INCOMPLETE
    return _report(session, row, status, effort, now, left=missing)


def _complete(session: Session, row: Round, effort: Effort, now: datetime) -> RoundReport:
    profile = Profile.from_snapshot(session.get_one(ProfileText, row.profile_hash).text)
    counts = verdicts_of.tally(session, row)
    return _report(
        session,
        row,
        RoundStatus.COMPLETE,
        effort,
        now,
        left=0,
        truths=dict(counts["truth"]),
        reasons=dict(counts["reason"]),
        budget=int(profile.unknown_budget * ledger.due_count(session, row.id)),
    )


def _report(
    session: Session, row: Round, status: RoundStatus, effort: Effort, now: datetime, **rest: Any
) -> RoundReport:
    probed, answered = ledger.control_probes(session, row.id)
    return RoundReport(
        check_date=row.check_date,
        status=status,
        due=ledger.due_count(session, row.id),
        seconds=(now - row.opened_at).total_seconds(),
        effort=effort,
        controls_probed=probed,
        controls_answered=answered,
        rendered=ledger.rendered(session, row.id),
        **rest,
    )


def _judge_round(session: Session, row: Round, now: datetime) -> None:
    register, profile = _as_they_stood(session, row)
    owed = duties(register, profile)
    seen = ledger.observations(session, row.id)
    verdicts = _braked(session, row, profile, owed, seen)
    outcomes = {target: seen[target].outcome for target in verdicts}
    verdicts_of.store_verdicts(session, row, verdicts, outcomes, now)
    session.flush()
    _write_month(session, row.check_date)


def _as_they_stood(session: Session, row: Round) -> tuple[Register, Profile]:
    """The register and the profile that a round was opened with."""
    return (
        Register.from_snapshot(session.get_one(RegisterText, row.register_hash).text),
        Profile.from_snapshot(session.get_one(ProfileText, row.profile_hash).text),
    )


def _braked(
    session: Session,
    row: Round,
    profile: Profile,
    owed: Mapping[str, Duty],
    seen: Mapping[str, Observation],
) -> dict[str, Verdict]:
    """Every verdict of the round, after the guard against mass anomalies (standard, 5.0)."""
    before = ledger.observations_before(session, row, MEMORY)
    verdicts = {
        target: judge(owed[target], found, row.check_date, profile, earlier=before.get(target, ()))
        for target, found in seen.items()
    }
    site_of, groups = _groups(session, row)
    rounds = verdicts_of.judged_rounds(session, date.min, row.check_date - timedelta(days=1))
    earlier = [
        accused({target: one.verdict for target, one in verdicts_of.judged(session, past).items()})
        for past in rounds[-MEMORY:]
    ]
    return brake(verdicts, site_of, groups, earlier)


def _groups(session: Session, row: Round) -> tuple[dict[str, str], dict[str, str]]:
    """Each target's site, and each site's platform or resolved address; a lone host forms none."""
    site_of: dict[str, str] = {}
    groups: dict[str, str] = {}
    query = select(Due.target, Due.site, Due.host_group).where(Due.round_id == row.id)
    for target, site, group in session.execute(query.order_by(Due.id)):
        if site is None:
            continue
        site_of[target] = site
        if is_shared(group):
            groups.setdefault(site, group)
    return site_of, groups


def _write_month(session: Session, day: date) -> None:
    """The month's violations and proposals, from the verdicts of all its judged rounds.

    The latest one's register and profile say what the month holds: the round closing now may be
    an old one that is run again, and knows nothing of columns added since.
    """
    last = calendar.monthrange(day.year, day.month)[1]
    rounds = verdicts_of.judged_rounds(session, day.replace(day=1), day.replace(day=last))
    judged = {row.check_date: verdicts_of.judged(session, row) for row in rounds}
    register, profile = _as_they_stood(session, rounds[-1])
    owed = duties(register, profile)
    month = f"{day:%Y-%m}"
    replace_month(session, month, violation_records(owed, profile, judged), paths_of)
    replace_proposals(session, month, proposal_records(owed, profile, judged), paths_of)
