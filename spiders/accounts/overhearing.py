"""Conversations with pages in a browser: they are opened and scrolled, and what they ask is heard.

Nothing is signed: the page asks its own platform, in its own way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from spiders.accounts.addressing import filled
from spiders.accounts.answers import Part
from spiders.accounts.asking import ASKS, HEARD
from spiders.accounts.pages import Page
from spiders.accounts.questions import Question, Speaking, Way
from spiders.accounts.talking import Talk, is_read, put


@dataclass(frozen=True, slots=True)
class Opened:
    """One page of a source: the lists that are heard there, and how often it may be scrolled."""

    lists: tuple[Part, ...] = (Part.LIST,)
    scrolls: int = 3


# In the order of the addresses. 抖音: one scroll is what its pace allows; 哔哩哔哩's videos stand
# on numbered pages, and no scroll shows more of them.
OPENED: Mapping[str, tuple[Opened, ...]] = MappingProxyType(
    {
        "douyin_page": (Opened(scrolls=1),),
        "toutiao_page": (Opened(scrolls=5),),
        "kuaishou_page": (Opened(),),
        "bilibili_page": (Opened(scrolls=0), Opened((Part.DYNAMICS,))),
        "xiaohongshu_page": (Opened(scrolls=2),),
        "channels_assistant": (Opened(),),
    }
)


def overheard(talk: Talk) -> Speaking[None]:
    """Every page of a source, each scrolled until its lists are read."""
    name = talk.source.name
    templates = ASKS[name][Part.PAGE].split("\n")
    for number, (template, opened) in enumerate(zip(templates, OPENED[name], strict=True), start=1):
        url = filled(template, talk, Part.PAGE)
        pages = yield from put(talk, _question(talk, Way.OPEN, opened, number, url))
        if all(page.refusal is not None for page in pages):
            return
        yield from _scrolled(talk, opened, number)


def _scrolled(talk: Talk, opened: Opened, number: int) -> Speaking[None]:
    for _ in range(opened.scrolls):
        if talk.is_over or all(is_read(talk, part) for part in opened.lists):
            return
        pages: tuple[Page, ...] = yield from put(talk, _question(talk, Way.SCROLL, opened, number))
        if not pages:
            return


def _question(talk: Talk, way: Way, opened: Opened, number: int, url: str = "") -> Question:
    """A question that hears the lists of this page, and what stands beside them."""
    others = {part for page in OPENED[talk.source.name] for part in page.lists} - {*opened.lists}
    heard = {part: end for part, end in HEARD[talk.source.name].items() if part not in others}
    return Question(way, url, opened.lists[0], number, heard=heard)
