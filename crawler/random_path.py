"""What a host shows for a path that nobody ever made, and in front: asked once a host and crawl.

Used inside a running Scrapy crawl, at the host's pace and under its robots.txt like every other
request. Never judges, never writes.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from scrapy import Request

from crawler.look import Look
from crawler.soft_missing import compared, front_url, is_in_doubt, random_url, stands
from crawler.visiting import Visitor

Pair = tuple[Look, Look | None]


def random_token() -> str:
    """The name of a page that nobody ever made."""
    return secrets.token_hex(8)


class RandomPaths:
    """What the hosts of one crawl show for any path. `token` gives the name of a page."""

    def __init__(self, visitor: Visitor, token: Callable[[], str] = random_token) -> None:
        self._visitor = visitor
        self._token = token
        self._asked: dict[str, asyncio.Future[Pair]] = {}

    async def beside(self, look: Look, request: Callable[[str], Request]) -> Look:
        """The look, compared where it is in doubt. `request` makes one on behalf of its target."""
        if not is_in_doubt(look):
            return look
        url = look.answer.final_url
        place = urlsplit(url).netloc
        if place not in self._asked:
            self._asked[place] = asyncio.ensure_future(self._ask(url, request))
        random, front = await asyncio.shield(self._asked[place])
        return compared(look, random, front)

    async def _ask(self, url: str, request: Callable[[str], Request]) -> Pair:
        """The random path first: who blocks us after it blocks us in front, too. Most hosts say
        that there is no such page, and are asked for nothing more."""
        random = await self._visitor.visit(request(random_url(url, self._token())))
        if not stands(random):
            return random, None
        return random, await self._visitor.visit(request(front_url(url)))
