"""One round from beginning to end: open or resume, look, close. For `crawl` and the scheduler."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, select

from crawler.closing import RoundReport, close_round
from crawler.opening import due_targets, open_or_resume
from crawler.supervisor import (
    ACCOUNTS,
    COLUMNS,
    CrawlSettings,
    Effort,
    Progress,
    Supervisor,
    known_names,
)
from rules.errors import EnvironmentTrouble, XunjianError
from rules.facts import SHANGHAI
from rules.profiles import Profile
from rules.register import Register
from rules.words import say
from storage import ledger, retention, verdicts
from storage.bodies import BodyStore
from storage.engine import reading, transaction
from storage.evidence import EvidenceStore
from storage.models import Due, ProfileText, RegisterText, Round, RoundStatus


@dataclass(frozen=True, slots=True)
class Opened:
    """A round that is open now: how much is due and how much was done before."""

    round_id: int
    due: int
    done: int
    complete: bool
    register_changed: bool


def open_inspection(
    engine: Engine,
    register: Register,
    profile: Profile,
    *,
    check_date: date,
    as_of: date | None,
    behind_proxy: bool,
) -> Opened:
    """Open the round of a check day, or take up the one that is open.

    Raises XunjianError where the register has nothing due, or the round stands under another
    `as_of`.
    """
    with reading(engine) as session:
        known = ledger.round_of(session, check_date)
    due = [] if known else due_targets(register, check_date, behind_proxy=behind_proxy)
    if known is None and not due:
        raise XunjianError(say("crawl.no_sites"))
    with transaction(engine) as session:
        row = open_or_resume(
            session,
            register,
            profile,
            check_date=check_date,
            as_of=as_of,
            now=datetime.now(UTC),
            due=due,
        )
        total = ledger.due_count(session, row.id)
        return Opened(
            round_id=row.id,
            due=total,
            done=total - ledger.left(session, row.id),
            complete=row.status == RoundStatus.COMPLETE,
            register_changed=(row.register_hash, row.profile_hash)
            != (ledger.hash_of(register.to_snapshot()), ledger.hash_of(profile.to_snapshot())),
        )


async def inspect(
    engine: Engine,
    opened: Opened,
    settings: CrawlSettings,
    progress: Progress,
    *,
    as_of: date | None,
) -> RoundReport:
    """Look at what is left of an opened round, then close it.

    Raises EnvironmentTrouble where database or disk give out; cancelled, it leaves a round that
    the same call resumes.
    """
    began = datetime.now(UTC)
    effort = await _all_lines(engine, opened, settings, progress, as_of)
    with transaction(engine) as session:
        # Locked: a check that is imported now either finds the round judged, or is found by it.
        row = session.get_one(Round, opened.round_id, with_for_update=True)
        evidence = EvidenceStore(Path(settings.evidence_folder))
        now = datetime.now(UTC)
        report = close_round(session, row, effort=effort, now=now, evidence=evidence)
    if report.left == 0:
        with reading(engine) as session:
            keep = verdicts.bodies_in_use(session)
        BodyStore(Path(settings.bodies_folder)).sweep(keep, began)
        _retire(engine, settings, as_of or datetime.now(SHANGHAI).date())
    return report


async def _all_lines(
    engine: Engine,
    opened: Opened,
    settings: CrawlSettings,
    progress: Progress,
    as_of: date | None,
) -> Effort:
    """Columns and accounts side by side: neither waits for the other's re-checks."""
    day = as_of.isoformat() if as_of else None
    lines = {COLUMNS: settings.recheck_after, ACCOUNTS: _second_reads(engine, opened, settings)}
    runs = [
        Supervisor(
            engine,
            opened.round_id,
            settings,
            progress,
            as_of=day,
            line=line,
            recheck_after=schedule,
        ).run()
        for line, schedule in lines.items()
    ]
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(run) for run in runs]
    except* EnvironmentTrouble as troubles:
        raise troubles.exceptions[0] from None
    return sum((task.result() for task in tasks), Effort(0, 0, 0))


def _second_reads(engine: Engine, opened: Opened, settings: CrawlSettings) -> tuple[timedelta, ...]:
    """The schedule of second reads of accounts; none where this run may not wait so long."""
    with reading(engine) as session:
        row = session.get_one(Round, opened.round_id)
        profile = Profile.from_snapshot(session.get_one(ProfileText, row.profile_hash).text)
    after = profile.account_second_after
    return (after,) if after <= max(settings.recheck_after, default=timedelta()) else ()


def _retire(engine: Engine, settings: CrawlSettings, today: date) -> None:
    """Let the evidence go that is older than it may be kept."""
    if settings.evidence_keep is None:
        return
    with transaction(engine) as session:
        gone = retention.let_go(session, retention.kept_since(settings.evidence_keep, today))
    retention.remove(Path(settings.evidence_folder), gone)


def only_targets(engine: Engine, opened: Opened, names: Sequence[str]) -> frozenset[str]:
    """The targets of an open round that `--only` means. Raises XunjianError for an unknown name."""
    with reading(engine) as session:
        row = session.get_one(Round, opened.round_id)
        rows = session.execute(select(Due.target, Due.site).where(Due.round_id == row.id))
        places = dict(rows.all())
        register = Register.from_snapshot(session.get_one(RegisterText, row.register_hash).text)
    names_of = {account.target: account.name for account in register.accounts}
    places |= {target: names_of[target] for target in places.keys() & names_of.keys()}
    strangers = [name for name in names if not known_names([name], places)]
    if strangers:
        raise XunjianError(say("crawl.no_target", names="、".join(strangers)))
    return known_names(names, places)
