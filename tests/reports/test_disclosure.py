"""`xunjian disclosure`: a row for each platform, in every form, with what could not be seen."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from reports.disclosure import FIELDS
from rules.disclosure import Built, Row, with_remark
from rules.disclosure_labels import Section
from rules.disclosure_proving import LABEL, Claim, Pass, Why
from rules.facts import Truth
from rules.words import catalogue
from spiders.survey.platform_passes import write_passes
from storage.disclosure import FoundPlatform, keep_platform
from storage.engine import transaction
from tests.reports.test_commands import Captured, run

AT = datetime(2022, 6, 27, 4, tzinfo=UTC)
GOOD = Row("甲区政府", Truth.OK, Built.CONFORMING, Truth.OK, Truth.OK, Truth.OK)
LACKING = with_remark(replace(GOOD, built=Built.NONCONFORMING, missing=("政策",)))
URL = "http://jia.example.test/zfxxgk/"
CLAIM = Claim(f"{LABEL}{Section.POLICY}", Truth.VIOLATION, Why.NO_LABEL, "政策", URL)


@pytest.fixture
def surveyed(workspace: Path, june: Engine) -> Path:
    claims = write_passes([Pass(AT, True, (CLAIM,))])
    with transaction(june) as session:
        for name, row in (("甲", LACKING), ("乙", GOOD)):
            found = FoundPlatform(f"platform:{name}", "甲区政府网", URL, row, claims, (URL,), AT)
            keep_platform(session, "2022-06", found)
    return workspace


def test_every_field_is_told_and_where_the_fault_was_seen(
    surveyed: Path, capsysbinary: Captured
) -> None:
    lacking, good = json.loads(run(surveyed, capsysbinary, "disclosure", "--format", "json")[0])
    assert tuple(lacking) == FIELDS
    assert (lacking["id"], lacking["built"], lacking["search"]) == ("D1", "nonconforming", "ok")
    assert lacking["why"] == [f"栏目（政策）：页面上没有该栏目 政策 {URL}"]
    assert (lacking["status"], good["status"]) == ("candidate", "clear")


def test_the_table_to_read_speaks_as_annex_6_does(surveyed: Path, capsysbinary: Captured) -> None:
    table = run(surveyed, capsysbinary, "disclosure", "--month", "2022-06")[0].decode()
    assert "已建设不符合" in table
    assert "缺少政策栏目" in table
    assert "nonconforming" not in table


@pytest.mark.parametrize(("room", "codes"), [("why", Why), ("section", Section), ("built", Built)])
def test_every_code_has_its_words(room: str, codes: type[Why | Section | Built]) -> None:
    assert [code for code in codes if f"disclosure_{room}.{code}" not in catalogue()] == []
