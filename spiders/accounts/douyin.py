"""抖音: what its interfaces say of an account's works.

Can prove that there is none: 开放平台 `video_list`, where it is still served and a pilot found it
whole; the page with an office login, once its counter is known and the list reaches past the
window. Can only clear: the page without a login, which **hides the newest works** and so looks
exactly like 一周未更新一次; its answer is `login_required`, with the works it did show. Any bridge
only clears too. Cannot be seen: private works, and works for friends. Pinned works (up to
three) come first and are old. The upper half of `aweme_id` is the second of upload.
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
    goes_on,
    ident,
    is_set,
    mapping,
    words,
)
from spiders.accounts.signs import HOURS, Place, Sign, blocked, error, gone, login

_PAUSE = 12 * HOURS  # after a captcha
# Living pages load scripts from these hosts, too; only a frame of theirs is a captcha.
_GATE = (r"<iframe[^<>]{0,500}(?:verify\.snssdk\.com|rmc\.bytedance\.com)", "验证码中间页")

SIGNS: tuple[Sign, ...] = (
    blocked(Place.MARKUP, *_GATE, why=FetchReason.CAPTCHA, retry=_PAUSE),
    blocked(Place.WORDS, "^blocked$", why=FetchReason.REFUSED, retry=_PAUSE),
    gone(Place.WORDS, "私密[账帐]号", why=FetchReason.PRIVATE),
    gone(Place.WORDS, "[账帐]号已注销", "[账帐]号已被?重置", why=FetchReason.CANCELLED),
    gone(Place.WORDS, "(?:[账帐]号|用户)已被封禁", "^已被封禁", why=FetchReason.SUSPENDED),
    gone(Place.WORDS, "用户不存在", why=FetchReason.NOT_FOUND),
    login(Place.WORDS, "需要登录才可以?查看", "登录后.{0,4}查看", why=FetchReason.LOGIN_WALL),
    gone(Place.CODE, 28001045, 28001046, why=FetchReason.NOT_FOUND),
    gone(Place.CODE, 28001047, why=FetchReason.PRIVATE),
    login(Place.CODE, 28001008, 2190008, 28001012, 28001015, why=FetchReason.TOKEN_EXPIRED),
    blocked(Place.CODE, 28003017, 2190001, 28003018, 28001052, why=FetchReason.RATE_LIMITED),
    error(Place.CODE, 28001018, 28001019, 28001056, why=FetchReason.API_OFFLINE),
    error(Place.CODE, 28001005, 28001006, why=FetchReason.SERVER_ERROR, retry=60),
    login(Place.CODE, 8, why=FetchReason.LOGIN_WALL),
    error(Place.OTHER_CODE, 0, None, why=FetchReason.PARSE_ERROR),
)
DOOR = Door(
    SIGNS,
    codes=(("status_code",), ("data", "error_code"), ("extra", "error_code")),
    words=(("status_msg",), ("message",), ("data", "description")),
)
WITHHELD = Refusal(FetchOutcome.BLOCKED, FetchReason.REFUSED, _PAUSE, "the list is withheld")
PRIVATE = Refusal(FetchOutcome.GONE, FetchReason.PRIVATE, detail="user.secret")
_IMAGES = 68  # aweme_type
_PUBLIC, _HIDDEN = frozenset({5}), frozenset({2, 4, 6, 7})  # video_status; others are not known


@guarded
def read_list(answer: Answer, sought: Sought) -> Page:
    """`aweme/v1/web/aweme/post`, overheard on the account's page."""
    said = open_json(answer, DOOR)
    listed = said.get("aweme_list", ())
    if listed is None or (not listed and is_set(said.get("filter_detail"))):
        raise Refused(WITHHELD)
    raws = entries(listed, "aweme_list")
    found, whole = each(raws, lambda raw: _work(raw, answer))
    posts, identity = owner(sought, found)
    filtered = (FetchReason.HIDDEN_NEWEST,) if is_set(said.get("filter_detail")) else ()
    counters = [count(at(raw, "author", "aweme_count")) for raw in raws]
    return Page(
        posts=posts,
        identity=asked_for(identity, answer, "sec_user_id"),
        counted=next((counter for counter in counters if counter is not None), None),
        more=goes_on(said.get("has_more")),
        next=ident(said.get("max_cursor")),
        warnings=doubts(whole, *filtered),
    )


def _work(raw: Json, answer: Answer) -> tuple[Identity, Post]:
    """One work and who made it. Raises Unreadable without an id."""
    number = ident(raw.get("aweme_id"))
    if number is None:
        raise Unreadable("a work without aweme_id")
    images = count(raw.get("aweme_type")) == _IMAGES or is_set(raw.get("images") or None)
    post = Post(
        id=number,
        time=None,
        title=words(raw.get("desc")),
        url=f"https://www.douyin.com/{'note' if images else 'video'}/{number}",
        pinned=is_set(raw.get("is_top")),
        kind=PostKind.IMAGE if images else PostKind.VIDEO,
    )
    return _maker(raw.get("author")), stamped(post, raw.get("create_time"), answer)


def _maker(user: object) -> Identity:
    return Identity(ident(at(user, "sec_uid")), words(at(user, "nickname")) or None)


@guarded
def read_profile(answer: Answer, _sought: Sought) -> Page:
    """`user/profile/other`: whose page it is, how many works it counts, whether it is private."""
    user = mapping(open_json(answer, DOOR).get("user"), "user")
    if is_set(user.get("secret")):
        raise Refused(PRIVATE)
    return Page(identity=_maker(user), counted=count(user.get("aweme_count")))


@guarded
def read_open(answer: Answer, _sought: Sought) -> Page:
    """开放平台 `video_list`: the works of the account that authorised the office."""
    data = mapping(open_json(answer, DOOR).get("data"), "data")
    found, whole = each(entries(data.get("list"), "data.list"), lambda raw: _item(raw, answer))
    posts = tuple(post for post, _ in found)
    understood = whole and all(known for _, known in found)
    return Page(
        posts=posts,
        more=goes_on(data.get("has_more")),
        next=ident(data.get("cursor")),
        warnings=doubts(understood),
    )


def _item(raw: Json, answer: Answer) -> tuple[Post, bool]:
    """One work, and whether its state is one that we know. Time 0 is a private one."""
    number = ident(raw.get("item_id"))
    if number is None:
        raise Unreadable("a work without item_id")
    state, created = count(raw.get("video_status")), raw.get("create_time")
    private = count(created) == 0
    post = Post(
        id=number,
        time=None,
        title=words(raw.get("title")),
        pinned=is_set(raw.get("is_top")),
        kind=PostKind.VIDEO,
        counts=state in _PUBLIC and not private,
    )
    return stamped(post, created, answer), private or state in _PUBLIC | _HIDDEN


read_page = page_reader(DOOR)
