"""Links that a unit handed in: whose article, published when, still there? They only clear.

Each platform's own parser reads the page behind the link; it refuses an article of another
account. What this machine cannot verify it does not count: a link without an account's id or
name on its page, or to a platform other than the account's, is an error that says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rules.platforms import Platform
from rules.post_addresses import post_named
from rules.posts import FetchOutcome, FetchReason
from spiders.accounts import configured, pengpai, renmin, wechat_pages, weibo
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.opening import Parser, guarded
from spiders.accounts.pages import Page, Refusal, Refused

NO_LINK = Refusal(FetchOutcome.ERROR, FetchReason.BAD_LINK, detail="no article's address")
ELSEWHERE = Refusal(FetchOutcome.ERROR, FetchReason.BAD_LINK, detail="another platform's address")
OTHERS = Refusal(FetchOutcome.ERROR, FetchReason.WRONG_ACCOUNT, detail="another account's post")

# Whose pages name their account; a link to another platform needs a layout of the operator's.
READERS: Mapping[Platform, Parser] = MappingProxyType(
    {
        Platform.WECHAT: wechat_pages.read_article,
        Platform.WEIBO: weibo.read_status,
        Platform.PENGPAI: pengpai.read_detail,
        Platform.RENMIN: renmin.read_article,
    }
)


@guarded
def read_link(answer: Answer, sought: Sought) -> Page:
    """One link: `asked_url` is what was handed in, the answer what its platform gave for it."""
    named = post_named(answer.asked_url)
    if named is None:
        raise Refused(NO_LINK)
    if named.platform is not sought.platform:
        raise Refused(ELSEWHERE)
    page = READERS.get(sought.platform, configured.read_link)(answer, sought)
    seen = page.identity.platform_id
    if page.refusal is None and seen is not None and seen != sought.platform_id:
        raise Refused(OTHERS)
    return page
