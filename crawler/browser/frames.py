"""Frames of other hosts: what they show, written where they stand on the page.

The page itself may not see it, a person does, and the browser may look into every frame. Only
frames of the page itself, few, and none in which no page came.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from playwright.async_api import Error, Frame, Page

from crawler.browser.serialising import FOREIGN, NUMBER, SERIALISE, SIZE_LIMIT

MOST = 5
SECONDS = 2.0  # for one of them: it may hang by itself


async def with_frames(page: Page, markup: str) -> str:
    """The page's markup with what its foreign frames show."""
    if FOREIGN % 1 not in markup:
        return markup
    for frame in page.main_frame.child_frames[: 4 * MOST]:
        if not frame.url.startswith("http"):
            continue
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(SECONDS):
                markup = await _with_frame(frame, markup)
    return markup


async def _with_frame(frame: Frame, markup: str) -> str:
    element = await frame.frame_element()
    number = await element.evaluate(NUMBER)
    if not isinstance(number, int) or number > MOST:
        return markup
    mark = FOREIGN % number
    before, _, rest = markup.partition(mark)
    _, _, after = rest.partition(mark)
    shown = str(await frame.evaluate(SERIALISE, True))
    if not after or len(before) + len(shown) + len(after) > 2 * SIZE_LIMIT:
        return markup
    return f"{before}<div data-frame>{shown}</div>{after}"
