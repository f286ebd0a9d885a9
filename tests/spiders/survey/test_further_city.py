"""The further checks over the whole pretend city: every plant is found, and no innocent site."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from crawler.look import Answer as Had
from crawler.look import Look, look_at, look_failed
from demo.answering import answer
from demo.exchange import Answer, Request
from demo.founding import city_of
from demo.register import write_register
from demo.survey_truth import CODES, FOOT_CODES, expected_findings
from demo.surveying import plants
from rules.facts import Truth
from rules.register import Site, load_register
from rules.register import Standing as Runs
from rules.site_checks import SiteCheck, confirmed
from spiders.survey.further_rows import FURTHER
from tests.spiders.survey.town import AT, FakeAsker, run

DAY = date(2022, 6, 20)
MOST_HOPS = 4


class CityAsker(FakeAsker):
    """Asks the city itself, without a line between: redirects are followed. Its browser runs no
    scripts."""

    def __init__(self, seed: int) -> None:
        super().__init__({}, seen={}, today=DAY)
        self.city = city_of(seed)

    async def get(self, url: str, *, referer: str = "") -> Look:
        self.asked.append(url)
        self.referers[url] = referer
        had = self._answer(url)
        if had is None:
            return look_failed(Had(AT, 5, url, url), TimeoutError())
        kinds = {"content-type": had.content_type}
        return look_at(Had(AT, 5, url, url, (), had.status, kinds, had.body), today=DAY, hint=None)

    async def see(self, url: str) -> Look | None:
        return await self.get(url)

    def _answer(self, url: str) -> Answer | None:
        for _ in range(MOST_HOPS):
            parts = urlsplit(url)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            had = answer(self.city, DAY, Request("GET", parts.hostname or "", path, 2))
            if had.cut or had.status not in (301, 302):
                return None if had.cut else had
            url = urljoin(url, dict(had.headers)["Location"])
        return None


def both_passes(seed: int, site: Site) -> dict[str, SiteCheck]:
    """The checks of one site, and again where they were negative."""
    found: dict[str, SiteCheck] = {}
    for row in FURTHER:
        first = run(row.run, CityAsker(seed), site=site)
        if any(one.truth is Truth.VIOLATION for one in first.values()):
            second = run(row.run, CityAsker(seed), site=site, before=first)
            first = {code: confirmed(one, second[code]) for code, one in first.items()}
        found |= first
    return found


def findings(seed: int, folder: Path, wanted: Callable[[str], bool]) -> set[tuple[str, str]]:
    write_register(city_of(seed), folder)
    sites = load_register(folder / "rules.yaml").sites
    return {
        (site.name, code)
        for site in sites
        if site.status is Runs.RUNNING and wanted(site.name)
        for code, one in both_passes(seed, site).items()
        if one.truth is Truth.VIOLATION
    }


def test_every_plant_that_is_no_look_alike_has_its_check() -> None:
    assert {*CODES, *FOOT_CODES} == {one.plant for one in plants() if not one.innocent}


@pytest.mark.long
def test_all_that_is_planted_is_found_and_every_look_alike_left_alone(tmp_path: Path) -> None:
    planted = {site.name for site in city_of(0).sites if site.planted}
    assert findings(0, tmp_path, planted.__contains__) == expected_findings(0)


@pytest.mark.long
def test_in_a_second_city_no_site_is_suspected_but_those_that_are_at_fault(tmp_path: Path) -> None:
    assert findings(7, tmp_path, lambda _: True) == expected_findings(7)
