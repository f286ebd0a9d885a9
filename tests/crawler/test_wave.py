"""What a visit to a home page is worth, and how long it took."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler import stopwatch
from crawler.look import Answer, Look, look_at, look_failed
from crawler.stopwatch import Stopwatch, Watch
from crawler.wave import Home, WaveJob, is_usable

AT = datetime(2022, 6, 20, tzinfo=UTC)
URL = "http://jia.test/"


def looked(body: bytes, status: int = 200) -> Look:
    answer = Answer(AT, 5, URL, URL, status=status, headers={}, body=body)
    return look_at(answer, today=date(2022, 6, 20), hint=None)


@pytest.mark.parametrize(
    ("body", "status", "usable"),
    [
        (b"<html><head><title>city</title></head><body>hello</body></html>", 200, True),
        (b"<html><body><a href='/a/'>one</a> <a href='/b/'>two</a></body></html>", 200, True),
        (b"<html><script>location.href='/index/'</script></html>", 200, True),
        (b"", 200, False),
        (b"<html><head><title> </title></head><body></body></html>", 200, False),
        (b"ok", 200, False),
        (b"<html><head><title>400</title></head><body>Bad Request</body></html>", 400, False),
        (b"<html><title>404 Not Found</title><h1>404 Not Found</h1></html>", 200, False),
        (b"<html><title>city</title></html>", 500, False),
    ],
)
def test_a_home_page_is_one_with_a_title_or_links(body: bytes, status: int, usable: bool) -> None:
    assert is_usable(looked(body, status)) is usable


def test_no_answer_is_no_page() -> None:
    assert not is_usable(look_failed(Answer(AT, 0, URL, URL), TimeoutError()))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The instants that the stopwatch will read, in their order."""
    instants: list[float] = []
    ticks: Iterator[float] = iter(instants)
    monkeypatch.setattr(stopwatch, "monotonic", lambda: next(ticks))
    return instants


def test_the_watch_adds_first_bytes_and_bodies_of_all_hops(clock: list[float]) -> None:
    clock += [100.0, 100.5, 200.0, 207.0]  # each hop: headers came, body was there
    watch, middleware = Watch(), Stopwatch()
    first = Request(URL, meta={"watch": watch})
    for request, latency in ((first, 1.0), (first.replace(url=f"{URL}index/"), 6.25)):
        middleware.asked(request)
        middleware.headers_came(request)
        request.meta["download_latency"] = latency
        middleware.process_response(request, Response(request.url))
    assert watch.asked
    assert watch.milliseconds == 14_750


def test_what_carries_no_watch_is_not_timed(clock: list[float]) -> None:
    request, middleware = Request(URL), Stopwatch()
    middleware.asked(request)
    middleware.headers_came(request)
    response = Response(URL)
    assert middleware.process_response(request, response) is response


def test_a_job_comes_through_the_pipe_as_it_went_in() -> None:
    job = WaveJob(
        database_url="sqlite://",
        homes=(Home("甲网", URL, True, None), Home("乙网", URL, False, "平台")),
        controls=("http://control.test/",),
        user_agent="xunjian",
        body_limit=1,
        memory_mb=2,
        seconds=3,
        log_level="ERROR",
        host_delay=1.0,
        host_concurrency=2,
        answer_within=15.0,
        intranet=False,
        behind_proxy=True,
        shift_days=-3,
    )
    text = job.to_json()
    assert text.isascii()
    assert "\n" not in text
    assert WaveJob.from_json(text) == job
