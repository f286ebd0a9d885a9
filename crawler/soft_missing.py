"""Soft 404s that no words give away: the page that a host shows for any path. Pure.

A page that says nothing to be judged is held beside what its host answers to a path that nobody
ever made, and beside the host's front page. The same as the one and not as the other: there is no
such column, whatever the status code says. The same as both: a firewall, a parked domain or one
large script may answer so; that accuses nobody.
"""

from __future__ import annotations

import re
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit

from crawler.evidence import exchanges_of
from crawler.look import Exchange, Look, with_sign
from crawler.outcomes import FRONT_PAGE, PROVES_THE_LINE, landed_elsewhere
from crawler.reading.sameness import (
    FILLED,
    LEAST_SAID,
    Print,
    is_same,
    is_shown_as,
    own_words,
    print_of,
)
from rules.facts import Outcome, PageState
from rules.marks import (
    INCOMPATIBLE,
    INCOMPATIBLE_NARROW,
    SAME_AS_RANDOM_PATH,
    SAME_ON_EVERY_PATH,
)

# What may be a host's answer to anything; of these a closed or parked page speaks for itself.
IN_DOUBT = frozenset({Outcome.UNREADABLE, Outcome.EMPTY, Outcome.SUSPENDED})
SPEAKS_FOR_ITSELF = frozenset({Outcome.SUSPENDED})
# Words by which a page declines a visitor, or is closed for a while, whoever wrote it: it may be
# there for us alone, or for today.
DECLINES = re.compile(
    r"拒绝|禁止|拦截|阻断|屏蔽|防火墙|非法|权限|频繁|受限|限制|验证|登[录陆]|安全|攻击|来源|来路|内网"
    r"|维护|升级|改版|建设中|调整|迁移|搬迁|关闭|关停|暂停|停用|稍[后候]"
    r"|denied|forbidden|blocked|firewall|waf|security|captcha|verify|referer|log ?in",
    re.IGNORECASE,
)
ENDINGS = frozenset({".html", ".htm", ".shtml", ".aspx", ".asp", ".jsp", ".php", ".do"})


def is_in_doubt(look: Look) -> bool:
    """Whether a page may be what its host shows for any path. A list with a date, or a page with
    one, never is; nor is a front page."""
    answer = look.answer
    if answer.status != HTTPStatus.OK or answer.cut_off or _is_front(answer.final_url):
        return False
    if landed_elsewhere(answer.asked_url, answer.final_url) is not None:
        return False
    dated = look.reading.newest is not None or any(item.date for item in look.reading.items)
    return look.outcome in IN_DOUBT or (look.outcome is Outcome.READ and not dated)


def random_url(url: str, token: str) -> str:
    """The address of a page that nobody ever made, on the host of `url`; its ending is the same,
    so that the same program of the server answers."""
    parts = urlsplit(url)
    ending = next((one for one in ENDINGS if parts.path.lower().endswith(one)), "/")
    return urlunsplit((parts.scheme, parts.netloc, f"/{token}{ending}", "", ""))


def front_url(url: str) -> str:
    """The address of the front page of the host of `url`."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/", "", ""))


def compared(look: Look, random: Look, front: Look | None) -> Look:
    """A look in doubt beside those at a random path and at the front page, which are kept with it.

    Not found, where it is the same page as for the random path, says something of its own and
    declines nobody, and the front page is another.
    """
    if front is None or not stands(random):
        return look
    page, nonsense, entry = (_print(*exchanges_of(one)) for one in (look, random, front))
    if page is None or nonsense is None or not is_same(page, nonsense):
        return look
    own = look.exchanges or exchanges_of(look)
    look = replace(look, exchanges=(*own, *exchanges_of(random), *exchanges_of(front)))
    if entry is None or front.answer.status != HTTPStatus.OK:
        return look
    said = own_words(page, entry)
    if is_same(page, entry) or len(said) < LEAST_SAID:
        return replace(look, reading=with_sign(look.reading, SAME_ON_EVERY_PATH))
    is_well = front.outcome in PROVES_THE_LINE and page.is_whole and not DECLINES.search(said)
    if is_well and look.outcome not in SPEAKS_FOR_ITSELF:
        return not_found(look)
    return replace(look, reading=with_sign(look.reading, SAME_AS_RANDOM_PATH))


def shown_again(look: Look, page: Exchange) -> Look:
    """A browser's look beside an earlier exchange over plain HTTP that was the page of any path:
    not found as well, where the browser shows that very page and its scripts make nothing of it."""
    if (
        not is_in_doubt(look)
        or look.outcome in SPEAKS_FOR_ITSELF
        or any(map(_fills, look.exchanges))
    ):
        return look
    rendered, plain = _print(*exchanges_of(look)), _print(page)
    is_shown = rendered is not None and plain is not None and is_shown_as(plain, rendered)
    return not_found(look) if is_shown else look


def _fills(one: Exchange) -> bool:
    """Whether what a page fetched may have shown what nobody can read there."""
    text = one.body.decode("utf-8", "replace") if one.kind == "script" else ""
    return one.kind in ("xhr", "fetch") or FILLED.search(text) is not None


def not_found(look: Look) -> Look:
    """The look at a page that is there for any path: it shows nothing of its target."""
    wrong = INCOMPATIBLE | {INCOMPATIBLE_NARROW}
    signs = tuple(sign for sign in look.reading.signs if sign not in wrong)
    reading = replace(
        look.reading, state=PageState.NOT_FOUND, newest=None, items=(), forward=None, signs=signs
    )
    return replace(look, outcome=Outcome.NOT_FOUND, reading=with_sign(reading, SAME_AS_RANDOM_PATH))


def stands(random: Look) -> bool:
    """Whether the answer to a random path came for that very path, whole and as a page."""
    answer = random.answer
    return answer.status == HTTPStatus.OK and not answer.cut_off and not answer.hops


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and FRONT_PAGE.fullmatch(parts.path) is not None


def _print(*page: Exchange) -> Print | None:
    """The print of an exchange, if there was one."""
    for one in page[:1]:
        return print_of(one.body, url=one.url, content_type=one.headers.get("content-type"))
    return None
