"""What a person may decide about a finding, and the file in which many are decided at once. Pure.

Good rows are kept whatever stands beside them; rows that nobody has decided yet are left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from rules.notes import Notes
from rules.problems import (
    GRAVE_FAMILIES,
    PROBLEMS,
    PROPOSED,
    PROPOSED_BY_SIGN,
    PROPOSED_VETOES,
    VETOES,
    Family,
)
from rules.sheets import Line, Sheet, bare, civil_day, lines_of, names_of, plain_word
from rules.words import catalogue

# The columns of the file, in order; `DECIDED` are for whoever decides, the rest says what about.
DECIDED = ("decision", "dismissal", "decision_note", "reviewer")
TOLD = (
    "id",
    "month",
    "target",
    "site",
    "account",
    "unit",
    "column",
    "platform",
    "problem",
    "newest",
    "days",
    "limit",
    "check_days",
    "url",
    "evidence",
)
KEYS = (*TOLD, *DECIDED)
REQUIRED = (("id", "problem"), ("target",), ("decision",), ("reviewer",))
LONGEST = {"reviewer": 40, "decision_note": 500}
_REFERENCE = re.compile(r"([VPD])0*([1-9]\d{0,17})", re.IGNORECASE)

# Families that stand in the notice only by a person's word; no setting confirms them.
PROPOSED_FAMILIES = frozenset(
    PROBLEMS[problem].family for problem in (*PROPOSED.values(), *PROPOSED_BY_SIGN.values())
) | frozenset(VETOES[rule] for rule in PROPOSED_VETOES)


class Subject(StrEnum):
    """What is decided about, by the letter of its id: V12, P3 or D7."""

    VIOLATION = "violation"
    PROPOSAL = "proposal"
    DISCLOSURE = "disclosure"  # a row of annex 6 that says something against a unit


LETTERS: Mapping[Subject, str] = MappingProxyType(
    {Subject.VIOLATION: "V", Subject.PROPOSAL: "P", Subject.DISCLOSURE: "D"}
)


class Decision(StrEnum):
    """What a person says of a finding."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Dismissal(StrEnum):
    """Why a finding was none."""

    MISREAD = "misread"
    MOVED = "moved"
    EXEMPT = "exempt"
    UPDATED = "updated"
    OUR_LINE = "our_line"
    WRONG_OWNER = "wrong_owner"
    OTHER = "other"  # with a note
    APPEAL = "appeal"  # 申诉核减: by the decision of an appeal alone (rules.appealing)


# The reasons that a reviewer may give.
OFFERED = tuple(one for one in Dismissal if one is not Dismissal.APPEAL)


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A finding as people name it: V12, P3, D7."""

    subject: Subject
    number: int

    def __str__(self) -> str:
        return f"{LETTERS[self.subject]}{self.number}"


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision about one finding. `reason` says why it was dismissed, None where it was not."""

    reference: Reference
    decision: Decision
    reason: Dismissal | None
    note: str
    reviewer: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding as it stands now. `rounds` are its failing check dates."""

    month: str
    target: str
    problem: str
    rounds: tuple[str, ...]
    status: str
    upheld: bool = True

    @property
    def is_open_to_review(self) -> bool:
        """Whether a person may decide on it here: an appeal has a way of its own. What has been
        repaired was so, or was never; that may still be said."""
        return self.status != "appealed"


def reference_of(text: str) -> Reference | None:
    """The finding that a text names (V12, p3, in full width too), or None."""
    found = _REFERENCE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    subject = next(one for one, letter in LETTERS.items() if letter == found[1].upper())
    return Reference(subject, int(found[2]))


@cache
def decision_words() -> dict[str, Decision]:
    """What may be written for a decision: word -> decision."""
    return {bare(word): Decision(code) for code, words in _table("decided") for word in words}


@cache
def dismissal_words() -> dict[str, Dismissal]:
    """What may be written for a reason: word -> reason."""
    table = [(code, words) for code, words in _table("dismissal")]
    named = {bare(code): Dismissal(code) for code, _ in table}
    return named | {bare(word): Dismissal(code) for code, words in table for word in words}


def _table(name: str) -> list[tuple[str, list[str]]]:
    room = f"{name}."
    return [
        (key.removeprefix(room), words.split("、"))
        for key, words in catalogue().items()
        if key.startswith(room) and key != f"dismissal.{Dismissal.APPEAL}"
    ]


def words_to_write(table: str) -> tuple[str, ...]:
    """The usual word for each code of a table (decided, dismissal), in its order."""
    return tuple(words[0] for _, words in _table(table))


def headings() -> tuple[str, ...]:
    """The headings to write, in the order of `KEYS`."""
    return tuple(names_of(key)[0] for key in KEYS)


def written_rulings(
    sheet: Sheet, standing: Mapping[Reference, Standing], notes: Notes
) -> Iterator[Ruling]:
    """The good rows of a sheet; mistakes go to `notes`. `standing` holds every known finding."""
    first: dict[Reference, int] = {}
    for line in lines_of(sheet, KEYS, REQUIRED, notes):
        if not any(line[key] for key in DECIDED):
            continue
        ruling = _ruling(line, standing, notes)
        if ruling is None:
            continue
        before = first.setdefault(ruling.reference, line.number)
        if before != line.number:
            line.wrong(notes, "id", "review_doubled", first=before)
            continue
        yield ruling


def _ruling(line: Line, standing: Mapping[Reference, Standing], notes: Notes) -> Ruling | None:
    """The decision of a row, or None with every mistake of the row noted."""
    before = len(notes.mistakes)
    reference = _reference(line, standing, notes)
    decision = decision_words().get(plain_word(line["decision"]))
    if decision is None:
        known = "、".join(words_to_write("decided"))
        line.wrong(notes, "decision", "review_decision", found=line["decision"][:40], known=known)
    reason = _reason(line, decision, notes)
    for key, limit in LONGEST.items():
        if len(line[key]) > limit:
            line.wrong(notes, key, "check_long", limit=limit)
    if not line["reviewer"]:
        line.wrong(notes, "reviewer", "check_missing")
    if reference is not None and decision is not None:
        wrong = refusal(standing[reference], decision)
        if wrong:
            line.wrong(notes, "id", wrong, found=reference)
    if len(notes.mistakes) > before or reference is None or decision is None:
        return None
    return Ruling(reference, decision, reason, line["decision_note"], line["reviewer"])


def _reference(
    line: Line, standing: Mapping[Reference, Standing], notes: Notes
) -> Reference | None:
    """The finding of a row, if it still is what the row was written about.

    A row without an id, written by hand, names month, target and problem.
    """
    found = reference_of(line["id"]) if line["id"] else _named(line, standing)
    known = standing.get(found) if found is not None else None
    if found is None or known is None:
        line.wrong(notes, "id", "review_unknown", found=(line["id"] or line["problem"])[:40])
        return None
    if _plain(line["target"]) != _plain(known.target):
        line.wrong(notes, "target", "review_other", found=found)
        return None
    if (line["id"] or line["check_days"]) and _days(line["check_days"]) != known.rounds:
        line.wrong(notes, "check_days", "review_changed", days=" ".join(known.rounds))
        return None
    return found


def _named(line: Line, standing: Mapping[Reference, Standing]) -> Reference | None:
    """The one finding of the row's month, target and problem; None if there is none, or several."""
    wanted = (line["month"], _plain(line["target"]), bare(line["problem"]))
    found = [
        reference
        for reference, one in standing.items()
        if (one.month, _plain(one.target), bare(one.problem)) == wanted
        and not _is_twin(reference, one, standing)
    ]
    return found[0] if len(found) == 1 else None


def _is_twin(reference: Reference, one: Standing, standing: Mapping[Reference, Standing]) -> bool:
    """Whether this is the violation that a proposal became: the row means the proposal."""
    return reference.subject is Subject.VIOLATION and any(
        other.subject is Subject.PROPOSAL
        and (known.month, known.target, known.problem) == (one.month, one.target, one.problem)
        for other, known in standing.items()
    )


def _plain(target: str) -> str:
    """A target's letters and digits: a spreadsheet may have had the signs guarded."""
    return "".join(one for one in bare(target) if one.isalnum())


def _days(written: str) -> tuple[str, ...]:
    """Check days in whatever form Excel has put them, in ISO form; what is none stays."""
    return tuple(str(civil_day(word) or word) for word in written.replace("、", " ").split())


def _reason(line: Line, decision: Decision | None, notes: Notes) -> Dismissal | None:
    if decision is None:
        return None
    written = line["dismissal"]
    reason = dismissal_words().get(bare(written)) or dismissal_words().get(plain_word(written))
    if decision is Decision.CONFIRMED:
        if written:
            line.wrong(notes, "dismissal", "review_needless")
        return None
    if reason is None:
        known = "；".join(words_to_write("dismissal"))
        line.wrong(notes, "dismissal", "review_reason", found=written[:40], known=known)
    elif reason is Dismissal.OTHER and not line["decision_note"]:
        line.wrong(notes, "decision_note", "review_note")
    return reason


def refusal(found: Standing, decision: Decision) -> str | None:
    """Why this cannot be decided about a finding (the words `mistake.…`), or None."""
    if not found.is_open_to_review:
        return "review_closed"
    if decision is Decision.CONFIRMED and not found.upheld:
        return "review_fallen"
    return None


def unknown_families(words: Sequence[str]) -> tuple[str, ...]:
    """Those of some words that are no family which a setting may confirm by itself: neither what is
    only proposed, nor a veto, which costs a site its standing."""
    known = {family.value for family in Family} - PROPOSED_FAMILIES - GRAVE_FAMILIES
    return tuple(word for word in words if word not in known)
