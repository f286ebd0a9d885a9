"""The case of a line in the table: the rule, the sum, every look and what other witnesses said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from reports.explanation import Explanation, explain, to_text
from reports.explanation_page import to_html
from rules import marks
from rules.facts import Client, Sight
from rules.kinds import ColumnKind
from rules.register import Column, Register, Site
from rules.words import catalogue
from storage.engine import reading, transaction
from storage.models import Round
from storage.violations import violations
from tests.rounds_by_hand import write_round
from tests.rules.sights import CHECK_DAY, days_ago, read

NEWS = "网/动态"
PAGE = "http://a.test/dt/"
CITY = Register(
    city="示例市",
    sites=(
        Site(
            "网", "甲局", "http://a.test/", columns=(Column(NEWS, "动态", PAGE, ColumnKind.NEWS),)
        ),
    ),
)


def looks(*signs: str) -> list[Sight]:
    clients = ((0, Client.HTTP), (20, Client.HTTP), (120, Client.BROWSER))
    return [read(days_ago(40), minute=at, client=who, signs=signs) for at, who in clients]


def case_of(engine: Engine, folder: Path, *signs: str, simulated: bool = False) -> Explanation:
    """The case of a column that was read as stale three times."""
    write_round(engine, folder, CHECK_DAY, CITY, {NEWS: looks(*signs)})
    with transaction(engine) as session:
        session.query(Round).update({"simulated": simulated})
    with reading(engine) as session:
        [row] = violations(session)
        return explain(session, row.id)


def test_the_sum_and_the_rule_are_told(engine: Engine, tmp_path: Path) -> None:
    text = to_text(case_of(engine, tmp_path))
    assert "2022-06-20 减 2022-05-11 等于 40 天，超过期限 14 天" in text
    assert "P02" in text
    assert "2022-06-06 及以后即为正常" in text


def test_every_look_is_told_with_its_instant_and_client(engine: Engine, tmp_path: Path) -> None:
    lines = to_text(case_of(engine, tmp_path)).splitlines()
    told = [line.strip() for line in lines if "读到最新日期" in line]
    assert [line.split("，读到")[0] for line in told] == [
        "2022-06-20 08:00:00，程序访问",
        "2022-06-20 08:20:00，程序访问",
        "2022-06-20 10:00:00，浏览器",
    ]
    assert all("同时段对照点可达" in line for line in told)


@pytest.mark.parametrize(
    "sign", [marks.ARTICLES_AGREE, marks.ARTICLES_DATE, marks.ENDPOINT, marks.ARTICLES_OLDER]
)
def test_what_other_witnesses_said_is_told_in_words(
    engine: Engine, tmp_path: Path, sign: str
) -> None:
    case = case_of(engine, tmp_path, sign)
    words = catalogue()[f"witness.{sign}"]
    assert words in to_text(case)
    assert words in to_html(case, tmp_path)
    assert sign in json.dumps(case.to_json())


@pytest.mark.parametrize("simulated", [True, False])
def test_a_day_that_was_only_played_says_so(
    engine: Engine, tmp_path: Path, simulated: bool
) -> None:
    case = case_of(engine, tmp_path, simulated=simulated)
    assert ("模拟批次" in to_text(case)) is simulated
    assert ("模拟批次" in to_html(case, tmp_path)) is simulated


def test_every_mark_of_a_witness_has_its_words() -> None:
    told = {name.removeprefix("witness.") for name in catalogue() if name.startswith("witness.")}
    named = {value for value in vars(marks).values() if isinstance(value, str)}
    engines = {one for one in told if one.startswith((marks.FAILS_IN, marks.SHOWN_IN))}
    assert told - engines <= named
