"""Article confirmation: the newest entries' own pages as witnesses of a list's dates. Pure.

Which pages to open, and what they say of the list. The date on the article's page counts
(稿件发布页未注明发布时间的视为不更新): a newer one clears, none at all is a finding of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from urllib.parse import urlsplit

from crawler.addresses import host_of
from crawler.evidence import exchanges_of
from crawler.look import Exchange, Look, with_sign
from crawler.reading import read_article
from crawler.reading.agreement import NEAR, agree
from rules.facts import CONFIDENCE_FLOOR, Item, Outcome, PageReading, PageState, Sight
from rules.marks import (
    ARTICLES_AGREE,
    ARTICLES_DATE,
    ARTICLES_NEWER,
    ARTICLES_OLDER,
    ARTICLES_UNDATED,
    ARTICLES_UNORDERED,
)
from rules.proving import YEAR_CONFIRMED, YEAR_INFERRED

MOST = 5  # pages opened for one list (standard 5.1)
LEAST = 2  # pages without a date before the column is said to show none
DATE_CONFIDENCE = 0.8
READABLE = frozenset({Outcome.READ, Outcome.UNREADABLE})
# What these endings name is no page that could show a date.
ATTACHMENTS = (
    ".pdf", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".ofd", ".zip",
    ".rar", ".7z", ".jpg", ".jpeg", ".png", ".gif", ".mp4", ".mp3", ".txt", ".csv",
)  # fmt: skip


def settles(sights: Sequence[Sight]) -> bool:
    """Whether the articles have spoken for the list's dates at an earlier look."""
    told = {ARTICLES_AGREE, ARTICLES_OLDER}
    return any(told.intersection(sight.signs) for sight in sights)


def to_open(look: Look) -> tuple[str, ...]:
    """The pages of a list's newest entries: on its own host, and no attachments."""
    if look.outcome is not Outcome.READ or look.reading.state is not PageState.LIST:
        return ()
    host = host_of(look.answer.final_url)
    pages = [item for item in look.reading.items if _is_page(item, host, look)]
    if look.reading.newest is not None:
        pages.sort(key=lambda item: item.date or date.min, reverse=True)
        return tuple(dict.fromkeys(item.url for item in pages))[:MOST]
    own = [item for item in pages if not item.pinned] or pages
    return _spread(tuple(dict.fromkeys(item.url for item in own)))


def _spread(urls: Sequence[str]) -> tuple[str, ...]:
    """Of a list without dates the first, the middle and the last: old entries kept on top, or a
    list from old to new, show themselves by the order of their dates."""
    if len(urls) <= MOST:
        return tuple(urls)
    return (*urls[: MOST - 2], urls[len(urls) // 2], urls[-1])


def _is_page(item: Item, host: str, look: Look) -> bool:
    path = urlsplit(item.url).path.lower()
    own = item.url.startswith(("http://", "https://")) and host_of(item.url) == host
    return own and not path.endswith(ATTACHMENTS) and item.url != look.answer.final_url


def with_articles(look: Look, opened: Sequence[Look], today: date) -> Look:
    """The look with what the opened pages say. `opened` are the looks at what `to_open` named."""
    titles = {item.url: item.title for item in look.reading.items}
    read = {}
    for one in opened:
        page = _as_article(one, titles.get(one.answer.asked_url, ""), today)
        if page is not None:
            read[one.answer.asked_url] = page
    exchanges = (*(look.exchanges or exchanges_of(look)), *_exchanges(opened))
    reading = look.reading
    if reading.newest is None:
        reading = _dated_by(reading, read, len(opened))
    elif read:
        reading = _compared(reading, read, today)
    return replace(look, reading=reading, exchanges=exchanges)


def _as_article(look: Look, title: str, today: date) -> PageReading | None:
    """What an entry's page says, if it is an article that was read without doubt, or a list of its
    own with dates: an entry may be the folder of a year."""
    answer = look.answer
    if answer.status != HTTPStatus.OK or answer.cut_off or look.outcome not in READABLE:
        return None
    kind = (answer.headers or {}).get("content-type")
    page = read_article(
        answer.body, url=answer.final_url, today=today, title=title, content_type=kind
    )
    if page.confidence < CONFIDENCE_FLOOR:
        return None
    folder = page.state is PageState.LIST and page.newest is not None
    return page if folder or page.state is PageState.ARTICLE else None


def _exchanges(opened: Sequence[Look]) -> tuple[Exchange, ...]:
    return tuple(one for look in opened for one in look.exchanges or exchanges_of(look))


def _dated_by(reading: PageReading, read: Mapping[str, PageReading], asked: int) -> PageReading:
    """A list without dates: its articles' newest, or the sign that none of them shows any."""
    dates = [one.newest for one in read.values() if one.newest is not None]
    folders = any(one.state is PageState.LIST for one in read.values())
    if not dates:
        silent = len(read) == asked >= min(MOST, max(LEAST, len(reading.items)))
        return with_sign(reading, ARTICLES_UNDATED) if silent else reading
    dated = replace(reading, newest=max(dates), confidence=DATE_CONFIDENCE)
    # Of a list in no order, the newest entry may be one that was not opened.
    whole = len(dates) == asked and not folders
    ordered = whole and dates == sorted(dates, reverse=True)
    dated = with_sign(dated, ARTICLES_DATE)
    return dated if ordered else with_sign(dated, ARTICLES_UNORDERED)


def _compared(reading: PageReading, read: Mapping[str, PageReading], today: date) -> PageReading:
    """A list with dates beside those of its articles."""
    articles = {u: one.newest for u, one in read.items() if one.state is PageState.ARTICLE}
    agreement = agree(reading, today=today, articles=articles)
    shown = [day for day in articles.values() if day is not None]
    newest, latest = agreement.newest, agreement.latest
    if newest is None and latest and reading.newest and latest > reading.newest + NEAR:
        return with_sign(replace(reading, newest=latest), ARTICLES_NEWER)
    if newest is None or not shown:
        return reading
    if YEAR_INFERRED in reading.signs:
        reading = with_sign(replace(reading, newest=newest), YEAR_CONFIRMED)
    near = any(abs(day - newest) <= NEAR for day in shown)
    return with_sign(reading, ARTICLES_AGREE if near else ARTICLES_OLDER)
