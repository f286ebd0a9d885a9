"""A site in a few pages, and an asker that answers from them: for the checks of a survey."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

from crawler.look import Answer, Look, look_at, look_failed, never_ends
from rules.kinds import ColumnKind
from rules.profiles import Profile
from rules.register import Column, Register, Site
from rules.site_checks import SiteCheck
from spiders.survey.asking import Asker
from spiders.survey.checks import Run, SiteSeen
from spiders.survey.errand import Errand
from spiders.survey.pages import PageKind, Pages, page_at

HOME = "http://www.town.gov.cn/"
TODAY, AT = date(2022, 6, 20), datetime(2022, 6, 20, 4, tzinfo=UTC)
MONTH = "2022-06"
CONTROL = "http://control.test/"
# What a page is: its markup, (status, markup) of another status, None where no answer comes.
Page = str | tuple[int, str] | None
WALL = (521, "<html><script>document.cookie='__jsl_clearance=1'</script></html>")
ERROR = (500, "<html><title>500 Internal Server Error</title></html>")


@dataclass
class FakeAsker:
    """Answers from a table of pages, or by a function of the address; `seen` are what a browser
    shows instead (None: there is no browser)."""

    pages: Mapping[str, Page] | Callable[[str], Page | bytes]
    seen: Mapping[str, Page] | None = None
    job: Any = field(default_factory=lambda: SimpleNamespace(behind_proxy=True, intranet=False))
    today: date = TODAY
    asked: list[str] = field(default_factory=list)
    referers: dict[str, str] = field(default_factory=dict)

    @property
    def has_browser(self) -> bool:
        return self.seen is not None

    async def get(self, url: str, *, referer: str = "") -> Look:
        self.asked.append(url)
        self.referers[url] = referer
        page = self.pages(url) if callable(self.pages) else self.pages.get(url, (404, "404"))
        return self._look(url, page)

    async def see(self, url: str) -> Look | None:
        if self.seen is None:
            return None
        self.asked.append(f"see {url}")
        return self._look(url, self.seen.get(url, await self._plain(url)))

    async def _plain(self, url: str) -> Page:
        found = self.pages(url) if callable(self.pages) else self.pages.get(url, (404, "404"))
        return None if isinstance(found, bytes) else found

    def _look(self, url: str, page: Page | bytes) -> Look:
        if page is None:
            return look_failed(Answer(AT, 5, url, url), TimeoutError())
        status, body = page if isinstance(page, tuple) else (200, page)
        raw = body if isinstance(body, bytes) else body.encode()
        kind = {"content-type": "text/html; charset=utf-8"} if isinstance(body, str) else {}
        had = Answer(AT, 5, url, url, (), status, kind, raw, cut_off=never_ends(raw))
        return look_at(had, today=self.today, hint=None)


def column(path: str, kind: ColumnKind, name: str = "栏目") -> Column:
    """A column of the town's site."""
    return Column(f"town/{path}", name, f"{HOME}{path}/", kind)


def errand_for(site: Site, today: date = TODAY) -> Errand:
    """One pass over a site."""
    register = Register(city="示例市", sites=(site,), controls=(CONTROL,))
    return Errand("site", site.name, MONTH, 0, today, AT, register, cast(Profile, None), site)


def run(
    check: Run,
    ask: FakeAsker,
    columns: Sequence[Column] = (),
    *,
    before: Mapping[str, SiteCheck] | None = None,
    site: Site | None = None,
) -> dict[str, SiteCheck]:
    """One pass of a check over the town's site (or another), with its home page fetched."""
    site = site or Site("示例市人民政府", "市政府办", HOME, columns=tuple(columns))
    seen = SiteSeen(site, errand_for(site, ask.today), before or {})

    async def once() -> tuple[SiteCheck, ...]:
        asker = cast(Asker, ask)
        pages = Pages(await page_at(asker, PageKind.HOME, site.url))
        return await check(seen, pages, asker)

    return {one.code: one for one in asyncio.run(once())}


def page(main: str, title: str = "示例市人民政府") -> str:
    """A whole page around some markup."""
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f'<div class="menu"><a href="/">首页</a></div><div class="content">{main}</div>'
        "</body></html>"
    )


def listing(*rows: tuple[str, str, str], more: str = "") -> str:
    """A list: (address, title, day) of each entry."""
    body = "".join(f'<li><a href="{u}">{t}</a><span>{d}</span></li>' for u, t, d in rows)
    return page(f'<ul class="list">{body}</ul>{more}')


def article(title: str, main: str, day: str = "2022-06-01") -> str:
    """An article."""
    text = (
        "<p>为深入贯彻落实上级决策部署，切实做好有关工作，现将有关事项通知如下，请遵照执行。</p>"
        * 3
    )
    return page(f"<h1>{title}</h1><p>发布时间：{day}　来源：市政府</p>{text}{main}", title)
