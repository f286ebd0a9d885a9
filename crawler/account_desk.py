"""The desk of accounts: what is due, what was read before, and the way back into the ledger.

As `crawler.desk` for columns: every database access of the child goes through here, in small
transactions, one look at a time, for looks at accounts are slow. The judge is asked provisionally,
to know whether another read is wanted; what follows is judged when the round closes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from crawler import proofs
from crawler.evidence import File, account_files
from crawler.job import Job
from crawler.look import Exchange, kept_headers
from crawler.postings import import_results, links_of
from crawler.telling import tell
from rules.account_judging import judge_account, needs_another_read, outcome_of
from rules.calendar import start_of
from rules.duties import AccountDuty, account_duties
from rules.facts import (
    Client,
    NextLook,
    Observation,
    Purpose,
    Truth,
    UnknownReason,
    Verdict,
)
from rules.posts import FetchResult, Window
from rules.profiles import Profile
from rules.register import Account, Register
from rules.windows import Windows, windows_of
from storage import account_reads, ledger
from storage.bodies import BodyStore
from storage.engine import reading, transaction
from storage.evidence import EvidenceStore, Piece
from storage.models import ExchangeRow, Fetch, ProfileText, RegisterText, Round, Sample

MOST_LOOKS = 3  # at one account in one round
LONGEST_WAIT = timedelta(hours=12)  # that a platform may ask for before the next of them
# What hours may change, beside what `needs_another_read` says: a platform that refused.
REFUSED = frozenset({UnknownReason.PLATFORM_BLOCKED, UnknownReason.RATE_LIMITED})


@dataclass(frozen=True, slots=True)
class SourceRead:
    """One read of one source: what it came to, and what was exchanged for it."""

    result: FetchResult
    exchanges: tuple[Exchange, ...] = ()
    pictures: tuple[File, ...] = ()


class AccountDesk:
    """The accounts of one round that are ready now."""

    def __init__(self, engine: Engine, job: Job, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now
        self._bodies = BodyStore(Path(job.bodies_folder))
        self._evidence = EvidenceStore(Path(job.evidence_folder))
        self._controls: dict[str, bool] = {}
        self.job = job
        wanted = frozenset(job.only)
        with transaction(engine) as session:
            row = session.get_one(Round, job.round_id)
            self.check_date, self._opened_at = row.check_date, row.opened_at
            self.register = Register.from_snapshot(
                session.get_one(RegisterText, row.register_hash).text
            )
            self.profile = Profile.from_snapshot(
                session.get_one(ProfileText, row.profile_hash).text
            )
            found = ledger.tasks(session, job.round_id, job.shard, Client(job.client), now())
            self._memories = account_reads.memories(session, row, wanted)
        self.tasks = [task for task in found if task.target in wanted]
        self.duties: Mapping[str, AccountDuty] = account_duties(
            self.register, self.profile, only=wanted
        )
        self.accounts: dict[str, Account] = {
            one.target: one for one in self.register.accounts if one.target in wanted
        }

    @property
    def database(self) -> Engine:
        """The database, for whoever opens the tokens in it."""
        return self._engine

    def now(self) -> datetime:
        """The instant that platforms are read at: the clock's, or, in a simulated round, as long
        after the round's start as it was opened ago."""
        now = self._now()
        day = self.job.day
        if day is None:
            return now
        return start_of(self.register.rounds, day) + (now - self._opened_at)

    def windows(self, task: ledger.Task) -> Windows:
        """The windows that a task is judged in."""
        return windows_of(self.check_date, self.duties[task.target].days)

    def control_window(self, every: timedelta) -> Window:
        """The window that a control account is read for."""
        now = self.now()
        return Window(now - every, now)

    def lately(self, source: str) -> list[float]:
        """How many seconds ago the last accounts of a source were read, within a day."""
        now = self.now()
        with reading(self._engine) as session:
            found = account_reads.read_since(session, source, now - timedelta(days=1))
        return [(now - at).total_seconds() for at in found if at <= now]

    def links(self, task: ledger.Task) -> tuple[str, ...]:
        """The articles that the unit handed in for the account."""
        reach = self.windows(task).reach
        with reading(self._engine) as session:
            return links_of(session, task.target, reach.since, self.now())

    def imported(self, task: ledger.Task) -> tuple[FetchResult, ...]:
        """What was handed in for the account by people, as reads of its own."""
        duty = self.duties[task.target]
        with reading(self._engine) as session:
            return import_results(session, duty, self.check_date, self.now())

    def earlier(self, task: ledger.Task) -> tuple[FetchResult, ...]:
        """What the looks before this one read in this round."""
        if not task.look:
            return ()
        with reading(self._engine) as session:
            return account_reads.reads_of_due(session, task.due_id)

    def verdict(self, task: ledger.Task, results: Sequence[FetchResult]) -> Verdict:
        """What would follow from some reads now, if the controls after them are as before."""
        sure = tuple(
            replace(one, control_ok=self._controls.get(one.source))
            if one.control_ok is None
            else one
            for one in results
        )
        return judge_account(
            self.duties[task.target],
            sure,
            self.check_date,
            self.profile,
            memory=self._memories.get(task.target),
        )

    def begin(self, task: ledger.Task) -> None:
        """Tell the supervisor that a target is in hand now."""
        tell({"begun": task.due_id})

    def keep_control(self, source: str, at: datetime, ok: bool) -> None:
        """Record whether a source's control accounts showed their usual posts."""
        self._controls[source] = ok
        with transaction(self._engine) as session:
            session.add(
                Sample(
                    round_id=self.job.round_id,
                    purpose=account_reads.CONTROL,
                    url=source,
                    at=at,
                    ok=ok,
                    outcome="read" if ok else "unreadable",
                    elapsed_ms=0,
                )
            )

    def finish(self, task: ledger.Task, reads: Sequence[SourceRead]) -> None:
        """Take one look: store it, and say when the account is looked at again."""
        before = (*self.earlier(task), *self.imported(task))
        results = (*before, *(read.result for read in reads))
        verdict = self.verdict(task, results)
        again = self._next(task, reads, verdict)
        fetch = self._fetch_row(task, reads, verdict)
        with transaction(self._engine) as session:
            observation = self._observation(results, verdict) if again is None else None
            ledger.record_look(session, fetch, again=again, observation=observation)
            session.flush()
            if fetch.id is not None:
                self._keep_reads(session, task, fetch, reads)
                if verdict.truth is Truth.VIOLATION:
                    self._keep_proof(session, fetch, reads, results, verdict)
        tell({"looked": [task.due_id], "done": int(again is None)})

    def _next(
        self, task: ledger.Task, reads: Sequence[SourceRead], verdict: Verdict
    ) -> NextLook | None:
        wanted = needs_another_read(verdict) or verdict.reason in REFUSED
        if not wanted or task.look + 1 >= MOST_LOOKS or not reads:
            return None
        asked = max((read.result.retry_after or 0 for read in reads), default=0)
        asked = int(asked * self.profile.account_pace)
        wait = max(self.profile.account_second_after, min(timedelta(seconds=asked), LONGEST_WAIT))
        return NextLook(self._now() + wait, Client.HTTP, Purpose.PROVE)

    def _fetch_row(self, task: ledger.Task, reads: Sequence[SourceRead], verdict: Verdict) -> Fetch:
        results = [read.result for read in reads]
        last = next((read.exchanges[-1] for read in reversed(reads) if read.exchanges), None)
        return Fetch(
            due_id=task.due_id,
            look=task.look,
            client=Client.HTTP,
            purpose=task.purpose,
            at=self._now(),
            elapsed_ms=0,
            url=task.url,
            final_url=task.url,
            status=last.status if last else None,
            outcome=outcome_of(results),
            newest=verdict.newest,
            item_count=sum(len(one.posts) for one in results),
            confidence=1.0 if verdict.truth is not Truth.UNKNOWN else 0.0,
            signs=list(verdict.signs),
            controls_ok=None,
        )

    def _observation(self, results: Sequence[FetchResult], verdict: Verdict) -> Observation:
        return Observation(
            outcome=outcome_of(results),
            newest=verdict.newest,
            item_count=sum(len(one.posts) for one in results),
            confidence=1.0 if verdict.truth is not Truth.UNKNOWN else 0.0,
            signs=verdict.signs,
        )

    def _keep_reads(
        self, session: Session, task: ledger.Task, fetch: Fetch, reads: Sequence[SourceRead]
    ) -> None:
        for read in reads:
            rows = [self._exchange_row(fetch, one) for one in read.exchanges]
            session.add_all(rows)
            bodies = [row.body_sha256 for row in rows if row.body_sha256]
            session.add(account_reads.row_of(task.due_id, task.look, read.result, bodies))

    def _exchange_row(self, fetch: Fetch, one: Exchange) -> ExchangeRow:
        return ExchangeRow(
            fetch_id=fetch.id,
            at=one.at,
            method=one.method,
            url=one.url,
            kind=one.kind,
            status=one.status,
            headers=kept_headers(one.headers),
            body_sha256=self._bodies.put(one.body) if one.body else None,
            request_headers={},  # what stands in them may open doors
            request_sha256=self._bodies.put(one.request_body) if one.request_body else None,
        )

    def _keep_proof(
        self,
        session: Session,
        fetch: Fetch,
        reads: Sequence[SourceRead],
        results: Sequence[FetchResult],
        verdict: Verdict,
    ) -> None:
        """The bundle of a candidate, in the transaction that stores its look."""
        session.flush()
        looks = ledger.fetches(session, fetch.due_id)
        case = proofs.case_of(session, self.job.round_id, fetch.due_id, looks, verdict)
        case["reads"] = [account_reads.to_json(one) for one in results]
        exchanges = [
            one for row in looks for one in proofs.further_exchanges(session, row, self._bodies)
        ]
        pictures = [shot for read in reads for shot in read.pictures]
        files = account_files(exchanges, pictures, case)
        pieces = [Piece(one.kind, one.name, one.content) for one in files]
        self._evidence.keep(session, fetch.due_id, pieces, fetch.at)
