"""Duties (更新要求): what each target owes under a register and a profile."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date

from rules.kinds import ColumnKind
from rules.platforms import Platform, home_page
from rules.profiles import Decides, KindRow, Level, Limit, LimitWord, Profile
from rules.register import (
    Account,
    AccountRole,
    Column,
    Exemption,
    Register,
    Site,
    SiteRole,
    Standing,
)


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

    @property
    def days(self) -> int | None:
        """The limit in days, or None: never stale by days."""
        return None if isinstance(self.limit, LimitWord) else self.limit

    def is_exempt(self, on: date) -> bool:
        """Whether the register exempts the column on a day (its last day included)."""
        return self.exempt is not None and self.exempt.holds(on)


@dataclass(frozen=True, slots=True)
class AccountDuty:
    """One account with its window in days and its weekly quota (None: none).

    `names` are the names it may go by. `decides` is PERSON for an account that serves: it never
    fails by itself (standard 2.2).
    """

    target: str
    unit: str
    url: str
    account: str
    platform: Platform
    platform_id: str
    days: int
    quota: int | None = None
    names: tuple[str, ...] = ()
    decides: Decides = Decides.MACHINE
    status: Standing = Standing.RUNNING

    @property
    def is_due(self) -> bool:
        """Whether it owes updates at all: what is paused, cancelled or moved does not."""
        return self.status is Standing.RUNNING


def account_duties(
    register: Register, profile: Profile, only: Container[str] | None = None
) -> Mapping[str, AccountDuty]:
    """The duties of all accounts, by target id, in the register's order; or of those in `only`."""
    return {
        account.target: _account_duty(account, profile)
        for account in register.accounts
        if only is None or account.target in only
    }


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


def _account_duty(account: Account, profile: Profile) -> AccountDuty:
    own = account.weekly_min
    serves = account.role is AccountRole.SERVICE
    return AccountDuty(
        target=account.target,
        unit=account.unit,
        url=home_page(account.platform, account.id),
        account=account.name,
        platform=account.platform,
        platform_id=account.id,
        days=account.window_days or profile.account_days,
        # 0 in the register: no quota, whatever the platform's.
        quota=profile.weekly_quota(account.platform, account.kind) if own is None else own or None,
        names=(account.name, *account.aliases),
        decides=Decides.PERSON if serves else Decides.MACHINE,
        status=account.status,
    )


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
