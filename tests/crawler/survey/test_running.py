"""A run of the survey: what it refuses, what it waits for, and whom a dead child is blamed on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

import crawler.survey.running as running
from crawler.children import ChildEnd
from crawler.supervisor import CrawlSettings
from crawler.survey.job import SurveyJob
from crawler.survey.running import SurveyReport, Wanted, is_owed, survey_month
from rules.errors import EnvironmentTrouble, XunjianError
from rules.profiles import load_profile
from rules.register import Register, Site, SiteRole
from rules.site_checks import Doubt, doubtful
from storage.engine import transaction
from storage.site_checks import SurveyState, keep_checks, record, record_void, tasks

MONTH, DAY = "2022-06", date(2022, 6, 20)
AT = datetime(2022, 6, 20, tzinfo=UTC)
SETTINGS = CrawlSettings("sqlite://", "bodies", "x", ())
REGISTER = Register(
    controls=("http://control.test/",),
    sites=tuple(Site(name, name, f"http://{name}.test/", SiteRole.PORTAL) for name in "abc"),
)
PROFILE = load_profile("national", None)


@dataclass
class Child:
    """Stands in for a child: does with each of its targets what the plan says, in turn."""

    engine: Engine
    plans: list[dict[str, str]]
    given: list[list[str]]

    async def run(self, job: SurveyJob, **_: Any) -> ChildEnd:
        plan = self.plans.pop(0)
        end = ChildEnd(code=0, looked=0)
        with transaction(self.engine) as session:
            own = tasks(session, job.ids)
            self.given.append([task.target for task in own])
            for task in own:
                what = plan.get(task.target, "done")
                if what == "dies":
                    end.code = -9
                    end.in_hand.add(task.id)
                elif what == "void":
                    record_void(session, task, datetime.now(UTC))
                    end.looked += 1
                elif what != "nothing":
                    state = SurveyState(what)
                    record(session, task, state=state, found={}, at=AT, not_before=None)
                    end.looked += 1
        return end


def run(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, *plans: dict[str, str], **wanted: Any
) -> tuple[SurveyReport, list[list[str]]]:
    child = Child(engine, list(plans), [])
    monkeypatch.setattr(running, "run_child", child.run)
    asked = Wanted(MONTH, **wanted)
    report = asyncio.run(survey_month(engine, REGISTER, PROFILE, SETTINGS, asked, as_of=DAY))
    return report, child.given


def test_what_is_negative_comes_back_in_a_further_child_and_then_all_is_done(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_owed(engine, REGISTER, PROFILE, MONTH, DAY)
    report, given = run(engine, monkeypatch, {"b": "again"}, {})
    assert given == [["a", "b", "c"], ["b"]]
    assert (report.due, report.done, report.left, report.blind) == (3, 3, 0, False)
    assert not is_owed(engine, REGISTER, PROFILE, MONTH, DAY)
    assert run(engine, monkeypatch)[1] == []  # a second run finds nothing to do
    assert run(engine, monkeypatch, {}, names=("b",), again=True)[1] == [["b"]]


def test_only_what_was_in_hand_is_blamed_for_a_dead_child_and_given_up_in_the_end(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, given = run(engine, monkeypatch, {"b": "dies"}, {"b": "dies"})
    assert given == [["a", "b", "c"], ["b"]]
    assert (report.done, report.given_up, report.left) == (2, 1, 0)


def test_passes_without_a_control_are_tried_a_few_times_and_left_to_a_later_run(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    void = {"a": "void"}
    report, given = run(engine, monkeypatch, void, void, void, names=("a",))
    assert given == [["a"]] * 3
    assert (report.left, report.blind) == (1, True)
    assert run(engine, monkeypatch, {}, names=("a",))[0].left == 0


def test_checks_that_broke_on_our_side_are_counted_and_those_of_other_sites_are_not(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    broke = [doubtful("search", Doubt.OUR_FAULT), doubtful("guide", Doubt.UNREAD)]
    with transaction(engine) as session:
        for site in ("a", "elsewhere"):
            keep_checks(session, MONTH, site, broke, AT)
    report, _ = run(engine, monkeypatch, {})
    assert (report.done, report.broken) == (3, 1)


def test_children_that_begin_nothing_end_the_run(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    idle = dict.fromkeys("abc", "nothing")
    with pytest.raises(EnvironmentTrouble):
        run(engine, monkeypatch, idle, idle, idle)


def test_simulated_and_real_surveys_do_not_stand_side_by_side(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(engine, monkeypatch, {})
    with pytest.raises(XunjianError):
        asyncio.run(survey_month(engine, REGISTER, PROFILE, SETTINGS, Wanted(MONTH), as_of=None))


def test_without_any_control_nothing_is_surveyed(engine: Engine) -> None:
    bare = replace(REGISTER, controls=())
    with pytest.raises(XunjianError):
        asyncio.run(survey_month(engine, bare, PROFILE, SETTINGS, Wanted(MONTH), as_of=DAY))
    assert is_owed(engine, bare, PROFILE, MONTH, DAY)
