"""What surveyors ask sites with: polite requests that end in a `Look`, whatever happens.

The pace of the host group, robots.txt (but for the register's override, on the site's own host),
the limits of size and time, and the guard of addresses are those of a round. A failure near which
no control answered is our own, and comes back as such.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urldefrag, urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload

from crawler.addresses import ADDRESS, PLATFORM, host_of, resolve
from crawler.browser.pace import Pace
from crawler.controls import Controls
from crawler.look import Answer, Look, look_failed, with_sign
from crawler.survey.desk import SurveyDesk
from crawler.survey.job import SurveyJob
from crawler.visiting import Visitor, request_for
from rules.facts import OUTCOMES, Outcome, PageReading, PageState, Treatment
from spiders.survey.seeing import Eyes

MOST_REQUESTS = 1_500  # of one pass over one target
FIRST_BYTES = 4_096
CONTROLS_DOWN, OVER_BUDGET = "controls_down", "over_budget"
# What may as well be our own line's failing.
SUSPECT = frozenset(
    outcome
    for outcome, row in OUTCOMES.items()
    if row.treatment is Treatment.CANDIDATE and outcome is not Outcome.EMPTY
)


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """On whose behalf a page is asked for: the guard lets nothing lead inside from there."""

    url: str


class Groups:
    """The host group of any host: the register's platform, its resolved address, or itself."""

    def __init__(self, desk: SurveyDesk) -> None:
        self._behind_proxy = desk.job.behind_proxy
        self._known = {
            host_of(site.url): PLATFORM + site.hosted_on
            for site in desk.register.sites
            if site.hosted_on
        }

    async def of(self, url: str) -> str:
        """The group of an address's host; resolved once, in a thread."""
        host = host_of(url)
        if host not in self._known:
            address = None if self._behind_proxy else await asyncio.to_thread(resolve, host)
            self._known[host] = ADDRESS + address if address else host
        return self._known[host]


class Office:
    """What all askers of one survey share: the lines out, the controls, and everybody's pace."""

    def __init__(self, crawler: Crawler, desk: SurveyDesk, eyes: Eyes) -> None:
        self.desk = desk
        self.eyes = eyes
        self.groups = Groups(desk)
        self.visitor = Visitor(crawler, desk.today)
        self._delay = desk.profile.host_delay.total_seconds()
        self._paces: dict[str, Pace] = {}
        self.controls = Controls(
            desk.register.controls, self._look_at_control, lambda *_: None, spacing=self._delay
        )
        crawler.signals.connect(_stop_when_enough, signals.bytes_received)

    def pace(self, group: str) -> Pace:
        """The turns of a host group in the browser."""
        return self._paces.setdefault(group, Pace(self._delay))

    async def _look_at_control(self, url: str) -> Look:
        return await self.visitor.visit(request_for(url, download_slot=f"control:{url}"))


class Asker:
    """Asks on behalf of one target at `url` in one pass. Never raises for what a site does."""

    def __init__(self, office: Office, url: str, *, robots_ignored: bool) -> None:
        self._office = office
        self._url = url
        self._own_host = host_of(url)
        self._robots_ignored = robots_ignored
        self.requests = 0
        self.lost_line = False

    @property
    def has_browser(self) -> bool:
        """Whether `see` can see anything."""
        return self._office.eyes.open

    @property
    def job(self) -> SurveyJob:
        """What holds for everything this survey asks: its proxy, its name, its reach."""
        return self._office.desk.job

    def today(self) -> date:
        """The Shanghai date of the survey."""
        return self._office.desk.today()

    def now(self) -> datetime:
        """The instant of the survey (aware, UTC)."""
        return self._office.desk.now()

    async def get(self, url: str, *, referer: str = "", **headers: str) -> Look:
        """A page fetched, read and followed where it sends its visitor."""
        return await self._ask(url, "GET", referer, headers)

    async def head(self, url: str, *, referer: str = "") -> Look:
        """The status and headers of an address; many servers decline it (403, 405)."""
        return await self._ask(url, "HEAD", referer, {})

    async def sniff(self, url: str, *, referer: str = "", most: int = FIRST_BYTES) -> Look:
        """Status, headers and the first bytes of a file, however long it is."""
        return await self._ask(url, "GET", referer, {}, first_bytes=most, download_maxsize=0)

    async def see(self, url: str) -> Look | None:
        """A page as its scripts leave it; None without a browser, or where it broke on the page."""
        if not self.has_browser or _plain(url) is None:
            return None
        await self._office.pace(await self._office.groups.of(url)).turn()
        return await self._office.eyes.see(url, self._url)

    async def line_is_up(self) -> bool:
        """Whether a control answers a probe begun now; without any control nobody knows."""
        up = bool(await self._office.controls.answer_now())
        self.lost_line = self.lost_line or not up
        return up

    async def _ask(
        self, url: str, method: str, referer: str, headers: Mapping[str, str], **meta: Any
    ) -> Look:
        plain = _plain(url)
        if plain is None or self.requests >= MOST_REQUESTS:
            return self._refused(url, OVER_BUDGET if plain else "no_address")
        self.requests += 1
        try:
            request = await self._request(plain, method, referer, headers, meta)
        except ValueError:
            return self._refused(url, "no_address")
        look = await self._office.visitor.visit(request)
        if look.outcome in SUSPECT and not await self.line_is_up():
            return replace(
                look, outcome=Outcome.OUR_FAULT, reading=with_sign(look.reading, CONTROLS_DOWN)
            )
        return look

    async def _request(
        self, url: str, method: str, referer: str, headers: Mapping[str, str], meta: dict[str, Any]
    ) -> Request:
        ignored = self._robots_ignored and host_of(url) == self._own_host
        request = request_for(
            url,
            task=OnBehalf(self._url),
            download_slot=await self._office.groups.of(url),
            dont_obey_robotstxt=ignored,
            cookiejar=self._url,
            **meta,
        ).replace(method=method)
        if referer:
            request.headers["Referer"] = referer
        for name, value in headers.items():
            request.headers[name.replace("_", "-")] = value
        return request

    def _refused(self, url: str, sign: str) -> Look:
        answer = Answer(datetime.now(UTC), 0, url, url)
        return replace(
            look_failed(answer, ValueError(sign)),
            outcome=Outcome.REFUSED,
            reading=PageReading(PageState.UNREADABLE, signs=(sign,)),
        )


def _plain(url: str) -> str | None:
    """The address without its fragment, if it is one of http(s) with a host."""
    try:
        bare = urldefrag(url.strip()).url
        parts = urlsplit(bare)
        return bare if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _stop_when_enough(data: bytes, request: Request) -> None:
    """End the download of a file of which only the first bytes were wanted."""
    most = request.meta.get("first_bytes")
    if most is None:
        return
    request.meta["bytes_had"] = request.meta.get("bytes_had", 0) + len(data)
    if request.meta["bytes_had"] >= most:
        raise StopDownload(fail=False)
