"""Controls: targets known to be up, probed in the same minutes as what looks like a fault.

If none of them answers, our own line is at fault and the sights of these minutes are void.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from crawler.look import Look

Fetch = Callable[[str], Awaitable[Look]]
Keep = Callable[[str, Look], None]


class Controls:
    """Probes all controls when asked, and lets everybody who waits share one probe.

    `fetch` looks at one address, `keep` records the probe, `spacing` is the least number of
    seconds between two probes (the controls are somebody's sites, too).
    """

    def __init__(self, urls: Sequence[str], fetch: Fetch, keep: Keep, spacing: float) -> None:
        self.urls = tuple(urls)
        self.last: bool | None = None
        self._fetch = fetch
        self._keep = keep
        self._spacing = spacing
        self._next: asyncio.Task[bool] | None = None
        self._lock = asyncio.Lock()
        self._began = float("-inf")

    async def answer_now(self) -> bool | None:
        """Whether a control answered a probe begun after this call; None if there are none."""
        if not self.urls:
            return None
        if self._next is None:
            self._next = asyncio.ensure_future(self._probe())
        return await asyncio.shield(self._next)

    async def _probe(self) -> bool:
        async with self._lock:
            clock = asyncio.get_running_loop().time
            await asyncio.sleep(max(0.0, self._began + self._spacing - clock()))
            self._began, self._next = clock(), None
            looks = await asyncio.gather(*(self._fetch(url) for url in self.urls))
            for url, look in zip(self.urls, looks, strict=True):
                self._keep(url, look)
            self.last = any(look.proves_the_line for look in looks)
            return self.last
