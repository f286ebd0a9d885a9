"""A control asked over plain HTTP from beside the browser: it proves the line, nothing else."""

from __future__ import annotations

import asyncio
import time
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import UTC, date, datetime
from http.client import HTTPException

from crawler.look import Answer, Look, look_at, look_failed
from rules.facts import Outcome

SECONDS = 15
LARGEST = 1 << 20  # bytes: enough to see that it is a page


async def look_at_control(url: str, *, today: date, user_agent: str, proxy: str | None) -> Look:
    """One look at a control, in a thread. No answer is an outcome like any other."""
    return await asyncio.to_thread(_look, url, today, user_agent, proxy)


def _look(url: str, today: date, user_agent: str, proxy: str | None) -> Look:
    through = {} if proxy is None else {"http": proxy, "https": proxy}
    handlers = [urllib.request.ProxyHandler(through)] if proxy is not None else []
    opener = urllib.request.build_opener(*handlers)
    request = urllib.request.Request(url, headers={"User-Agent": user_agent})  # noqa: S310 - http(s)
    began = time.monotonic()
    empty = Answer(datetime.now(UTC), 0, url, url)
    try:
        with opener.open(request, timeout=SECONDS) as got:
            answer = replace(
                empty,
                final_url=got.geturl(),
                status=got.status,
                headers={name.lower(): value for name, value in got.headers.items()},
                body=got.read(LARGEST),
            )
    except urllib.error.HTTPError as error:
        answer = replace(empty, status=error.code, headers=dict(error.headers), body=b"")
    except (OSError, HTTPException, ValueError) as error:
        return replace(look_failed(empty, error), outcome=Outcome.CONNECT_FAILURE)
    elapsed = int(1000 * (time.monotonic() - began))
    answer = replace(answer, at=datetime.now(UTC), elapsed_ms=elapsed)
    return look_at(answer, today=today, hint=None)
