"""Marks, tags, links and files over the pretend city: every fault is found, no look-alike is."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from crawler.look import Answer as Had
from crawler.look import Look, look_at
from demo.answering import answer
from demo.exchange import Answer, Request
from demo.founding import city_of
from demo.register import write_register
from demo.survey_truth import expected_feet
from rules.facts import Truth
from rules.register import Site, load_register
from rules.register import Standing as Runs
from rules.site_checks import Doubt, SiteCheck
from spiders.survey import sites
from spiders.survey.errand import Errand
from spiders.survey.rows import LINKS, MARKS, NAMES, TAGS
from tests.spiders.survey.town import AT, FakeAsker, errand_for

DAY = date(2022, 6, 20)
MOST_HOPS = 4
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"
OURS = (MARKS, NAMES, TAGS, LINKS)
INNOCENT = ("marks_as_pictures", "head_refused", "shaky_page", "partner_refuses", "framed_foot")
Found = Mapping[str, SiteCheck]


class CityAsker(FakeAsker):
    """Asks the city itself, without a line between; addresses count their visits."""

    def __init__(self, seed: int, *, sees: bool) -> None:
        super().__init__({}, {} if sees else None, today=DAY)
        self.city = city_of(seed)
        self.visits: Counter[str] = Counter()

    async def get(self, url: str, *, referer: str = "") -> Look:
        self.referers[url] = referer
        return self._asked("GET", url)

    async def head(self, url: str, *, referer: str = "") -> Look:
        self.referers[url] = referer
        return self._asked("HEAD", url)

    async def see(self, url: str) -> Look | None:
        return self._asked("GET", url, BROWSER) if self.has_browser else None

    async def sniff(self, url: str, *, referer: str = "") -> Look:
        self.referers[url] = referer
        return self._asked("GET", url)

    def _asked(self, method: str, url: str, agent: str = "") -> Look:
        landed, had = url, self._answer(method, url, agent)
        for _ in range(MOST_HOPS):
            if had.status not in (301, 302):
                break
            landed = urljoin(landed, dict(had.headers)["Location"])
            had = self._answer(method, landed, agent)
        kinds = {"content-type": had.content_type}
        body = b"" if method == "HEAD" else had.body
        return look_at(Had(AT, 5, url, landed, (), had.status, kinds, body), today=DAY, hint=None)

    def _answer(self, method: str, url: str, agent: str) -> Answer:
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self.visits[url] += 1
        request = Request(method, parts.hostname or "", path, self.visits[url], agent=agent)
        had = answer(self.city, DAY, request)
        return Answer(500) if had.cut else had


def surveyed(seed: int, site: Site, *, sees: bool = True) -> Found:
    """Both passes of our checks over one site, with a browser that runs no scripts, or without."""
    asker = CityAsker(seed, sees=sees)
    errand = errand_for(site, DAY)

    async def both() -> Found:
        first = await _pass(errand, asker, None)
        if not sites.needs_again(first):
            return first
        return await _pass(errand, asker, sites.read(sites.write(first)))

    return asyncio.run(both())


async def _pass(errand: Errand, asker: CityAsker, before: Found | None) -> Found:
    return dict(await sites.survey(errand, asker, before, rows=OURS))  # type: ignore[arg-type]


def register_of(seed: int, folder: Path) -> dict[str, Site]:
    write_register(city_of(seed), folder)
    found = load_register(folder / "rules.yaml").sites
    return {site.name: site for site in found if site.status is Runs.RUNNING}


def negative(name: str, found: Found) -> set[tuple[str, str]]:
    return {(name, code) for code, check in found.items() if check.truth is Truth.VIOLATION}


def site_with(seed: int, plant: str) -> str:
    return next(site.name for site in city_of(seed).sites if site.planted == plant)


def test_a_foot_that_a_script_writes_is_not_missed_without_a_browser(tmp_path: Path) -> None:
    name = site_with(0, "scripted_foot")
    found = surveyed(0, register_of(0, tmp_path)[name], sees=False)
    assert negative(name, found) == set()
    assert found["mark_icp"].truth is Truth.UNKNOWN


def test_a_dead_link_is_left_open_without_a_browser_for_some_404_is_for_programs_alone(
    tmp_path: Path,
) -> None:
    found = surveyed(0, register_of(0, tmp_path)[site_with(0, "lost_page")], sees=False)
    assert (found["dead_link"].truth, found["dead_link"].reason) == (
        Truth.UNKNOWN,
        Doubt.NO_BROWSER,
    )


def test_one_dead_link_of_a_template_is_one_place_on_the_home_page(tmp_path: Path) -> None:
    name = site_with(0, "lost_page")
    [place] = surveyed(0, register_of(0, tmp_path)[name])["dead_link"].places
    assert place.home
    assert place.url.endswith("/ywzn/index.html")
    assert place.what.startswith("404 业务指南 (+")


@pytest.mark.long
def test_in_a_whole_second_city_nothing_is_found_but_what_is_planted(tmp_path: Path) -> None:
    found = {name: surveyed(7, site) for name, site in register_of(7, tmp_path).items()}
    accused = {pair for name, checks in found.items() for pair in negative(name, checks)}
    assert accused == expected_feet(7)
    innocent = [found[site_with(7, plant)]["mark_icp"].truth for plant in INNOCENT]
    assert innocent == [Truth.OK] * len(INNOCENT)
