"""Why a line stands in the table: the whole case of one violation, as one value and as text.

For whoever must answer for the line, or answer to it. Read from the ledger alone; nothing is
fetched, and nothing is judged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reports.account_explanation import (
    SourceRead,
    post_lines,
    quota_line,
    read_line,
    source_reads,
)
from reports.handed_in import handed_in, posting_line
from reports.history import Event, event_lines, history
from reports.safety import harmless
from reports.veto_words import because
from rules.checks import Check, window
from rules.errors import XunjianError
from rules.facts import SHANGHAI, Client, Outcome, Purpose
from rules.marks import MANUAL_CHECK
from rules.postings import Posting
from rules.problems import GRAVE_FAMILIES
from rules.register import Register
from rules.words import catalogue, say
from storage.checks import checks_between
from storage.evidence import bundle
from storage.models import (
    Due,
    Fetch,
    ProfileText,
    RegisterText,
    Round,
    Sample,
    VerdictRow,
    Violation,
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One look. `at` is aware, UTC."""

    at: datetime
    client: Client
    purpose: Purpose
    outcome: Outcome
    status: int | None
    newest: date | None
    items: int
    landed: str
    controls_answered: bool | None
    error: str | None
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """One file of a bundle, by its path in the evidence folder."""

    kind: str
    path: str
    sha256: str
    size: int
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """What one check day found, and what proves it. `checks` are the signed checks that spoke."""

    check_date: date
    newest: date | None
    days: int | None
    wording: str
    attempts: tuple[Attempt, ...]
    checks: tuple[Check, ...]
    controls_probed: int
    controls_answered: int
    proofs: tuple[Proof, ...]
    profile: str
    profile_hash: str
    simulated: bool
    register_hash: str
    reads: tuple[SourceRead, ...] = ()
    quota: str = ""
    handed_in: tuple[Posting, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole case. `limit` counts days; None where age is not the matter."""

    id: int
    month: str
    site: str | None
    unit: str
    column: str | None
    url: str
    problem: str
    rule: str
    status: str
    limit: int | None
    days: tuple[Day, ...]
    account: str | None = None
    platform: str | None = None
    because: tuple[str, ...] = ()  # of a veto: what it rests on, in words
    history: tuple[Event, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The case for other programs: dates and instants in ISO form."""
        found: dict[str, Any] = _plain(asdict(self))
        return found | {"source": rule_source(self.rule), "otherwise": list(otherwise(self))}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def explain(session: Session, number: int) -> Explanation:
    """The case of a violation by its id. Raises XunjianError where there is none."""
    row = session.get(Violation, number)
    if row is None:
        raise XunjianError(say("explain.no_such", id=number))
    # A veto rests on no look of its own: its proof are its columns, samples and surveys.
    rounds = () if row.family in GRAVE_FAMILIES else tuple(row.rounds)
    days = tuple(_day(session, row, date.fromisoformat(text)) for text in rounds)
    return Explanation(
        id=row.id,
        month=row.month,
        site=row.site,
        unit=row.unit,
        column=row.column,
        url=row.url,
        problem=row.problem,
        rule=row.rule,
        status=row.status,
        limit=row.limit,
        days=days,
        account=row.account,
        platform=row.platform,
        because=because(session, row) if row.family in GRAVE_FAMILIES else (),
        history=history(session, row),
    )


def _day(session: Session, row: Violation, day: date) -> Day:
    check = session.scalars(select(Round).where(Round.check_date == day)).one()
    due = session.scalars(
        select(Due).where(Due.round_id == check.id, Due.target == row.target)
    ).one()
    verdict = session.scalars(
        select(VerdictRow).where(
            VerdictRow.round_id == check.id,
            VerdictRow.target == row.target,
            VerdictRow.profile_hash == check.profile_hash,
        )
    ).one()
    looks = session.scalars(select(Fetch).where(Fetch.due_id == due.id).order_by(Fetch.look))
    probed = session.execute(
        select(func.count(), func.count().filter(Sample.ok)).where(
            Sample.round_id == check.id, Sample.purpose == "control"
        )
    ).one()
    return Day(
        check_date=day,
        newest=verdict.newest,
        days=verdict.days,
        wording=verdict.wording or "",
        attempts=tuple(_attempt(look) for look in looks),
        checks=_checks(session, check, verdict),
        controls_probed=probed[0],
        controls_answered=probed[1],
        proofs=tuple(
            Proof(one.kind, one.path, one.sha256, one.size, one.taken_at)
            for one in bundle(session, row.target, day)
        ),
        profile=session.get_one(ProfileText, check.profile_hash).name,
        profile_hash=check.profile_hash,
        simulated=check.simulated,
        register_hash=check.register_hash,
        reads=source_reads(session, check.id, due.id) if row.account else (),
        quota=quota_line(day, verdict.limit or 14, verdict.signs) if row.account else "",
        handed_in=handed_in(session, row.target, day) if row.account else (),
    )


def _checks(session: Session, check: Round, verdict: VerdictRow) -> tuple[Check, ...]:
    if MANUAL_CHECK not in verdict.signs:
        return ()
    text = session.get_one(RegisterText, check.register_hash).text
    days = window(Register.from_snapshot(text).rounds, check.check_date)
    return tuple(checks_between(session, *days, verdict.target).get(verdict.target, ()))


def _attempt(look: Fetch) -> Attempt:
    return Attempt(
        at=look.at,
        client=Client(look.client),
        purpose=Purpose(look.purpose),
        outcome=Outcome(look.outcome),
        status=look.status,
        newest=look.newest,
        items=look.item_count,
        landed=look.final_url,
        controls_answered=look.controls_ok,
        error=look.error,
        signs=tuple(look.signs),
    )


def rule_source(rule: str) -> str:
    """Where the rule stands, in words."""
    return say(f"rule_source.{rule}")


def arithmetic(case: Explanation, day: Day) -> str:
    """The sum of one check day; empty where age is not the matter."""
    if case.limit is None or day.newest is None or day.days is None:
        return ""
    return say(
        "explain.arithmetic",
        check=day.check_date,
        newest=day.newest,
        days=day.days,
        limit=case.limit,
        good=day.check_date - timedelta(days=case.limit),
    )


def otherwise(case: Explanation) -> Iterator[str]:
    """What would have made it otherwise, and what the unit can do."""
    if not case.days:
        yield say("explain.appeal")
        return
    if case.account is not None:
        yield from _account_otherwise(case)
        return
    last = case.days[-1]
    if case.limit is not None and last.newest is not None:
        good = last.check_date - timedelta(days=case.limit)
        yield say("explain.otherwise_dated", good=good, check=last.check_date)
    else:
        yield say("explain.otherwise_reached")
    yield say("explain.fix")
    yield say("explain.appeal")


def _account_otherwise(case: Explanation) -> Iterator[str]:
    last = case.days[-1]
    if case.limit is not None:
        good = last.check_date - timedelta(days=case.limit)
        yield say("explain.account_otherwise_dated", good=good, check=last.check_date)
    else:
        yield say("explain.account_otherwise_quota")
    yield say("explain.account_fix")
    yield say("explain.appeal")


def witness(sign: str) -> str | None:
    """What a sign says of another witness than the page itself, in words, if it tells of one."""
    return catalogue().get(f"witness.{sign}")


def attempt_line(one: Attempt) -> str:
    """One look in words."""
    at = f"{one.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
    parts = [at, say(f"client.{one.client}"), say(f"outcome.{one.outcome}")]
    if one.status is not None:
        parts.append(f"HTTP {one.status}")
    if one.newest is not None:
        parts.append(say("explain.read", newest=one.newest, items=one.items))
    parts += [words for sign in one.signs if (words := witness(sign))]
    if one.controls_answered is not None:
        parts.append(
            say("explain.controls_up" if one.controls_answered else "explain.controls_down")
        )
    return harmless("，".join(parts))


def check_line(one: Check) -> str:
    """One signed check in words."""
    seen = say(f"outcome.{one.outcome}")
    if one.newest is not None:
        seen = say("explain.saw", newest=one.newest)
    parts = [f"{one.checked_on:%m-%d}", say("explain.signed", person=one.person), seen]
    parts.append(
        say("explain.pictured", sha256=one.screenshot[:16])
        if one.screenshot
        else say("explain.unpictured")
    )
    return harmless("，".join([*parts, one.note] if one.note else parts))


def facts(case: Explanation) -> list[tuple[str, str]]:
    """The head of the case: names and words."""
    place = "".join(part for part in (case.site, case.column and f"「{case.column}」") if part)
    name = (say("explain.place"), harmless(place))
    if case.account is not None:
        platform = say(f"platform.{case.platform}")
        name = (say("explain.account_place"), harmless(f"{case.account}（{platform}）"))
    return [
        name,
        (say("field.unit"), harmless(case.unit)),
        (say("field.url"), harmless(case.url)),
        (say("field.problem"), harmless(case.problem)),
        (say("explain.rule"), f"{case.rule}，{rule_source(case.rule)}"),
        (say("field.status"), say(f"violation_status.{case.status}")),
        *((say("explain.because"), words) for words in case.because),
    ]


def to_text(case: Explanation) -> str:
    """The case for a terminal."""
    lines = [say("explain.title", id=case.id, month=case.month), ""]
    lines += [f"{name}：{words}" for name, words in facts(case)]
    for day in case.days:
        lines += ["", *_day_lines(case, day)]
    if case.history:
        lines += ["", say("history.title"), *(f"  {line}" for line in history_lines(case))]
    lines += ["", say("explain.otherwise"), *(f"  {line}" for line in otherwise(case))]
    return "\n".join(lines) + "\n"


def history_lines(case: Explanation) -> Iterator[str]:
    """What became of the line since it was found, in words."""
    for event in case.history:
        yield from event_lines(event)


def _day_lines(case: Explanation, day: Day) -> Iterable[str]:
    yield day_title(day)
    if arithmetic(case, day):
        yield f"  {arithmetic(case, day)}"
    yield from (f"  {line}" for line in seen_lines(case, day))
    if case.account is None:
        yield "  " + controls_line(day)
    yield "  " + say("explain.profile", name=day.profile, hash=day.profile_hash[:12])
    for proof in day.proofs:
        yield f"  {say('explain.proof')} {proof.path}  SHA-256 {proof.sha256[:16]}…"


def seen_lines(case: Explanation, day: Day) -> Iterator[str]:
    """What was seen that day, and by whom: looks and signed checks, or reads and posts."""
    if case.account is None:
        yield from map(attempt_line, day.attempts)
    else:
        yield from filter(None, (day.quota,))
        yield from map(read_line, day.reads)
        yield from post_lines(day.reads)
        yield from map(posting_line, day.handed_in)
    yield from map(check_line, day.checks)


def day_title(day: Day) -> str:
    """What one check day found, and whether the day was only played."""
    title = say("explain.day", check=day.check_date, wording=day.wording)
    return title + say("explain.simulated") if day.simulated else title


def controls_line(day: Day) -> str:
    """How the controls stood in the round."""
    return say("explain.controls", probed=day.controls_probed, answered=day.controls_answered)
