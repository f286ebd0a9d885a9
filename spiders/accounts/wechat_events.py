"""微信公众号: the events that the platform pushes when a publication is done. They only clear.

The body is the decrypted XML; that it came from the platform was checked by its signature before.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rules.post_addresses import post_named
from rules.posts import Identity, Post, PostKind
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.opening import guarded
from spiders.accounts.pages import Page, stamped
from spiders.accounts.payloads import Unreadable, ident, words
from spiders.accounts.xmlbounds import Walk

MOST = 256 * 1024  # bytes of an event
_DONE = {"PUBLISHJOBFINISH": ("0",), "MASSSENDJOBFINISH": ("send success", "sendsuccess")}
_LINKS = ("article_url", "ArticleUrl")


@dataclass(slots=True)
class _Leaves(Walk):
    """The texts of an event's elements, in order, by their names."""

    deepest: int = 8
    text: list[str] = field(default_factory=list)
    found: list[tuple[str, str]] = field(default_factory=list)

    def start(self, _name: str) -> None:
        self.text = []

    def data(self, text: str) -> None:
        self.text.append(text)

    def end(self, name: str) -> None:
        self.found.append((name, words("".join(self.text), 2000)))
        self.text = []

    def all(self, *names: str) -> list[str]:
        """The texts of all elements of these names."""
        return [text for name, text in self.found if name in names and text]

    def one(self, *names: str) -> str:
        """The first of them, or nothing."""
        return next(iter(self.all(*names)), "")


def _leaves(answer: Answer) -> _Leaves:
    if answer.too_large or len(answer.body) > MOST:
        raise Unreadable("too large")
    leaves = _Leaves()
    leaves.over(answer.body)
    return leaves


@guarded
def read_event(answer: Answer, _sought: Sought) -> Page:
    """One event: a push or publication that succeeded is an update; any other says nothing."""
    leaves = _leaves(answer)
    success = _DONE.get(leaves.one("Event"))
    if success is None:
        raise Unreadable("another event")
    who = Identity(ident(leaves.one("ToUserName")))
    if leaves.one("publish_status", "Status") not in success:
        return Page(identity=who)
    number = ident(leaves.one("article_id", "MsgID", "MsgId", "publish_id"))
    if number is None:
        raise Unreadable("an event without id")
    links = leaves.all(*_LINKS) or [""]
    made = (_post(number, place, link) for place, link in enumerate(links, start=1))
    return Page(
        posts=tuple(stamped(post, leaves.one("CreateTime"), answer) for post in made),
        identity=who,
    )


def _post(number: str, place: int, link: str) -> Post:
    """One article: by its link's own id where the link tells it."""
    named = post_named(link)
    return Post(
        id=named.post_id if named else number if place == 1 else f"{number}#{place}",
        time=None,
        url=link or None,
        kind=PostKind.ARTICLE,
        group_id=(named and named.group_id) or number,
    )
