"""What a rendered page may ask for: by kind, by scheme, by place, and not without end.

The relay has the last word on every line that is opened. What is refused here is refused early, and
known by its whole address.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.async_api import Error, Request, Route

from crawler.addresses import host_of
from crawler.reach import Reach

MOST_REQUESTS = 400  # of one page
UNREAD = frozenset({"image", "media", "font"})  # what nobody reads; a picture of the page wants it
SCHEMES = frozenset({"http", "https", "data", "blob", "about"})


@dataclass  # without slots: the library marks the objects whose methods it calls
class Guard:
    """Decides on every request of one page; redirects pass it by, and end at the relay."""

    reach: Reach
    pictures: bool = False
    stays: bool = False  # the page may fetch, but not go elsewhere
    refused: list[str] = field(default_factory=list)
    _count: int = 0

    async def decide(self, route: Route) -> None:
        """Let a request go on, or end it. A page that is gone meanwhile needs no answer."""
        request = route.request
        self._count += 1
        unread = not self.pictures and request.resource_type in UNREAD
        try:
            if self._count > MOST_REQUESTS or unread:
                await route.abort("blockedbyclient")
            elif self.stays and request.is_navigation_request() and _is_main(request):
                await route.abort("aborted")  # any other end would put an error in its place
            elif self.leads_inside(request.url):
                self.refused.append(request.url[:500])
                await route.abort("addressunreachable")
            else:
                await route.continue_()
        except Error:
            return

    def leads_inside(self, url: str) -> bool:
        """Whether an address is where the page may not lead us, as far as its own words say."""
        scheme = url.partition(":")[0].lower()
        if scheme not in SCHEMES:
            return True
        return scheme in ("http", "https") and not self.reach.by_words(host_of(url))


def _is_main(request: Request) -> bool:
    """Whether a request would become the page itself, and not one of its frames."""
    return request.frame.parent_frame is None
