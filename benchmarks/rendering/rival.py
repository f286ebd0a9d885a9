"""scrapy-playwright over the same pages, as its documentation has it; in its own environment.

Started with that environment's interpreter; imports nothing of ours. In: one line of JSON with the
sites. Out: a line of JSON for each page, how long it took and whether it came.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.http import Response
from twisted.python.failure import Failure

HANDLER = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
UNREAD = {"image", "media", "font"}
REST = 1000  # milliseconds that a page is given to fill itself


class Pages(scrapy.Spider):
    """Asks for every page, and says of each how it ended."""

    name = "pages"
    job: dict[str, Any]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Pages:
        """The spider, told when a request leaves."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.leaves, scrapy.signals.request_reached_downloader)
        return spider

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """One request a page; as many contexts as there may be pages at once."""
        wait = importlib.import_module("scrapy_playwright.page").PageMethod
        for place, urls in enumerate(self.job["sites"]):
            meta = {
                "playwright": True,
                "playwright_context": f"place{place % self.job['at_once']}",
                "playwright_page_methods": [wait("wait_for_timeout", REST)],
            }
            for url in urls:
                more = {"asked": url, "began": []}
                yield scrapy.Request(
                    url, self.parse, errback=self.failed, meta=meta | more, dont_filter=True
                )

    def leaves(self, request: scrapy.Request) -> None:
        """A page's time begins."""
        request.meta["began"].append(time.monotonic())

    def parse(self, response: Response) -> None:
        """A page came."""
        assert response.request is not None
        _tell(response.request, "read" if b"<span>" in response.body else str(response.status))

    def failed(self, failure: Failure) -> None:
        """No page came."""
        _tell(failure.request, type(failure.value).__name__)  # type: ignore[attr-defined]


def _tell(request: scrapy.Request, outcome: str) -> None:
    seconds = round(time.monotonic() - request.meta["began"][0], 3)
    line = {"url": request.meta["asked"], "outcome": outcome, "seconds": seconds}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def is_unread(request: Any) -> bool:
    """What nobody reads."""
    return request.resource_type in UNREAD


def settings_of(job: dict[str, Any]) -> dict[str, Any]:
    """Its settings, as near to ours as they go."""
    limits = job["limits"]
    return {
        "DOWNLOAD_HANDLERS": {"http": HANDLER, "https": HANDLER},
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": job["browser"],
            "args": ["--disable-dev-shm-usage", "--mute-audio"],
            "chromium_sandbox": not job["root"],
        },
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": 1000 * limits["document"],
        "PLAYWRIGHT_ABORT_REQUEST": is_unread,
        "PLAYWRIGHT_RESTART_DISCONNECTED_BROWSER": True,
        "CONCURRENT_REQUESTS": job["at_once"],
        "CONCURRENT_REQUESTS_PER_DOMAIN": job["at_once"],
        "DOWNLOAD_TIMEOUT": limits["whole"],
        "HTTPERROR_ALLOW_ALL": True,
        "RETRY_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "LOG_LEVEL": "CRITICAL",
    }


if __name__ == "__main__":
    Pages.job = json.loads(sys.stdin.readline())
    process = CrawlerProcess(settings_of(Pages.job))
    process.crawl(Pages)
    process.start()
