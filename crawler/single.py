"""One look at a few addresses in this process, outside any round: what `xunjian probe` shows.

A process can do this once (the reactor does not start twice).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.misc import load_object

from crawler.look import Look
from crawler.settings import common_settings
from rules.facts import Hint

PROBE = "spiders.probe.ProbeSpider"


def look_once(
    urls: Sequence[str],
    *,
    today: date,
    user_agent: str,
    proxy: str | None = None,
    hint: Hint | None = None,
    obey_robots: bool = True,
    body_limit: int = 16 << 20,
    intranet: bool = False,
) -> list[Look]:
    """One look at each address, in the order given; `today` is the date given to the reader."""
    if proxy is not None:
        os.environ.update(http_proxy=proxy, https_proxy=proxy)
        os.environ.pop("no_proxy", None)
    settings = common_settings(user_agent, body_limit, intranet=intranet)
    settings["ROBOTSTXT_OBEY"] = obey_robots
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(load_object(PROBE))
    process.crawl(crawler, urls=urls, today=today, hint=hint)
    process.start()
    looks: dict[str, Look] = getattr(crawler.spider, "looks", {})
    return [looks[url] for url in urls if url in looks]
