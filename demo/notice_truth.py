"""The truth about a city's month as its notice must tell it, for tests alone: annexes 1 to 5.

Annex 6 is `demo.disclosure_truth`'s. No program of the product reads this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from demo.account_truth import ExpectedAccount, expected_accounts
from demo.office import LABELS
from demo.submitting import COUNTY, handed_in
from demo.truth import INCOMPATIBLE, ExpectedFault

Rows = list[dict[str, Any]]


def site_rows(faults: Iterable[ExpectedFault]) -> Rows:
    """Annex 1: one row a fault, but one for all columns of a site that no browser shows."""
    rows: Rows = []
    for fault in faults:
        row = {"site": fault.site, "unit": fault.unit, "problem": fault.problem}
        shared = next(
            (one for one in rows if row.items() <= one.items() and _is_shared(fault)), None
        )
        if shared is None:
            rows.append(row | {"column": [fault.column] if _is_shared(fault) else fault.column})
        else:
            shared["column"].append(fault.column)
    return rows


def _is_shared(fault: ExpectedFault) -> bool:
    return fault.problem == INCOMPATIBLE


def account_rows(seed: int, *, stale: bool) -> Rows:
    """Annex 2 (`stale`) or annex 3. Who is silent for two weeks stands in both."""
    return [_account_row(one) for one in expected_accounts(seed) if one.stale is stale]


def _account_row(one: ExpectedAccount) -> dict[str, Any]:
    platform = LABELS[one.platform]
    return {"account": one.name, "unit": one.unit, "platform": platform, "problem": one.problem}


def submission_rows(seed: int, *, counties: bool) -> Rows:
    """Annex 4 or 5: by what was adopted, then by what was handed in."""
    group = [one for one in handed_in(seed) if (one.body.group == COUNTY) is counties]
    group.sort(key=lambda one: (-one.adopted, -one.submitted))
    return [{"unit": one.name, "submitted": one.submitted, "adopted": one.adopted} for one in group]


def figures(seed: int) -> Mapping[str, int]:
    """The figures of the notice, with a browser that looked."""
    failed = len(account_rows(seed, stale=True))
    return {
        "sites": 45,
        "sites_ok": 45,
        "sites_unknown": 0,
        "accounts": 311,
        "accounts_ok": 311 - failed,
        "accounts_unknown": 0,
        "submitted": sum(one.submitted for one in handed_in(seed)),
        "adopted": sum(one.adopted for one in handed_in(seed)),
    }
