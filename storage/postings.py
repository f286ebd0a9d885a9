"""What was handed in for accounts, as it is remembered: a row a post or statement, corrected by
writing it again.

Every function takes a session; the caller owns the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from rules.postings import Posting, PostingKind
from rules.windows import midnight
from storage.kept import Kept
from storage.models import PostingRow, Round

ROWS_AT_ONCE = 500  # databases bound the parameters of one statement
MOST_ROWS = 2000  # of one account that are read at once: the newest
_FIELDS = tuple(one.name for one in fields(Posting))


def keep_postings(session: Session, postings: Iterable[Posting], at: datetime) -> Kept[Posting]:
    """Write rows; one that stands already under its key is corrected by its new one."""
    found = list(postings)
    targets = {one.target for one in found}
    known = {posting_of(row).key: row for row in _of_targets(session, targets)}
    new, same, corrected = 0, 0, []
    for one in found:
        row = known.get(one.key)
        if row is None:
            known[one.key] = row = PostingRow(**_values(one), imported_at=at)
            session.add(row)
            new += 1
        elif posting_of(row) == one:
            same += 1
        else:
            corrected.append(posting_of(row))
            for name, value in _values(one).items():
                setattr(row, name, value)
            row.imported_at = at
    session.flush()
    return Kept(new, same, tuple(corrected))


def _of_targets(session: Session, targets: Iterable[str]) -> Iterator[PostingRow]:
    names = sorted(targets)
    for start in range(0, len(names), ROWS_AT_ONCE):
        some = names[start : start + ROWS_AT_ONCE]
        yield from session.scalars(select(PostingRow).where(PostingRow.target.in_(some)))


def _values(posting: Posting) -> dict[str, object]:
    return {name: getattr(posting, name) for name in _FIELDS}


def posting_of(row: PostingRow) -> Posting:
    """The plain posting that a row stands for."""
    return Posting(
        target=row.target,
        kind=PostingKind(row.kind),
        at=row.at,
        title=row.title,
        url=row.url,
        pinned=row.pinned,
        screenshot=row.screenshot,
        person=row.person,
        checked_at=row.checked_at,
    )


def published_between(
    session: Session, target: str, since: datetime, until: datetime
) -> tuple[Posting, ...]:
    """The posts of one account with a link, published from `since` to before `until`, newest
    first."""
    return _newest(
        session,
        PostingRow.target == target,
        PostingRow.kind == PostingKind.PUBLISHED,
        PostingRow.url != "",
        PostingRow.at >= since,
        PostingRow.at < until,
    )


def postings_until(session: Session, target: str, until: datetime) -> tuple[Posting, ...]:
    """All that was handed in for one account that was published, or looked at, before `until`;
    the newest of it first."""
    told = func.coalesce(PostingRow.checked_at, PostingRow.at)
    return _newest(session, PostingRow.target == target, told < until)


def _newest(session: Session, *asked: ColumnElement[bool]) -> tuple[Posting, ...]:
    told = func.coalesce(PostingRow.checked_at, PostingRow.at)
    query = select(PostingRow).where(*asked).order_by(told.desc(), PostingRow.id)
    return tuple(posting_of(row) for row in session.scalars(query.limit(MOST_ROWS)))


def statements_on(session: Session, target: str, first: date, last: date) -> tuple[Posting, ...]:
    """The statements of one account that were made on some days (Shanghai, both inclusive)."""
    query = select(PostingRow).where(
        PostingRow.target == target,
        PostingRow.kind == PostingKind.NONE,
        PostingRow.checked_at >= midnight(first),
        PostingRow.checked_at < midnight(last + timedelta(days=1)),
    )
    rows: Sequence[PostingRow] = session.scalars(query.order_by(PostingRow.checked_at)).all()
    return tuple(posting_of(row) for row in rows)


def following_check_day(session: Session, day: date) -> date | None:
    """The check day of the next round that there is; None where there is none yet."""
    return session.scalar(select(func.min(Round.check_date)).where(Round.check_date > day))
