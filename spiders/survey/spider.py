"""The survey's spider: target after target, some at once, each by the surveyor of its kind.

Thin: asking is `asking`'s, what is found the surveyors'. Two passes, apart in time; a pass near
which no control answered counts for nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler

from crawler.survey.desk import SurveyDesk
from rules.errors import EnvironmentTrouble
from rules.register import Site
from spiders.survey.asking import Asker, Office
from spiders.survey.errand import Errand
from spiders.survey.seeing import Eyes
from spiders.survey.surveyors import SURVEYORS
from storage.site_checks import SurveyTask

TARGETS_AT_ONCE = 8
LAST_MOMENTS = 30.0  # seconds before the child's time is up, in which nothing is begun or awaited


class SurveySpider(Spider):
    """Surveys the targets of one job; `trouble` is set where the environment gave out, `crash`
    where we did."""

    name = "survey"

    def __init__(self, desk: SurveyDesk, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.desk = desk
        self.trouble: EnvironmentTrouble | None = None
        self.crash: BaseException | None = None
        self._places = asyncio.Semaphore(TARGETS_AT_ONCE)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SurveySpider:
        """The spider, with its lines out."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        desk = spider.desk
        answer_within = desk.profile.answer_within.total_seconds()
        spider.eyes = Eyes(desk.job, desk.today, answer_within)
        spider.office = Office(crawler, desk, spider.eyes)
        return spider

    eyes: Eyes
    office: Office

    async def start(self) -> AsyncIterator[Request]:
        """Everything is asked from here; nothing goes through the crawl's own queue."""
        seconds = self.desk.job.seconds
        enough = asyncio.timeout(seconds - min(LAST_MOMENTS, seconds / 10))
        try:
            async with self.eyes, enough, asyncio.TaskGroup() as group:
                for task in self.desk.tasks:
                    group.create_task(self._target(task))
        except* TimeoutError:
            pass  # what is left is for another child
        except* EnvironmentTrouble as troubles:
            self.trouble = _first(troubles)
        except* Exception as errors:  # noqa: BLE001 - ours: the child ends with it
            self.crash = errors
        return
        yield  # what makes it an iterator

    async def _target(self, task: SurveyTask) -> None:
        async with self._places:
            self.desk.begin(task)
            errand = self._errand(task)
            ask = self._asker(errand)
            if await ask.line_is_up():
                await self._pass(task, errand, ask)
            else:  # nobody is asked anything while our own line is down
                self.desk.void(task)

    async def _pass(self, task: SurveyTask, errand: Errand, ask: Asker) -> None:
        surveyor = SURVEYORS[task.kind]
        before = surveyor.read(task.found) if task.passes and task.found else None
        result = await surveyor.survey(errand, ask, before)
        negative = surveyor.again(result)
        if negative and (ask.lost_line or not await ask.line_is_up()):
            self.desk.void(task)
            return
        self.desk.finish(
            task,
            surveyor.write(result),
            lambda session: surveyor.keep(session, errand, result),
            again=negative and before is None,
        )

    def _errand(self, task: SurveyTask) -> Errand:
        desk = self.desk
        return Errand(
            kind=task.kind,
            target=task.target,
            month=desk.job.month,
            passes=task.passes,
            today=desk.today(),
            at=desk.now(),
            register=desk.register,
            profile=desk.profile,
            site=self._site(task.target),
        )

    def _site(self, target: str) -> Site | None:
        """The site of a target: itself, or that which a platform is entered from."""
        register = self.desk.register
        names = {one.target: one.site for one in register.disclosure}
        name = names.get(target, target)
        return next((site for site in register.sites if site.name == name), None)

    def _asker(self, errand: Errand) -> Asker:
        site = errand.site
        if site is None:
            return Asker(self.office, "", robots_ignored=False)
        return Asker(self.office, site.url, robots_ignored=site.robots_ignored is not None)


def _first(troubles: BaseExceptionGroup[EnvironmentTrouble]) -> EnvironmentTrouble:
    """The first trouble of a group, however deep it lies."""
    one = troubles.exceptions[0]
    return _first(one) if isinstance(one, BaseExceptionGroup) else one
