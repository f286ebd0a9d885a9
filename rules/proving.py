"""What it takes to accuse: contradictions, independence of sights, controls. Pure, for the judge.

Every function says what is missing as the reason that would stand as 未能核实, or None: nothing is.
Sources: standard, sections 5.0 and 5.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rules.duties import Duty
from rules.facts import Client, Observation, Outcome, Sight, UnknownReason
from rules.marks import ARTICLES_UNORDERED, ENDPOINT, FIRST_SEEN, SCREENSHOT
from rules.profiles import Profile
from rules.sights import are_apart, are_of_two_clients_apart, is_confident

# Signs of the reader that bear on a proof.
YEAR_INFERRED = "year_inferred"
YEAR_CONFIRMED = "year_confirmed"
ASCENDING = "ascending"  # the newest entry may stand on a last page that nobody has read


@dataclass(frozen=True, slots=True)
class Case:
    """All that one judgement rests on."""

    duty: Duty
    sights: tuple[Sight, ...]
    check_date: date
    profile: Profile
    closed_controls_ok: bool
    earlier: tuple[Observation, ...]


# Says what some sights lack to prove a fault; None: nothing.
Proof = Callable[[Sequence[Sight], Case], UnknownReason | None]


def is_signed(sight: Sight) -> bool:
    """Whether a person signed for this sight and showed a picture of it."""
    return sight.client is Client.PERSON and SCREENSHOT in sight.signs


def heard(sights: tuple[Sight, ...]) -> tuple[Sight, ...]:
    """The sights that count: where the machine saw nothing of the column and a person signed for
    a check, people's alone."""
    seen = (Outcome.READ, Outcome.EMPTY)
    machine = any(s.outcome in seen for s in sights if s.client is not Client.PERSON)
    if machine or not any(is_signed(sight) for sight in sights):
        return sights
    return tuple(sight for sight in sights if sight.client is Client.PERSON)


def agreeing(confident: Iterable[Sight], newest: date) -> list[Sight]:
    """The sights that read this very date."""
    return [sight for sight in confident if sight.newest == newest]


def contradiction(case: Case, newest: date) -> UnknownReason | None:
    """What in the sights of this round speaks against resting on `newest`."""
    for sight in case.sights:
        if sight.outcome is Outcome.EMPTY:
            return UnknownReason.DISAGREEMENT
        if sight.outcome is not Outcome.READ or sight.newest is None:
            continue
        older_counts = is_confident(sight, case.profile.confidence_floor)
        if sight.newest > newest or (older_counts and sight.newest != newest):
            return UnknownReason.DISAGREEMENT
    if not any(is_signed(sight) for sight in case.sights) and _not_seen_in_browser(case, newest):
        return UnknownReason.DISAGREEMENT
    signs = {sign for sight in case.sights for sign in sight.signs}
    if YEAR_INFERRED in signs and YEAR_CONFIRMED not in signs:
        return UnknownReason.YEAR_INFERRED
    if {FIRST_SEEN, ARTICLES_UNORDERED}.intersection(signs):
        return UnknownReason.UNDATED  # such dates clear, and never accuse
    return UnknownReason.LOW_CONFIDENCE if ASCENDING in signs else None


def _not_seen_in_browser(case: Case, newest: date) -> bool:
    """Whether a browser looked, did not break, and did not read this date."""
    return any(
        sight.client is Client.BROWSER
        and sight.outcome is not Outcome.OUR_FAULT
        and sight.newest != newest
        and not _is_superseded(sight, case.sights)
        for sight in case.sights
    )


def _is_superseded(sight: Sight, sights: Sequence[Sight]) -> bool:
    """Whether a browser read the page at a later sight: the first may just have been too slow."""
    return any(
        later.client is Client.BROWSER and later.at > sight.at and later.outcome is Outcome.READ
        for later in sights
    )


def why_undated(case: Case) -> UnknownReason:
    """Why there is no date to rest on."""
    doubtful = [sight for sight in case.sights if sight.newest is not None]
    if not doubtful:
        return UnknownReason.UNDATED
    if all(YEAR_INFERRED in sight.signs for sight in doubtful):
        return UnknownReason.YEAR_INFERRED
    return UnknownReason.LOW_CONFIDENCE


def twice(sights: Sequence[Sight], case: Case) -> UnknownReason | None:
    """Two sights, apart; what came from a learned data call the browser must have shown as well."""
    if any(is_signed(sight) for sight in sights):
        return None
    if not are_apart(sights, case.profile.independent_after):
        return UnknownReason.ONE_SIGHT
    called = any(ENDPOINT in sight.signs for sight in sights)
    shown = any(sight.client is Client.BROWSER for sight in sights)
    return UnknownReason.NEEDS_BROWSER if called and not shown else None


def seen_in_browser_too(sights: Sequence[Sight], case: Case) -> UnknownReason | None:
    """Two sights, apart, one of them the browser's."""
    if not any(sight.client is Client.BROWSER for sight in sights):
        return UnknownReason.ONE_CLIENT
    return twice(sights, case)


def by_two_clients(sights: Sequence[Sight], case: Case) -> UnknownReason | None:
    """Two sights of different clients, apart."""
    if any(is_signed(sight) for sight in sights):
        return None
    if len({sight.client for sight in sights}) < 2:
        return UnknownReason.ONE_CLIENT
    apart = are_of_two_clients_apart(sights, case.profile.independent_after)
    return None if apart else UnknownReason.ONE_SIGHT


def lacking(case: Case, sights: Sequence[Sight], proof: Proof) -> UnknownReason | None:
    """What the sights lack to prove a fault, or None: proved, each with a control beside it.

    A person's check without a picture is no proof, nor one of two.
    """
    if not case.closed_controls_ok:
        return UnknownReason.CONTROLS_DOWN
    sights = [one for one in sights if one.client is not Client.PERSON or is_signed(one)]
    if not sights:
        return UnknownReason.ONE_SIGHT
    controlled = [sight for sight in sights if sight.controls_ok]
    if proof(controlled, case) is None:
        return None
    counted = [sight for sight in sights if sight.controls_ok is not False]
    if not counted:
        return UnknownReason.CONTROLS_DOWN
    return proof(counted, case) or UnknownReason.CONTROLS_DOWN
