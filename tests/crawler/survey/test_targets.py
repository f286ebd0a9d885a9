"""What a month's survey owes: portals always, the others by turns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.survey.job import SurveyJob
from crawler.survey.running import TARGETS_A_CHILD, ready
from crawler.survey.targets import ADOPTIONS, sampled, site_targets, targets_of
from rules.register import Register, Site, SiteRole, Standing
from storage.models import SurveyRow

NAMES = [f"局{n}" for n in range(34)]
MONTHS = ["2022-03", "2022-04", "2022-05", "2022-06", "2022-07"]
NOW = datetime(2022, 6, 20, tzinfo=UTC)


def register() -> Register:
    sites = [
        Site("门户", "市", "http://a.test/", SiteRole.PORTAL),
        Site("停", "停", "http://b.test/", SiteRole.PORTAL, status=Standing.CLOSED),
        *(Site(name, name, f"http://{n}.test/") for n, name in enumerate(NAMES)),
    ]
    return Register(sites=tuple(sites))


def test_portals_are_owed_every_month_and_each_other_site_in_its_turn() -> None:
    owed = [site_targets(register(), month, 0.2, (), every=False) for month in MONTHS]
    assert all(targets[0] == "门户" and len(targets) == 8 for targets in owed)
    assert {name for targets in owed for name in targets} == {"门户", *NAMES}
    assert owed[3] == site_targets(register(), MONTHS[3], 0.2, (), every=False)


def test_all_means_all_that_run_and_names_mean_themselves() -> None:
    assert len(site_targets(register(), "2022-06", 0.0, (), every=True)) == 35
    assert site_targets(register(), "2022-06", 0.0, ("局3", "停"), every=False) == ("局3",)
    assert site_targets(register(), "2022-06", 0.0, (), every=False) == ("门户",)


@given(st.integers(1, 50), st.floats(0.01, 1.0))
def test_in_as_many_months_as_the_share_asks_for_everybody_has_had_a_turn(
    count: int, share: float
) -> None:
    names = [f"站{n}" for n in range(count)]
    size = len(sampled(names, "2022-01", share))
    months = [f"{2022 + n // 12}-{n % 12 + 1:02}" for n in range(-(-count // size))]
    assert {name for month in months for name in sampled(names, month, share)} == set(names)


@pytest.mark.parametrize(
    ("today", "owed"),
    [(date(2022, 6, 27), False), (date(2022, 6, 30), False), (date(2022, 7, 1), True)],
)
def test_what_a_portal_adopted_is_owed_when_the_month_is_over_and_no_sooner(
    today: date, owed: bool
) -> None:
    portal = Site("门户", "市", "http://a.test/", SiteRole.PORTAL, adopts=("县区",))
    found = targets_of(Register(sites=(portal,)), "2022-06", 0.0, (), every=False, today=today)
    assert ((ADOPTIONS, "门户") in found) is owed
    assert ("sites", "门户") in found


def row(number: int, **more: object) -> SurveyRow:
    return SurveyRow(id=number, **({"crashes": 0, "passes": 0, "not_before": None} | more))


def test_a_child_is_given_what_may_be_looked_at_now_first_looks_first() -> None:
    rows = [
        row(1, passes=1, not_before=NOW - timedelta(seconds=1)),
        row(2),
        row(3, passes=1, not_before=NOW + timedelta(seconds=1)),
    ]
    assert [one.id for one in ready(rows, NOW)] == [2, 1]


def test_what_a_child_has_died_on_is_looked_at_alone_when_the_others_are_done() -> None:
    rows = [row(1, crashes=1), row(2), row(3, crashes=1)]
    assert [one.id for one in ready(rows, NOW)] == [2]
    assert [one.id for one in ready([rows[0], rows[2]], NOW)] == [1]


def test_a_child_is_given_no_more_than_it_can_do() -> None:
    assert len(ready([row(n) for n in range(3 * TARGETS_A_CHILD)], NOW)) == TARGETS_A_CHILD


@pytest.mark.parametrize("browser", [None, "/usr/bin/chromium"])
def test_a_job_comes_through_the_pipe_as_it_went_in(browser: str | None) -> None:
    job = SurveyJob(
        database_url="sqlite://",
        bodies_folder="b",
        evidence_folder="e",
        month="2022-06",
        ids=(1, 2),
        register="r",
        profile="p",
        user_agent="x",
        body_limit=1,
        memory_mb=2,
        seconds=3,
        log_level="ERROR",
        intranet=False,
        behind_proxy=True,
        browser=browser,
    )
    assert SurveyJob.from_json(job.to_json()) == job
    assert "\n" not in job.to_json()
