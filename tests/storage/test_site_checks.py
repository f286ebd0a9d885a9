"""The survey as it is remembered: what is owed, what stands, who was given up."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine

from rules.facts import Truth
from rules.site_checks import Doubt, Place, doubtful, fine, found_at
from storage.engine import reading, transaction
from storage.site_checks import (
    SurveyState,
    has_surveys,
    keep_checks,
    last_survey,
    note_crashes,
    owe,
    record,
    record_void,
    rows_of,
    site_checks,
    tasks,
)

AT = datetime(2022, 6, 20, 3, tzinfo=UTC)
MONTH = "2022-06"


def states(engine: Engine) -> list[tuple[str, str, int, int]]:
    with reading(engine) as session:
        return [(row.target, row.state, row.passes, row.voids) for row in rows_of(session, MONTH)]


def test_what_is_owed_is_written_once_and_stays_as_it_stands(engine: Engine) -> None:
    with transaction(engine) as session:
        owe(session, MONTH, [("sites", "甲"), ("sites", "乙")], simulated=True)
        [first, _] = tasks(session, [row.id for row in rows_of(session, MONTH)])
        record(
            session,
            first,
            state=SurveyState.DONE,
            found={"a": 1},
            at=AT,
            not_before=None,
        )
        record_void(session, tasks(session, [first.id + 1])[0], AT)
    with transaction(engine) as session:
        owe(session, MONTH, [("sites", "甲"), ("sites", "乙"), ("sites", "丙")], simulated=True)
        assert has_surveys(session, simulated=True)
        assert not has_surveys(session, simulated=False)
        assert last_survey(session) == MONTH
    assert states(engine) == [
        ("甲", "done", 1, 0),
        ("乙", "pending", 0, 0),
        ("丙", "pending", 0, 0),
    ]
    with transaction(engine) as session:
        owe(session, MONTH, [("sites", "甲")], simulated=True, again=True)
    assert states(engine)[0] == ("甲", "pending", 0, 0)


def test_who_was_in_hand_when_two_children_died_is_given_up(engine: Engine) -> None:
    with transaction(engine) as session:
        owe(session, MONTH, [("sites", "甲"), ("sites", "乙")], simulated=False)
        ids = [row.id for row in rows_of(session, MONTH)]
        note_crashes(session, ids)
        note_crashes(session, ids[:1])
    assert [state for _, state, *_ in states(engine)] == ["given_up", "pending"]


def test_what_was_found_comes_back_in_the_order_of_the_checks(engine: Engine) -> None:
    lost = found_at("dead_link", [Place("http://a/b", "http://a/", "404", True, "http://a/b")])
    with transaction(engine) as session:
        keep_checks(session, MONTH, "甲", [lost, fine("domain")], AT)
        keep_checks(session, MONTH, "乙", [doubtful("mark_icp", Doubt.NO_BROWSER)], AT)
    with transaction(engine) as session:
        keep_checks(session, MONTH, "甲", [fine("domain", reason="x")], AT)
    with reading(engine) as session:
        found = {(one.site, one.check.code): one for one in site_checks(session, MONTH)}
        [only] = site_checks(session, MONTH, "乙")
        assert site_checks(session, "2022-05") == []
    assert found["甲", "dead_link"].check == lost
    assert found["甲", "dead_link"].at == AT
    assert found["甲", "domain"].check.reason == "x"
    assert (only.check.truth, only.check.reason) == (Truth.UNKNOWN, "no_browser")
    with reading(engine) as session:
        assert [one.check.code for one in site_checks(session, MONTH, "甲")] == [
            "domain",
            "dead_link",
        ]
