"""人民号: an article's own page, and a list that an operator configures.

Can prove nothing that is missing: there is no list of an author's articles that anybody has
verified, so a negative is a person's alone. Can clear: an article's link (its page shows title
and time); a configured page (`configured`). 404, or a page without the places looked for, is an
error. The page names no account by an id: an article clears where it shows the account's name.
"""

from __future__ import annotations

import re

from rules.post_addresses import post_named
from rules.posts import FetchOutcome, FetchReason, Identity, Post, PostKind, TimeSource
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.markup import chosen, messages, text_at
from spiders.accounts.opening import Door, guarded, open_page
from spiders.accounts.pages import Page, Refusal, Refused, stamped
from spiders.accounts.payloads import Unreadable, words

DOOR = Door(())
OTHERS = Refusal(FetchOutcome.ERROR, FetchReason.WRONG_ACCOUNT, detail="the name is not shown")
_TIME = re.compile(
    r"\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?", re.ASCII
)


@guarded
def read_article(answer: Answer, sought: Sought) -> Page:
    """The page of one article: `.title h2`, and the time in `.other p`."""
    tree = open_page(answer, DOOR, lambda page: bool(chosen(page, ".title h2")))
    title = text_at(tree, ".title h2")
    named = post_named(answer.asked_url) or post_named(answer.final_url)
    if not title or named is None:
        raise Unreadable("no article")
    names = {sought.name, *sought.aliases} - {""}
    shown = next((text for text in messages(tree) if text in names), None)
    if shown is None:
        raise Refused(OTHERS)
    written = [words(node.text(separator=" ")) for node in chosen(tree, ".other p")]
    found = next(filter(None, (_TIME.search(text) for text in written)), None)
    if found is None:
        raise Unreadable("no time")
    post = Post(
        id=named.post_id,
        time=None,
        time_source=TimeSource.PAGE,
        title=title,
        url=answer.asked_url or answer.final_url,
        kind=PostKind.ARTICLE,
    )
    return Page(
        posts=(stamped(post, found[0], answer),),
        identity=Identity(sought.platform_id, shown),
    )
