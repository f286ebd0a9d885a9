"""Opening a round: its register and profile stored by hash, one due row for each target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from crawler.addresses import ACCOUNTS, host_groups, host_of, shards
from rules.errors import XunjianError
from rules.facts import TargetKind
from rules.profiles import Profile
from rules.register import Register, Target, account_targets, targets
from rules.words import say
from storage import ledger
from storage.ledger import DueTarget
from storage.models import Round, RoundStatus

SHARD_SIZE = 1000


def open_or_resume(
    session: Session,
    register: Register,
    profile: Profile,
    *,
    check_date: date,
    as_of: date | None,
    now: datetime,
    due: Sequence[DueTarget],
) -> Round:
    """The round of a check day, opened if need be; an opened one goes on with its own register.

    Raises XunjianError where the round was opened under another `as_of`, and where simulated
    and real rounds would stand side by side: their violations and histories would mix.
    """
    row = ledger.round_of(session, check_date)
    if row is not None:
        if row.as_of != as_of:
            raise XunjianError(
                say("crawl.other_as_of", day=check_date, as_of=row.as_of or say("crawl.clock"))
            )
        return row
    if ledger.has_rounds(session, simulated=as_of is None):
        raise XunjianError(say("crawl.mixed"))
    register_hash, profile_hash = ledger.keep_texts(
        session, register.to_snapshot(), profile.to_snapshot(), profile.name
    )
    row = Round(
        check_date=check_date,
        status=RoundStatus.OPEN,
        simulated=as_of is not None,
        as_of=as_of,
        opened_at=now,
        register_hash=register_hash,
        profile_hash=profile_hash,
        report={},
    )
    return ledger.open_round(session, row, due)


def due_targets(register: Register, on: date, *, behind_proxy: bool) -> list[DueTarget]:
    """What a round owes on a day, with host groups and shards. Resolves names: may take seconds."""
    found = targets(register, on)
    groups = host_groups(_places(found), behind_proxy=behind_proxy)
    group_of = {target.id: groups[host_of(target.url)] for target in found}
    accounts = account_targets(register, on)
    # One child for all accounts: it keeps the pace of every platform.
    group_of |= {one.id: f"{ACCOUNTS}{one.platform}" for one in accounts}
    shard_of = shards((group_of[target.id] for target in found), SHARD_SIZE)
    last = max(shard_of.values(), default=-1) + 1
    return [
        DueTarget(
            target=target.id,
            target_kind=target.kind,
            site=target.site,
            url=target.url,
            host_group=group_of[target.id],
            shard=last if target.kind is TargetKind.ACCOUNT else shard_of[group_of[target.id]],
        )
        for target in (*found, *accounts)
    ]


def _places(found: Sequence[Target]) -> dict[str, str | None]:
    return {host_of(target.url): target.hosted_on for target in found}
