"""One read in the making: what was asked, what came back, and whether more is worth asking.

Sans-IO: a question is yielded, its answers are sent in. Nothing that a platform answers raises,
and every read ends, whatever comes back: each has so many questions and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from rules.posts import FetchOutcome, FetchReason, FetchResult, Post, Window
from spiders.accounts.answers import Answer, Part, Sought
from spiders.accounts.asking import MARKED, NUMBERED
from spiders.accounts.completeness import is_past, units
from spiders.accounts.joining import joined
from spiders.accounts.pages import Page, Read, Refusal
from spiders.accounts.questions import Access, Question, Speaking, Way
from spiders.accounts.readers import PARSERS, page_of
from spiders.accounts.settling import settled
from spiders.accounts.source import Source

MOST_QUESTIONS = 40  # of one read, where its source names no number
MOST_HEARD = 60  # answers of one question
BESIDE = frozenset({Part.PROFILE, Part.PAGE, Part.DETAIL})

Enough = Callable[[Sequence[Post]], bool]
Forgives = Callable[[Refusal], bool]
Change = Callable[[Page], Page]


def errors(refusal: Refusal) -> bool:
    """Forgives what only this answer is to blame for."""
    return refusal.outcome is FetchOutcome.ERROR


def delays(refusal: Refusal) -> bool:
    """Forgives a day that is not counted yet."""
    return refusal.reason is FetchReason.DATA_DELAYED


def anything(_refusal: Refusal) -> bool:
    """Forgives whatever a bridge says of one of its routes."""
    return True


def nothing(_refusal: Refusal) -> bool:
    """Forgives nothing: the read ends."""
    return False


def unchanged(page: Page) -> Page:
    """The page as it was read."""
    return page


@dataclass(slots=True)
class Talk:
    """The state of one read. `left`: questions that may still be asked."""

    source: Source
    sought: Sought
    access: Access
    enough: Enough
    now: Callable[[], datetime]
    left: int = MOST_QUESTIONS
    over: bool = False
    reads: list[Read] = field(default_factory=list)
    _heard: set[tuple[Part, str, bytes]] = field(default_factory=set)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be asked."""
        return self.over or self.left <= 0

    @property
    def counted(self) -> int | None:
        """The account's own number of posts, where it was told."""
        return next((r.page.counted for r in self.reads if r.page.counted is not None), None)

    def result(self) -> FetchResult:
        """What came of it. Raises ValueError where nothing was read."""
        return joined(self.source, self.sought, self.reads)

    def take(
        self, answer: Answer, forgives: Forgives = nothing, change: Change = unchanged
    ) -> Page:
        """Read one answer, and end the read where it refuses."""
        page = change(page_of(self.source.name, self.sought, answer))
        self.reads.append(Read(answer, page))
        if page.refusal is not None:
            beside = answer.part in BESIDE and errors(page.refusal)
            self.over = self.over or not (beside or forgives(page.refusal))
        return page

    def look(self) -> None:
        """End the read where the posts so far say all."""
        if self.reads and not self.over and self.enough(self.result().posts):
            self.over = True

    def silence(self, question: Question) -> Answer:
        """The answer of whoever gave none."""
        return Answer(
            fetched_at=self.now(),
            status=None,
            asked_url=question.url,
            final_url=question.url,
            part=question.part,
            page=question.page,
            covers=question.covers,
        )

    def unheard(self, answers: Iterable[Answer]) -> list[Answer]:
        """Those that have a parser and were not heard before, numbered in their lists."""
        found: list[Answer] = []
        for answer in list(answers)[:MOST_HEARD]:
            seen = (answer.part, answer.final_url, sha256(answer.body).digest())
            if answer.part not in PARSERS[self.source.name] or seen in self._heard:
                continue
            self._heard.add(seen)
            known = [read.answer for read in self.reads] + found
            number = 1 + sum(one.part is answer.part for one in known)
            found.append(replace(answer, page=number))
        return found


def put(
    talk: Talk,
    question: Question,
    forgives: Forgives = nothing,
    change: Change = unchanged,
    link: str = "",
) -> Speaking[tuple[Page, ...]]:
    """Ask one question: what its answers said. Nothing is asked where the read is over.

    `link`: what was asked about, where the question goes to another address.
    """
    if talk.is_over:
        return ()
    talk.left -= 1
    answers = yield question
    if question.way is Way.ASK:
        answer = answers[0] if answers else talk.silence(question)
        fit = [replace(answer, part=question.part, page=question.page, covers=question.covers)]
        fit = [replace(one, asked_url=link) for one in fit] if link else fit
    else:
        fit = talk.unheard(answers)
    pages = tuple(talk.take(one, forgives, change) for one in fit)
    talk.look()
    return pages


Making = Callable[[int, Page | None], Question]


def leaf(talk: Talk, part: Part, made: Making, most: int) -> Speaking[None]:
    """Ask for one list, page after page, until it is read far enough."""
    before: Page | None = None
    for number in range(1, most + 1):
        question = made(number, before)
        pages = yield from put(talk, question)
        if not pages or talk.is_over or is_read(talk, part, question.covers):
            return
        before = pages[-1]


def is_read(talk: Talk, part: Part, covers: Window | None = None) -> bool:
    """Whether a list (of a span) was read to its end, past the window, or cannot be read on."""
    reads = [
        read
        for read in settled(talk.source, talk.sought, talk.reads)
        if read.answer.part is part and read.answer.covers == covers
    ]
    if not reads:
        return False
    last, posts = reads[-1].page, [post for read in reads for post in read.page.posts]
    if last.refusal is not None or not last.posts or last.more is False:
        return True
    before = units([post for read in reads[:-1] for post in read.page.posts])
    if units(posts) == before or _has_all(talk, posts, reads[0].page.total, covers):
        return True
    if last.next is None and _needs_mark(talk.source, part):
        return True
    window = talk.sought.window
    return window is None or is_past(posts, window.since, talk.source.unsure_pins)


def _has_all(talk: Talk, posts: Sequence[Post], total: int | None, covers: Window | None) -> bool:
    told = talk.counted if total is None and covers is None else total
    return told is not None and units(posts) >= told


def _needs_mark(source: Source, part: Part) -> bool:
    marked = part in MARKED.get(source.name, {})
    return marked and part not in NUMBERED.get(source.name, {})
