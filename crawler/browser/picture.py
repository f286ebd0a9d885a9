"""The picture of a page, with a margin that says what it shows: address, instant, newest date.

Drawn by the browser itself, from escaped text and the picture's bytes; nothing of the page runs.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from html import escape

from playwright.async_api import BrowserContext, Page

from rules.facts import SHANGHAI, PageReading
from rules.words import say

TALLEST = 10_000  # pixels
WIDE, NARROW = 1280, 390

_MARGIN = """<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><style>
body {{ margin: 0; background: #fff; width: {width}px }}
dl {{ margin: 0; padding: 12px 16px; font: 15px/1.6 "Noto Sans CJK SC", "Noto Sans CJK", sans-serif;
     color: #111; border-bottom: 3px solid #b3261e; word-break: break-all;
     display: grid; grid-template-columns: max-content 1fr; column-gap: 20px }}
dt {{ color: #666 }} dd {{ margin: 0 }} img {{ display: block; width: {width}px }}
</style><dl>{rows}</dl><img src="data:image/png;base64,{picture}">"""


async def take(page: Page, width: int = WIDE) -> bytes:
    """The whole page as PNG, at most `TALLEST` pixels of it."""
    height = await page.evaluate("document.documentElement.scrollHeight")
    tall = max(1, min(int(height), TALLEST))
    clip = {"x": 0, "y": 0, "width": width, "height": tall}
    return await page.screenshot(full_page=True, clip=clip, animations="disabled", timeout=10_000)  # type: ignore[arg-type]


async def with_margin(
    context: BrowserContext,
    picture: bytes,
    *,
    url: str,
    at: datetime,
    reading: PageReading,
    checker: str,
    width: int = WIDE,
) -> bytes:
    """The picture under a margin; drawn in a page of its own that may fetch nothing."""
    rows = {
        "address": url,
        "instant": f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}（北京时间）",
        "newest": str(reading.newest) if reading.newest else say("picture.no_date"),
        "state": say(f"state.{reading.state.value}"),
        "checker": checker,
    }
    markup = "".join(
        f"<dt>{escape(say(f'picture.{name}'))}</dt><dd>{escape(value[:500])}</dd>"
        for name, value in rows.items()
    )
    page = await context.new_page()
    try:
        await page.set_viewport_size({"width": width, "height": 200})
        await page.set_content(
            _MARGIN.format(rows=markup, picture=b64encode(picture).decode(), width=width)
        )
        return await page.screenshot(full_page=True, timeout=10_000)
    finally:
        await page.close()
