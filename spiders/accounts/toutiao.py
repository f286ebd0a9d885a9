"""头条号: what an account's page says of its posts.

Can prove that there is none: the feed that the page asks for itself, read page by page until it
is past the window. Can only clear: any bridge (which would have to forge the page's signature,
and is off by default). There is no public interface of content. `behot_time` is the place in
the feed, never the time of a post. Whether `is_stick` marks every pinned post is not certain: a
few old posts at the end prove nothing, more than a profile can pin do. An empty feed says
nothing unless the page itself states that there are no works. The upper half of an id is the
second of upload.
"""

from __future__ import annotations

from rules.posts import FetchOutcome, FetchReason, Identity, Post, PostKind
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.markup import messages
from spiders.accounts.opening import Door, guarded, open_json, open_page
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
    words,
)
from spiders.accounts.signs import Place, Sign, blocked, gone, login

_WALL = ("请先登录", "登录后.{0,4}(?:查看|继续)")
SIGNS: tuple[Sign, ...] = (
    blocked(Place.STATUS, 403, why=FetchReason.REFUSED),
    login(Place.ADDRESS, r"sso\.toutiao\.", r"/login(?:[/?]|$)", why=FetchReason.LOGIN_WALL),
    gone(Place.WORDS, "该用户不存在", why=FetchReason.NOT_FOUND),
    gone(Place.WORDS, "(?:[账帐]号|用户)已注销", "^已注销$", why=FetchReason.CANCELLED),
    gone(Place.WORDS, "(?:[账帐]号|用户)已被封禁", "^已被封禁$", why=FetchReason.SUSPENDED),
    login(Place.WORDS, *_WALL, why=FetchReason.LOGIN_WALL),
    blocked(Place.WORDS, "滑块", "安全验证", why=FetchReason.CAPTCHA),
    blocked(Place.MARKUP, r"verify\.snssdk\.com", r"captcha", why=FetchReason.CAPTCHA),
    blocked(Place.OTHER_CODE, "success", why=FetchReason.REFUSED),
)
DOOR = Door(SIGNS, codes=(("message",),), words=(("message",), ("reason",)))
# A living page may load the captcha's script without showing it.
PAGE_DOOR = Door(tuple(sign for sign in SIGNS if sign.place is not Place.MARKUP))
WITHHELD = Refusal(FetchOutcome.BLOCKED, FetchReason.REFUSED, detail="no data")
NO_WORKS = frozenset({"暂未发表作品", "暂无作品", "还没有发布过内容"})
# cell_type: what it is, and the path of its address
_KINDS: dict[int, tuple[PostKind, str]] = {
    60: (PostKind.ARTICLE, "article"),
    0: (PostKind.VIDEO, "video"),
    49: (PostKind.VIDEO, "video"),
    32: (PostKind.SHORT, "w"),
}


@guarded
def read_list(answer: Answer, sought: Sought) -> Page:
    """`/api/pc/list/feed?category=profile_all`, overheard on the account's page."""
    said = open_json(answer, DOOR)
    if said.get("data") is None:
        raise Refused(WITHHELD)
    found, whole = each(entries(said["data"], "data"), lambda raw: _cell(raw, answer, sought))
    posts, identity = owner(sought, found)
    named_by = () if sought.platform_id.isdigit() else ("token",)
    return Page(
        posts=posts,
        identity=asked_for(identity, answer, *named_by),
        more=goes_on(said.get("has_more")),
        next=ident(at(said, "next", "max_behot_time")),
        warnings=doubts(whole),
    )


def _cell(raw: Json, answer: Answer, sought: Sought) -> tuple[Identity, Post]:
    """One entry and whose it is. Raises Unreadable without an id.

    The feed names its account by a number; only where the register holds the number, too, can a
    stranger's entry be told.
    """
    number = first(ident(raw.get("id")), ident(raw.get("group_id")), default="")
    if not number:
        raise Unreadable("an entry without id")
    user = first(raw.get("user_info"), raw.get("user"), default=None)
    told = ident(at(user, "user_id")) if sought.platform_id.isdigit() else None
    kind, path = _KINDS.get(_cell_type(raw), (PostKind.ORIGINAL, "article"))
    post = Post(
        id=number,
        time=None,
        title=words(raw.get("title")) or words(raw.get("content")),
        url=f"https://www.toutiao.com/{path}/{number}/",
        pinned=is_set(raw.get("is_stick")) or "置顶" in words(raw.get("label")),
        kind=kind,
    )
    who = Identity(told, words(at(user, "name")) or None)
    return who, stamped(post, raw.get("publish_time"), answer)


def _cell_type(raw: Json) -> int:
    found = count(raw.get("cell_type"))
    return -1 if found is None else found


@guarded
def read_page(answer: Answer, _sought: Sought) -> Page:
    """The account's page: gates and notices, and whether it states that there are no works."""
    tree = open_page(answer, PAGE_DOOR, shows_content=lambda _tree: False)
    states_none = any(text in NO_WORKS for text in messages(tree))
    return Page(counted=0 if states_none else None)
