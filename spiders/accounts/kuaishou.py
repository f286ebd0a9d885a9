"""快手: what its interfaces say of an account's works.

Can prove that there is none: 开放平台, list and count together; the page with a login, once its
counter is known. Can only clear: a link that was handed in. A bridge gives no dates and is of no
use. Cannot be seen: works still pending, private works. An empty list without a login says only
that there was no login. Times of the page are milliseconds; of 开放平台 either, told by digits.
"""

from __future__ import annotations

from rules.posts import FetchOutcome, FetchReason, Identity, Post, PostKind
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.opening import Door, guarded, open_json, page_reader
from spiders.accounts.owning import owner
from spiders.accounts.pages import Page, Refusal, Refused, doubts, stamped
from spiders.accounts.payloads import (
    Json,
    Unreadable,
    at,
    count,
    each,
    entries,
    ident,
    is_set,
    mapping,
    words,
)
from spiders.accounts.signs import Place, Sign, blocked, error, gone, login

SIGNS: tuple[Sign, ...] = (
    login(Place.ADDRESS, r"passport\.", why=FetchReason.LOGIN_WALL),
    gone(Place.WORDS, "[账帐]号(?:已被?)?封禁", why=FetchReason.SUSPENDED),
    gone(Place.WORDS, "用户不存在", why=FetchReason.NOT_FOUND),
    blocked(Place.CODE, 2, why=FetchReason.RATE_LIMITED),
    blocked(Place.CODE, 50, why=FetchReason.REFUSED),
    blocked(Place.CODE, 400002, why=FetchReason.CAPTCHA),
    blocked(Place.CODE, 100100402, 100100403, 100100404, 200100410, why=FetchReason.RATE_LIMITED),
    login(Place.CODE, 6001, 109, why=FetchReason.LOGIN_WALL),
    login(Place.WORDS, "access_?token", why=FetchReason.TOKEN_EXPIRED),
    error(Place.OTHER_CODE, 1, why=FetchReason.PARSE_ERROR),
)
DOOR = Door(SIGNS, codes=(("result",),), words=(("error_msg",), ("error",), ("message",)))
BANNED = Refusal(FetchOutcome.GONE, FetchReason.SUSPENDED, detail="bannedErrMsgByOther")
_NO_MORE = "no_more"


@guarded
def read_list(answer: Answer, sought: Sought) -> Page:
    """`rest/v/profile/feed`, overheard on the account's page."""
    said = open_json(answer, DOOR)
    _refuse_banned(said)
    found, whole = each(entries(said.get("feeds"), "feeds"), lambda raw: _feed(raw, answer))
    posts, identity = owner(sought, found)
    mark = ident(said.get("pcursor"))
    return Page(
        posts=posts,
        identity=identity,
        more=None if mark is None else mark != _NO_MORE,
        next=None if mark == _NO_MORE else mark,
        warnings=doubts(whole),
    )


def _refuse_banned(said: Json) -> None:
    if is_set(said.get("bannedErrMsgByOther")):
        raise Refused(BANNED)


def _feed(raw: Json, answer: Answer) -> tuple[Identity, Post]:
    photo, author = mapping(raw.get("photo"), "photo"), raw.get("author")
    who = Identity(ident(at(author, "id")), words(at(author, "name")) or None)
    pinned = is_set(photo.get("profileUserTopPhoto"))
    return who, stamped(_work(photo, "id", pinned), photo.get("timestamp"), answer)


def _work(raw: Json, key: str, pinned: bool = False, counts: bool = True) -> Post:
    """One work. Raises Unreadable without an id."""
    number = ident(raw.get(key))
    if number is None:
        raise Unreadable(f"a work without {key}")
    return Post(
        id=number,
        time=None,
        title=words(raw.get("caption")),
        url=f"https://www.kuaishou.com/short-video/{number}",
        pinned=pinned,
        kind=PostKind.VIDEO,
        counts=counts,
    )


@guarded
def read_open(answer: Answer, _sought: Sought) -> Page:
    """开放平台 `photo/list`: the works of the account that authorised the office."""
    said = open_json(answer, DOOR)
    raws = entries(said.get("video_list"), "video_list")
    found, whole = each(raws, lambda raw: _own(raw, answer))
    return Page(
        posts=found,
        more=None if raws else False,
        next=found[-1].id if found else None,
        warnings=doubts(whole),
    )


def _own(raw: Json, answer: Answer) -> Post:
    work = _work(raw, "photo_id", counts=not is_set(raw.get("pending")))
    return stamped(work, raw.get("create_time"), answer)


@guarded
def read_count(answer: Answer, _sought: Sought) -> Page:
    """开放平台 `photo/count`: how many public works there are."""
    said = open_json(answer, DOOR)
    counted = count(said.get("public_count"))
    if counted is None:
        raise Unreadable("no public_count")
    return Page(counted=counted)


@guarded
def read_profile(answer: Answer, _sought: Sought) -> Page:
    """`rest/v/profile/get`, overheard on the account's page: whose it is, and its counter."""
    said = open_json(answer, DOOR)
    _refuse_banned(said)
    user = mapping(at(said, "userProfile", "profile") or said.get("profile"), "profile")
    counts = at(said, "userProfile", "ownerCount") or said.get("ownerCount")
    return Page(
        identity=Identity(ident(user.get("user_id")), words(user.get("user_name")) or None),
        counted=count(at(counts, "photo_public")),
    )


read_page = page_reader(DOOR)
