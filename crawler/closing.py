"""Closing a round: the judge runs once over it, the month's violations follow, and it reports.

Nothing is judged before every due target has its observation. The judging itself is pure and
stands in `rules`; here it is fed from the ledger and written back, in one transaction.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler.account_closing import judged_accounts
from crawler.addresses import is_shared
from crawler.manual import Manual, keep_as_evidence, manual_of
from crawler.rechecks import is_void
from crawler.supervisor import Effort
from rules.brake import accused, brake
from rules.checks import judge_checked, speaks
from rules.duties import account_duties, duties
from rules.facts import Purpose, Truth, UnknownReason, Verdict
from rules.months import Judged, Owing, proposal_records, violation_records
from rules.profiles import Profile
from rules.register import Register
from storage import ledger, vetoes
from storage import verdicts as verdicts_of
from storage.endpoints import read_through
from storage.evidence import EvidenceStore, paths_of
from storage.models import Due, ProfileText, RegisterText, Round, RoundStatus
from storage.proposals import replace_proposals
from storage.rectifying import note_repairs
from storage.violations import replace_month

MEMORY = 5  # judged rounds that a judgement looks back on


@dataclass(frozen=True, slots=True)
class Settled:
    """What the verdicts of a round come to: counts by truth, of the unknown ones by reason, and how
    many of these `budget` allows. `excused` are blocks with an open letter of the office."""

    truths: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    budget: int = 0
    excused: int = 0

    @property
    def counted(self) -> int:
        """The unknowns that count against the budget."""
        return self.truths.get(Truth.UNKNOWN, 0) - self.excused

    @property
    def over_budget(self) -> bool:
        """Whether more stayed unknown than the profile allows."""
        return self.counted > self.budget

    def to_json(self) -> dict[str, Any]:
        """The judged part of a round's self-report."""
        return {
            "truths": dict(self.truths),
            "unknown": dict(self.reasons),
            "blocked_with_letter": self.excused,
            "over_budget": self.over_budget,
        }


@dataclass(frozen=True, slots=True)
class RoundReport:
    """How a round stands. `settled` is empty until it has been judged."""

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
    settled: Settled = field(default_factory=Settled)

    def to_json(self) -> dict[str, Any]:
        """The self-report as it is kept with the round."""
        return {
            "due": self.due,
            "done": self.due - self.left,
            **self.settled.to_json(),
            "controls": {"probed": self.controls_probed, "answered": self.controls_answered},
            "seconds": round(self.seconds, 1),
            **asdict(self.effort),
            "rendered": {
                "to_read": self.rendered.get(Purpose.READ, 0),
                "to_prove": self.rendered.get(Purpose.PROVE, 0),
            },
            "endpoints": self.endpoints,
        }


def close_round(
    session: Session, row: Round, *, effort: Effort, now: datetime, evidence: EvidenceStore
) -> RoundReport:
    """Judge a round if nothing is left of it; its row then says how it stands, with its report.

    Listed problems that it shows to be repaired are marked so. What proves a violation by a
    signed check goes to `evidence`.
    """
    missing = ledger.left(session, row.id)
    report = _incomplete(session, row, missing, effort, now) if missing else None
    if report is None:
        settled = _judge_round(session, row, now, evidence)
        report = _report(session, row, RoundStatus.COMPLETE, effort, now, left=0, settled=settled)
    row.status, row.closed_at, row.report = report.status, now, report.to_json()
    note_repairs(session, now)
    return report


def _incomplete(
    session: Session, row: Round, missing: int, effort: Effort, now: datetime
) -> RoundReport:
    """Blind where a target was left because no control answered, else only incomplete."""
    sights = ledger.sights_by_due(session, row.id, unfinished=True)
    blind = any(is_void(seen[-1]) for seen in sights.values())
    status = RoundStatus.BLIND if blind else RoundStatus.INCOMPLETE
    return _report(session, row, status, effort, now, left=missing)


def judge_again(
    session: Session, row: Round, *, now: datetime, evidence: EvidenceStore
) -> tuple[verdicts_of.Change, ...]:
    """Judge a judged round anew, with the signed checks that there are now; what it changed.

    The round's own verdicts, its month and the judged part of its report are written anew.
    """
    before = verdicts_of.judged(session, row)
    settled = _judge_round(session, row, now, evidence)
    row.report = row.report | settled.to_json()
    note_repairs(session, now)
    return verdicts_of.changes(row.check_date, before, verdicts_of.judged(session, row))


def _settled(session: Session, row: Round, register: Register, profile: Profile) -> Settled:
    counts = verdicts_of.tally(session, row)
    asked = {
        site.name
        for site in register.sites
        if site.letter is not None and site.letter.is_open(row.check_date)
    }
    return Settled(
        truths=dict(counts["truth"]),
        reasons=dict(counts["reason"]),
        budget=int(profile.unknown_budget * ledger.due_count(session, row.id)),
        excused=verdicts_of.unknown_of_sites(session, row, UnknownReason.BLOCKED, asked),
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
        endpoints=read_through(session, row.id),
        **rest,
    )


def _judge_round(session: Session, row: Round, now: datetime, evidence: EvidenceStore) -> Settled:
    register, profile = as_they_stood(session, row)
    manual = manual_of(session, row, register)
    earlier = accused_before(session, row)
    judged = judged_under(session, row, register, profile, manual, earlier, now)
    store(session, row, judged, row.profile_hash, now)
    keep_as_evidence(session, row, judged, manual, evidence, now)
    session.flush()
    _write_month(session, row.check_date)
    return _settled(session, row, register, profile)


def store(
    session: Session, row: Round, judged: Mapping[str, Judged], profile_hash: str, now: datetime
) -> None:
    """Write the verdicts of a round under a profile, in place of an earlier judging under it."""
    verdicts = {target: one.verdict for target, one in judged.items()}
    outcomes = {target: one.outcome for target, one in judged.items()}
    verdicts_of.store_verdicts(session, row, verdicts, outcomes, now, profile_hash)
    session.flush()


def judged_under(
    session: Session,
    row: Round,
    register: Register,
    profile: Profile,
    manual: Manual,
    earlier: Sequence[AbstractSet[str]],
    now: datetime,
) -> dict[str, Judged]:
    """What follows for every target of a round under a profile, from what the ledger holds.

    `earlier` are the accused targets of the judged rounds before, oldest first.
    """
    owed = duties(register, profile)
    before = ledger.observations_before(session, row, MEMORY)
    found = {
        target: judge_checked(
            owed[target],
            seen,
            manual.checks.get(target, ()),
            row.check_date,
            profile,
            earlier=before.get(target, ()),
            had_items=target in manual.had_items,
        )
        for target, seen in ledger.observations(session, row.id).items()
        if target in owed
    }
    return {
        **_braked(session, row, found, earlier),
        **judged_accounts(session, row, register, profile, earlier, now),
    }


def as_they_stood(session: Session, row: Round) -> tuple[Register, Profile]:
    """The register and the profile that a round was opened with."""
    return (
        Register.from_snapshot(session.get_one(RegisterText, row.register_hash).text),
        Profile.from_snapshot(session.get_one(ProfileText, row.profile_hash).text),
    )


def accused_before(session: Session, row: Round) -> list[frozenset[str]]:
    """Whom the machine accused in the judged rounds before this one, oldest first."""
    rounds = verdicts_of.judged_rounds(session, date.min, row.check_date - timedelta(days=1))
    return [accused_in(verdicts_of.judged(session, past)) for past in rounds[-MEMORY:]]


def accused_in(judged: Mapping[str, Judged]) -> frozenset[str]:
    """Whom the machine accused in one round."""
    return accused(_by_machine(judged))


def _braked(
    session: Session,
    row: Round,
    found: Mapping[str, Judged],
    earlier: Sequence[AbstractSet[str]],
) -> dict[str, Judged]:
    """Every verdict of the round, after the guard against mass anomalies (standard, 5.0).

    It guards against what a machine may get wrong: where a person looked and signed, it neither
    counts nor brakes.
    """
    site_of, groups = _groups(session, row)
    braked = brake(_by_machine(found), site_of, groups, earlier)
    return {
        target: one if speaks(one.verdict) else replace(one, verdict=braked[target])
        for target, one in found.items()
    }


def _by_machine(judged: Mapping[str, Judged]) -> dict[str, Verdict]:
    """The verdicts, with nothing against anybody where a person signed for it."""
    plain = Verdict(Truth.OK)
    return {target: plain if speaks(one.verdict) else one.verdict for target, one in judged.items()}


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
    register, profile = as_they_stood(session, rounds[-1])
    owed: dict[str, Owing] = {
        **duties(register, profile),
        **account_duties(register, profile),
    }
    month = f"{day:%Y-%m}"
    replace_month(session, month, violation_records(owed, profile, judged), paths_of)
    replace_proposals(session, month, proposal_records(owed, profile, judged), paths_of)
    vetoes.conclude(session, vetoes.Month(month, register, profile, judged))
