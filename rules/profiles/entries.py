"""What a profile (判定口径) holds: the thresholds, wordings and habits of one jurisdiction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rules.disclosure_labels import LabelRow, Section
from rules.kinds import ColumnKind
from rules.platforms import Platform
from rules.problems import PROBLEMS, QUOTA_PROBLEMS, Problem
from rules.register.entries import SiteRole


class LimitWord(StrEnum):
    """A limit that is no number of days."""

    NONE = "none"  # never stale, for nobody said how long
    EXEMPT = "exempt"  # accuracy, not age, is what counts
    YEARLY = "yearly"  # once a year, by a deadline


class MonthRule(StrEnum):
    """When a problem is listed for the month: failed in any round, the last one, or in two."""

    ANY = "any"
    LAST = "last"
    TWICE = "twice"


class Level(StrEnum):
    """The columns that the limit of a kind holds for."""

    ANY = "any"
    FIRST = "first"


class Scored(StrEnum):
    """The sites on whose sheet the deductions stand (扣分): the table's, or every one."""

    PORTAL = "portal"
    ALL = "all"


class Decides(StrEnum):
    """Who decides that a duty is violated (standard: M, or P and H)."""

    MACHINE = "machine"
    PERSON = "person"


Limit = int | LimitWord
# Month and day.
MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class KindRow:
    """One row of the table of column kinds (standard 4.1). `limit` counts days."""

    kind: ColumnKind
    label: str
    limit: Limit
    pattern: str | None = None
    level: Level = Level.ANY
    decides: Decides = Decides.MACHINE
    blank: Decides = Decides.MACHINE
    source: str = ""
    firmness: str = ""


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days (both inclusive) in which the operator expects no updates, such as a long holiday.

    Verdicts on accounts are annotated with it. With `relief` they accuse nobody either: whoever
    is short in a window that touches these days goes to a person.
    """

    since: date
    until: date
    relief: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile with all it extends applied. Shares are 0 to 1; limits and lines are days.

    `kinds` keeps the order in which name patterns are tried; `ladder` ascends.
    """

    name: str
    title: str
    basis: str
    independent_after: timedelta
    unknown_budget: float
    answer_within: timedelta
    host_delay: timedelta
    host_concurrency: int
    confidence_floor: float
    month_rule: MonthRule
    list_twice: bool
    account_days: int
    weekly_min: Mapping[Platform, int]
    kind_weekly_min: Mapping[str, int]
    account_second_after: timedelta
    account_pace: float
    suspensions: Mapping[str, Suspension]
    long_days: int
    scored: Scored
    pass_mark: int
    survey_share: float
    warn_at: Mapping[int, int]
    warn_share: float
    ladder: tuple[tuple[int, Problem], ...]
    wording: Mapping[Problem, str]
    deadlines: Mapping[ColumnKind, Mapping[SiteRole, MonthDay]]
    kinds: Mapping[ColumnKind, KindRow]
    disclosure_labels: Mapping[Section, LabelRow]

    @property
    def limits(self) -> Mapping[ColumnKind, Limit]:
        """The limit of each kind."""
        return {kind: row.limit for kind, row in self.kinds.items()}

    def warn_from(self, limit: int) -> int:
        """The first day of age on which a duty with this limit warns (预警线)."""
        if limit in self.warn_at:
            return self.warn_at[limit]
        # In whole millionths, for 0.9 * 10 must not come out above 9.
        return -(-limit * round(self.warn_share * 1_000_000) // 1_000_000)

    def stale_problem(self, limit: int, days: int) -> Problem:
        """What is printed for a duty of this limit at this age (standard 3.1).

        The highest step of the ladder that the age has passed; `long` for a limit that is no
        step of it.
        """
        steps = dict(self.ladder)
        if limit not in steps:
            return Problem.LONG
        return steps[max(step for step in steps if step <= max(limit, days - 1))]

    def rule_and_wording(self, problem: Problem) -> tuple[str, str]:
        """The P-code of a problem and the words printed for it."""
        return PROBLEMS[problem].rule, self.wording[problem]

    def weekly_quota(self, platform: Platform, kind: str | None) -> int | None:
        """Updates a week that an account of this platform and kind owes; None: no quota."""
        least = self.kind_weekly_min.get(kind or "", self.weekly_min.get(platform, 0))
        return least or None

    def quota_rule_and_wording(self, quota: int) -> tuple[str, str]:
        """The P-code and the words printed for an account short of its weekly quota."""
        rule, wording = self.rule_and_wording(QUOTA_PROBLEMS.get(quota, Problem.WEEK_TIMES))
        return rule, wording.replace("{times}", str(quota))

    def last_deadline(self, kind: ColumnKind, role: SiteRole, on: date) -> date | None:
        """The last deadline of a yearly kind that has passed before the day `on`."""
        found = self.deadlines.get(kind, {}).get(role)
        if found is None:
            return None
        this_year = date(on.year, *found)
        return this_year if this_year < on else date(on.year - 1, *found)

    def to_snapshot(self) -> str:
        """The resolved profile as normalised JSON: equal profiles give equal text."""
        from rules.profiles.snapshot import write

        return write(self)

    @classmethod
    def from_snapshot(cls, text: str) -> Profile:
        """The profile that `to_snapshot` wrote."""
        from rules.profiles.snapshot import read

        return read(text)
