"""The person who decides in the city's office: looks at every finding and knows the city.

It gets the file that the office exported, as anybody would in a spreadsheet, and hands it back.
What is so is confirmed; what only looks so is dismissed with a reason. A finding that this person
cannot explain is left undecided: it never enters the notice, and everybody sees that it waits.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO

from demo.account_truth import expected_accounts
from demo.data import check_days
from demo.disclosure_truth import expected_rows, targets_of
from demo.founding import city_of
from demo.truth import expected

TARGET, PROBLEM, DAYS = "检查对象", "问题", "检查日"
DECISION, REASON, NOTE, REVIEWER = "决定", "理由", "备注", "复核人"
CONFIRMED, DISMISSED = "确认", "误报"
PERSON = "王五"
# Why something that only looks like a fault is none, by what is odd about the column or the site.
INNOCENT: Mapping[str, tuple[str, str]] = {
    "late_entries": ("其他（须写备注）", "补录旧稿，均按原日期录入，已与该单位核实"),
    "written_dates": ("程序误读", "列表所列为成文日期，发布日期见稿件页"),
    "unanswered_letter": ("其他（须写备注）", "已在期限内电话答复，单位提供了记录；责成在网上补录"),
    "short_guides": ("其他（须写备注）", "所缺要素在政务服务网同名指南页，已核实；责成补全"),
}


def decided(seed: int, exported: str) -> str:
    """The exported findings with what the person decided about each; CSV in, CSV out."""
    rows = csv.DictReader(StringIO(exported.removeprefix("\ufeff")))
    out = StringIO()
    writer = csv.DictWriter(out, rows.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, **_decision(seed, row)} for row in rows)
    return out.getvalue()


def _decision(seed: int, row: Mapping[str, str]) -> Mapping[str, str]:
    finding = (row[TARGET].lstrip("'"), row[PROBLEM])
    if finding in _platforms(seed) or set(row[DAYS].split()) <= _true(seed).get(finding, set()):
        return {DECISION: CONFIRMED, REVIEWER: PERSON}
    odd = _oddities(seed).get(finding[0], "")
    if odd in INNOCENT:
        reason, note = INNOCENT[odd]
        return {DECISION: DISMISSED, REASON: reason, NOTE: note, REVIEWER: PERSON}
    return {}


def _true(seed: int) -> Mapping[tuple[str, str], set[str]]:
    """What is so: target and wording, with the check days on which it is."""
    sites = {
        (f"{fault.site}/{fault.column}", fault.problem): fault.rounds
        for fault in expected(seed).faults
    }
    accounts = {
        (f"{row.platform}:{row.ident}", row.problem): row.rounds for row in expected_accounts(seed)
    }
    return {
        finding: {day.isoformat() for day in days or check_days()}
        for finding, days in (sites | accounts).items()
    }


def _platforms(seed: int) -> frozenset[tuple[str, str]]:
    """What is so of the disclosure platforms: target and remark, whenever it is looked at."""
    rows = zip(targets_of(seed), expected_rows(seed), strict=True)
    return frozenset((target, row.remark) for target, row in rows if row.remark)


def _oddities(seed: int) -> Mapping[str, str]:
    """What is odd about columns, and about sites as wholes, by target."""
    city = city_of(seed)
    columns = {column.identity: column.twist for column in city.columns if column.twist}
    return columns | {f"site:{site.name}": site.planted for site in city.sites if site.planted}
