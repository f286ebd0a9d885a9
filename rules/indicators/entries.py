"""What an indicator is: one row of the national table, with who decides it and what shows it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rules.kinds import ColumnKind

ANY_KIND = "*"  # of an inner row: every kind of column that no other item speaks of


class Part(StrEnum):
    """The parts of the table."""

    VETO = "veto"  # 单项否决
    DEDUCTION = "deduction"  # 扣分
    BONUS = "bonus"  # 加分
    REPORT = "report"  # 年度报表


class On(StrEnum):
    """To whom an indicator applies."""

    SITE = "site"
    PORTAL = "portal"
    ACCOUNT = "account"


class By(StrEnum):
    """Who decides (standard: M, P, H)."""

    MACHINE = "machine"
    PROPOSES = "proposes"
    PERSON = "person"


class Form(StrEnum):
    """How a person's word reaches an indicator, where one is needed."""

    SCORE = "score"  # xunjian score --import
    REVIEW = "review"  # xunjian review
    POSTS = "posts"  # xunjian import-posts, and the register's status


class Times(StrEnum):
    """How often an inner amount is taken."""

    ONCE = "once"
    EACH = "each"
    PLACE = "place"  # for each place: more for one on the home page
    PART = "part"  # for each thing that a place lacks, which it lists by 、


@dataclass(frozen=True, slots=True)
class Inner:
    """One amount within an item (standard 2.3, the inner numbers).

    What costs it is either a `check` of the site survey, or confirmed columns of some `kinds`: of a
    `family`, blank, or `over` so many days old; `level` 1 means 一级栏目 only. A row of neither is
    what a person fills in.
    """

    what: str
    points: Decimal
    by: By
    firmness: str
    times: Times = Times.ONCE
    home: Decimal | None = None
    check: str | None = None
    kinds: tuple[str, ...] = ()
    over: int | None = None
    blank: bool = False
    family: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row. `points` is an item's maximum (扣分, 加分); None where there are none.

    `checks` are what shows it, `problems` the P-codes that feed it (standard 5.4), `test` the test
    that shows it (path::name).
    """

    code: str
    part: Part
    on: On
    name: str
    rule: str
    by: By
    firmness: str
    checks: tuple[str, ...]
    problems: tuple[str, ...]
    test: str
    group: str = ""
    window: str = ""
    threshold: str = ""
    points: Decimal | None = None
    form: Form | None = None
    inner: tuple[Inner, ...] = ()


def spoken_of(indicators: tuple[Indicator, ...]) -> frozenset[ColumnKind]:
    """The kinds of column that items name: 其他栏目 are those of all other kinds."""
    named = {kind for one in indicators for inner in one.inner for kind in inner.kinds}
    return frozenset(ColumnKind(kind) for kind in named - {ANY_KIND})
