"""What a rendered page may ask for: by kind, by scheme, by place, and not without end."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Error, Route

from crawler.addresses import host_of, is_private, leads_inside, resolve

MOST_REQUESTS = 400  # of one page
UNREAD = frozenset({"image", "media", "font"})  # what nobody reads; a picture of the page wants it
SCHEMES = frozenset({"http", "https", "data", "blob", "about"})


@dataclass  # without slots: the library marks the objects whose methods it calls
class Guard:
    """Decides on every request of one page. `asked` is the target's own address.

    Names are resolved here only where no proxy does it (`behind_proxy`); redirects of the browser
    pass by this guard, so the page's own hops are looked at again afterwards (`led_inside`).
    """

    asked: str
    behind_proxy: bool
    pictures: bool = False
    refused: list[str] = field(default_factory=list)
    _count: int = 0
    _inside: dict[str, bool] = field(default_factory=dict)

    async def decide(self, route: Route) -> None:
        """Let a request go on, or end it. A page that is gone meanwhile needs no answer."""
        request = route.request
        self._count += 1
        try:
            if self._count > MOST_REQUESTS or (
                not self.pictures and request.resource_type in UNREAD
            ):
                await route.abort("blockedbyclient")
            elif await self._is_refused(request.url):
                self.refused.append(request.url)
                await route.abort("addressunreachable")
            else:
                await route.continue_()
        except Error:
            return

    async def _is_refused(self, url: str) -> bool:
        if urlsplit(url).scheme not in SCHEMES:
            return True
        if not url.startswith("http"):
            return False
        return leads_inside(self.asked, url) or await self._name_leads_inside(host_of(url))

    async def _name_leads_inside(self, host: str) -> bool:
        if self.behind_proxy or not host or host == host_of(self.asked):
            return False
        if host not in self._inside:
            address = await asyncio.to_thread(resolve, host)
            own = await asyncio.to_thread(resolve, host_of(self.asked))
            inside = address is not None and is_private(address)
            self._inside[host] = inside and not (own is not None and is_private(own))
        return self._inside[host]

    def led_inside(self, hops: list[str]) -> bool:
        """Whether one of the page's own addresses was inside, though the target's is not."""
        return any(leads_inside(self.asked, hop) for hop in hops)
