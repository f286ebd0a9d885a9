"""Decisions as people write them: what is understood, and what is refused with words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.notes import Notes
from rules.reviewing import (
    KEYS,
    OFFERED,
    Decision,
    Dismissal,
    Reference,
    Ruling,
    Standing,
    Subject,
    headings,
    reference_of,
    words_to_write,
    written_rulings,
)
from rules.sheets import Sheet

V1, P3 = Reference(Subject.VIOLATION, 1), Reference(Subject.PROPOSAL, 3)
KNOWN = {
    V1: Standing(
        "2022-06", "甲区/动态", "超过2周未更新", ("2022-06-06", "2022-06-13"), "candidate"
    ),
    P3: Standing("2022-06", "甲区/动态", "网页不兼容", ("2022-06-06",), "candidate"),
}
ROW = {
    "id": "V1",
    "target": "甲区/动态",
    "check_days": "2022-06-06 2022-06-13",
    "decision": "误报",
    "dismissal": "程序误读",
    "reviewer": "张三",
}


def rulings(*rows: dict[str, str], known: object = KNOWN) -> tuple[list[Ruling], list[str]]:
    notes = Notes("f.csv")
    lines = tuple(
        (number, tuple(row.get(key, "") for key in KEYS)) for number, row in enumerate(rows, 2)
    )
    sheet = Sheet(1, headings(), lines)
    found = list(written_rulings(sheet, known, notes))  # type: ignore[arg-type]
    return found, [mistake.what for mistake in notes.mistakes]


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("V1", V1),
        (" v01 ", V1),
        ("Ｖ１", V1),
        ("P3", P3),
        ("3", None),
        ("V0", None),
        ("V-1", None),
        ("VP1", None),
        ("V" + "9" * 40, None),
        ("", None),
    ],
)
def test_a_finding_is_named_by_letter_and_number(text: str, reference: Reference | None) -> None:
    assert reference_of(text) == reference


def test_a_good_row_is_a_ruling() -> None:
    assert rulings(ROW) == (
        [Ruling(V1, Decision.DISMISSED, Dismissal.MISREAD, "", "张三")],
        [],
    )


@pytest.mark.parametrize("days", ["2022/6/6 2022/6/13", "2022-06-06、2022-06-13"])
def test_days_that_excel_wrote_in_its_own_way_are_the_same_days(days: str) -> None:
    assert len(rulings(ROW | {"check_days": days})[0]) == 1


BY_HAND = {**ROW, "id": "", "month": "2022-06", "problem": "超过2周未更新", "check_days": ""}


def test_a_row_by_hand_names_month_target_and_problem() -> None:
    assert [one.reference for one in rulings(BY_HAND)[0]] == [V1]
    assert [one.reference for one in rulings(BY_HAND | {"problem": "网页不兼容"})[0]] == [P3]
    assert rulings(BY_HAND | {"check_days": "2022-06-06"})[0] == []


def test_a_row_by_hand_means_the_proposal_and_not_the_violation_that_it_became() -> None:
    known = {P3: KNOWN[P3], V1: replace(KNOWN[V1], problem="网页不兼容", status="confirmed")}
    found, _ = rulings(BY_HAND | {"problem": "网页不兼容"}, known=known)
    assert [one.reference for one in found] == [P3]


def test_rows_that_nobody_has_decided_are_left() -> None:
    assert rulings({**ROW, "decision": "", "dismissal": "", "reviewer": ""}) == ([], [])


@pytest.mark.parametrize(
    "change",
    [
        {"id": "V2"},
        {"id": ""},
        {"id": "", "month": "2022-06", "problem": "栏目打不开"},
        {"id": "", "month": "2022-05", "problem": "超过2周未更新"},
        {"check_days": ""},
        {"target": "乙局/统计"},
        {"check_days": "2022-06-06"},
        {"decision": "随便"},
        {"decision": ""},
        {"dismissal": ""},
        {"dismissal": "其他"},
        {"decision": "确认"},
        {"reviewer": ""},
        {"reviewer": "张" * 41},
        {"decision_note": "长" * 501},
    ],
)
def test_a_wrong_cell_is_told_and_decides_nothing(change: dict[str, str]) -> None:
    found, mistakes = rulings(ROW | change)
    assert (found, len(mistakes)) == ([], 1)


def test_a_finding_stands_once_in_a_file() -> None:
    found, mistakes = rulings(ROW, ROW | {"decision": "确认", "dismissal": ""})
    assert ([one.decision for one in found], len(mistakes)) == ([Decision.DISMISSED], 1)


def test_what_is_under_appeal_is_not_decided_here() -> None:
    known = {V1: replace(KNOWN[V1], status="appealed")}
    assert len(rulings(ROW, known=known)[1]) == 1


def test_what_has_been_repaired_may_still_be_called_none() -> None:
    known = {V1: replace(KNOWN[V1], status="rectified")}
    assert len(rulings(ROW, known=known)[0]) == 1


def test_only_the_decision_of_an_appeal_gives_an_appeal_as_the_reason() -> None:
    assert len(rulings(ROW | {"dismissal": "申诉核减"})[1]) == 1
    assert len(rulings(ROW | {"dismissal": "appeal"})[1]) == 1


def test_what_is_no_longer_found_can_be_dismissed_and_not_confirmed() -> None:
    known = {V1: replace(KNOWN[V1], status="confirmed", upheld=False)}
    assert len(rulings(ROW, known=known)[0]) == 1
    confirm = ROW | {"decision": "确认", "dismissal": ""}
    assert len(rulings(confirm, known=known)[1]) == 1


def test_every_code_has_its_word_and_takes_it_back() -> None:
    for reason, word in zip(OFFERED, words_to_write("dismissal"), strict=True):
        found, mistakes = rulings(ROW | {"dismissal": word, "decision_note": "说明"})
        assert mistakes == []
        assert found[0].reason is reason
