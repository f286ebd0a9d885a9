"""The pace of one host group in a browser child: its pages begin one by one, never in a rush.

It only says when; how many pages of a group are open at once is the child's business.
"""

from __future__ import annotations

import asyncio


class Pace:
    """The turns of one host group, in the order of asking, `delay` seconds apart at least."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._next = float("-inf")

    def next_after(self, now: float) -> float:
        """When whoever asks at `now` may begin; that turn is taken."""
        at = max(now, self._next)
        self._next = at + self._delay
        return at

    async def turn(self) -> None:
        """Wait until the next page of the group may begin."""
        now = asyncio.get_running_loop().time()
        await asyncio.sleep(self.next_after(now) - now)
