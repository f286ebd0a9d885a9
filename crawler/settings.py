"""Scrapy's settings for this job: one polite, honest client with a typed end for every fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.job import Job
    from rules.profiles import Profile

TIMEOUT_SECONDS = 15  # as `answer_within` of the national profile, for looks outside a round
DNS_TIMEOUT_SECONDS = 10
CONCURRENT_REQUESTS = 32
MAX_REDIRECTS = 8
CARRIES_TOKENS = frozenset({"spiders.accounts.spider.AccountsSpider"})


def child_settings(job: Job, profile: Profile) -> dict[str, Any]:
    """The settings of one child crawl, from its job and the round's profile."""
    return common_settings(job.user_agent, job.body_limit, intranet=job.intranet) | {
        "DOWNLOAD_TIMEOUT": profile.answer_within.total_seconds(),
        "DOWNLOAD_DELAY": profile.host_delay.total_seconds(),
        "CONCURRENT_REQUESTS": CONCURRENT_REQUESTS,
        "CONCURRENT_REQUESTS_PER_DOMAIN": profile.host_concurrency,
        "MEMUSAGE_ENABLED": True,
        "MEMUSAGE_LIMIT_MB": job.memory_mb,
        "MEMUSAGE_CHECK_INTERVAL_SECONDS": 5.0,
        "CLOSESPIDER_TIMEOUT": job.seconds,
        "LOG_LEVEL": log_level(job),
    }


def log_level(job: Job) -> str:
    """How much a child tells: never the addresses of requests that carry somebody's token."""
    is_loud = job.log_level == "DEBUG" and job.spider in CARRIES_TOKENS
    return "INFO" if is_loud else job.log_level


def common_settings(user_agent: str, body_limit: int, *, intranet: bool = False) -> dict[str, Any]:
    """What holds for every fetch of ours, in a round or outside."""
    return {
        "BOT_NAME": "xunjian",
        "USER_AGENT": user_agent,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9",
        },
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": "xunjian",
        "DOWNLOAD_TIMEOUT": TIMEOUT_SECONDS,
        "DNS_TIMEOUT": DNS_TIMEOUT_SECONDS,
        "DOWNLOAD_MAXSIZE": body_limit,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": False,  # a cut-off page is read, with little confidence
        "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
        # For robots.txt alone, which nobody looks at again; every other request of ours says
        # dont_retry, for quick retries are one attempt (standard, 5.0).
        "RETRY_TIMES": 2,
        "METAREFRESH_ENABLED": False,  # the reader sees it, and we follow what it says
        "REDIRECT_MAX_TIMES": MAX_REDIRECTS,
        "HTTPERROR_ALLOW_ALL": True,  # the body of a 404 says what it is
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "crawler.middlewares.TypedRobots": 100,
            "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
            "crawler.middlewares.TypedRedirects": 600,
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "crawler.middlewares.AddressGuard": 50,
        },
        "XUNJIAN_INTRANET": intranet,
        "URLLENGTH_LIMIT": 0,  # the library would drop a long address without a word
        "TELNETCONSOLE_ENABLED": False,
        "LOGSTATS_INTERVAL": 0,
        "LOG_LEVEL": "CRITICAL",
        "LOG_SHORT_NAMES": True,
    }
