"""新浪微博: what its interfaces say of an account's posts.

Can prove that there is none: the owner's API (OAuth) and the commercial API; with an office login
`searchProfile` (a span of time) and `mymblog` (the timeline), once they reach past the window.
Can only clear: m.weibo.cn, which since 2025-11 mostly answers 432, and any bridge. Cannot be
seen: posts for fans only, and posts older than half a year where the account hides them. An
empty list says nothing unless the reader is logged in and the account's counter is 0 as well.
Pinned posts come first and are old; a repost counts at its own, the outer, time; advertisements
(`mblogtype` 1) and what others wrote count for nothing. mid carries the second of upload.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.posts import FetchReason, Identity, Post, PostKind
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.opening import Door, guarded, open_json, page_reader
from spiders.accounts.owning import asked_for, owner
from spiders.accounts.pages import Page, doubts, stamped
from spiders.accounts.payloads import (
    Json,
    Unreadable,
    at,
    count,
    each,
    entries,
    first,
    ident,
    is_set,
    mapping,
    plain,
    words,
)
from spiders.accounts.signs import SEVERAL_HOURS, Place, Sign, blocked, error, gone, login

SIGNS: tuple[Sign, ...] = (
    blocked(
        Place.ADDRESS,
        r"passport\.weibo\.[a-z.]+/visitor",
        r"visitor\.passport\.weibo\.",
        why=FetchReason.VISITOR_GATE,
    ),
    login(Place.ADDRESS, r"login\.sina\.", "/sso/signin", why=FetchReason.LOGIN_WALL),
    gone(Place.ADDRESS, "usernotexists", why=FetchReason.NOT_FOUND),
    blocked(Place.STATUS, 432, why=FetchReason.HTTP_432, retry=SEVERAL_HOURS),
    blocked(Place.STATUS, 418, 414, 429, why=FetchReason.RATE_LIMITED, retry=SEVERAL_HOURS),
    blocked(Place.STATUS, 403, why=FetchReason.REFUSED, retry=SEVERAL_HOURS),
    blocked(Place.MARKUP, "Sina Visitor System", why=FetchReason.VISITOR_GATE),
    login(Place.CODE, -100, why=FetchReason.LOGIN_WALL),
    login(Place.CODE, 21301, why=FetchReason.TOKEN_EXPIRED),
    blocked(Place.WORDS, "访问过于频繁", why=FetchReason.RATE_LIMITED, retry=SEVERAL_HOURS),
    gone(Place.WORDS, "[账帐]号行为异常", "暂时不能查看", why=FetchReason.SUSPENDED),
    gone(Place.WORDS, "自行申请关闭", why=FetchReason.CANCELLED),
    gone(Place.WORDS, "因被投诉违反", why=FetchReason.SUSPENDED),
    gone(Place.WORDS, "usernotexists", "用户不存在", "[账帐]号有问题", why=FetchReason.NOT_FOUND),
    error(Place.OTHER_CODE, 0, 1, None, why=FetchReason.PARSE_ERROR),
)
DOOR = Door(SIGNS, codes=(("ok",), ("error_code",)), words=(("msg",), ("message",), ("error",)))
NOTHING_HERE = "还没有内容"
_ADVERTISEMENT, _PINNED = 1, 2  # mblogtype
_PINNED_CARD = "proweibotop"
_MOST_CARDS = 3  # nesting of card_group


def post_of(raw: Json, sought: Sought, answer: Answer) -> Post:
    """One microblog, whichever interface gave it. Raises Unreadable without an id."""
    mid = first(ident(raw.get("mid")), ident(raw.get("idstr")), ident(raw.get("id")), default="")
    if not mid:
        raise Unreadable("a post without mid")
    short = first(ident(raw.get("mblogid")), ident(raw.get("bid")), default=mid)
    repost = isinstance(raw.get("retweeted_status"), dict)
    post = Post(
        id=mid,
        time=None,
        title=plain(raw.get("text_raw")) or plain(raw.get("text")),
        url=f"https://weibo.com/{sought.platform_id}/{short}",
        pinned=_pinned(raw),
        kind=PostKind.REPOST if repost else PostKind.ORIGINAL,
        counts=count(raw.get("mblogtype")) != _ADVERTISEMENT,
    )
    return stamped(post, raw.get("created_at"), answer)


def _pinned(raw: Json) -> bool:
    by_type = count(raw.get("mblogtype")) == _PINNED
    return is_set(raw.get("isTop")) or by_type or "置顶" in words(at(raw, "title", "text"))


def _account(user: object) -> Identity:
    """Whose the id and the name are that an interface gives."""
    number = first(ident(at(user, "idstr")), ident(at(user, "id")), default=None)
    return Identity(number, words(at(user, "screen_name")) or None)


def _page_of(
    raws: list[object], sought: Sought, answer: Answer, total: object = None, mark: object = None
) -> Page:
    """The posts of a list that are the account's own, whose list it is, and how it goes on."""
    found, whole = each(raws, lambda raw: (_account(raw.get("user")), post_of(raw, sought, answer)))
    posts, identity = owner(sought, found)
    return Page(
        posts=posts,
        identity=asked_for(identity, answer, "uid", "value"),
        warnings=doubts(whole),
        total=count(total),
        next=ident(mark) if is_set(mark) else None,
    )


def _listed(said: Json, *path: str) -> list[object]:
    """The list under a path; the platform leaves it out where it says 这里还没有内容."""
    listed = at(said, *path)
    if listed is None and said.get("ok") == 0 and NOTHING_HERE in words(said.get("msg")):
        return []
    return entries(listed, ".".join(path))


@guarded
def read_list(answer: Answer, sought: Sought) -> Page:
    """`searchProfile` and `mymblog`: the list of the web with an office login."""
    said = open_json(answer, DOOR)
    data = said.get("data")
    listed = _listed(said, "data", "list")
    return _page_of(listed, sought, answer, at(data, "total"), at(data, "since_id"))


@guarded
def read_profile(answer: Answer, _sought: Sought) -> Page:
    """`profile/info`: whose account it is, and how many posts it counts."""
    return _profile(mapping(at(open_json(answer, DOOR), "data", "user"), "data.user"))


def _profile(user: Json, following: str | None = None) -> Page:
    return Page(identity=_account(user), counted=count(user.get("statuses_count")), next=following)


@guarded
def read_mobile_profile(answer: Answer, _sought: Sought) -> Page:
    """m.weibo.cn, `type=uid`: the account, and the id of its list in `next`."""
    said = open_json(answer, DOOR)
    tabs = at(said, "data", "tabsInfo", "tabs") or []
    # They have come as a list and as an object of numbers.
    listed = entries(list(tabs.values()) if isinstance(tabs, dict) else tabs, "tabs")
    ids = [ident(at(tab, "containerid")) for tab in listed if at(tab, "tab_type") == "weibo"]
    user = mapping(at(said, "data", "userInfo"), "data.userInfo")
    return _profile(user, next((found for found in ids if found), None))


@guarded
def read_mobile_list(answer: Answer, sought: Sought) -> Page:
    """m.weibo.cn, `containerid=107603…`: cards. Never a proof; anonymous, and often stopped."""
    said = open_json(answer, DOOR)
    blogs = [_blog(card) for card in _cards(_listed(said, "data", "cards"))]
    info = at(said, "data", "cardlistInfo")
    kept = [blog for blog in blogs if blog is not None]
    return _page_of(kept, sought, answer, at(info, "total"), at(info, "since_id"))


def _cards(cards: list[object], depth: int = 0) -> Iterator[object]:
    """All cards, those in groups among them."""
    for card in cards:
        yield card
        group = at(card, "card_group")
        if isinstance(group, list) and depth < _MOST_CARDS:
            yield from _cards(entries(group, "card_group"), depth + 1)


def _blog(card: object) -> object:
    """The microblog of a card, marked where the card is the one on top."""
    blog = at(card, "mblog")
    top = words(at(card, "profile_type_id")).startswith(_PINNED_CARD)
    return {**blog, "isTop": 1} if top and isinstance(blog, dict) else blog


@guarded
def read_api(answer: Answer, sought: Sought) -> Page:
    """The official interfaces: `statuses/user_timeline`, and `…/other` for a span of time."""
    said = open_json(answer, DOOR)
    listed = entries(said.get("statuses"), "statuses")
    return _page_of(listed, sought, answer, said.get("total_number"), said.get("next_cursor"))


@guarded
def read_status(answer: Answer, sought: Sought) -> Page:
    """`statuses/show`: one microblog, where a link was handed in."""
    said = open_json(answer, DOOR)
    raw = mapping(said.get("data", said), "status")
    return _page_of([raw], sought, answer)


read_page = page_reader(DOOR)
