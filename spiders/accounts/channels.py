"""视频号: what 视频号助手 says of the unit's own works. There is no public list.

Can prove that there is none: the unit's own list in 视频号助手, read in a session of the unit. Can
only clear: a share link that was handed in, read by the operator's own layout. Without either
an account is `unknown`. One read for a unit and check is the pace.
"""

from __future__ import annotations

from rules.posts import FetchReason, Post, PostKind
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.opening import Door, guarded, open_json, page_reader
from spiders.accounts.pages import Page, doubts, stamped
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
    words,
)
from spiders.accounts.signs import SEVERAL_HOURS, Place, Sign, blocked, error, login

SIGNS: tuple[Sign, ...] = (
    login(Place.ADDRESS, r"/login\.html", why=FetchReason.LOGIN_WALL),
    login(Place.CODE, 300333, 300334, why=FetchReason.LOGIN_WALL),
    blocked(
        Place.WORDS,
        "风险",
        "安全验证",
        "环境异常",
        "操作频繁",
        why=FetchReason.CAPTCHA,
        retry=SEVERAL_HOURS,
    ),
    error(Place.OTHER_CODE, 0, why=FetchReason.PARSE_ERROR),
)
DOOR = Door(SIGNS, codes=(("errCode",),), words=(("errMsg",),))


@guarded
def read_list(answer: Answer, _sought: Sought) -> Page:
    """`post/post_list`, overheard in 视频号助手."""
    data = mapping(open_json(answer, DOOR).get("data"), "data")
    found, whole = each(entries(data.get("list"), "list"), lambda raw: _work(raw, answer))
    return Page(
        posts=found,
        total=count(data.get("totalCount")),
        more=goes_on(data.get("continueFlag")),
        warnings=doubts(whole),
    )


def _work(raw: Json, answer: Answer) -> Post:
    """One work. Raises Unreadable without an id."""
    number = first(ident(raw.get("exportId")), ident(raw.get("objectId")), default="")
    if not number:
        raise Unreadable("a work without id")
    title = words(at(raw, "desc", "description"))
    post = Post(id=number, time=None, title=title, kind=PostKind.VIDEO)
    return stamped(post, raw.get("createTime"), answer)


read_page = page_reader(DOOR)
