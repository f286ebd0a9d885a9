"""IPv6 (P30) and the certificate of a site's host: one line each, and one to each control.

Behind a proxy neither can be asked, and both are unknown.
"""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from crawler.addresses import host_of, resolve
from crawler.certificates import Certificate, certificate_of
from crawler.certificates import standing as certificate_standing
from crawler.ipv6 import Six, ask_over_ipv6
from crawler.ipv6 import standing as six_standing
from crawler.reach import Reach
from rules.facts import Truth
from rules.site_checks import Doubt, Place, SiteCheck, doubtful, fine, found_at
from rules.words import say
from spiders.survey.asking import Asker
from spiders.survey.checks import SiteSeen
from spiders.survey.pages import Pages

IPV6, CERTIFICATE = "ipv6", "certificate"
MOST_CONTROLS = 2


async def line(seen: SiteSeen, pages: Pages, ask: Asker) -> tuple[SiteCheck, ...]:
    """Both checks of a site's host, which must have shown a page over the ordinary line."""
    if ask.job.behind_proxy or not pages.home.is_shown:
        reason = Doubt.BEHIND_PROXY if ask.job.behind_proxy else Doubt.UNREAD
        return doubtful(IPV6, reason), doubtful(CERTIFICATE, reason)
    return await _ipv6(seen, ask), await _certificate(seen, ask)


async def _ipv6(seen: SiteSeen, ask: Asker) -> SiteCheck:
    url = seen.site.url
    site = await _six(url, ask)
    controls: list[Six] = []
    if site is not Six.ANSWERED:
        controls = [await _six(one, ask) for one in seen.errand.register.controls[:MOST_CONTROLS]]
    truth, reason = six_standing(site, controls)
    if truth is Truth.VIOLATION:
        return found_at(IPV6, [Place(url, url, say(f"ipv6.{reason}"), home=True)])
    is_ours = reason == "no_ipv6_here"
    doubt = Doubt.LINE_DOWN if is_ours else Doubt.UNCLEAR
    return fine(IPV6) if truth is Truth.OK else doubtful(IPV6, doubt)


async def _six(url: str, ask: Asker) -> Six:
    reach = Reach(host_of(url), ask.job.intranet)
    return await asyncio.to_thread(ask_over_ipv6, url, reach=reach, user_agent=ask.job.user_agent)


async def _certificate(seen: SiteSeen, ask: Asker) -> SiteCheck:
    url, host = seen.site.url, host_of(seen.site.url)
    one = await asyncio.to_thread(_shown, host, Reach(host, ask.job.intranet))
    is_sent_there = urlsplit(url).scheme == "https"
    truth, reason = certificate_standing(one, seen.errand.at, is_sent_there=is_sent_there)
    if truth is Truth.VIOLATION:
        return found_at(CERTIFICATE, [Place(url, url, say(f"certificate.{reason}"), home=True)])
    if truth is Truth.OK:
        return fine(CERTIFICATE, reason=say(f"certificate.{reason}"))
    return doubtful(CERTIFICATE, Doubt.UNCLEAR)


def _shown(host: str, reach: Reach) -> Certificate:
    return certificate_of(host, reach=reach, resolver=resolve)
