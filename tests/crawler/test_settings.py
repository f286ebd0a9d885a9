"""What a child may tell in its log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.job import Job
from crawler.settings import log_level
from crawler.supervisor import ACCOUNTS, COLUMNS

JOB = Job("", "", 1, 0, COLUMNS.spider, (), None, "xunjian/test", 1, 1, 1, "DEBUG", ())


@pytest.mark.parametrize(
    ("spider", "asked", "level"),
    [
        (COLUMNS.spider, "DEBUG", "DEBUG"),
        (COLUMNS.spider, "ERROR", "ERROR"),
        (ACCOUNTS.spider, "DEBUG", "INFO"),  # addresses with tokens in them stand in DEBUG
        (ACCOUNTS.spider, "ERROR", "ERROR"),
    ],
)
def test_a_child_never_tells_the_addresses_that_carry_tokens(
    spider: str, asked: str, level: str
) -> None:
    assert log_level(replace(JOB, spider=spider, log_level=asked)) == level
