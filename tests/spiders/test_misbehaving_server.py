"""One look at each behaviour of the misbehaving server has the outcome of its row."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.misbehaving import BEHAVIOURS, TODAY, Misbehaving, misbehaving_server

LOOK = """
import json, sys
from datetime import date
from crawler.single import look_once
urls, today = json.load(sys.stdin)
today = date.fromisoformat(today)
looks = look_once(urls, today=today, user_agent="xunjian/test", body_limit=4 << 20)
print(json.dumps({look.answer.asked_url: [look.outcome, look.reading.confidence, look.error]
                  for look in looks}))
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Misbehaving]:
    with misbehaving_server() as running:
        yield running


@pytest.fixture(scope="module")
def looks(server: Misbehaving) -> dict[str, tuple[str, float, str | None]]:
    urls = [server.url(name) for name in BEHAVIOURS]
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        input=json.dumps([urls, TODAY.isoformat()]),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    return {url.rsplit("/", 1)[1]: tuple(found[url]) for url in urls}


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_a_look_at_a_behaviour_has_its_outcome(
    name: str, looks: dict[str, tuple[str, float, str | None]]
) -> None:
    assert looks[name][0] == BEHAVIOURS[name][1], looks[name][2]


@pytest.mark.parametrize("name", ["cut_off", "cut_off_unsaid", "packed_half"])
def test_a_page_that_was_cut_off_is_read_with_little_confidence(
    name: str, looks: dict[str, tuple[str, float, str | None]]
) -> None:
    assert looks[name][1] < 0.5 <= looks["fresh"][1]
