"""The person of the city's office: confirms what is so, dismisses what only looks so, and leaves
what nobody can explain."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from demo.account_truth import expected_accounts
from demo.deciding import decided
from demo.disclosure_truth import expected_rows, targets_of
from demo.founding import city_of
from demo.truth import expected

HEAD = ("编号", "检查对象", "问题", "检查日", "决定", "理由", "备注", "复核人")


def exported(*rows: tuple[str, str, str]) -> str:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows((f"V{number}", *row, "", "", "", "") for number, row in enumerate(rows, 1))
    return "\ufeff" + out.getvalue()


def decisions(seed: int, text: str) -> list[str]:
    return [row["决定"] for row in csv.DictReader(StringIO(decided(seed, text)))]


@pytest.mark.parametrize("seed", [0, 7])
def test_what_is_so_is_confirmed(seed: int) -> None:
    faults = [
        (f"{one.site}/{one.column}", one.problem, " ".join(map(str, one.rounds)))
        for one in expected(seed).faults
    ]
    accounts = [
        (f"{one.platform}:{one.ident}", one.problem, " ".join(map(str, one.rounds)))
        for one in expected_accounts(seed)
    ]
    platforms = [
        (target, row.remark, "2022-07-01")
        for target, row in zip(targets_of(seed), expected_rows(seed), strict=True)
        if row.remark
    ]
    assert set(decisions(seed, exported(*faults, *accounts, *platforms))) == {"确认"}
    assert decisions(
        seed, exported((platforms[0][0], "检索功能不可用；缺少一切", "2022-07-01"))
    ) == [""]


def test_a_true_fault_on_a_day_on_which_it_was_none_is_left() -> None:
    fault = next(one for one in expected(0).faults if len(one.rounds) < 4)
    row = (f"{fault.site}/{fault.column}", fault.problem, "2022-06-06 2022-06-13 2022-06-20")
    assert decisions(0, exported(row)) == [""]


@pytest.mark.parametrize("seed", [0, 7])
def test_what_only_looks_so_is_dismissed_with_a_reason_and_strangers_left(seed: int) -> None:
    waiting = next(one for one in city_of(seed).sites if one.planted == "unanswered_letter")
    row = (f"site:{waiting.name}", "互动回应差", "2022-06-27")
    assert decisions(seed, exported(row)) == ["误报"]
    late = next(one for one in city_of(seed).columns if one.twist == "late_entries")
    rows = [
        (late.identity, "疑似旧稿新发", "2022-06-13"),
        ("某网/某栏目", "栏目打不开", "2022-06-13"),
    ]
    found = list(csv.DictReader(StringIO(decided(seed, exported(*rows)))))
    assert [row["决定"] for row in found] == ["误报", ""]
    assert all(found[0][cell] for cell in ("理由", "备注", "复核人"))
