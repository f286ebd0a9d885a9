"""The child's desk: takes finished looks, decides what is next, writes to the ledger in batches.

Every database access of a child crawl goes through here, in small transactions. What was not
written when a child dies is looked at again: a crash costs only the pages in flight.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from crawler import learned, proofs
from crawler.confirming import settles, to_open
from crawler.endpoints.lessons import Lesson, lesson_of, to_be_verified
from crawler.evidence import files_of
from crawler.history import new_items, with_history, with_memory_of_items
from crawler.job import Job
from crawler.look import Look, kept_headers
from crawler.rechecks import is_void, next_look
from crawler.soft_missing import shown_again
from crawler.telling import tell
from rules.duties import Duty, duties
from rules.facts import (
    SHANGHAI,
    Client,
    NextLook,
    Observation,
    Outcome,
    Sight,
    Truth,
    Verdict,
)
from rules.judging import conclude, judge, needs_another_look
from rules.problems import PROPOSED, PROPOSED_BY_SIGN
from rules.profiles import Profile
from rules.register import Register, Target, targets
from storage import ledger
from storage.bodies import BodyStore
from storage.engine import reading, transaction
from storage.evidence import EvidenceStore, Piece
from storage.items import Sighting, had_items, past_of, path_of, remember
from storage.models import ExchangeRow, Fetch, ProfileText, RegisterText, Round, Sample

BATCH = 25


@dataclass(frozen=True, slots=True)
class Entry:
    """One look on its way into the ledger."""

    fetch: Fetch
    again: NextLook | None
    observation: Observation | None
    proves: tuple[Look, Verdict] | None = None  # a candidate's look: its bundle is kept
    first_sights: Sighting | None = None
    lesson: tuple[str, Lesson] | None = None  # what it taught about its target's learned call
    further: tuple[ExchangeRow, ...] = ()  # what it exchanged besides its page


class Desk:
    """One shard of one round: its tasks, its duties, and the way back into the ledger."""

    def __init__(self, engine: Engine, job: Job, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._job = job
        self._now = now
        self._bodies = BodyStore(Path(job.bodies_folder))
        self._evidence = EvidenceStore(Path(job.evidence_folder))
        self._entries: list[Entry] = []
        self._first_sights: dict[int, Sighting] = {}
        self._samples: list[Sample] = []
        with transaction(engine) as session:
            row = session.get_one(Round, job.round_id)
            self.check_date: date = row.check_date
            self.register = Register.from_snapshot(
                session.get_one(RegisterText, row.register_hash).text
            )
            self.profile = Profile.from_snapshot(
                session.get_one(ProfileText, row.profile_hash).text
            )
            found = ledger.tasks(session, job.round_id, job.shard, Client(job.client), now())
            self._in_vain = ledger.not_worth_rendering(session, job.round_id)
            self._plain = ledger.plainly_read(session, job.round_id)
            self.known_calls = learned.known_calls(session, job.round_id, job.only)
        wanted = frozenset(job.only)
        self.tasks = [task for task in found if task.target in wanted]
        self._duties: Mapping[str, Duty] = duties(self.register, self.profile, only=wanted)
        self.targets: dict[str, Target] = {
            target.id: target for target in targets(self.register, self.check_date, only=wanted)
        }

    @property
    def today(self) -> date:
        """The Shanghai date that the reader is given as today."""
        return self._job.day or self._now().astimezone(SHANGHAI).date()

    def begin(self, task: ledger.Task) -> None:
        """Tell the supervisor that a target is in hand now."""
        tell({"begun": task.due_id})

    def remembered(self, task: ledger.Task, look: Look) -> Look:
        """The look with what the ledger of this round and that of first sights add to it."""
        if look.client is Client.BROWSER:
            with reading(self._engine) as session:
                page = proofs.page_of_any_path(session, task, self._bodies)
            look = look if page is None else shown_again(look, page)
        if look.outcome is Outcome.EMPTY:
            with reading(self._engine) as session:
                return with_memory_of_items(look) if had_items(session, task.target) else look
        if look.outcome is not Outcome.READ or not look.reading.items:
            return look
        items, path = look.reading.items, path_of(look.client, look.reading.signs)
        with reading(self._engine) as session:
            past = past_of(session, task.target, items, path)
        self._first_sights[task.due_id] = Sighting(
            target=task.target,
            items=new_items(items, past),
            at=look.answer.at,
            on=self.today,
            since=past.read_on,
            path=path,
        )
        days = self._duties[task.target].days
        return with_history(look, past, check_date=self.check_date, limit=days)

    def keep_body(self, look: Look) -> None:
        """Put a look's page on the disk before it is finished: that may be done in another thread,
        for the disk is waited for."""
        if look.answer.body:
            self._bodies.put(look.answer.body)

    def articles_to_open(self, task: ledger.Task, look: Look) -> tuple[str, ...]:
        """The pages whose dates must be seen before anything is said of this list: none where it
        is plainly ok, or where its articles have spoken at an earlier look."""
        if settles(task.sights) or self.is_plain(task, look):
            return ()
        return to_open(look)

    def is_plain(self, task: ledger.Task, look: Look) -> bool:
        """Whether a look settles its target as ok, so that no control need be asked."""
        return self._judged(task, look.sight(None)) is Truth.OK

    def finish(self, task: ledger.Task, look: Look, controls_ok: bool | None) -> None:
        """Take one look: decide what follows, and put it into the next batch."""
        look = replace(look, purpose=task.purpose)
        sight = look.sight(controls_ok)
        sights = (*task.sights, sight)
        known = self.known_calls.get(task.target)
        lesson = lesson_of(look, task.sights, task.url, known, self.today)
        again = self._verification(task, look) or next_look(
            sights,
            wanted=self._is_wanted_again(task, look, sights),
            recheck_after=self._job.rechecks,
            retry_after=look.retry_after,
            browser=self._job.browser is not None,
            worth_rendering=task.target not in self._in_vain,
            plain_lately=task.target in self._plain,
        )
        observation = conclude(sights) if again is None else None
        fetch = self._fetch_row(task, look, sight)
        verdict = judge(self._duties[task.target], conclude(sights), self.check_date, self.profile)
        proves = (look, verdict) if is_candidate(verdict, sights) else None
        seen = self._first_sights.pop(task.due_id, None)
        taught = None if lesson is None else (task.target, lesson)
        further = () if again is None else tuple(proofs.further_rows(look, self._bodies))
        self._entries.append(Entry(fetch, again, observation, proves, seen, taught, further))
        if len(self._entries) >= BATCH:
            self.flush()

    def keep_probe(self, url: str, look: Look) -> None:
        """Record one control probe."""
        self._samples.append(
            Sample(
                round_id=self._job.round_id,
                purpose="control",
                url=url,
                at=look.answer.at,
                ok=look.proves_the_line,
                outcome=look.outcome,
                elapsed_ms=look.answer.elapsed_ms,
                status=look.answer.status,
            )
        )

    def flush(self) -> None:
        """Write what is waiting in one transaction, then tell the supervisor."""
        entries, self._entries = self._entries, []
        samples, self._samples = self._samples, []
        if not entries and not samples:
            return
        done = [entry.fetch.due_id for entry in entries if entry.observation is not None]
        looked = [entry.fetch.due_id for entry in entries]
        with transaction(self._engine) as session:
            session.add_all(samples)
            ledger.record_looks(
                session, [ledger.Record(one.fetch, one.again, one.observation) for one in entries]
            )
            for entry in entries:
                self._keep_further(session, entry)
                if entry.proves is not None:
                    self._keep_proof(session, entry.fetch, *entry.proves)
                if entry.lesson is not None:
                    self._keep_lesson(session, *entry.lesson)
            remember(session, [one.first_sights for one in entries if one.first_sights])
        tell({"looked": looked, "done": len(done)})

    def _keep_proof(self, session: Session, fetch: Fetch, look: Look, verdict: Verdict) -> None:
        """The bundle of a candidate, in the transaction that stores its look."""
        session.flush()
        looks = ledger.fetches(session, fetch.due_id)
        case = proofs.case_of(session, self._job.round_id, fetch.due_id, looks, verdict)
        earlier = [
            one
            for row in looks[:-1]
            for one in proofs.earlier_exchanges(session, row, self._bodies)
        ]
        files = files_of(look, earlier, case)
        pieces = [Piece(one.kind, one.name, one.content) for one in files]
        self._evidence.keep(session, fetch.due_id, pieces, fetch.at)

    def _keep_further(self, session: Session, entry: Entry) -> None:
        """The further exchanges of a look, unless it stood already."""
        if not entry.further:
            return
        session.flush()
        if entry.fetch.id is not None:
            for row in entry.further:
                row.fetch_id = entry.fetch.id
            session.add_all(entry.further)

    def _keep_lesson(self, session: Session, target: str, lesson: Lesson) -> None:
        known = self.known_calls.get(target)
        learned.keep(session, target, lesson, known=known, check_date=self.check_date)

    def _verification(self, task: ledger.Task, look: Look) -> NextLook | None:
        """The look in the browser that the target's learned call owes now, if it can be had."""
        if self._job.browser is None or task.target in self._in_vain:
            return None
        return to_be_verified(look, task.sights, self.known_calls.get(task.target))

    def _is_wanted_again(self, task: ledger.Task, look: Look, sights: tuple[Sight, ...]) -> bool:
        """Whether to look again. A void sight settles nothing but ok: what refused us for good
        may have been what stands between us and the world."""
        if is_void(sights[-1]) and not self.is_plain(task, look):
            return True
        duty = self._duties[task.target]
        return needs_another_look(
            duty,
            sights,
            self.check_date,
            self.profile,
            browser=self._job.browser is not None,
        )

    def _judged(self, task: ledger.Task, sight: Sight) -> Truth:
        observation = conclude((*task.sights, sight))
        duty = self._duties[task.target]
        return judge(duty, observation, self.check_date, self.profile).truth

    def _fetch_row(self, task: ledger.Task, look: Look, sight: Sight) -> Fetch:
        answer = look.answer
        return Fetch(
            due_id=task.due_id,
            look=task.look,
            client=look.client,
            purpose=look.purpose,
            at=sight.at,
            elapsed_ms=answer.elapsed_ms,
            url=answer.asked_url,
            final_url=answer.final_url,
            hops=list(answer.hops),
            status=answer.status,
            headers=kept_headers(answer.headers or {}),
            body_sha256=self._bodies.put(answer.body) if answer.body else None,
            body_size=len(answer.body),
            error=look.error,
            retry_after=look.retry_after,
            state=look.reading.state,
            outcome=sight.outcome,
            newest=sight.newest,
            item_count=sight.item_count,
            items_digest=sight.items_digest,
            confidence=sight.confidence,
            signs=list(sight.signs),
            controls_ok=sight.controls_ok,
        )


def is_candidate(verdict: Verdict, sights: Sequence[Sight]) -> bool:
    """Whether a look may end in the notice, by itself or through a person's review."""
    empty = sights[-1].outcome is Outcome.EMPTY
    proposed = verdict.reason in PROPOSED or not PROPOSED_BY_SIGN.keys().isdisjoint(verdict.signs)
    return verdict.truth is Truth.VIOLATION or empty or proposed
