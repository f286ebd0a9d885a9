"""哔哩哔哩: what its interfaces say of an account's videos and dynamics.

Can prove that there is none: the page's two lists together, `arc/search` and the dynamics, both
with a login and both past the window. Can only clear: 开放平台, which knows no dynamics; any
bridge. A video shows in both lists: they share its `group_id`, and it counts once. Only dynamics
are pinned. An empty answer says nothing unless it counts 0, shows no risk sign, and the dynamics
are empty, too.
"""

from __future__ import annotations

from rules.posts import FetchOutcome, FetchReason, Identity, Post, PostKind
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.opening import Door, guarded, open_json, page_reader
from spiders.accounts.owning import asked_for, owner
from spiders.accounts.pages import Page, Refusal, Refused, doubts, stamped
from spiders.accounts.payloads import (
    Json,
    Unreadable,
    at,
    count,
    each,
    entries,
    first,
    goes_on,
    ident,
    is_set,
    mapping,
    words,
)
from spiders.accounts.signs import Place, Sign, blocked, error, gone, login

SIGNS: tuple[Sign, ...] = (
    blocked(Place.STATUS, 412, why=FetchReason.CAPTCHA),
    blocked(Place.CODE, -352, -412, why=FetchReason.CAPTCHA),
    blocked(Place.CODE, -799, why=FetchReason.RATE_LIMITED),
    blocked(Place.CODE, -401, -403, why=FetchReason.REFUSED),
    login(Place.CODE, -101, why=FetchReason.LOGIN_WALL),
    gone(Place.WORDS, "[账帐]号已注销", why=FetchReason.CANCELLED),
    gone(Place.CODE, -404, why=FetchReason.NOT_FOUND),
    error(Place.OTHER_CODE, 0, why=FetchReason.PARSE_ERROR),
)
DOOR = Door(SIGNS, codes=(("code",),), words=(("message",), ("msg",)))
AT_RISK = Refusal(FetchOutcome.BLOCKED, FetchReason.CAPTCHA, detail="is_risk or v_voucher")
_TOP = "置顶"
_KINDS = {
    "DYNAMIC_TYPE_FORWARD": PostKind.REPOST,
    "DYNAMIC_TYPE_AV": PostKind.VIDEO,
    "DYNAMIC_TYPE_ARTICLE": PostKind.ARTICLE,
    "DYNAMIC_TYPE_DRAW": PostKind.IMAGE,
    "DYNAMIC_TYPE_LIVE_RCMD": PostKind.LIVE,
}


def _data(answer: Answer) -> Json:
    data = mapping(open_json(answer, DOOR).get("data"), "data")
    if is_set(data.get("v_voucher")):
        raise Refused(AT_RISK)
    return data


@guarded
def read_videos(answer: Answer, sought: Sought) -> Page:
    """`wbi/arc/search`, overheard on the account's page: its videos."""
    data = _data(answer)
    raws = entries(at(data, "list", "vlist"), "vlist")
    if not raws and is_set(data.get("is_risk")):
        raise Refused(AT_RISK)
    found, whole = each(raws, lambda raw: _video(raw, answer))
    posts, identity = owner(sought, found)
    risk = (FetchReason.REFUSED,) if is_set(data.get("is_risk")) else ()
    return Page(
        posts=posts,
        identity=asked_for(identity, answer, "mid"),
        total=count(at(data, "page", "count")),
        warnings=doubts(whole, *risk),
    )


def _video(raw: Json, answer: Answer) -> tuple[Identity, Post]:
    """One video. Raises Unreadable without an id."""
    return Identity(ident(raw.get("mid"))), stamped(
        _film(raw.get("bvid"), raw), raw.get("created"), answer
    )


def _film(number: object, raw: Json, counts: bool = True) -> Post:
    bvid = ident(number)
    if bvid is None:
        raise Unreadable("a video without id")
    return Post(
        id=bvid,
        time=None,
        title=words(raw.get("title")),
        url=f"https://www.bilibili.com/video/{bvid}",
        kind=PostKind.VIDEO,
        group_id=bvid,
        counts=counts,
    )


@guarded
def read_dynamics(answer: Answer, sought: Sought) -> Page:
    """`web-dynamic/v1/feed/space`, overheard on the account's page: its dynamics."""
    data = _data(answer)
    found, whole = each(entries(data.get("items"), "items"), lambda raw: _dynamic(raw, answer))
    posts, identity = owner(sought, found)
    return Page(
        posts=posts,
        identity=asked_for(identity, answer, "host_mid"),
        more=goes_on(data.get("has_more")),
        next=ident(data.get("offset")),
        warnings=doubts(whole),
    )


def _dynamic(raw: Json, answer: Answer) -> tuple[Identity, Post]:
    """One dynamic; one that announces a video belongs to it. Raises Unreadable without an id."""
    number, modules = ident(raw.get("id_str")), raw.get("modules")
    if number is None:
        raise Unreadable("a dynamic without id_str")
    author = at(modules, "module_author")
    post = Post(
        id=number,
        time=None,
        title=words(at(modules, "module_dynamic", "desc", "text")),
        url=f"https://t.bilibili.com/{number}",
        pinned=_TOP in words(at(modules, "module_tag", "text")),
        kind=_KINDS.get(words(raw.get("type")), PostKind.ORIGINAL),
        group_id=ident(at(modules, "module_dynamic", "major", "archive", "bvid")),
    )
    who = Identity(ident(at(author, "mid")), words(at(author, "name")) or None)
    return who, stamped(post, at(author, "pub_ts"), answer)


@guarded
def read_open(answer: Answer, _sought: Sought) -> Page:
    """开放平台 `archive/viewlist` and `article/list`: own works, never the dynamics."""
    data = mapping(open_json(answer, DOOR).get("data"), "data")
    found, whole = each(entries(data.get("list"), "data.list"), lambda raw: _own(raw, answer))
    return Page(posts=found, total=count(at(data, "page", "total")), warnings=doubts(whole))


def _own(raw: Json, answer: Answer) -> Post:
    """One own work; a state other than 0 is not public."""
    state = at(raw, "addit_info", "state")
    number = first(raw.get("resource_id"), raw.get("id"), default=None)
    film = _film(number, raw, counts=state in (None, 0))
    return stamped(film, first(raw.get("ptime"), raw.get("publish_time"), default=None), answer)


read_page = page_reader(DOOR)
