"""Conversations with addresses that somebody wrote down: lists, feeds, bridges, albums, links.

None of them says by itself whose it is: the register says so, or what the page behind a link
shows. A link is followed only where its address names a post of the account's own platform.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import md5

from rules.account_source_names import LAYOUT, TIME_FORMS
from rules.platforms import Platform
from rules.post_addresses import Named, post_named
from spiders.accounts.addressing import address, filled, moved, quoted
from spiders.accounts.answers import Layout, Part
from spiders.accounts.asking import RSSHUB_ROUTES
from spiders.accounts.links import READERS
from spiders.accounts.pages import Page
from spiders.accounts.questions import Access, Question, Speaking, Way
from spiders.accounts.talking import Talk, anything, errors, leaf, put

LIST_PAGES = 10
MOST_LINKS = 20
_YES = ("true", "1", "yes")
_PLACES = ("{page}", "{offset}")
# Where the post behind a link is asked for, if not at the link itself.
_BEHIND: Mapping[Platform, str] = {
    Platform.WEIBO: "{weibo_mobile}/statuses/show?id={post}",
    Platform.PENGPAI: "{pengpai_page}/detail/{post}",
}


def layout_of(options: Mapping[str, str]) -> Layout | None:
    """The layout that the options describe; None where they describe none that can be read."""
    places = {key: options[key] for key in LAYOUT if key != "html" and options.get(key)}
    if "time" not in places or places.get("form") not in {None, *TIME_FORMS}:
        return None
    try:
        re.compile(places.get("pattern", ""))
    except re.error:
        return None
    return Layout(**places, html=options.get("html", "") in _YES)


def configured(talk: Talk) -> Speaking[None]:
    """A list at the register's address, page by page where the address has a place for it."""
    template = talk.access.options["url"]
    most = LIST_PAGES if any(place in template for place in _PLACES) else 1

    def made(number: int, _before: Page | None) -> Question:
        shown = sum(len(read.page.posts) for read in talk.reads)
        url = template.replace("{page}", str(number)).replace("{offset}", str(shown))
        return Question(Way.ASK, url, page=number)

    yield from leaf(talk, Part.LIST, made, most)


def app_store(talk: Talk) -> Speaking[None]:
    """The store's entry, by the App's own name in it."""
    yield from put(talk, Question(Way.ASK, address(talk)))


def feed(talk: Talk) -> Speaking[None]:
    """Any feed, at the register's address."""
    yield from put(talk, Question(Way.ASK, talk.access.options["url"]))


def werss(talk: Talk) -> Speaking[None]:
    """The feed that a WeRSS of the office's own keeps of an account."""
    yield from put(talk, Question(Way.ASK, address(talk, feed=talk.access.options["feed"])))


def routes_of(platform: Platform, options: Mapping[str, str]) -> tuple[str, ...]:
    """The paths at which a bridge has the account."""
    own = options.get("route", "")
    return (own if own.startswith("/") else f"/{own}",) if own else RSSHUB_ROUTES.get(platform, ())


def rsshub(talk: Talk) -> Speaking[None]:
    """Every route that a bridge may have the account at; it tells by itself which is wrong."""
    for number, route in enumerate(routes_of(talk.sought.platform, talk.access.options), start=1):
        path = route.replace("{id}", quoted(talk.sought.platform_id))
        url = f"{talk.access.hosts['rsshub']}{path}{_code(path, talk.access)}"
        yield from put(talk, Question(Way.ASK, url, page=number), anything)


def _code(path: str, access: Access) -> str:
    """The proof of knowing the bridge's key that opens this path alone, as it documents."""
    if not access.token:
        return ""
    proof = md5(f"{path}{access.token}".encode(), usedforsecurity=False).hexdigest()
    return f"{'&' if '?' in path else '?'}code={proof}"


def wechat_album(talk: Talk) -> Speaking[None]:
    """The newest articles of a 合集."""
    options = talk.access.options
    biz = options.get("biz") or talk.sought.platform_id
    yield from put(talk, Question(Way.ASK, address(talk, biz=biz, album=options["album"])))


def alias_of(access: Access, platform_id: str) -> str:
    """The 微信号 to search for; empty where nobody told it."""
    return access.options.get("alias") or ("" if platform_id.startswith("gh_") else platform_id)


def wechat_sogou(talk: Talk) -> Speaking[None]:
    """搜狗's page for a 微信号."""
    alias = alias_of(talk.access, talk.sought.platform_id)
    yield from put(talk, Question(Way.ASK, address(talk, alias=alias)))


def article_links(talk: Talk) -> Speaking[None]:
    """Each link that the unit handed in, one question each; one that is no such link is told so."""
    for number, link in enumerate(talk.access.links[:MOST_LINKS], start=1):
        url = _behind(talk, link)
        question = Question(Way.ASK, url or link, page=number)
        if url is not None:
            yield from put(talk, question, errors, link=link)
        elif not talk.is_over:
            talk.take(talk.silence(question), errors)


def _behind(talk: Talk, link: str) -> str | None:
    """Where to ask for the post of a link; None: nowhere, it names no post that could be read."""
    named = post_named(link)
    if named is None or not _is_readable(talk, named):
        return None
    template = _BEHIND.get(named.platform)
    if template is None:
        return moved(link, talk.access)
    return filled(template, talk, Part.LIST, post=named.post_id)


def _is_readable(talk: Talk, named: Named) -> bool:
    layout = talk.sought.layout
    known = named.platform in READERS or (layout is not None and bool(layout.owner))
    return named.platform is talk.sought.platform and known
