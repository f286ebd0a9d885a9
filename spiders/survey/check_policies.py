"""解读比例 and 解读关联 (P19): policies without an interpretation, links missing between the two.

Proposed only. Asks for one list of each kind, MOST_EACH pages of each, and the policies that these
interpretations link to. Which pages is drawn by the month, the same in both passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from crawler.addresses import host_of
from crawler.reading.policy_links import PolicyLinks, interprets, is_interpretation, policy_links
from rules.facts import Item, Outcome
from rules.kinds import ColumnKind
from rules.site_checks import Doubt, Place, SiteCheck, doubtful
from rules.words import say
from spiders.survey.asking import Asker
from spiders.survey.checks import SiteSeen
from spiders.survey.further import (
    columns_of_kind,
    found_on,
    own_items,
    page_of,
    shown_by,
    some_of,
)
from spiders.survey.pages import Pages

SHARE, LINK, BACK = CODES = ("interpretation_share", "interpretation_link", "interpretation_back")
MOST_EACH = 3
# Documents that owe an interpretation; notices of meetings, prizes or lists owe none.
OWES = re.compile(r"(?:办法|意见|方案|规划|细则|措施|规定)(?:》|[（(]|的|$)")
Links = Mapping[Item, PolicyLinks | None]


async def policies(seen: SiteSeen, pages: Pages, ask: Asker) -> tuple[SiteCheck, ...]:
    """The three checks, on the month's draw of policies and interpretations."""
    ruled = await _listed(ColumnKind.POLICY, seen, pages, ask)
    read = await _listed(ColumnKind.INTERPRETATION, seen, pages, ask)
    if ruled is None or read is None:
        return tuple(doubtful(code, Doubt.NOT_APPLICABLE) for code in CODES)
    month = seen.errand.month
    some = some_of((one for one in ruled if OWES.search(one.title)), month, MOST_EACH)
    interpretations = some_of((one for one in read if _is_told(one)), month, MOST_EACH)
    policy_side = {item: await _links_of(item.url, seen, pages, ask) for item in some}
    other_side = {item: await _links_of(item.url, seen, pages, ask) for item in interpretations}
    share = _result(SHARE, _uninterpreted(policy_side, read), policy_side, pages)
    return (
        share if read else doubtful(SHARE, Doubt.UNREAD),
        _result(LINK, _unlinked(other_side), other_side, pages),
        await _back(seen, other_side, pages, ask),
    )


def _is_told(item: Item) -> bool:
    return is_interpretation(item.title)


async def _listed(
    kind: ColumnKind, seen: SiteSeen, pages: Pages, ask: Asker
) -> tuple[Item, ...] | None:
    """The first page of the first list of a kind; None where the site has no such column."""
    for column in columns_of_kind(seen.site, {kind}, 1):
        return own_items(await page_of(pages, ask, column.url, column), seen.site)
    return None


async def _links_of(url: str, seen: SiteSeen, pages: Pages, ask: Asker) -> PolicyLinks | None:
    """The links on an article, by the client that was shown the most of them; None where none was
    shown an article: what is not on a page may be said of one that was read alone."""
    page = await page_of(pages, ask, url)
    articles = (shown_by(look) for look in page.looks if look.outcome is Outcome.READ)
    read = [
        policy_links(shown.body, url=shown.url, content_type=shown.content_type)
        for shown in articles
        if shown is not None and shown.whole
    ]
    found = [_without_columns(one, seen) for one in read if one is not None]
    return max(found, key=lambda one: len(one.policies) + len(one.interpretations), default=None)


def _without_columns(links: PolicyLinks, seen: SiteSeen) -> PolicyLinks:
    """Menus name the columns of policies and of interpretations on every page."""
    columns = {column.url for column in seen.site.columns}
    return replace(
        links,
        policies=tuple(url for url in links.policies if url not in columns),
        interpretations=tuple(url for url in links.interpretations if url not in columns),
    )


def _result(code: str, places: Iterator[Place], links: Links, pages: Pages) -> SiteCheck:
    is_read = any(one is not None for one in links.values())
    return found_on(code, places, pages) if is_read else doubtful(code, Doubt.UNREAD)


def _uninterpreted(links: Links, read: tuple[Item, ...]) -> Iterator[Place]:
    """Policies that link to no interpretation and that none of the list names. Whether the list
    goes on is not asked: a person looks."""
    for item, one in links.items():
        named = any(interprets(other.title, item.title) for other in read)
        if one is not None and not one.interpretations and not one.has_files and not named:
            yield Place(item.url, item.url, say("policy.uninterpreted", title=item.title))


def _unlinked(links: Links) -> Iterator[Place]:
    for item, one in links.items():
        if one is not None and not one.policies and not one.has_files:
            yield Place(item.url, item.url, say("policy.unlinked", title=item.title))


async def _back(seen: SiteSeen, links: Links, pages: Pages, ask: Asker) -> SiteCheck:
    """Policies that interpretations link to and that do not link back."""
    own = host_of(seen.site.url)
    places: list[Place] = []
    read = 0
    for item, one in links.items():
        policy = next((url for url in one.policies if host_of(url) == own), None) if one else None
        back = await _links_of(policy, seen, pages, ask) if policy else None
        if policy is None or back is None:
            continue
        read += 1
        if not back.interpretations and not back.has_files:
            places.append(Place(policy, item.url, say("policy.no_way_back", title=item.title)))
    return found_on(BACK, places, pages) if read else doubtful(BACK, Doubt.UNCLEAR)
