"""Which targets a register makes due on a day."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from rules.facts import TargetKind
from rules.platforms import home_page
from rules.register.entries import Account, Column, Register, Site, Standing, Target


def targets(register: Register, on: date, only: Container[str] | None = None) -> tuple[Target, ...]:
    """The columns of running sites, in the register's order; two on one address are both due.

    With `only`, those of them with these ids.

    An exempt column is looked at, too (its history must not have a hole when the exemption
    ends), so `on` changes nothing yet: targets that are due on some days only will ask for it.
    """
    del on
    return tuple(
        _target(site, column)
        for site in register.sites
        if site.status is Standing.RUNNING
        for column in site.columns
        if only is None or column.id in only
    )


def account_targets(
    register: Register, on: date, only: Container[str] | None = None
) -> tuple[Target, ...]:
    """The accounts that run, in the register's order; with `only`, those with these ids.

    A paused, cancelled or moved account owes nothing and is not read. `on` changes nothing yet.
    """
    del on
    return tuple(
        _account_target(account)
        for account in register.accounts
        if account.status is Standing.RUNNING
        if only is None or account.target in only
    )


def _account_target(account: Account) -> Target:
    return Target(
        id=account.target,
        kind=TargetKind.ACCOUNT,
        site=None,
        column=None,
        url=home_page(account.platform, account.id),
        account=account.name,
        platform=account.platform,
    )


def _target(site: Site, column: Column) -> Target:
    return Target(
        id=column.id,
        kind=TargetKind.COLUMN,
        site=site.name,
        column=column.name,
        url=column.url,
        robots_obey=site.robots_ignored is None,
        hosted_on=site.hosted_on,
        hint=column.hint,
    )
