"""The bare spider: fetches every address, calls `read_page`, writes a line. Nothing else.

In: one line of JSON on standard input. Out: one line a page in the file that it names.
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import IO, Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

from crawler.reading import read_page


class Pages(scrapy.Spider):
    """Asks for every page."""

    name = "pages"
    job: dict[str, Any]
    out: IO[str]
    today: date

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """One request a page."""
        for url in self.job["urls"]:
            yield scrapy.Request(url, dont_filter=True)

    def parse(self, response: Response) -> None:
        """Read a page and write down what it says."""
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        read = read_page(response.body, url=response.url, today=self.today, content_type=kind)
        line = {"url": response.url, "state": read.state, "newest": str(read.newest)}
        self.out.write(json.dumps(line | {"items": len(read.items)}) + "\n")


def main() -> None:
    """Run the job on standard input."""
    Pages.job = json.loads(sys.stdin.readline())
    Pages.today = date.fromisoformat(Pages.job["today"])
    with Path(Pages.job["out"]).open("w", encoding="utf-8") as Pages.out:
        process = CrawlerProcess(
            {
                "CONCURRENT_REQUESTS": Pages.job["at_once"],
                "CONCURRENT_REQUESTS_PER_DOMAIN": Pages.job["at_once_a_host"],
                "DOWNLOAD_DELAY": 0,
                "ROBOTSTXT_OBEY": True,
                "TELNETCONSOLE_ENABLED": False,
                "LOG_LEVEL": "ERROR",
            }
        )
        process.crawl(Pages)
        process.start()


if __name__ == "__main__":
    main()
