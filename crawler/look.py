"""One look at a target: from an answer, or the lack of one, to a typed value.

Pure of network and database: the spider brings the answer, the desk stores what comes out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from crawler.outcomes import (
    PROVES_THE_LINE,
    landed_elsewhere,
    outcome_of_answer,
    outcome_of_exception,
)
from crawler.reading import read_page
from rules.facts import (
    Client,
    Hint,
    Item,
    Outcome,
    PageReading,
    PageState,
    Purpose,
    Sight,
)

# A body that was cut off may show what is new, but never proves that nothing newer follows.
CUT_OFF_CONFIDENCE = 0.4
MAX_KEPT_HEADERS = 64
MAX_KEPT_HEADER = 2048


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back over the wire. `hops` are the addresses before `final_url`, first asked first.

    `at` is when it was complete (aware, UTC); `elapsed_ms` the time to its first byte.
    """

    at: datetime
    elapsed_ms: int
    asked_url: str
    final_url: str
    hops: tuple[str, ...] = ()
    status: int | None = None
    headers: Mapping[str, str] | None = None
    body: bytes = b""
    cut_off: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request that a page made in the browser, and its answer. `kind` is the browser's word
    for it: document, script, xhr, fetch …"""

    at: datetime
    method: str
    url: str
    kind: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    request_headers: Mapping[str, str] = field(default_factory=dict)
    request_body: bytes = b""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of the page with its margin: PNG. `what` says which: page, narrow; with the name
    of the engine behind a dash where it was not ours (`page-firefox`)."""

    at: datetime
    png: bytes
    what: str = "page"


@dataclass(frozen=True, slots=True)
class Look:
    """One finished look: the answer, what was read off it, and the outcome.

    Of a browser's look `answer.body` is the page as its scripts left it (UTF-8), `exchanges` what
    it fetched on the way, `shots` the pictures taken of it.
    """

    answer: Answer
    outcome: Outcome
    reading: PageReading
    error: str | None = None
    retry_after: int | None = None
    client: Client = Client.HTTP
    purpose: Purpose = Purpose.READ
    exchanges: tuple[Exchange, ...] = ()
    shots: tuple[Shot, ...] = ()

    @property
    def proves_the_line(self) -> bool:
        """Whether a control that looks like this was reached."""
        return bool(self.answer.body) and self.outcome in PROVES_THE_LINE

    def sight(self, controls_ok: bool | None) -> Sight:
        """The plain sight that judging takes."""
        read = self.outcome is Outcome.READ
        return Sight(
            at=self.answer.at,
            client=self.client,
            outcome=self.outcome,
            newest=self.reading.newest if read else None,
            item_count=len(self.reading.items),
            items_digest=digest_of(self.reading.items),
            confidence=self.reading.confidence,
            signs=self.reading.signs,
            controls_ok=controls_ok,
            purpose=self.purpose,
        )


def digest_of(items: Sequence[Item]) -> str | None:
    """A short digest of a main list, by address and title; None for an empty one."""
    if not items:
        return None
    lines = "\n".join(f"{item.url} {item.title}" for item in items)
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def look_at(answer: Answer, *, today: date, hint: Hint | None, framed: bool = False) -> Look:
    """Read an answer that arrived: `today` is the Shanghai date of the fetch.

    `framed` says that it stands within the asked page, where its own host does not matter.
    """
    headers = answer.headers or {}
    reading = read_page(
        answer.body,
        url=answer.final_url,
        today=today,
        content_type=headers.get("content-type"),
        hint=hint,
    )
    status = answer.status or 0
    retry_after = seconds_to_wait(headers.get("retry-after"), answer.at)
    outcome = outcome_of_answer(status, retry_after, reading.state)
    elsewhere = None if framed else landed_elsewhere(answer.asked_url, answer.final_url)
    if elsewhere is not None and outcome in (Outcome.READ, Outcome.EMPTY, Outcome.FORWARD):
        sign = "redirected_elsewhere" if elsewhere is Outcome.MOVED else "thrown_home"
        outcome, reading = elsewhere, with_sign(reading, sign)
    if answer.cut_off:
        reading = replace(
            with_sign(reading, "cut_off"), confidence=min(reading.confidence, CUT_OFF_CONFIDENCE)
        )
    if not 200 <= status < 300:
        reading = with_sign(reading, f"status_{status}")
    return Look(answer, outcome, reading, retry_after=retry_after)


def look_failed(answer: Answer, error: BaseException) -> Look:
    """The look that ended in an exception of the download."""
    outcome = outcome_of_exception(error)
    reading = PageReading(PageState.UNREADABLE, signs=(outcome.value,))
    return Look(answer, outcome, reading, error=f"{type(error).__name__}: {error}"[:500])


def never_ends(body: bytes) -> bool:
    """Whether a document begins but does not end: cut off where nothing on the wire says so, as
    without a Content-Length, or before a server packed it."""
    page = body.lower()
    return b"<html" in page and b"</html" not in page and b"</body" not in page


def with_sign(reading: PageReading, sign: str) -> PageReading:
    """The reading with one more sign."""
    return replace(reading, signs=(*reading.signs, sign))


def seconds_to_wait(value: str | None, now: datetime) -> int | None:
    """Retry-After as whole seconds from `now` (number or HTTP date); None if absent or odd."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return min(int(value.strip()[:9]), 10**8)
    try:
        then = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if then.tzinfo is None:
        return None
    return max(0, int((then - now).total_seconds()))


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The answer's headers as evidence: bounded in number and length."""
    pairs = list(headers.items())[:MAX_KEPT_HEADERS]
    return {name[:200]: value[:MAX_KEPT_HEADER] for name, value in pairs}
