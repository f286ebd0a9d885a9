"""The child of a wave: visits every home page once, over HTTP, in a process of its own.

Started as `python -m crawler.wave_child` with its job as one line of JSON on standard input; ends
as `crawler.child` does.
"""

from __future__ import annotations

import sys
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.misc import load_object

from crawler.addresses import host_groups, host_of
from crawler.child import ended, raise_what_broke
from crawler.settings import CONCURRENT_REQUESTS, common_settings
from crawler.wave import WaveDesk, WaveJob
from storage.engine import open_database

SPIDER = "spiders.homes.HomesSpider"
NEAREST_TO_THE_WIRE = 995


def wave_settings(job: WaveJob) -> dict[str, Any]:
    """The settings of a wave: as polite as a round, and without any second try."""
    settings = common_settings(job.user_agent, job.body_limit, intranet=job.intranet)
    settings["DOWNLOADER_MIDDLEWARES"] |= {"crawler.stopwatch.Stopwatch": NEAREST_TO_THE_WIRE}
    return settings | {
        "DOWNLOAD_TIMEOUT": job.answer_within,
        "DOWNLOAD_DELAY": job.host_delay,
        "CONCURRENT_REQUESTS": CONCURRENT_REQUESTS,
        "CONCURRENT_REQUESTS_PER_DOMAIN": job.host_concurrency,
        "RETRY_TIMES": 0,
        "MEMUSAGE_ENABLED": True,
        "MEMUSAGE_LIMIT_MB": job.memory_mb,
        "MEMUSAGE_CHECK_INTERVAL_SECONDS": 5.0,
        "CLOSESPIDER_TIMEOUT": job.seconds,
        "LOG_LEVEL": job.log_level,
    }


def run(job: WaveJob) -> None:
    """Visit the job's homes; raises EnvironmentTrouble where database or disk give out."""
    engine = open_database(job.database_url)
    places = {host_of(home.url): home.hosted_on for home in job.homes}
    groups = host_groups(places, behind_proxy=job.behind_proxy)
    process = AsyncCrawlerProcess(wave_settings(job))
    crawler = process.create_crawler(load_object(SPIDER))
    process.crawl(crawler, desk=WaveDesk(engine, job), groups=groups)
    process.start()
    raise_what_broke(crawler.spider)


def main() -> int:
    """Run the job on standard input."""
    return ended(lambda job: run(WaveJob.from_json(job)))


if __name__ == "__main__":
    sys.exit(main())
