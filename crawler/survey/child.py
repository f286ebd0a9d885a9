"""The child of a survey: its targets in a process of its own, thrown away afterwards.

Started as `python -m crawler.survey.child` with its job as one line of JSON on standard input; ends
as `crawler.child` does.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.misc import load_object

from crawler.child import ended, raise_what_broke
from crawler.settings import CONCURRENT_REQUESTS, common_settings
from crawler.survey.desk import SurveyDesk
from crawler.survey.job import SurveyJob
from rules.profiles import Profile
from storage.engine import open_database

SPIDER = "spiders.survey.spider.SurveySpider"
# That a partner's host is gone is something to find, and no error of ours.
logging.getLogger("scrapy.downloadermiddlewares.retry").setLevel(logging.CRITICAL)


def survey_settings(job: SurveyJob, profile: Profile) -> dict[str, Any]:
    """The settings of a survey: as polite as a round."""
    return common_settings(job.user_agent, job.body_limit, intranet=job.intranet) | {
        "DOWNLOAD_TIMEOUT": profile.answer_within.total_seconds(),
        "DOWNLOAD_DELAY": profile.host_delay.total_seconds(),
        "CONCURRENT_REQUESTS": CONCURRENT_REQUESTS,
        "CONCURRENT_REQUESTS_PER_DOMAIN": profile.host_concurrency,
        "MEMUSAGE_ENABLED": True,
        "MEMUSAGE_LIMIT_MB": job.memory_mb,
        "MEMUSAGE_CHECK_INTERVAL_SECONDS": 5.0,
        "LOG_LEVEL": job.log_level,
    }


def run(job: SurveyJob) -> None:
    """Survey the job's targets; raises EnvironmentTrouble where database or disk give out."""
    desk = SurveyDesk(open_database(job.database_url), job)
    process = AsyncCrawlerProcess(survey_settings(job, desk.profile))
    crawler = process.create_crawler(load_object(SPIDER))
    process.crawl(crawler, desk=desk)
    process.start()
    raise_what_broke(crawler.spider)


def main() -> int:
    """Run the job on standard input."""
    return ended(lambda job: run(SurveyJob.from_json(job)))


if __name__ == "__main__":
    sys.exit(main())
