"""The checker's notice beside the published one: its slips are told, nothing else may differ."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from demo.comparing import FORMATS, PARTS, differences
from demo.data import published_file

TEXT = """\
全市正在运行的政府网站共计45个。经检查，合格45个，合格率为100%。
全市正在运行的政务新媒体共计311个。经检查，合格310个，合格率为99.6%。
截至6月30日，市政府门户网站共收到各县区各部门报送信息1371条，采用1086条，采用率为79.2%。
6月份报送信息较好的县区有：杞县、祥符区、尉氏县、兰考县；\
报送信息较好的部门有：市住房城乡建设局、市民政局、市教体局、市人力资源社会保障局。
"""
FIGURES = ("sites", "sites_ok", "accounts", "accounts_ok", "submitted", "adopted")


def corrected() -> dict[str, Any]:
    """A notice that says what the published one should have said."""
    published = deepcopy(dict(published_file()))
    for one in published["corrections"]:
        annex, part = one["in"].split(".")
        if annex in PARTS:
            spot = PARTS[annex].index(part)
            for row in published[annex]:
                if row[0] == one.get("row", row[0]) and str(row[spot]) == str(one["printed"]):
                    row[spot] = one["right"]
    annexes = {
        name: [dict(zip(parts, row, strict=True)) for row in published[name]]
        for name, parts in PARTS.items()
    }
    for row in annexes["annex6"]:
        cells = [row.pop(part) for part in PARTS["annex6"][2:5]]
        row["format"] = FORMATS[cells.index(1)]
    for row in annexes["annex1"]:
        if "、" in row["column"]:
            row |= {"column": row["column"].split("、"), "problem": "网页不兼容"}
    return {"figures": {name: published["figures"][name] for name in FIGURES}, **annexes}


def test_of_a_notice_without_slips_only_the_published_slips_are_told() -> None:
    found = differences(corrected(), TEXT)
    assert len(found) == len(published_file()["corrections"])
    assert all(one.why for one in found)


def test_the_corrected_annex_6_obeys_its_own_rules() -> None:
    rows = corrected()["annex6"]
    assert len(rows) == 42
    for row in rows:
        zeros = [part for part in ("home_entry", "search", "browse", "updated") if row[part] == 0]
        lacking = row["format"] == FORMATS[1]
        assert bool(row["remark"]) == bool(zeros or lacking)
        assert ("缺少" in row["remark"]) == lacking
    assert [row["format"] for row in rows].count(FORMATS[1]) == 26


@pytest.mark.parametrize("annex", sorted(PARTS))
def test_a_row_that_is_missing_or_another_is_explained_by_nobody(annex: str) -> None:
    notice = corrected()
    lost = notice[annex].pop()
    assert [one.ours for one in differences(notice, TEXT) if not one.why] == [""]
    name = PARTS[annex][0]
    notice[annex].append(lost | {name: "无辜者"})
    unexplained = [one for one in differences(notice, TEXT) if not one.why]
    assert len(unexplained) == 2
    assert any("无辜者" in one.ours for one in unexplained)


def test_the_order_of_the_ranking_counts_and_that_of_sites_does_not() -> None:
    notice = corrected()
    notice["annex1"].reverse()
    assert all(one.why for one in differences(notice, TEXT))
    notice["annex4"].reverse()
    assert any(not one.why for one in differences(notice, TEXT))


def test_another_figure_is_explained_by_nobody() -> None:
    notice = corrected()
    notice["figures"]["accounts_ok"] = 309
    unexplained = [one for one in differences(notice, TEXT) if not one.why]
    assert {one.ours for one in unexplained} == {"", "合格新媒体 309"}
