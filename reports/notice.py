"""The monthly notice (通报) as data: its rounds, its figures, its six annexes, and what to know.

Annex 1 to 3 come from the violation table; 4 to 6 wait for their sources. Until violations are
reviewed, what the machine decided stands here as it is, and the notes say so. Every figure is
computed from the register as it stood in the month's last judged round; none is typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.calendar import month_check_days
from rules.errors import RoundIncomplete
from rules.facts import TargetKind, Truth
from rules.register import Register, Standing
from rules.words import say
from storage.findings import RoundOverview, rounds
from storage.models import Due, RegisterText, Round, RoundStatus, VerdictRow, Violation
from storage.models import ViolationStatus as Status
from storage.violations import Narrow, violations

# What a person has not taken off the list. A rectified one was true on its check day.
PRINTED = frozenset({Status.CANDIDATE, Status.CONFIRMED, Status.APPEALED, Status.RECTIFIED})

# Problems that a site's columns share for one cause, and then share a row for (standard 5.0, 6).
SHARED_RULES = frozenset({"P11"})


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
    """One month's notice. Rows are what the published headings hold; `column` may be a list."""

    month: str
    rounds: tuple[date, ...]
    figures: Figures
    annex1: tuple[Mapping[str, Any], ...]
    annex2: tuple[Mapping[str, Any], ...]
    annex3: tuple[Mapping[str, Any], ...]
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The contract of `xunjian notice --format json` (design, section 5)."""
        return {
            "month": self.month,
            "rounds": [day.isoformat() for day in self.rounds],
            "figures": asdict(self.figures),
            "annex1": list(self.annex1),
            "annex2": list(self.annex2),
            "annex3": list(self.annex3),
            "annex4": [],
            "annex5": [],
            "annex6": [],
            "notes": list(self.notes),
        }


def notice(session: Session, month: str) -> Notice:
    """The notice of `month` (YYYY-MM), from the complete ones of its rounds.

    Raises RoundIncomplete if no round of the month is complete: there is nothing to tell of.
    """
    stand = rounds(session, Narrow(month=month))
    complete = [row for row in stand if row.status == RoundStatus.COMPLETE]
    if not complete:
        raise RoundIncomplete(say("notice.nothing", month=month))
    register = _register_of(session, complete[-1].check_date)
    rows = [row for row in violations(session, Narrow(month=month)) if row.status in PRINTED]
    by_list = {name: [row for row in rows if row.on_list == name] for name in _LISTS}
    return Notice(
        month=month,
        rounds=tuple(row.check_date for row in complete),
        figures=_figures(session, month, register, by_list),
        annex1=tuple(_site_rows(_in_order(by_list["site"], register))),
        annex2=tuple(_account_rows(by_list["account_failed"])),
        annex3=tuple(_account_rows(by_list["account_problem"])),
        notes=_notes(stand, month_check_days(register.rounds, month), by_list, rows),
    )


_LISTS = ("site_failed", "site", "account_failed", "account_problem")
_ByList = Mapping[str, Sequence[Violation]]


def _register_of(session: Session, check_date: date) -> Register:
    query = select(RegisterText.text).join(Round, Round.register_hash == RegisterText.hash)
    return Register.from_snapshot(
        session.scalars(query.where(Round.check_date == check_date)).one()
    )


def _in_order(rows: Iterable[Violation], register: Register) -> list[Violation]:
    """As the register has them: a site's columns together. What it no longer holds comes last."""
    columns = (column.id for site in register.sites for column in site.columns)
    places = {target: place for place, target in enumerate(columns)}
    last = len(places)
    return sorted(rows, key=lambda row: (places.get(row.target, last), row.site or "", row.id))


def _site_rows(rows: Iterable[Violation]) -> Iterable[dict[str, Any]]:
    """A row for each violation; for a problem with one cause a row for all the site's columns."""

    def together(row: Violation) -> tuple[object, ...]:
        return (row.site, row.problem, 0 if row.rule in SHARED_RULES else row.id)

    for _, group in groupby(rows, key=together):
        members = list(group)
        first = members[0]
        columns = [row.column for row in members]
        yield {
            "site": first.site,
            "unit": first.unit,
            "column": columns if len(columns) > 1 else columns[0],
            "problem": first.problem,
        }


def _account_rows(rows: Iterable[Violation]) -> Iterable[dict[str, Any]]:
    for row in rows:
        yield {
            "account": row.account,
            "unit": row.unit,
            "platform": row.platform,
            "problem": row.problem,
        }


def _figures(session: Session, month: str, register: Register, by_list: _ByList) -> Figures:
    read = _read_targets(session, month)
    sites = [site for site in register.sites if site.status is Standing.RUNNING]
    unread = {site.name for site in sites if not any(column.id in read for column in site.columns)}
    failed = {row.site for row in by_list["site_failed"]} - unread
    accounts = sum(account.status is Standing.RUNNING for account in register.accounts)
    accounts_failed = len({row.target for row in by_list["account_failed"]})
    accounts_read = sum(kind == TargetKind.ACCOUNT for kind in read.values())
    return Figures(
        sites=len(sites),
        sites_ok=len(sites) - len(unread) - len(failed),
        sites_unknown=len(unread),
        accounts=accounts,
        accounts_ok=accounts_read - accounts_failed,
        accounts_unknown=accounts - accounts_read,
    )


def _read_targets(session: Session, month: str) -> dict[str, str]:
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
    stand: Sequence[RoundOverview],
    check_days: Sequence[date],
    by_list: _ByList,
    rows: Sequence[Violation],
) -> tuple[str, ...]:
    """What whoever signs the notice must know, and its tables do not say."""
    found = {row.check_date: row for row in stand}
    notes = [say("notice.missing", day=day) for day in check_days if day not in found]
    for day, row in found.items():
        if row.status != RoundStatus.COMPLETE:
            status = say(f"round_status.{row.status}")
            notes.append(say("notice.not_complete", day=day, status=status))
        elif row.report.get("over_budget"):
            unknown = row.truths.get("unknown", 0)
            notes.append(say("notice.over_budget", day=day, unknown=unknown, due=row.due))
    if any(row.simulated for row in stand):
        notes.append(say("notice.simulated"))
    failed = sorted({row.site or "" for row in by_list["site_failed"]})
    if failed:
        notes.append(say("notice.failed_sites", sites="、".join(failed)))
    candidates = sum(row.status == Status.CANDIDATE for row in rows)
    if candidates:
        notes.append(say("notice.candidates", count=candidates))
    return tuple(notes)
