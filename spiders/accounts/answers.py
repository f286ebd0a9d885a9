"""The plain values that a fetch hands to a parser: what was asked for, and what came back.

Everything in an answer is hostile until read: bounds stand here, strict reading in `payloads`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rules.platforms import Platform
from rules.posts import Window

MAX_BODY = 8 * 2**20  # bytes of one answer; the longest honest list is under 3 MiB
MAX_POSTS = 1000  # of one answer; no platform gives more than 200
NOTHING: Mapping[str, str] = {}


class Part(StrEnum):
    """Which of a source's interfaces answered."""

    LIST = "list"  # the account's posts
    DYNAMICS = "dynamics"  # 哔哩哔哩: its second list
    ARTICLES = "articles"  # 哔哩哔哩 开放平台: its columns, beside the videos
    PROFILE = "profile"  # the account itself: name, counter, state
    DETAIL = "detail"  # one post
    PAGE = "page"  # the account's page as a browser shows it: gates and notices


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a list or an article stand that only an operator knows.

    Dotted paths in JSON (`data.list`), CSS selectors in HTML (`a@href` for an attribute). `form`:
    the one row of `times.FORMS` that its times have; `pattern`: where in a longer text the time
    stands (its first group).
    """

    items: str = ""
    id: str = ""
    time: str = ""
    title: str = ""
    link: str = ""
    pinned: str = ""
    owner: str = ""
    total: str = ""
    more: str = ""
    form: str | None = None
    pattern: str = ""
    html: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """Whose posts are wanted, since when, and what the fetch knows of its own access.

    `own_id`: the account that the token, session or configured interface in use belongs to, for
    sources that answer without naming it. `piloted`: the office has tried this source on an
    account of its own and found it whole. `layout`: how a configured list or page is laid out.
    """

    platform: Platform
    platform_id: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    window: Window | None = None
    own_id: str | None = None
    piloted: bool = False
    layout: Layout | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One exchange. `status` None: no answer came. `covers`: the span that the question named.

    `page` counts from 1 in each part (in each span, for questions that name one). `cut`: the
    fetch stopped reading at its own limit. `asked_url` matters for links, whose post it names.
    """

    fetched_at: datetime
    body: bytes = b""
    status: int | None = 200
    final_url: str = ""
    asked_url: str = ""
    headers: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    part: Part = Part.LIST
    page: int = 1
    covers: Window | None = None
    logged_in: bool = False
    cut: bool = False

    def header(self, name: str) -> str:
        """A header's value, whatever the case of its name; empty where there is none."""
        return next((v for k, v in self.headers.items() if k.lower() == name.lower()), "")

    @property
    def too_large(self) -> bool:
        """Whether there is more of it than anybody may be asked to read."""
        return self.cut or len(self.body) > MAX_BODY
