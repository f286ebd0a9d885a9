"""What a conversation with a platform is made of: questions, and the access that it is given.

Plain values. Whoever drives a conversation asks its questions, over HTTP or in a browser, and
hands the answers back; whoever gives it access keeps the sessions and the keys.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias, TypeVar

from rules.posts import Window
from spiders.accounts.answers import NOTHING, Answer, Part

UNHEARD: Mapping[Part, str] = {}
T = TypeVar("T")


class Way(StrEnum):
    """How a question is asked."""

    ASK = "ask"  # over HTTP: one answer
    OPEN = "open"  # as a page in a browser: itself, and what it asked for by itself
    SCROLL = "scroll"  # the page that is open, to its end: what it asked for then


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `covers`: the span that it names; `heard`: where the paths of the page's own
    requests end that are wanted, by part. A scroll has no address. `least`: seconds since the
    question before it, where it needs a slower pace than its source's own.
    """

    way: Way
    url: str = field(default="", repr=False)  # of some interfaces it carries the token
    part: Part = Part.LIST
    page: int = 1
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: NOTHING, repr=False)
    covers: Window | None = None
    heard: Mapping[Part, str] = field(default_factory=lambda: UNHEARD)
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Access:
    """What a read may use. Nothing in it is printed that opens a door.

    `hosts`: as `asking.HOSTS`, with the settings' own on top. `logged_in`: a live session is in
    the driver's hands; `cookies` are its own, for headers that repeat one. `token`: of an official
    interface, of 发表记录, or the key of a bridge. `own_id`: whose token, session or configured
    interface it is. `options`: of this source in the register, and the office's `app_id` and
    `app_secret` at the platform, where its interface asks for them. `links`: handed in by the unit.
    """

    hosts: Mapping[str, str]
    logged_in: bool = False
    cookies: Mapping[str, str] = field(default_factory=lambda: NOTHING, repr=False)
    token: str | None = field(default=None, repr=False)
    own_id: str | None = None
    piloted: bool = False
    options: Mapping[str, str] = field(default_factory=lambda: NOTHING, repr=False)
    links: tuple[str, ...] = ()


# A conversation: asks questions, is sent their answers, and comes to something in the end.
Speaking: TypeAlias = Generator[Question, tuple[Answer, ...], T]
