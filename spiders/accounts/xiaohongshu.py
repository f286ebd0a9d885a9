"""小红书: what an account's page says of its notes.

Can prove nothing that is missing, today: the page with a login of the office's own (which the
platform may ban for it) may, once the account's number of notes is known, but no shape that gives
the number is documented. Can only clear: that page, and the one without a login, which shows a
handful of notes; the time in a note's id.
There is no official interface of content; bridges give no dates. The list tells no times: a
note's own page does (`last_update_time` there is an edit), and the first eight digits of its id.
"""

from __future__ import annotations

import re

from rules.posts import FetchOutcome, FetchReason, Identity, Post, TimeSource
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.markup import chosen, script_text
from spiders.accounts.opening import Door, guarded, open_json, open_page
from spiders.accounts.owning import asked_for, owner
from spiders.accounts.pages import Page, Refusal, Refused, doubts, stamped
from spiders.accounts.payloads import (
    Json,
    Unreadable,
    at,
    each,
    entries,
    first,
    goes_on,
    ident,
    is_set,
    mapping,
    words,
)
from spiders.accounts.signs import (
    SEVERAL_HOURS,
    Place,
    Sign,
    blocked,
    code_of,
    error,
    gone,
    login,
)

SIGNS: tuple[Sign, ...] = (
    blocked(Place.STATUS, 461, 471, why=FetchReason.CAPTCHA, retry=SEVERAL_HOURS),
    blocked(Place.STATUS, 403, why=FetchReason.REFUSED, retry=SEVERAL_HOURS),
    blocked(Place.STATUS, 429, why=FetchReason.RATE_LIMITED, retry=SEVERAL_HOURS),
    login(Place.STATUS, 401, why=FetchReason.LOGIN_WALL),
    login(Place.ADDRESS, r"xiaohongshu\.[a-z]+/login", why=FetchReason.LOGIN_WALL),
    blocked(Place.CODE, 300011, 300012, why=FetchReason.CAPTCHA, retry=SEVERAL_HOURS),
    gone(Place.WORDS, "用户不存在", why=FetchReason.NOT_FOUND),
    gone(Place.WORDS, "(?:[账帐]号|用户).{0,4}封禁", why=FetchReason.SUSPENDED),
    login(Place.WORDS, "登录后.{0,4}查看", "请先登录", why=FetchReason.LOGIN_WALL),
    error(Place.OTHER_CODE, 0, None, why=FetchReason.PARSE_ERROR),
)
DOOR = Door(SIGNS, codes=(("code",),), words=(("msg",), ("message",)))
NOTE_GONE = (-510000, -510001)
NOTE_DOOR = Door(
    (*SIGNS[:-1], error(Place.OTHER_CODE, 0, None, *NOTE_GONE, why=FetchReason.PARSE_ERROR)),
    codes=DOOR.codes,
    words=DOOR.words,
)
CAPTCHA = Refusal(FetchOutcome.BLOCKED, FetchReason.CAPTCHA, SEVERAL_HOURS, ".fe-verify-box")
_NICKNAME = re.compile(r'"nickname"\s*:\s*"([^"\\]{1,60})"')
_USER = re.compile(r"/user/profile/([0-9a-f]{24})")
_NOTE = re.compile(r"(?<![0-9a-f])[0-9a-f]{24}(?![0-9a-f])")


@guarded
def read_list(answer: Answer, sought: Sought) -> Page:
    """`user_posted`, overheard on the account's page. Its notes have no times yet."""
    data = mapping(open_json(answer, DOOR).get("data"), "data")
    found, whole = each(entries(data.get("notes"), "notes"), _note)
    posts, identity = owner(sought, found)
    return Page(
        posts=posts,
        identity=asked_for(identity, answer, "user_id"),
        more=goes_on(data.get("has_more")),
        next=ident(data.get("cursor")),
        warnings=doubts(whole),
    )


def _note(raw: Json) -> tuple[Identity, Post]:
    """One note and whose it is. Raises Unreadable without an id."""
    number = first(ident(raw.get("note_id")), ident(raw.get("id")), default="")
    if not number:
        raise Unreadable("a note without id")
    user = raw.get("user")
    return Identity(ident(at(user, "user_id")), words(at(user, "nickname")) or None), Post(
        id=number,
        time=None,
        time_source=TimeSource.ID,
        title=words(raw.get("display_title")),
        url=f"https://www.xiaohongshu.com/explore/{number}",
        pinned=is_set(at(raw, "interact_info", "sticky")),
    )


@guarded
def read_note(answer: Answer, _sought: Sought) -> Page:
    """One note's own data: its time, or that it is not there any more."""
    said = open_json(answer, NOTE_DOOR)
    if code_of(said.get("code")) in NOTE_GONE:
        return Page(posts=(Post(_asked_note(answer), None, deleted=True),))
    card = _card(said)
    note = ident(card.get("note_id")) or _asked_note(answer)
    user = card.get("user")
    post = Post(note, None, time_source=TimeSource.DETAIL, title=words(card.get("title")))
    return Page(
        posts=(stamped(post, card.get("time"), answer),),
        identity=Identity(ident(at(user, "user_id")), words(at(user, "nickname")) or None),
    )


def _card(said: Json) -> Json:
    """The note itself, alone or as the only one of a list. Raises Unreadable."""
    items = at(said, "data", "items")
    inside = items[0] if isinstance(items, list) and items else said.get("data")
    found = first(at(inside, "note_card"), said.get("note_card"), default=None)
    return mapping(found, "note_card")


def _asked_note(answer: Answer) -> str:
    found = _NOTE.search(answer.asked_url) or _NOTE.search(answer.final_url)
    if found is None:
        raise Unreadable("a note without id")
    return found[0]


@guarded
def read_page(answer: Answer, _sought: Sought) -> Page:
    """The account's page: gates and notices, whose it is, and its name."""
    tree = open_page(answer, DOOR, shows_content=lambda _tree: False)
    if chosen(tree, ".fe-verify-box"):
        raise Refused(CAPTCHA)
    whose, name = _USER.search(answer.final_url), _NICKNAME.search(script_text(tree))
    return Page(identity=Identity(whose[1] if whose else None, name[1] if name else None))
