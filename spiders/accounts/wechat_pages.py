"""微信公众号: an article's own page, albums (合集) and 搜狗. All of them clear and never prove.

An article shows its second of publication, its account (gh_ id and biz) and its push, in scripts
of the page alone: what an article writes in its text is the author's. A page that is no article
is read for its notice: deleted, violating, migrated, cancelled, suspended, a gate, a bad link.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from selectolax.lexbor import LexborNode

from crawler.reading.tree import Tree
from rules.post_addresses import post_named
from rules.posts import (
    FetchOutcome,
    FetchReason,
    Identity,
    Post,
    PostKind,
    TimeSource,
)
from spiders.accounts.answers import MAX_POSTS, Answer, Sought
from spiders.accounts.markup import chosen, messages, script_text, text_at
from spiders.accounts.opening import Door, guarded, open_json, open_page
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
    words,
)
from spiders.accounts.signs import SEVERAL_HOURS, Place, Sign, blocked, error, gone

DELETED = re.compile("该内容已被发布者删除|此内容因违规无法查看")
SIGNS: tuple[Sign, ...] = (
    blocked(Place.ADDRESS, "/antispider", why=FetchReason.CAPTCHA, retry=SEVERAL_HOURS),
    gone(Place.WORDS, "该公众号已迁移", why=FetchReason.MIGRATED),
    gone(
        Place.WORDS,
        "[账帐]号已注销",
        "已自主注销",
        "[账帐]号已被系统回收",
        "[账帐]号已冻结",
        "^已冻结$",
        why=FetchReason.CANCELLED,
    ),
    gone(Place.WORDS, "此[账帐]号已被屏蔽", why=FetchReason.SUSPENDED),
    blocked(Place.WORDS, "环境异常", "去验证", why=FetchReason.CAPTCHA, retry=SEVERAL_HOURS),
    blocked(Place.WORDS, "请在微信客户端打开", why=FetchReason.REFUSED),
    blocked(Place.WORDS, "访问过于频繁", why=FetchReason.RATE_LIMITED, retry=SEVERAL_HOURS),
    error(Place.WORDS, "参数错误", "链接已过期", why=FetchReason.BAD_LINK),
)
DOOR = Door(SIGNS)
ALBUM = Door(SIGNS, codes=(("base_resp", "ret"),), words=(("base_resp", "err_msg"),))
OTHERS = Refusal(FetchOutcome.ERROR, FetchReason.WRONG_ACCOUNT, detail="another account's article")
_SAID = r"""\bvar\s+{name}\s*=\s*(?:["']["']\s*\|\|\s*)*["']([\w=+/-]{{1,64}})["']"""
_VARIABLES = {
    name: re.compile(_SAID.format(name=name)) for name in ("ct", "user_name", "biz", "mid", "idx")
}
_TIME_CONVERT = re.compile(r"timeConvert\('(\d{10})'\)")


def _variable(scripts: str, name: str) -> str | None:
    """The one value that the page's scripts give a name. Raises Unreadable where they give two."""
    values = set(_VARIABLES[name].findall(scripts))
    if len(values) > 1:
        raise Unreadable(f"two values of {name}")
    return values.pop() if values else None


def _is_article(tree: Tree) -> bool:
    scripts = script_text(tree)
    return all(_VARIABLES[name].search(scripts) for name in ("ct", "user_name"))


@guarded
def read_article(answer: Answer, sought: Sought) -> Page:
    """The page of one article, by its link."""
    tree = open_page(answer, DOOR, _is_article)
    scripts = script_text(tree)
    told = {name: _variable(scripts, name) for name in _VARIABLES}
    if told["ct"] is None or told["user_name"] is None:
        return _notice(tree, answer)
    who = _account_of(told["user_name"], told["biz"], sought)
    if who != sought.platform_id:
        raise Refused(OTHERS)
    name = text_at(tree, "#js_name", ".wx_follow_nickname") or None
    post = stamped(_post(tree, told, answer), told["ct"], answer)
    return Page(posts=(post,), identity=Identity(who, name))


def _account_of(user_name: str, biz: str | None, sought: Sought) -> str:
    return biz if biz == sought.platform_id else user_name


def _post(tree: Tree, told: dict[str, str | None], answer: Answer) -> Post:
    return Post(
        id=f"{told['mid']}_{told['idx'] or 1}" if told["mid"] else _by_link(answer),
        time=None,
        time_source=TimeSource.DETAIL,
        title=text_at(tree, "#activity-name", "h1"),
        url=answer.asked_url or answer.final_url or None,
        kind=PostKind.ARTICLE,
        group_id=told["mid"],
    )


def _by_link(answer: Answer) -> str:
    named = post_named(answer.asked_url) or post_named(answer.final_url)
    if named is None:
        raise Unreadable("an article without a link")
    return named.post_id


def _notice(tree: Tree, answer: Answer) -> Page:
    """A page that says that the article was deleted: it says nothing of the account."""
    if not any(DELETED.search(text) for text in messages(tree)):
        raise Unreadable("no article")
    link = answer.asked_url or answer.final_url
    post = Post(_by_link(answer), None, time_source=TimeSource.DETAIL, url=link, deleted=True)
    return Page(posts=(post,))


@guarded
def read_album(answer: Answer, sought: Sought) -> Page:
    """`appmsgalbum?action=getalbum`: the articles of one 合集."""
    said = open_json(answer, ALBUM)
    listed = entries(at(said, "getalbum_resp", "article_list"), "article_list")
    found, whole = each(listed, lambda raw: _in_album(raw, answer))
    biz = parse_qs(urlsplit(answer.asked_url or answer.final_url).query).get("__biz", [""])[0]
    return Page(
        posts=found,
        identity=Identity(biz if biz == sought.platform_id else None),
        more=goes_on(at(said, "getalbum_resp", "continue_flag")),
        warnings=doubts(whole),
    )


def _in_album(raw: Json, answer: Answer) -> Post:
    """One article of an album. Raises Unreadable without an id."""
    link = words(raw.get("url"), 2000)
    group, place = ident(raw.get("msgid")), first(ident(raw.get("itemidx")), default="1")
    named = post_named(link)
    if group is None and named is None:
        raise Unreadable("an article without id")
    number = f"{group}_{place}" if group else (named.post_id if named else "")
    post = Post(
        id=number,
        time=None,
        title=words(raw.get("title")),
        url=link or None,
        kind=PostKind.ARTICLE,
        group_id=group,
    )
    return stamped(post, raw.get("create_time"), answer)


@guarded
def read_sogou(answer: Answer, sought: Sought) -> Page:
    """搜狗's page of accounts: the last article of the one whose 微信号 is sought."""
    tree = open_page(answer, DOOR, lambda found: bool(chosen(found, "ul.news-list2 li")))
    ours = [
        item
        for item in chosen(tree, "ul.news-list2 li")[:MAX_POSTS]
        if text_at(item, "label[name=em_weixinhao]") in {sought.platform_id, *sought.aliases}
    ]
    found = [_found_by_sogou(item, answer) for item in ours]
    name = text_at(ours[0], ".tit a") if ours else None
    posts = tuple(post for post in found if post is not None)
    return Page(posts=posts, identity=Identity(sought.platform_id if ours else None, name))


def _found_by_sogou(item: LexborNode, answer: Answer) -> Post | None:
    written = _TIME_CONVERT.search(item.html or "")
    title = text_at(item, "dd a")
    if written is None or not title:
        return None
    return replace(
        stamped(Post(f"sogou:{written[1]}", None, title=title), written[1], answer),
        time_source=TimeSource.PAGE,
        kind=PostKind.ARTICLE,
    )
