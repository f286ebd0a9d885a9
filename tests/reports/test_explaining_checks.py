"""A case that rests on a signed check names who looked and when, and shows the picture."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Engine

from crawler.incoming import take_checks
from reports.explanation import Explanation, explain, to_text
from reports.explanation_page import to_html
from rules.checks import Check
from rules.facts import Outcome
from rules.kinds import ColumnKind
from rules.register import Column, Register, Site
from storage.engine import reading
from storage.evidence import EvidenceStore
from storage.violations import violations
from tests.rounds_by_hand import write_round
from tests.rules.sights import CHECK_DAY, days_ago, saw, twice

PICTURE = b"\xff\xd8\xff a photograph"
DIGEST = sha256(PICTURE).hexdigest()
NEWS = "网/动态"
CITY = Register(
    city="示例市",
    sites=(
        Site(
            "网",
            "甲局",
            "http://a.test/",
            columns=(Column(NEWS, "动态", "http://a.test/dt/", ColumnKind.NEWS),),
        ),
    ),
)


def case_of(
    engine: Engine, store: EvidenceStore, *checks: Check, stale: bool = False
) -> Explanation:
    """The case of the one violation that a round and some checks come to."""
    blocked = (saw(Outcome.CHALLENGE), saw(Outcome.CHALLENGE, minute=120))
    looks = twice(days_ago(40)) if stale else blocked
    write_round(engine, store.folder, CHECK_DAY, CITY, {NEWS: looks})
    store.put(PICTURE, ".jpg")
    take_checks(engine, checks, store, datetime(2022, 6, 23, tzinfo=UTC))
    with reading(engine) as session:
        [row] = violations(session)
        return explain(session, row.id)


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path)


@pytest.fixture
def case(engine: Engine, store: EvidenceStore) -> Explanation:
    newest, hostile = days_ago(40), "<b>可打开</b>\u202e"
    return case_of(
        engine,
        store,
        Check(NEWS, CHECK_DAY, Outcome.READ, newest, "张三", DIGEST, hostile),
        Check(NEWS, date(2022, 6, 21), Outcome.READ, newest, "李四"),
    )


def test_the_text_names_the_person_the_day_what_was_seen_and_the_picture(case: Explanation) -> None:
    lines = to_text(case).splitlines()
    [signed] = [line for line in lines if "张三" in line]
    assert "06-20" in signed
    assert "2022-05-11" in signed
    assert DIGEST[:16] in signed
    assert "可打开" in signed
    [other] = [line for line in lines if "李四" in line]
    assert "无截图" in other
    assert sum("防火墙" in line for line in lines) == 2  # the machine's own looks stand beside it


def test_the_page_shows_the_picture_and_escapes_the_note(
    case: Explanation, store: EvidenceStore
) -> None:
    page = to_html(case, store.folder)
    assert f"data:image/jpeg;base64,{b64encode(PICTURE).decode()}" in page
    assert "&lt;b&gt;可打开&lt;/b&gt;" in page
    assert "\u202e" not in page


def test_the_json_holds_the_checks(case: Explanation) -> None:
    [day] = json.loads(json.dumps(case.to_json()))["days"]
    assert [(one["person"], one["checked_on"]) for one in day["checks"]] == [
        ("张三", "2022-06-20"),
        ("李四", "2022-06-21"),
    ]


def test_a_check_that_was_not_heard_is_no_part_of_the_case(
    engine: Engine, store: EvidenceStore
) -> None:
    unheard = Check(NEWS, CHECK_DAY, Outcome.READ, days_ago(3), "张三")
    case = case_of(engine, store, unheard, stale=True)
    assert case.days[0].checks == ()
