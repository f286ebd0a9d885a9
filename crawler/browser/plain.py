"""A control asked over plain HTTP from beside the browser: it proves the line, nothing else.

It may send us on, but not inside: that proves nothing, and is none of its business. Names are not
resolved beforehand here, for of a control's answer nothing is kept but that it came.
"""

from __future__ import annotations

import asyncio
import time
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import UTC, date, datetime
from http.client import HTTPException
from typing import Any

from crawler.addresses import host_of
from crawler.look import Answer, Look, look_at, look_failed
from crawler.reach import Reach
from rules.facts import Outcome

LARGEST = 1 << 20  # bytes: enough to see that it is a page
CHUNK = 1 << 16


class Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a control where it sends us, but not inside."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def redirect_request(self, *args: Any) -> urllib.request.Request | None:
        """The request that follows a redirect. Raises OSError where it leads inside."""
        onward = super().redirect_request(*args)
        if onward is not None and not self._reach.by_words(host_of(onward.full_url)):
            raise OSError(f"{onward.full_url} is not public")
        return onward


def _body(got: Any, ends: float) -> bytes:
    """What comes in time and is not too much: a control may drip, too."""
    body = b""
    while len(body) < LARGEST and time.monotonic() < ends and (chunk := got.read1(CHUNK)):
        body += chunk
    return body


async def look_at_control(
    url: str,
    *,
    today: date,
    user_agent: str,
    proxy: str | None,
    seconds: float,
    intranet: bool = False,
) -> Look:
    """One look at a control, in a thread, of at most so many seconds. No answer is an outcome like
    any other."""
    opener = _opener(url, proxy, intranet)
    return await asyncio.to_thread(_look, opener, url, today, user_agent, seconds)


def _opener(url: str, proxy: str | None, intranet: bool) -> urllib.request.OpenerDirector:
    handlers: list[urllib.request.BaseHandler] = [Redirects(Reach(host_of(url), intranet))]
    if proxy is not None:
        handlers.append(urllib.request.ProxyHandler({"http": proxy, "https": proxy}))
    return urllib.request.build_opener(*handlers)


def _look(
    opener: urllib.request.OpenerDirector, url: str, today: date, user_agent: str, seconds: float
) -> Look:
    request = urllib.request.Request(url, headers={"User-Agent": user_agent})  # noqa: S310 - http(s)
    began = time.monotonic()
    empty = Answer(datetime.now(UTC), 0, url, url)
    try:
        with opener.open(request, timeout=seconds) as got:
            answer = replace(
                empty,
                final_url=got.geturl(),
                status=got.status,
                headers={name.lower(): value for name, value in got.headers.items()},
                body=_body(got, began + seconds),
            )
    except urllib.error.HTTPError as error:
        answer = replace(empty, status=error.code, headers=dict(error.headers), body=b"")
    except (OSError, HTTPException, ValueError) as error:
        return replace(look_failed(empty, error), outcome=Outcome.CONNECT_FAILURE)
    elapsed = int(1000 * (time.monotonic() - began))
    answer = replace(answer, at=datetime.now(UTC), elapsed_ms=elapsed)
    return look_at(answer, today=today, hint=None)
