"""澎湃号 and 政务号: what the public interface of 澎湃 says of an account's pieces.

Can prove that there is none: the public list, read page by page until it is past the window,
with the account's own page to say whose it is. Can only clear: any bridge, a piece's own page.
An empty list says nothing unless the account's page confirms it. `pubTime` (6天前) is ignored:
`pubTimeLong` is the second, in milliseconds.
"""

from __future__ import annotations

from dataclasses import replace

from rules.posts import FetchOutcome, FetchReason, Identity, Post, PostKind, TimeSource
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.markup import chosen
from spiders.accounts.opening import Door, guarded, open_json, open_page
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
    mapping,
    parse_json,
    words,
)
from spiders.accounts.signs import Place, Sign, blocked, error, gone

SIGNS: tuple[Sign, ...] = (
    blocked(Place.STATUS, 403, why=FetchReason.REFUSED),
    blocked(Place.STATUS, 429, why=FetchReason.RATE_LIMITED),
    error(Place.OTHER_CODE, 200, why=FetchReason.PARSE_ERROR),
)
PROFILE_SIGNS: tuple[Sign, ...] = (
    gone(Place.WORDS, "不存在", why=FetchReason.NOT_FOUND),
    gone(Place.WORDS, "注销", why=FetchReason.CANCELLED),
)
_WORDS = (("desc",), ("msg",), ("message",))
DOOR = Door(SIGNS, codes=(("code",),), words=_WORDS)
PROFILE = Door((*PROFILE_SIGNS, *SIGNS[:2]), words=_WORDS)
OTHERS = Refusal(FetchOutcome.ERROR, FetchReason.WRONG_ACCOUNT, detail="another account's piece")


@guarded
def read_list(answer: Answer, _sought: Sought) -> Page:
    """`pph/gov` and `pph/user`: the account's pieces."""
    data = mapping(open_json(answer, DOOR).get("data"), "data")
    raws = entries(data.get("list"), "list")
    found, whole = each(raws, lambda raw: _piece(raw, answer))
    names = [words(at(raw, "authorInfo", "sname")) for raw in raws]
    return Page(
        posts=found,
        identity=Identity(None, next(filter(None, names), None)),
        more=goes_on(data.get("hasNext")),
        next=ident(data.get("startTime")),
        warnings=doubts(whole),
    )


def _piece(raw: Json, answer: Answer) -> Post:
    """One piece. Raises Unreadable without an id."""
    number = ident(raw.get("contId"))
    if number is None:
        raise Unreadable("a piece without contId")
    post = Post(
        id=number,
        time=None,
        title=words(raw.get("name")),
        url=f"https://www.thepaper.cn/newsDetail_forward_{number}",
        kind=PostKind.ARTICLE,
    )
    return stamped(post, raw.get("pubTimeLong"), answer)


@guarded
def read_profile(answer: Answer, _sought: Sought) -> Page:
    """`user/homePage`: whose page it is; its number of pieces where it tells one."""
    said = open_json(answer, PROFILE)
    found = first(at(said, "data", "userInfo"), said.get("userInfo"), default=None)
    user = mapping(found, "userInfo")
    number = ident(user.get("userId"))
    if number is None:
        raise Unreadable("a profile without userId")
    return Page(
        identity=Identity(number, words(user.get("sname")) or None),
        counted=count(user.get("contNum")),
    )


@guarded
def read_detail(answer: Answer, sought: Sought) -> Page:
    """A piece's own page, by its link: the data that the page brings along."""
    tree = open_page(answer, DOOR, lambda page: bool(chosen(page, "script#__NEXT_DATA__")))
    holders = chosen(tree, "script#__NEXT_DATA__")
    if not holders:
        raise Unreadable("no data in the page")
    said = parse_json(holders[0].text() or "")
    piece = mapping(at(said, "props", "pageProps", "detailData", "contentDetail"), "contentDetail")
    who = ident(at(piece, "authorInfo", "userId"))
    if who != sought.platform_id:
        raise Refused(OTHERS)
    return Page(
        posts=(replace(_piece(piece, answer), time_source=TimeSource.DETAIL),),
        identity=Identity(who, words(at(piece, "authorInfo", "sname")) or None),
    )
