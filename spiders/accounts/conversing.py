"""What is asked of a source about an account, in which order, and when that is enough.

One conversation is one read: a generator that yields questions, is sent their answers, and
returns the result. It never waits, opens nothing, and raises for nothing that a platform answers.
What cannot even be asked (no session, no token, no address) ends at once with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

from rules.account_source_names import SOURCE_FORMS
from rules.facts import SHANGHAI
from rules.posts import FetchOutcome, FetchReason, FetchResult
from spiders.accounts import listing, official, overhearing, paging
from spiders.accounts.addressing import host_keys
from spiders.accounts.answers import Part, Sought
from spiders.accounts.asking import ASKS
from spiders.accounts.pages import Refusal
from spiders.accounts.questions import Access, Question, Speaking, Way
from spiders.accounts.readers import unread
from spiders.accounts.source import Source
from spiders.accounts.talking import MOST_QUESTIONS, Enough, Talk

__all__ = ["SPEAKERS", "Access", "Question", "Speaking", "Way", "conversation"]

Speaker = Callable[[Talk], Speaking[None]]
SPEAKERS: Mapping[str, Speaker] = MappingProxyType(
    {
        "wechat_daily": official.wechat_daily,
        "wechat_freepublish": official.wechat_freepublish,
        "wechat_records": paging.wechat_records,
        "wechat_album": listing.wechat_album,
        "wechat_sogou": listing.wechat_sogou,
        "weibo_api": official.weibo_api,
        "weibo_commercial": paging.weibo_commercial,
        "weibo_search": paging.weibo_search,
        "weibo_timeline": paging.weibo_timeline,
        "weibo_mobile": paging.weibo_mobile,
        "douyin_open": official.douyin_open,
        "douyin_page": overhearing.overheard,
        "toutiao_page": overhearing.overheard,
        "kuaishou_open": official.kuaishou_open,
        "kuaishou_page": overhearing.overheard,
        "bilibili_open": official.bilibili_open,
        "bilibili_page": overhearing.overheard,
        "xiaohongshu_page": overhearing.overheard,
        "channels_assistant": overhearing.overheard,
        "pengpai_gov": paging.pengpai_gov,
        "pengpai_user": paging.pengpai_user,
        "renmin_page": listing.configured,
        "app_list": listing.configured,
        "app_store": listing.app_store,
        "article_links": listing.article_links,
        "feed": listing.feed,
        "rsshub": listing.rsshub,
        "werss": listing.werss,
    }
)
# What the office's own application at a platform, or an account's authorisation, is known by.
_OF_THE_APP: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "douyin_open": ("open_id",),
        "kuaishou_open": ("app_id",),
        "bilibili_open": ("app_id", "app_secret"),
    }
)
_CONFIGURED = ("app_list", "renmin_page")
_NO_TOKEN = Refusal(FetchOutcome.LOGIN_REQUIRED, FetchReason.TOKEN_EXPIRED, detail="no token")
_NO_SESSION = Refusal(FetchOutcome.LOGIN_REQUIRED, FetchReason.LOGIN_WALL, detail="no session")


def utc_now() -> datetime:
    """The clock of whoever gives no other."""
    return datetime.now(UTC)


def conversation(
    source: Source,
    sought: Sought,
    access: Access,
    enough: Enough,
    now: Callable[[], datetime] = utc_now,
) -> Speaking[FetchResult]:
    """One read of a source. `enough` says whether the posts so far clear the account.

    `now` dates what is asked (days that are over, signatures) and what came to nothing. Raises
    KeyError for a source that is not asked: `import`, `wechat_events`.
    """
    speaker, known = SPEAKERS[source.name], _known(source, sought, access, now())
    return _spoken(speaker, source, known, access, enough, now)


def _spoken(
    speaker: Speaker,
    source: Source,
    sought: Sought,
    access: Access,
    enough: Enough,
    now: Callable[[], datetime],
) -> Speaking[FetchResult]:
    refusal = _lacking(source, sought, access)
    if refusal is not None:
        return unread(source.name, sought, refusal, now())
    most = min(source.calls_a_read or MOST_QUESTIONS, MOST_QUESTIONS)
    talk = Talk(source, sought, access, enough, now, left=most)
    yield from speaker(talk)
    if not talk.reads:
        return unread(source.name, sought, _not_configured("nothing to ask"), now())
    return talk.result()


def _known(source: Source, sought: Sought, access: Access, now: datetime) -> Sought:
    """What is sought, with what the access knows of itself."""
    own_id = access.own_id or sought.own_id
    if source.name == "app_list":  # its address stands in the account's own entry
        own_id = own_id or sought.platform_id
    alias = access.options.get("alias")
    return replace(
        sought,
        own_id=own_id,
        piloted=sought.piloted or access.piloted or _is_piloted(access, now),
        layout=sought.layout or listing.layout_of(access.options),
        aliases=(*sought.aliases, alias) if alias else sought.aliases,
    )


def _is_piloted(access: Access, now: datetime) -> bool:
    """Whether the register says that the office has found the source whole, by today."""
    since = access.options.get("piloted")
    return since is not None and since <= now.astimezone(SHANGHAI).date().isoformat()


def _lacking(source: Source, sought: Sought, access: Access) -> Refusal | None:
    """Why a source cannot even be asked; None: it can."""
    if source.official and not access.token:
        return _NO_TOKEN
    if source.needs_login and not access.logged_in and not _is_public(source):
        return _NO_SESSION
    if source.name == "wechat_records" and not paging.token_of_records(access):
        return _NO_SESSION
    missing = _missing(source, sought, access)
    return _not_configured(f"no {missing}") if missing else None


def _is_public(source: Source) -> bool:
    """Whether anybody may open its page: without a login it clears, and proves nothing."""
    return Part.PAGE in ASKS.get(source.name, {}) and not source.own


def _missing(source: Source, sought: Sought, access: Access) -> str | None:
    """The first host or option that a source cannot do without."""
    name = source.name
    hosts = ("rsshub",) if name == "rsshub" else host_keys(name)
    options = (*SOURCE_FORMS[name].needed, *_OF_THE_APP.get(name, ()))
    lacking = [f"host {key}" for key in hosts if not access.hosts.get(key)]
    lacking += [f"option {key}" for key in options if not access.options.get(key)]
    if name in _CONFIGURED and sought.layout is None:
        lacking.append("layout")
    if name == "wechat_sogou" and not listing.alias_of(access, sought.platform_id):
        lacking.append("option alias")
    if name == "rsshub" and not listing.routes_of(sought.platform, access.options):
        lacking.append("option route")
    return next(iter(lacking), None)


def _not_configured(detail: str) -> Refusal:
    return Refusal(FetchOutcome.ERROR, FetchReason.NOT_CONFIGURED, detail=detail)
