"""The monthly notice (通报) as data: its rounds, its figures, its six annexes, and what to know.

Annexes 1 to 3 come from the violation table, as far as people confirmed it; 4 and 5 from what
units handed in; 6 from the month's survey of disclosure platforms, confirmed likewise. Every
figure is computed from the register as it stood in the month's last judged round; none is typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.notice_disclosure import Disclosures, disclosures, notes_of
from reports.notice_lines import Held, Line, account_rows, held, on, site_rows
from reports.notice_rounds import stated
from reports.notice_vetoes import Unjudged, unjudged
from reports.submissions import Submissions, submissions
from rules.calendar import month_check_days
from rules.errors import RoundIncomplete
from rules.facts import TargetKind, Truth
from rules.register import Register, Standing
from rules.reviewing import Reference
from rules.submissions import Total
from rules.words import say
from storage.findings import rounds
from storage.models import Due, RegisterText, Round, RoundStatus, VerdictRow
from storage.models import ViolationStatus as Status
from storage.violations import Narrow

MOST_NAMED = 10  # references that a note names


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of the notice's sentences.

    `sites` and `accounts` are the running ones; of these `*_unknown` could be read in no round of
    the month, and `*_ok` have no veto and are not unknown. `submitted` and `adopted` are None
    while nobody has handed them in.
    """

    sites: int
    sites_ok: int
    sites_unknown: int
    accounts: int
    accounts_ok: int
    accounts_unknown: int
    submitted: int | None = None
    adopted: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """One month's notice. `stated` stands in the document itself, `notes` are for its maker."""

    month: str
    city: str
    rounds: tuple[date, ...]
    figures: Figures
    lines: tuple[Line, ...]
    submissions: Submissions
    stated: tuple[str, ...]
    notes: tuple[str, ...]
    draft: bool = False
    unchecked: tuple[tuple[str, int], ...] = ()  # by veto, of how many sites nothing can be said
    platforms: Disclosures = field(default=Disclosures())

    @property
    def failed_sites(self) -> tuple[Mapping[str, Any], ...]:
        """The 不合格 sites, for which the published annexes have no place."""
        return site_rows(on(self.lines, "site_failed"))

    @property
    def annex1(self) -> tuple[Mapping[str, Any], ...]:
        return site_rows(on(self.lines, "site"))

    @property
    def annex2(self) -> tuple[Mapping[str, Any], ...]:
        return account_rows(on(self.lines, "account_failed"))

    @property
    def annex3(self) -> tuple[Mapping[str, Any], ...]:
        return account_rows(on(self.lines, "account_problem"))

    @property
    def annex6(self) -> tuple[Mapping[str, Any], ...]:
        return self.platforms.to_json()

    def to_json(self) -> dict[str, Any]:
        """The contract of `xunjian notice --format json` (design, section 5)."""
        return {
            "month": self.month,
            "rounds": [day.isoformat() for day in self.rounds],
            "figures": asdict(self.figures),
            "annex1": list(self.annex1),
            "annex2": list(self.annex2),
            "annex3": list(self.annex3),
            "annex4": [asdict(one) for one in self.submissions.counties],
            "annex5": [asdict(one) for one in self.submissions.others],
            "annex6": list(self.annex6),
            "failed_sites": list(self.failed_sites),
            "rectified": [
                str(one.reference) for one in self.lines if one.status == Status.RECTIFIED
            ],
            "draft": self.draft,
            "notes": list(self.notes),
        }


def notice(session: Session, month: str, *, draft: bool = False) -> Notice:
    """The notice of `month` (YYYY-MM), from the complete ones of its rounds.

    Raises RoundIncomplete if no round of the month is complete: there is nothing to tell of.
    """
    stand = rounds(session, Narrow(month=month))
    complete = [row for row in stand if row.status == RoundStatus.COMPLETE]
    if not complete:
        raise RoundIncomplete(say("notice.nothing", month=month))
    register = register_of(session, complete[-1].check_date)
    kept = held(session, month, register, complete[-1].check_date, draft=draft)
    sent = submissions(session, month, register)
    check_days = month_check_days(register.rounds, month)
    told = tuple(stated(stand, check_days, register))
    open_ = unjudged(session, month, register, check_days)
    platforms = disclosures(session, month, register, draft=draft)
    return Notice(
        month=month,
        city=register.city,
        rounds=tuple(row.check_date for row in complete),
        figures=counted(register, kept.lines, read_targets(session, month), sent),
        lines=kept.lines,
        submissions=sent,
        stated=told,
        notes=(*told, *_notes(kept, sent, open_, platforms, draft=draft)),
        draft=draft,
        unchecked=open_.unchecked,
        platforms=platforms,
    )


def register_of(session: Session, check_date: date) -> Register:
    """The register as it stood in the round of a check day."""
    query = select(RegisterText.text).join(Round, Round.register_hash == RegisterText.hash)
    return Register.from_snapshot(
        session.scalars(query.where(Round.check_date == check_date)).one()
    )


def counted(
    register: Register, lines: Sequence[Line], read: Mapping[str, str], sent: Submissions
) -> Figures:
    """The figures over what stands in the register; `read` is what some round could verify."""
    sites = [site for site in register.sites if site.status is Standing.RUNNING]
    failed = {line.site for line in on(lines, "site_failed")} & {site.name for site in sites}
    unread = {
        site.name
        for site in sites
        if site.name not in failed and not any(column.id in read for column in site.columns)
    }
    running = {one.target for one in register.accounts if one.status is Standing.RUNNING}
    accounts_read = {one for one, kind in read.items() if kind == TargetKind.ACCOUNT} & running
    accounts_failed = {line.target for line in on(lines, "account_failed")}
    return Figures(
        sites=len(sites),
        sites_ok=len(sites) - len(unread) - len(failed),
        sites_unknown=len(unread),
        accounts=len(running),
        accounts_ok=len(accounts_read - accounts_failed),
        accounts_unknown=len(running - accounts_read - accounts_failed),
        submitted=_sum(sent, "submitted"),
        adopted=_sum(sent, "adopted"),
    )


def _sum(sent: Submissions, what: str) -> int | None:
    rows: tuple[Total, ...] = (*sent.counties, *sent.others)
    return sum(getattr(row, what) for row in rows) if sent.are_there else None


def read_targets(session: Session, month: str) -> dict[str, str]:
    """What at least one round of the month could verify, with its kind."""
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=31)).replace(day=1)
    query = (
        select(Due.target, Due.target_kind)
        .join(Round, Due.round_id == Round.id)
        .join(VerdictRow, (VerdictRow.round_id == Round.id) & (VerdictRow.target == Due.target))
        .where(Round.check_date >= first, Round.check_date < following)
        .where(Round.status == RoundStatus.COMPLETE)
        .where(VerdictRow.profile_hash == Round.profile_hash, VerdictRow.truth != Truth.UNKNOWN)
        .distinct()
    )
    return {target: kind for target, kind in session.execute(query)}  # noqa: C416  rows are typed


def _notes(
    kept: Held, sent: Submissions, open_: Unjudged, platforms: Disclosures, *, draft: bool
) -> Iterator[str]:
    """What whoever signs the notice must know, and its tables do not say."""
    failed = sorted({line.site or "" for line in on(kept.lines, "site_failed")})
    if failed:
        yield say("notice.failed_sites", sites="、".join(failed))
    if open_.waiting:
        yield say("notice.past_the_veto", sites="、".join(open_.waiting))
    if kept.unreviewed:
        key = "notice.candidates" if draft else "notice.unreviewed"
        yield say(key, count=len(kept.unreviewed), named=_named(kept.unreviewed))
    if kept.appealed and not draft:
        yield say("notice.appealed", named=_named(kept.appealed))
    if kept.fallen:
        yield say("notice.fallen", named=_named(kept.fallen))
    if kept.ended:
        yield say("notice.ended", named=_named(kept.ended))
    yield from _submission_notes(sent)
    yield from notes_of(platforms, _named(platforms.unreviewed), draft=draft)


def _submission_notes(sent: Submissions) -> Iterator[str]:
    if sent.uncounted:
        yield say("notice.uncounted", units=_some(sent.uncounted))
    elif not sent.are_there:
        yield say("notice.no_submissions")
    if sent.missing and (sent.are_there or sent.uncounted):
        yield say("notice.not_submitted", units=_some(sent.missing))
    if sent.more:
        yield say("notice.more_adopted", units=_some(sent.more))
    if sent.unsourced:
        yield say("notice.unsourced", count=sent.unsourced)
    for one in sent.differing[:MOST_NAMED]:
        yield say("notice.other_adopted", unit=one.unit, told=one.told, found=one.found)


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:MOST_NAMED]) + (
        say("check.and_more") if len(names) > MOST_NAMED else ""
    )


def _named(references: Sequence[Reference]) -> str:
    return _some([str(one) for one in references])
