"""The plain types that all rooms share: what a page says, what a look found, what follows.

Frozen values only; no input, no output, no clock. Instants are aware (UTC); civil dates are
Asia/Shanghai.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
CONFIDENCE_FLOOR = 0.5


class PageState(StrEnum):
    """What one page is, whatever its status code (design, section 5)."""

    LIST = "LIST"
    ARTICLE = "ARTICLE"
    EMPTY = "EMPTY"
    FORWARD = "FORWARD"
    SCRIPT_SHELL = "SCRIPT_SHELL"
    CHALLENGE = "CHALLENGE"
    LOGIN = "LOGIN"
    NOT_FOUND = "NOT_FOUND"
    SERVER_ERROR = "SERVER_ERROR"
    SUSPENDED = "SUSPENDED"
    UNREADABLE = "UNREADABLE"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a main list. `url` is absolute; `date` is the date printed for it, or None."""

    title: str
    url: str
    date: date | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """An operator's help for the rare page that defeats the reader: CSS of an item, of its date."""

    items: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class PageReading:
    """What a careful clerk reads off one page.

    `newest` is the newest genuine date of the main list (home page: of any item; article: its
    publish date). Under `CONFIDENCE_FLOOR` nothing may rest on it. `signs` are short
    machine-readable reasons, kept with the observation.
    """

    state: PageState
    newest: date | None = None
    items: tuple[Item, ...] = ()
    column_name: str | None = None
    forward: str | None = None
    confidence: float = 0.0
    signs: tuple[str, ...] = ()


class Client(StrEnum):
    """Who looked."""

    HTTP = "http"
    BROWSER = "browser"
    PERSON = "person"


class Purpose(StrEnum):
    """What a look is taken for."""

    READ = "read"  # to read the page at all
    PROVE = "prove"  # to prove, or clear, what was read before


class TargetKind(StrEnum):
    """What may be due in a round."""

    COLUMN = "column"
    HOME = "home"
    ACCOUNT = "account"
    PLATFORM = "platform"


class Outcome(StrEnum):
    """What one look at a target came to. Exactly one for every fetch, whatever happened."""

    READ = "read"  # a list (or a one-page column) was read
    EMPTY = "empty"  # an empty column, by positive signs
    SCRIPT_SHELL = "script_shell"  # a script must fill it first
    FORWARD = "forward"  # it sends elsewhere, and we could not follow
    CHALLENGE = "challenge"  # a firewall declines programs
    LOGIN = "login"  # a log-in form, or 401
    NOT_FOUND = "not_found"  # 404, 410 or a soft 404
    SERVER_ERROR = "server_error"  # 5xx, or a page that says so
    SUSPENDED = "suspended"  # maintenance, closed, parked, coming soon
    UNREADABLE = "unreadable"  # none of these can be said
    TIMEOUT = "timeout"  # no complete answer within 15 seconds
    DNS_FAILURE = "dns_failure"
    CONNECT_FAILURE = "connect_failure"  # refused, unreachable
    BROKEN_ANSWER = "broken_answer"  # reset, cut off, not HTTP
    TLS_FAILURE = "tls_failure"
    REDIRECT_LOOP = "redirect_loop"
    MOVED = "moved"  # thrown to another host
    RATE_LIMITED = "rate_limited"  # 429, or 503 with Retry-After
    ROBOTS_DENIED = "robots_denied"
    REFUSED = "refused"  # we would not fetch it: private address, too large, a bomb
    OUR_FAULT = "our_fault"  # the checker itself broke on it


class UnknownReason(StrEnum):
    """Why a duty stands as 未能核实. Every one has its words in the catalogue."""

    ONE_CLIENT = "one_client"  # failed or blank, but only one kind of client has seen it
    ONE_SIGHT = "one_sight"  # seen once, or not far enough apart in time
    BLOCKED = "blocked"
    LOGIN_REQUIRED = "login_required"
    RATE_LIMITED = "rate_limited"
    ROBOTS = "robots"
    NEEDS_BROWSER = "needs_browser"
    MOVED = "moved"
    SUSPENDED = "suspended"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    LOW_CONFIDENCE = "low_confidence"
    UNDATED = "undated"
    BACKDATED = "backdated"  # new entries under old dates: updated, or 旧稿新发; a person looks
    INCOMPATIBLE = "incompatible"  # shown by no browser of ours as it should be; a person looks
    YEAR_INFERRED = "year_inferred"
    DISAGREEMENT = "disagreement"
    MASS_ANOMALY = "mass_anomaly"
    CONTROLS_DOWN = "controls_down"
    NEEDS_PERSON = "needs_person"
    PLATFORM_BLOCKED = "platform_blocked"  # this one and the next four: accounts only
    SOURCE_INCOMPLETE = "source_incomplete"
    SOURCE_FAILED = "source_failed"
    NO_PROOF = "no_proof"
    NOT_CONFIGURED = "not_configured"
    OUR_FAULT = "our_fault"


class Treatment(StrEnum):
    """What is done with an outcome."""

    JUDGE = "judge"  # dates may be judged
    CANDIDATE = "candidate"  # looks like the unit's fault: look again, later and otherwise
    DOUBT = "doubt"  # our doubt: look again, then unknown
    FINAL = "final"  # no use in looking again this round: unknown


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One row of the table outcome -> what is done, and the reason if it stays unknown."""

    treatment: Treatment
    reason: UnknownReason


def _row(treatment: Treatment, reason: UnknownReason) -> OutcomeRow:
    return OutcomeRow(treatment, reason)


_T, _R = Treatment, UnknownReason

# The one table of what is done with each outcome (standard, sections 5.0 and 5.3).
OUTCOMES: Mapping[Outcome, OutcomeRow] = MappingProxyType(
    {
        Outcome.READ: _row(_T.JUDGE, _R.UNDATED),
        Outcome.EMPTY: _row(_T.CANDIDATE, _R.ONE_CLIENT),
        Outcome.NOT_FOUND: _row(_T.CANDIDATE, _R.ONE_CLIENT),
        Outcome.SERVER_ERROR: _row(_T.CANDIDATE, _R.ONE_CLIENT),
        Outcome.TIMEOUT: _row(_T.CANDIDATE, _R.ONE_CLIENT),
        Outcome.DNS_FAILURE: _row(_T.CANDIDATE, _R.ONE_CLIENT),
        Outcome.CONNECT_FAILURE: _row(_T.CANDIDATE, _R.ONE_CLIENT),
        Outcome.BROKEN_ANSWER: _row(_T.CANDIDATE, _R.ONE_CLIENT),
        Outcome.TLS_FAILURE: _row(_T.CANDIDATE, _R.ONE_CLIENT),
        Outcome.REDIRECT_LOOP: _row(_T.CANDIDATE, _R.ONE_CLIENT),
        Outcome.SCRIPT_SHELL: _row(_T.DOUBT, _R.NEEDS_BROWSER),
        Outcome.FORWARD: _row(_T.DOUBT, _R.NEEDS_BROWSER),
        Outcome.CHALLENGE: _row(_T.DOUBT, _R.BLOCKED),
        Outcome.LOGIN: _row(_T.DOUBT, _R.LOGIN_REQUIRED),
        Outcome.RATE_LIMITED: _row(_T.DOUBT, _R.RATE_LIMITED),
        Outcome.UNREADABLE: _row(_T.DOUBT, _R.UNREADABLE),
        Outcome.SUSPENDED: _row(_T.DOUBT, _R.SUSPENDED),
        Outcome.MOVED: _row(_T.DOUBT, _R.MOVED),
        Outcome.REFUSED: _row(_T.FINAL, _R.REFUSED),
        Outcome.ROBOTS_DENIED: _row(_T.FINAL, _R.ROBOTS),
        Outcome.OUR_FAULT: _row(_T.DOUBT, _R.OUR_FAULT),
    }
)


@dataclass(frozen=True, slots=True)
class Sight:
    """One look at a target: one fetch (with the hops it took) and what was read off it.

    `at` is when the answer was complete (aware, UTC). `controls_ok` says whether a control
    answered in the same minutes; None where that was not asked.
    """

    at: datetime
    client: Client
    outcome: Outcome
    newest: date | None = None
    item_count: int = 0
    items_digest: str | None = None
    confidence: float = 0.0
    signs: tuple[str, ...] = ()
    controls_ok: bool | None = None
    purpose: Purpose = Purpose.READ


@dataclass(frozen=True, slots=True)
class NextLook:
    """When a target is looked at again (aware, UTC), by whom, and what for."""

    at: datetime
    client: Client = Client.HTTP
    purpose: Purpose = Purpose.READ


@dataclass(frozen=True, slots=True)
class Observation:
    """What a round found for one target: the sum of its sights, never a judgement."""

    outcome: Outcome
    newest: date | None = None
    item_count: int = 0
    items_digest: str | None = None
    confidence: float = 0.0
    signs: tuple[str, ...] = ()
    sights: tuple[Sight, ...] = ()


class Truth(StrEnum):
    """The three values a verdict may take."""

    OK = "ok"
    VIOLATION = "violation"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows for one duty from its observations on one check day.

    `rule` (P-code) and `wording` are set for a violation; `reason` for an unknown. `days` is
    check day minus newest. `warn` marks an ok that has passed the warning line.
    """

    truth: Truth
    reason: UnknownReason | None = None
    rule: str | None = None
    wording: str | None = None
    newest: date | None = None
    days: int | None = None
    limit: int | None = None
    warn: bool = False
    signs: tuple[str, ...] = ()
