"""An asker that asks the pretend city directly: no line, no clock, and a browser of few words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast
from urllib.parse import urlsplit

from crawler.look import Answer, Look, look_at
from demo.answering import answer
from demo.exchange import Request
from demo.plan import City
from rules.facts import Client
from spiders.survey.asking import Asker

_WRITTEN = re.compile(rb"<script>document\.write\('(.*?)'\);</script>")


class CityAsker:
    """Each address counts its visits, as on the wire. `sees`: whether there is a browser."""

    def __init__(self, city: City, day: date, *, sees: bool = True) -> None:
        self.has_browser = sees
        self._city = city
        self._day = day
        self._visits: Counter[str] = Counter()

    async def get(self, url: str) -> Look:
        """A page as the city answers it."""
        parts = urlsplit(url)
        self._visits[url] += 1
        address = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        request = Request("GET", parts.netloc, address, self._visits[url])
        reply = answer(self._city, self._day, request)
        at = datetime.combine(self._day, datetime.min.time(), UTC)
        kept = {"content-type": reply.content_type}
        told = Answer(at, 5, url, url, (), reply.status, kept, reply.body)
        return look_at(told, today=self._day, hint=None)

    async def see(self, url: str) -> Look | None:
        """The same with what its scripts write into it."""
        if not self.has_browser:
            return None
        look = await self.get(url)
        body = _WRITTEN.sub(lambda found: found[1].replace(b"'+'", b""), look.answer.body)
        told = replace(look.answer, body=body)
        return replace(look_at(told, today=self._day, hint=None), client=Client.BROWSER)

    def today(self) -> date:
        """The day of the city."""
        return self._day

    def as_asker(self) -> Asker:
        """As surveyors take it."""
        return cast(Asker, self)
