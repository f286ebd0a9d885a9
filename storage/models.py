"""The tables: rounds, what was due, what was fetched, observed, judged, and the violations.

One class a table, nothing else. Instants are stored in UTC and come back aware; civil dates are
Asia/Shanghai. Bodies live on disk by hash, never here.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    DateTime,
    ForeignKey,
    Index,
    MetaData,
    String,
    UniqueConstraint,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware instant. Stored in UTC without zone (SQLite keeps none); a naive one is refused."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive instant {value!r}: instants are aware")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """Text as PostgreSQL can keep it: without NUL characters and lone surrogates.

    Addresses, titles and error texts come from the pages themselves; one hostile character must
    not cost a round. Enumerations come out as their plain value.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, _: Dialect) -> str | None:
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """`text` with what no database keeps replaced by U+FFFD."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

# Compact and indexable in PostgreSQL, plain readable text in SQLite.
Json = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    """The metadata that Alembic compares with the database."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Words,
        datetime: Instant,
        list[str]: Json,
        list[int]: Json,
        dict[str, Any]: Json,
    }


class RoundStatus(StrEnum):
    """How a round stands. Every one but OPEN may be tried again until the next check day."""

    OPEN = "open"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    BLIND = "blind"
    MISSED = "missed"


class DueState(StrEnum):
    """Where one due target stands within its round."""

    PENDING = "pending"  # never looked at
    RECHECK = "recheck"  # to be looked at again, not before `not_before`
    DONE = "done"  # its observation stands


class ViolationStatus(StrEnum):
    """Where a violation stands in the notice's workflow. The machine only makes candidates."""

    CANDIDATE = "candidate"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    APPEALED = "appealed"
    RECTIFIED = "rectified"


class RegisterText(Base):
    """A register as it stood: `text` is its normalised JSON, `hash` the SHA-256 of that."""

    __tablename__ = "register"
    hash: Mapped[str] = mapped_column(Words(64), primary_key=True)
    text: Mapped[str]


class ProfileText(Base):
    """A profile as it stood, resolved (all `extends` applied), by the SHA-256 of its JSON."""

    __tablename__ = "profile"
    hash: Mapped[str] = mapped_column(Words(64), primary_key=True)
    name: Mapped[str]
    text: Mapped[str]


class Round(Base):
    """One check day. `as_of` replaces the clock and marks the round simulated."""

    __tablename__ = "round"
    id: Mapped[int] = mapped_column(primary_key=True)
    check_date: Mapped[date] = mapped_column(unique=True)
    status: Mapped[str] = mapped_column(default=RoundStatus.OPEN)
    simulated: Mapped[bool] = mapped_column(default=False)
    as_of: Mapped[date | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    register_hash: Mapped[str] = mapped_column(ForeignKey("register.hash"))
    profile_hash: Mapped[str] = mapped_column(ForeignKey("profile.hash"))
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Due(Base):
    """One target due in one round. `target` is its stable identity (`id` of the register).

    `client` and `purpose` are those of its next look.
    """

    __tablename__ = "due"
    __table_args__ = (
        UniqueConstraint("round_id", "target"),
        Index(None, "round_id", "state", "shard"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    target: Mapped[str]
    target_kind: Mapped[str]
    site: Mapped[str | None]
    url: Mapped[str]
    host_group: Mapped[str]
    shard: Mapped[int]
    state: Mapped[str] = mapped_column(default=DueState.PENDING)
    looks: Mapped[int] = mapped_column(default=0)
    crashes: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    client: Mapped[str] = mapped_column(default="http")
    purpose: Mapped[str] = mapped_column(default="read")


class Fetch(Base):
    """One look at a due target: one exchange with its redirects, and what was read off it.

    `look` counts from 0; (due, look) is unique, so a look that was repeated after a crash
    stands once. `hops` are the addresses passed through. `body_sha256` names the stored body.
    """

    __tablename__ = "fetch"
    __table_args__ = (UniqueConstraint("due_id", "look"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    due_id: Mapped[int] = mapped_column(ForeignKey("due.id"))
    look: Mapped[int]
    client: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="read")
    at: Mapped[datetime]
    elapsed_ms: Mapped[int]
    url: Mapped[str]
    final_url: Mapped[str]
    hops: Mapped[list[str]] = mapped_column(default=list)
    status: Mapped[int | None]
    headers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    body_sha256: Mapped[str | None] = mapped_column(Words(64))
    body_size: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    retry_after: Mapped[int | None]
    state: Mapped[str | None]
    outcome: Mapped[str]
    newest: Mapped[date | None]
    item_count: Mapped[int] = mapped_column(default=0)
    items_digest: Mapped[str | None]
    confidence: Mapped[float] = mapped_column(default=0.0)
    signs: Mapped[list[str]] = mapped_column(default=list)
    controls_ok: Mapped[bool | None]


class ExchangeRow(Base):
    """A further exchange of a look: a learned data call, an article that was opened.

    Kept of looks that settled nothing, for the bundle that may follow. Bodies lie on disk by hash.
    """

    __tablename__ = "exchange"
    id: Mapped[int] = mapped_column(primary_key=True)
    fetch_id: Mapped[int] = mapped_column(ForeignKey("fetch.id"), index=True)
    at: Mapped[datetime]
    method: Mapped[str]
    url: Mapped[str]
    kind: Mapped[str]
    status: Mapped[int]
    headers: Mapped[dict[str, Any]]
    body_sha256: Mapped[str | None] = mapped_column(Words(64))
    request_headers: Mapped[dict[str, Any]]
    request_sha256: Mapped[str | None] = mapped_column(Words(64))


class ObservationRow(Base):
    """What a round found for one target; append-only, exactly one for each due row."""

    __tablename__ = "observation"
    __table_args__ = (UniqueConstraint("round_id", "target"), Index(None, "target"))
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    due_id: Mapped[int] = mapped_column(ForeignKey("due.id"), unique=True)
    target: Mapped[str]
    observed_at: Mapped[datetime]
    outcome: Mapped[str]
    newest: Mapped[date | None]
    item_count: Mapped[int]
    items_digest: Mapped[str | None]
    confidence: Mapped[float]
    signs: Mapped[list[str]]
    fetches: Mapped[list[int]]


class VerdictRow(Base):
    """What followed for one duty in one round, under one profile."""

    __tablename__ = "verdict"
    __table_args__ = (UniqueConstraint("round_id", "target", "profile_hash"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    target: Mapped[str]
    profile_hash: Mapped[str] = mapped_column(ForeignKey("profile.hash"))
    truth: Mapped[str]
    reason: Mapped[str | None]
    rule: Mapped[str | None]
    wording: Mapped[str | None]
    newest: Mapped[date | None]
    days: Mapped[int | None]
    limit: Mapped[int | None]
    warn: Mapped[bool]
    outcome: Mapped[str]
    signs: Mapped[list[str]]
    judged_at: Mapped[datetime]


class Violation(Base):
    """One duty, one problem family, one month: the table that analysts read.

    The columns up to `evidence` are the published contract (design, section 5), in its order.
    `rounds` are the failing check dates; `problem`, `newest`, `days`, `limit`, `url` and `outcome`
    are those of the last of them. An id is never given twice, so that a reference to a row that
    fell stays a reference to nothing. `upheld`: the month, as it was last judged, still says so.
    """

    __tablename__ = "violation"
    __table_args__ = (UniqueConstraint("month", "target", "family"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(primary_key=True)
    on_list: Mapped[str] = mapped_column("list")
    site: Mapped[str | None]
    account: Mapped[str | None]
    unit: Mapped[str]
    column: Mapped[str | None]
    kind: Mapped[str | None]
    platform: Mapped[str | None]
    problem: Mapped[str]
    rule: Mapped[str]
    newest: Mapped[date | None]
    days: Mapped[int | None]
    limit: Mapped[int | None]
    url: Mapped[str]
    outcome: Mapped[str]
    rounds: Mapped[list[str]]
    first_failed: Mapped[date]
    last_failed: Mapped[date]
    status: Mapped[str] = mapped_column(default=ViolationStatus.CANDIDATE)
    evidence: Mapped[list[str]] = mapped_column(default=list)
    month: Mapped[str] = mapped_column(Words(7), index=True)
    target: Mapped[str]
    family: Mapped[str]
    upheld: Mapped[bool] = mapped_column(default=True, server_default=true())


class Sample(Base):
    """One probe of a control, or of a site's home page (availability, `site` is set)."""

    __tablename__ = "sample"
    __table_args__ = (Index(None, "round_id", "at"), Index(None, "site", "at"))
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"))
    purpose: Mapped[str]
    site: Mapped[str | None]
    url: Mapped[str]
    at: Mapped[datetime]
    ok: Mapped[bool]
    outcome: Mapped[str]
    elapsed_ms: Mapped[int]
    status: Mapped[int | None]


class SampleDay(Base):
    """A day's samples of one site's home page, counted (`rules.availability.DayCount`).

    Written once the day is over; the samples themselves go some weeks later.
    """

    __tablename__ = "sample_day"
    site: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int]
    left_out: Mapped[int]
    dropped: Mapped[int]
    causes: Mapped[dict[str, Any]]


class ItemRow(Base):
    """The first sight of one entry of a target's list. Written once, never changed.

    `key` is a digest of its address and title (`storage.items`), `printed` the date that stood
    beside it then, `seen_on` the Shanghai date of that look, `since` that of the last look before
    it, by the same path, at which the entry was not there: it was added between the two. None:
    nothing is known of when it was added. `path` is how the list was read: http, endpoint or
    browser.
    """

    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("target", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[str]
    key: Mapped[str] = mapped_column(Words(32))
    title: Mapped[str]
    url: Mapped[str]
    printed: Mapped[date | None]
    seen_at: Mapped[datetime]
    seen_on: Mapped[date]
    since: Mapped[date | None]
    path: Mapped[str]


class EndpointRow(Base):
    """A learned data call that carries a target's list. One a target; `recipe` says how to ask.

    `learned_on` and `verified_on` are Shanghai dates; a forgotten one is deleted.
    """

    __tablename__ = "endpoint"
    id: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(unique=True)
    method: Mapped[str]
    url: Mapped[str]
    recipe: Mapped[dict[str, Any]]
    items: Mapped[int]
    learned_on: Mapped[date]
    verified_on: Mapped[date]
    rounds_since: Mapped[int] = mapped_column(default=0)


class EvidenceRow(Base):
    """One file of a candidate's bundle, taken by a look of a due target, never afterwards.

    `path` is relative to the evidence folder; `sha256` and `size` (bytes) are of the file as it
    lies there.
    """

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("due_id", "kind", "sha256"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    due_id: Mapped[int] = mapped_column(ForeignKey("due.id"))
    kind: Mapped[str]
    path: Mapped[str]
    sha256: Mapped[str] = mapped_column(Words(64))
    size: Mapped[int]
    taken_at: Mapped[datetime]


class ManualCheck(Base):
    """A signed check by a person, of a column that the machine cannot reach (人工核查).

    `newest` is the date that the person saw, None where the column was empty or did not open
    (`outcome` says which). `checked_on` is the Shanghai date of the check.
    """

    __tablename__ = "manual_check"
    __table_args__ = (UniqueConstraint("target", "checked_on"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[str]
    checked_on: Mapped[date]
    outcome: Mapped[str]
    newest: Mapped[date | None]
    person: Mapped[str]
    screenshot: Mapped[str | None] = mapped_column(Words(64))
    note: Mapped[str]
    imported_at: Mapped[datetime]


class ProposalRow(Base):
    """What the machine only proposes (standard: P): it waits for a person's review.

    One for each duty, rule and month. `rounds` are the check dates on which it was seen, `signs`
    what was seen, `evidence` the paths of its bundle.
    """

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("month", "target", "rule"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(Words(7), index=True)
    target: Mapped[str]
    rule: Mapped[str]
    problem: Mapped[str]
    site: Mapped[str | None]
    account: Mapped[str | None]
    unit: Mapped[str]
    column: Mapped[str | None]
    kind: Mapped[str | None]
    platform: Mapped[str | None]
    url: Mapped[str]
    signs: Mapped[list[str]]
    rounds: Mapped[list[str]]
    evidence: Mapped[list[str]] = mapped_column(default=list)
    status: Mapped[str] = mapped_column(default=ViolationStatus.CANDIDATE)


class AccountReadRow(Base):
    """One read of one source of an account, in one look: a `rules.posts.FetchResult`.

    `result` is that value as plain JSON (`storage.account_reads`), `bodies` the SHA-256 of the
    answers it was read from. In a simulated round `fetched_at` is the round's own clock.
    """

    __tablename__ = "account_read"
    __table_args__ = (UniqueConstraint("due_id", "look", "source"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    due_id: Mapped[int] = mapped_column(ForeignKey("due.id"))
    look: Mapped[int]
    source: Mapped[str]
    outcome: Mapped[str]
    reason: Mapped[str | None]
    fetched_at: Mapped[datetime]
    result: Mapped[dict[str, Any]]
    bodies: Mapped[list[str]]


class PostingRow(Base):
    """A row handed in by a unit: a post of an account, or the signed statement that there is none.

    `kind` is `published` or `none`. `at` is when it was published, `checked_at` when the person
    looked; both are instants, written by people in Asia/Shanghai.
    """

    __tablename__ = "posting"
    __table_args__ = (UniqueConstraint("target", "kind", "at", "url", "checked_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[str]
    kind: Mapped[str]
    at: Mapped[datetime | None]
    title: Mapped[str]
    url: Mapped[str]
    pinned: Mapped[bool]
    screenshot: Mapped[str | None] = mapped_column(Words(64))
    person: Mapped[str]
    checked_at: Mapped[datetime | None]
    imported_at: Mapped[datetime]


class TokenRow(Base):
    """Something secret that an official interface is asked with, sealed (`storage.tokens`)."""

    __tablename__ = "token"
    name: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[str]
    expires_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]


class ReviewRow(Base):
    """One decision of a person about a violation or a proposal; append-only, the latest one holds.

    `subject` says which of the two, `family` is a violation's family or a proposal's rule.
    `rounds` are the failing check dates that were decided on.
    """

    __tablename__ = "review"
    __table_args__ = (Index(None, "month", "target"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(Words(7))
    subject: Mapped[str]
    target: Mapped[str]
    family: Mapped[str]
    rounds: Mapped[list[str]]
    decision: Mapped[str]
    reason: Mapped[str | None]
    note: Mapped[str]
    reviewer: Mapped[str]
    at: Mapped[datetime]


class SubmissionRow(Base):
    """What a unit handed in to the portal in a month: a count, one item, or an adjustment.

    `unit` is the printed name. `key` tells rows of one unit and month apart: empty for its count,
    day and title of an item, the reason of an adjustment. A count may leave `adopted` (None) to the
    portal's own pages (`adoption`). An adjustment counts for `counts_for`
    (submitted, adopted, score) and stays outside the counts.
    """

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("month", "unit", "form", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(Words(7))
    unit: Mapped[str]
    form: Mapped[str]
    key: Mapped[str]
    submitted: Mapped[int]
    adopted: Mapped[int | None]
    amount: Mapped[int]
    counts_for: Mapped[str | None]
    reason: Mapped[str]
    approver: Mapped[str]
    imported_at: Mapped[datetime]


class AdoptionRow(Base):
    """A piece that a portal published in a month, with the source that its page names (来源).

    `day` is when it was published (Asia/Shanghai), `unit` the printed name of the unit that its
    source stands for; None where the source is nobody of the register, or none is named.
    """

    __tablename__ = "adoption"
    __table_args__ = (UniqueConstraint("month", "site", "url"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(Words(7), index=True)
    site: Mapped[str]
    url: Mapped[str]
    title: Mapped[str]
    day: Mapped[date]
    source: Mapped[str | None]
    unit: Mapped[str | None]
    seen_at: Mapped[datetime]


class DisclosureRow(Base):
    """A unit's 政府信息公开平台 as a month's survey found it: a row of annex 6.

    `target` is the platform's identity (platform:unit). The four cells hold a truth (ok,
    violation, unknown), `built` one of the three formats or nothing. `missing` and `empty` are
    printed names of labels, `remark` what follows from the cells; `claims` is what each pass saw,
    `evidence` the addresses at which its faults were seen. An id is never given twice.
    """

    __tablename__ = "disclosure"
    __table_args__ = (UniqueConstraint("month", "target"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(Words(7), index=True)
    target: Mapped[str]
    unit: Mapped[str]
    site: Mapped[str]
    url: Mapped[str]
    home_entry: Mapped[str]
    built: Mapped[str | None]
    search: Mapped[str]
    browse: Mapped[str]
    updated: Mapped[str]
    missing: Mapped[list[str]]
    empty: Mapped[list[str]]
    remark: Mapped[str]
    claims: Mapped[dict[str, Any]]
    evidence: Mapped[list[str]]
    seen_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(default=ViolationStatus.CANDIDATE)


class SurveyRow(Base):
    """One target of a month's survey (outside the rounds) and where it stands.

    `passes` are finished looks, `found` what the last of them found, as its surveyor writes it.
    In a simulated survey `at` is its own clock, `not_before` never: that is when work goes on.
    """

    __tablename__ = "survey"
    __table_args__ = (UniqueConstraint("month", "kind", "target"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(Words(7))
    kind: Mapped[str]
    target: Mapped[str]
    simulated: Mapped[bool]
    state: Mapped[str] = mapped_column(default="pending")
    passes: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    crashes: Mapped[int] = mapped_column(default=0)
    voids: Mapped[int] = mapped_column(default=0)
    found: Mapped[dict[str, Any] | None] = mapped_column(Json)
    at: Mapped[datetime | None]


class SiteCheckRow(Base):
    """What one check found on a site in a month's survey (`rules.site_checks.SiteCheck`).

    Never a violation of the notice: it feeds the score sheet. `places` are mappings of url, parent,
    what, home and cause.
    """

    __tablename__ = "site_check"
    __table_args__ = (UniqueConstraint("month", "site", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(Words(7))
    site: Mapped[str]
    code: Mapped[str]
    truth: Mapped[str]
    decides: Mapped[str]
    count: Mapped[int]
    places: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    reason: Mapped[str | None]
    evidence: Mapped[list[str]]
    at: Mapped[datetime]


class AppealRow(Base):
    """One step of a unit's appeal (申诉) against a violation; append-only, the latest one holds.

    `step` is lodged, reduced (核减) or maintained (维持). `text` is what the unit says, or why it
    was decided so; `person` who says it, `day` (Shanghai) when. `files` are mappings of name, path
    in the evidence folder, sha256 and size.
    """

    __tablename__ = "appeal"
    __table_args__ = (Index(None, "month", "target"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(Words(7))
    target: Mapped[str]
    family: Mapped[str]
    step: Mapped[str]
    text: Mapped[str]
    person: Mapped[str]
    day: Mapped[date]
    files: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    at: Mapped[datetime]


class RectificationRow(Base):
    """That a violation was found repaired (整改), or open again; append-only, the latest holds.

    `step` is rectified or reopened, `day` the check day of the first round that proves it, or what
    a person wrote; `seen_on` the last check day that bears it out. `person` is empty where rounds
    proved it.
    """

    __tablename__ = "rectification"
    __table_args__ = (Index(None, "month", "target"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(Words(7))
    target: Mapped[str]
    family: Mapped[str]
    step: Mapped[str]
    day: Mapped[date]
    seen_on: Mapped[date]
    person: Mapped[str]
    note: Mapped[str]
    at: Mapped[datetime]


class ScoreEntryRow(Base):
    """What a person filled in for one indicator of a site and month (`rules.score_facts.Entry`).

    `points` is a decimal as text. Filled in again, it is corrected.
    """

    __tablename__ = "score_entry"
    __table_args__ = (UniqueConstraint("month", "site", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(Words(7))
    site: Mapped[str]
    code: Mapped[str]
    points: Mapped[str]
    reason: Mapped[str]
    person: Mapped[str]
    at: Mapped[datetime]
