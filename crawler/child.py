"""A child crawl: one shard of one round in a process of its own, thrown away afterwards.

Started by the supervisor as `python -m crawler.child`, with its job as one line of JSON on
standard input; tells the supervisor on standard output what it has in hand and what is stored.
Exit codes: 0, or 5 where the environment is at fault (one line on standard error says how).
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.misc import load_object

from crawler.job import Job
from crawler.settings import child_settings
from rules.errors import EnvironmentTrouble, Exit
from storage.engine import open_database

PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask Linux to kill this process when its supervisor dies, however that happens."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(Exit.ENVIRONMENT)


def ended(work: Callable[[str], None]) -> int:
    """Do a child's work on the job on standard input, and how it ended: its exit code."""
    die_with_parent()
    try:
        work(sys.stdin.readline())
    except EnvironmentTrouble as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return Exit.DONE


def raise_what_broke(spider: object) -> None:
    """Raise what a finished spider met: trouble of the environment, or a crash of ours."""
    for what in ("trouble", "crash"):
        broke: BaseException | None = getattr(spider, what, None)
        if broke is not None:
            raise broke


def crawl(job: Job) -> None:
    """Crawl the job's shard; raises EnvironmentTrouble where database or disk give out."""
    engine = open_database(job.database_url)
    spider = load_object(job.spider)
    desk = spider.desk_of(engine, job, lambda: datetime.now(UTC))
    process = AsyncCrawlerProcess(child_settings(job, desk.profile))
    crawler = process.create_crawler(spider)
    process.crawl(crawler, desk=desk)
    process.start()
    raise_what_broke(crawler.spider)


def main() -> int:
    """Run the job on standard input."""
    return ended(lambda job: crawl(Job.from_json(job)))


if __name__ == "__main__":
    sys.exit(main())
