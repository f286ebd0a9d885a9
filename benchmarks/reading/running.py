"""Reads pages with `crawler.reading` and a clock of its own processor time running."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

from benchmarks.reading.corpus import Page
from benchmarks.reading.making.template import Made
from benchmarks.reading.score import Result
from crawler.reading import read_page
from rules.facts import PageReading, PageState

RAISED = "RAISED"


def read_saved(pages: Sequence[Page], rounds: int) -> list[Result]:
    """The saved pages, each read `rounds` times, after one round that does not count."""
    for page in pages[:10]:
        read_page(page.body, url=page.url, today=page.today)
    return [_saved(page, rounds) for page in pages]


def _saved(page: Page, rounds: int) -> Result:
    spent = []
    for _ in range(rounds):
        start = time.process_time()
        reading = read_page(page.body, url=page.url, today=page.today)
        spent.append((time.process_time() - start) * 1000)
    return Result(
        id=page.id,
        kind=page.kind,
        group=page.host,
        truth=page.truth,
        read=reading.newest,
        confidence=reading.confidence,
        state=str(reading.state),
        states=page.states,
        count=page.item_count,
        items=len(reading.items),
        milliseconds=tuple(spent),
    )


def read_made(pages: Iterable[Made]) -> list[Result]:
    """Made pages, each read once; the group is the kind of change."""
    return [score_made(page, attempt(page)) for page in pages]


def attempt(page: Made) -> PageReading:
    """As `look`; an exception, which must never leave the reader, is counted and shown."""
    try:
        return look(page)
    except Exception as error:  # noqa: BLE001 - told in the table as RAISED
        return PageReading(PageState.UNREADABLE, signs=(f"{RAISED} {error!r}",))


def look(page: Made) -> PageReading:
    """What the reader says of a made page."""
    return read_page(page.body, url=page.url, today=page.today, content_type=page.content_type)


def score_made(page: Made, reading: PageReading) -> Result:
    """A reading beside the truth of its made page."""
    return Result(
        id=f"{page.mutation} of {page.name}",
        kind="made",
        group=page.mutation,
        truth=page.newest,
        read=reading.newest,
        confidence=reading.confidence,
        state=str(reading.state),
        states=page.states,
        raised=next((sign for sign in reading.signs if sign.startswith(RAISED)), None),
        count=page.count,
        items=len(reading.items),
        hidden=page.hidden,
    )
