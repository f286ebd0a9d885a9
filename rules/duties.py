"""Duties (更新要求): what each target owes under a register and a profile."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date

from rules.kinds import ColumnKind
from rules.profiles import Decides, KindRow, Level, Limit, LimitWord, Profile
from rules.register import Column, Exemption, Register, Site, SiteRole


@dataclass(frozen=True, slots=True)
class Duty:
    """One column with its limit (days, or a word for none, exempt, yearly).

    `own_limit` tells a limit of the register from one of the kind. `decides` is PERSON where the
    machine never accuses of staleness, `blank` where it never accuses of blankness.
    """

    target: str
    unit: str
    url: str
    site: str | None
    column: str | None
    kind: ColumnKind | None
    level: int
    role: SiteRole
    limit: Limit
    own_limit: bool = False
    decides: Decides = Decides.MACHINE
    blank: Decides = Decides.MACHINE
    exempt: Exemption | None = None
    account: str | None = None
    platform: str | None = None

    @property
    def days(self) -> int | None:
        """The limit in days, or None: never stale by days."""
        return None if isinstance(self.limit, LimitWord) else self.limit

    def is_exempt(self, on: date) -> bool:
        """Whether the register exempts the column on a day (its last day included)."""
        return self.exempt is not None and self.exempt.holds(on)


def duties(
    register: Register, profile: Profile, only: Container[str] | None = None
) -> Mapping[str, Duty]:
    """The duties of all columns, by target id, in the register's order; or of those in `only`."""
    return {
        column.id: _duty(site, column, profile.kinds[column.kind])
        for site in register.sites
        for column in site.columns
        if only is None or column.id in only
    }


def duty_of(register: Register, profile: Profile, target_id: str) -> Duty:
    """The duty of one target. Raises KeyError for a target that the register does not know."""
    for site in register.sites:
        for column in site.columns:
            if column.id == target_id:
                return _duty(site, column, profile.kinds[column.kind])
    raise KeyError(target_id)


def _duty(site: Site, column: Column, row: KindRow) -> Duty:
    own = column.limit is not None
    return Duty(
        target=column.id,
        unit=site.unit,
        url=column.url,
        site=site.name,
        column=column.name,
        kind=column.kind,
        level=column.level,
        role=site.role,
        limit=column.limit if column.limit is not None else _limit(column, row),
        own_limit=own,
        # Whoever writes a limit of its own into the register has decided.
        decides=Decides.MACHINE if own else row.decides,
        blank=row.blank,
        exempt=column.exempt,
    )


def _limit(column: Column, row: KindRow) -> Limit:
    """The kind's limit; one for 一级栏目 holds for no other (standard 4.1, 5.4 P04)."""
    if row.level is Level.FIRST and column.level > 1:
        return LimitWord.NONE
    return row.limit
