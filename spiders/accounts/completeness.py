"""From when on a read holds every post of an account. None where that is not certain.

Said only where an unpinned post older than the window was seen at the end of the list; or where the
list says that it is over and its total agrees; or where questions that named their span covered
the window, and something proves them alive. One unread entry, one post without a time, a time
that contradicts its id, or any refusal in the same read: nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.posts import Post, Window
from spiders.accounts.answers import Answer
from spiders.accounts.asking import MARKED, NUMBERED
from spiders.accounts.owning import asked
from spiders.accounts.pages import Page, Read
from spiders.accounts.source import Source


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one list was read. `until`: to where its posts are all there; `odd`: the numbers
    that it gives do not fit what it shows.
    """

    covered: bool
    until: datetime | None = None
    odd: bool = False


_TOP = ("", "0")
NOT_FAR = Reach(covered=False)


def chain(source: Source, reads: Sequence[Read]) -> tuple[Read, ...]:
    """The pages that follow each other from the first, without a refusal between them.

    A browser may miss one of its page's requests: so the questions themselves must fit, too.
    """
    found: list[Read] = []
    for read in sorted(reads, key=lambda one: one.answer.page):
        if read.page.refusal is not None or read.answer.page > len(found) + 1:
            break
        if read.answer.page == len(found) + 1:
            if not follows(source, read.answer, found[-1].page if found else None):
                break
            found.append(read)
    return tuple(found)


def follows(source: Source, answer: Answer, before: Page | None) -> bool:
    """Whether a question asked for what comes behind a page (None: for the top of the list).

    A question that does not say where it asks, as those do that carry it in a body, is believed.
    """
    number = asked(answer, NUMBERED.get(source.name, {}).get(answer.part, ""))
    mark = asked(answer, MARKED.get(source.name, {}).get(answer.part, ""))
    if number not in (None, "", str(answer.page)):
        return False
    if before is None:
        return mark in (None, *_TOP)
    return mark is None or mark == (before.next or "")


def units(posts: Sequence[Post]) -> int:
    """How many posts these are, as platforms count: a push of several articles is one."""
    return len({post.group_id or post.id for post in posts if post.counts})


def reach_of(source: Source, reads: Sequence[Read], window: Window, counted: int | None) -> Reach:
    """How far the reads of one list reach into the window, and behind it."""
    if any(read.answer.covers is not None for read in reads):
        return _reach_of_spans(source, reads, window, counted)
    pages = chain(source, reads)
    if not pages:
        return NOT_FAR
    posts = [post for read in pages for post in read.page.posts]
    if is_past(posts, window.since, source.unsure_pins):
        return Reach(covered=True)
    total = pages[0].page.total if pages[0].page.total is not None else counted
    is_over = pages[-1].page.more is False
    if total is None or not (is_over or units(posts) >= total):
        return NOT_FAR
    return Reach(covered=units(posts) == total > 0, odd=units(posts) != total)


def is_past(posts: Sequence[Post], since: datetime, unsure_pins: int = 0) -> bool:
    """Whether a list, in its order, ends with unpinned posts that are older than `since`.

    An old post with a newer one behind it was pinned without saying so: then nothing is certain.
    """
    plain = [post for post in posts if not post.pinned and post.counts]
    if any(post.time is None for post in plain):
        return False
    ages = [post.time < since for post in plain if post.time is not None]
    old = sum(ages)
    return old > unsure_pins and all(ages[len(ages) - old :])


def _reach_of_spans(
    source: Source, reads: Sequence[Read], window: Window, counted: int | None
) -> Reach:
    """The same for questions that named their span: their spans, joined, and a sign of life."""
    by_span: dict[Window | None, list[Read]] = {}
    for read in reads:
        by_span.setdefault(read.answer.covers, []).append(read)
    answered = [_answered(source, covers, pages) for covers, pages in by_span.items()]
    odd = any(one.odd for one in answered)
    until = _joined_until([one.span for one in answered if one.span], window.since)
    covered = until is not None and not odd and _is_alive(reads, counted)
    return Reach(covered, until, odd)


@dataclass(frozen=True, slots=True)
class _Answered:
    """A span that was answered wholly, or None."""

    span: Window | None
    odd: bool = False


def _answered(source: Source, covers: Window | None, reads: Sequence[Read]) -> _Answered:
    """Whether the pages of one span hold all of it."""
    pages = chain(source, reads)
    if covers is None or not pages or len(pages) < len({read.answer.page for read in reads}):
        return _Answered(None)
    shown = [post for read in pages for post in read.page.posts]
    inside = [post for post in shown if _lies_in(post, covers)]
    total, is_over = pages[0].page.total, pages[-1].page.more is False
    if total is None:
        strange = len(inside) < len(shown)  # then another span was answered
        return _Answered(covers if is_over and not strange else None, odd=strange)
    if units(inside) == total:
        return _Answered(covers)
    ended = is_over or not pages[-1].page.posts
    return _Answered(None, odd=ended or units(inside) > total)


def _lies_in(post: Post, covers: Window) -> bool:
    return post.time is None or covers.holds(post.time)


def _joined_until(spans: Sequence[Window], since: datetime) -> datetime | None:
    """To where the spans hold everything from `since` on, without a gap."""
    until: datetime | None = None
    for span in sorted(spans, key=lambda one: one.since):
        if span.since <= (until or since) < span.until:
            until = span.until
    return until


def _is_alive(reads: Sequence[Read], counted: int | None) -> bool:
    """Whether these questions find any post of the account at all, or it has none."""
    shown = any(post.time is not None and post.counts for read in reads for post in read.page.posts)
    return shown or counted == 0
