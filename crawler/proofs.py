"""What the ledger knows of a candidate, for its bundle: every attempt, the controls, the rules."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler.evidence import exchanges_of
from crawler.look import Exchange, Look, kept_headers
from rules.facts import Client, Verdict
from rules.marks import SAME_AS_RANDOM_PATH
from storage import ledger
from storage.bodies import BodyStore
from storage.models import Due, ExchangeRow, Fetch, Round, Sample

MOST_FURTHER = 12  # exchanges of one look besides its page's own


def earlier_exchanges(session: Session, row: Fetch, bodies: BodyStore) -> tuple[Exchange, ...]:
    """The exchanges of an earlier look with their stored bodies, the page's own first; none where
    no answer came."""
    if row.status is None:
        return ()
    page = Exchange(
        at=row.at,
        method="GET",
        url=row.final_url,
        kind="document",
        status=row.status,
        headers={name: str(value) for name, value in row.headers.items()},
        body=_body(bodies, row.body_sha256),
    )
    return (page, *further_exchanges(session, row, bodies))


def further_exchanges(session: Session, row: Fetch, bodies: BodyStore) -> tuple[Exchange, ...]:
    """What an earlier look exchanged besides its page, with the stored bodies."""
    query = select(ExchangeRow).where(ExchangeRow.fetch_id == row.id).order_by(ExchangeRow.id)
    return tuple(_further(one, bodies) for one in session.scalars(query))


def page_of_any_path(session: Session, task: ledger.Task, bodies: BodyStore) -> Exchange | None:
    """What the last look over plain HTTP took for the page that its host shows for any path."""
    if not any(SAME_AS_RANDOM_PATH in sight.signs for sight in task.sights):
        return None
    for row in reversed(ledger.fetches(session, task.due_id)):
        if row.client == Client.HTTP and SAME_AS_RANDOM_PATH in row.signs:
            return next(iter(earlier_exchanges(session, row, bodies)), None)
    return None


def _further(row: ExchangeRow, bodies: BodyStore) -> Exchange:
    return Exchange(
        at=row.at,
        method=row.method,
        url=row.url,
        kind=row.kind,
        status=row.status,
        headers={name: str(value) for name, value in row.headers.items()},
        body=_body(bodies, row.body_sha256),
        request_headers={name: str(value) for name, value in row.request_headers.items()},
        request_body=_body(bodies, row.request_sha256),
    )


def _body(bodies: BodyStore, name: str | None) -> bytes:
    return bodies.get(name) if name else b""


def further_rows(look: Look, bodies: BodyStore) -> list[ExchangeRow]:
    """What a look over plain HTTP exchanged besides its page, to be kept under its fetch."""
    if look.client is not Client.HTTP:
        return []
    own = len(exchanges_of(look))
    return [
        ExchangeRow(
            at=one.at,
            method=one.method,
            url=one.url,
            kind=one.kind,
            status=one.status,
            headers=kept_headers(one.headers),
            body_sha256=bodies.put(one.body) if one.body else None,
            request_headers=kept_headers(one.request_headers),
            request_sha256=bodies.put(one.request_body) if one.request_body else None,
        )
        for one in look.exchanges[own:][:MOST_FURTHER]
    ]


def case_of(
    session: Session, round_id: int, due_id: int, looks: Sequence[Fetch], verdict: Verdict
) -> dict[str, Any]:
    """The case as JSON: instants in UTC, civil dates of Asia/Shanghai."""
    row, due = session.get_one(Round, round_id), session.get_one(Due, due_id)
    probes = select(Sample).where(Sample.round_id == round_id, Sample.purpose == "control")
    since = looks[0].at if looks else row.opened_at
    return {
        "checker": f"xunjian {version('xunjian')}",
        "check_date": str(row.check_date),
        "as_of": str(row.as_of) if row.as_of else None,
        "target": due.target,
        "site": due.site,
        "url": due.url,
        "register": row.register_hash,
        "profile": row.profile_hash,
        "finding": {
            "truth": verdict.truth,
            "reason": verdict.reason,
            "rule": verdict.rule,
            "wording": verdict.wording,
            "newest": verdict.newest,
            "days": verdict.days,
            "limit": verdict.limit,
        },
        "attempts": [_attempt(look) for look in looks],
        "controls": [
            {"url": probe.url, "at": probe.at, "answered": probe.ok, "outcome": probe.outcome}
            for probe in session.scalars(probes.where(Sample.at >= since).order_by(Sample.id))
        ],
    }


def _attempt(look: Fetch) -> dict[str, Any]:
    return {
        "at": look.at,
        "client": look.client,
        "purpose": look.purpose,
        "asked": look.url,
        "hops": look.hops,
        "landed": look.final_url,
        "status": look.status,
        "headers": look.headers,
        "milliseconds": look.elapsed_ms,
        "body_sha256": look.body_sha256,
        "outcome": look.outcome,
        "state": look.state,
        "newest": look.newest,
        "items": look.item_count,
        "confidence": look.confidence,
        "signs": look.signs,
        "controls_answered": look.controls_ok,
        "error": look.error,
    }
