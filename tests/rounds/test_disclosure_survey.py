"""The month's survey of a pretend city's disclosure platforms, over HTTP and with a browser."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import crawler.survey.running as running
from cli.rounds_run import Options, crawl_settings, open_city
from cli.workspace import Workspace
from crawler.browser.finding import find_browser
from crawler.survey.running import SurveyReport, Wanted, survey_month
from crawler.survey.targets import DISCLOSURE
from demo.disclosure_truth import ExpectedRow, expected_rows
from demo.founding import city_of
from demo.register import write_register
from demo.serving import open_city as serve_city
from demo.serving import port_of
from reports.notice_disclosure import disclosures
from rules.register import Register
from storage.engine import reading
from tests.spiders.survey.test_disclosure import one_each

DAY = date(2022, 6, 27)
SEED = 7  # the city with every sort of fault; all rows are compared where cities run whole


SOME = sorted(set(one_each(SEED).values()))


def only_platforms(register: Register, *_: Any, **__: Any) -> list[tuple[str, str]]:
    """What a survey owes, if it owes nothing but a platform of each sort."""
    return [(DISCLOSURE, register.disclosure[place].target) for place in SOME]


async def surveyed(seed: int, folder: Path) -> SurveyReport:
    """The survey of a served city, its children in processes of their own."""
    workspace = Workspace(folder)
    city = open_city(workspace)
    server = await serve_city(city_of(seed), DAY)
    async with server:
        settings = crawl_settings(workspace, Options(proxy=f"http://127.0.0.1:{port_of(server)}"))
        return await survey_month(
            city.engine, city.register, city.profile, settings, Wanted("2022-06"), as_of=DAY
        )


def rows_of(folder: Path) -> list[ExpectedRow]:
    city = open_city(Workspace(folder))
    with reading(city.engine) as session:
        found = disclosures(session, "2022-06", city.register, draft=True).to_json()
    names = list(asdict(expected_rows(0)[0]))
    return [ExpectedRow(**{name: row[name] for name in names}) for row in found]


@pytest.mark.long
@pytest.mark.browser
def test_platforms_of_every_sort_come_out_row_by_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if find_browser() is None:
        pytest.skip("no browser")
    monkeypatch.setattr(running, "targets_of", only_platforms)
    write_register(city_of(SEED), tmp_path)
    report = asyncio.run(surveyed(SEED, tmp_path))
    assert (report.due, report.done, report.blind) == (len(SOME), len(SOME), False)
    assert rows_of(tmp_path) == [expected_rows(SEED)[place] for place in SOME]
