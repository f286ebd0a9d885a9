"""The posts of several answers, each at the best time that is known for it, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rules.posts import Post, TimeSource
from spiders.accounts.answers import Part, Sought
from spiders.accounts.idtimes import sharpened
from spiders.accounts.pages import Read
from spiders.accounts.source import Source


def settled(source: Source, sought: Sought, reads: Sequence[Read]) -> tuple[Read, ...]:
    """The reads with every post of a list at its detail's time, else its own, else its id's.

    The id dates a post only where the list prints no times by nature; a printed time that could
    not be read stays unread.
    """
    details = _details(reads)

    def one(post: Post) -> Post:
        detailed = _with_detail(post, details)
        may_date = source.dated_by_id or detailed.time is not None
        return sharpened(sought.platform, detailed) if may_date else detailed

    return tuple(
        replace(read, page=replace(read.page, posts=tuple(map(one, read.page.posts))))
        for read in sorted(reads, key=_order)
    )


def _order(read: Read) -> tuple[int, int]:
    return (list(Part).index(read.answer.part), read.answer.page)


def _details(reads: Sequence[Read]) -> dict[str, Post]:
    """What single posts' own pages said, by id and by address."""
    found: dict[str, Post] = {}
    for read in reads:
        if read.answer.part is Part.DETAIL:
            for post in read.page.posts:
                found[post.id] = post
                found[_address(post.url)] = post
    found.pop("", None)
    return found


def _address(url: str | None) -> str:
    return (url or "").replace("http://", "https://", 1)


def _with_detail(post: Post, details: dict[str, Post]) -> Post:
    detail = details.get(post.id) or details.get(_address(post.url))
    if detail is None:
        return post
    if detail.time is None:
        return replace(post, deleted=post.deleted or detail.deleted)
    return replace(
        post,
        time=detail.time,
        precision=detail.precision,
        time_source=TimeSource.DETAIL,
        deleted=post.deleted or detail.deleted,
    )


def merged(reads: Sequence[Read]) -> tuple[Post, ...]:
    """All posts of the lists, each once, in order; pinned or deleted where one page says so."""
    found: dict[str, Post] = {}
    for read in reads:
        for post in read.page.posts if read.answer.part is not Part.DETAIL else ():
            known = found.get(post.id, post)
            pinned, deleted = known.pinned or post.pinned, known.deleted or post.deleted
            found[post.id] = replace(known, pinned=pinned, deleted=deleted)
    return tuple(found.values())
