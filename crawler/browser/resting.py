"""Whether a page that says nothing yet will say more: when a look need not use up its time.

A look that only reads gives up a page that has been still for as long as a proof waits at least. A
proof waits for everything that has any script; only what has none at all is done after its least.
"""

from __future__ import annotations

import re

from crawler.browser.errand import Errand
from crawler.browser.visit import Visit, whole_body
from crawler.look import Look
from rules.facts import Outcome, Purpose

# What may go on by a timer of its own, a page of a firewall above all.
PATIENT = frozenset({Outcome.CHALLENGE, Outcome.FORWARD})
# What can change a page after it came, anywhere in its source.
ACTIVE = re.compile(
    rb"""<[\w:.-]*script|[\s"'/]on[a-z]+\s*=|<(?:i?frame|frameset|object|embed|applet|animate|set)\b"""
    rb"""|refresh|<\?xml-stylesheet|<!entity|\0""",
    re.IGNORECASE,
)


async def is_over(errand: Errand, visit: Visit, look: Look, still: float) -> bool:
    """Whether waiting on for more than `look` is in vain, after `still` seconds without a change
    of the page, of what is read off it, and without a request of it on its way."""
    if visit.is_busy:
        return False
    if await is_inert(visit):
        return True
    if errand.purpose is Purpose.PROVE or look.outcome in PATIENT:
        return False
    return still >= errand.limits.proof


async def is_inert(visit: Visit) -> bool:
    """Whether nothing in the page that came can change it any more."""
    document = visit.document()
    if document is None or not visit.came_whole(document) or "refresh" in document.headers:
        return False
    if any(one.request.resource_type != "document" for one in visit.responses):
        return False
    body = await whole_body(document)
    return bool(body) and ACTIVE.search(body) is None
