"""The driver of conversations: asks their questions over HTTP or in the browser, at their pace.

What a question needs is in it; what came back goes to the conversation as `Answer`, and to the
evidence as exchanges, without what opens doors. Nothing a platform does raises here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from scrapy import Request

from crawler.account_desk import SourceRead
from crawler.browser.listening import Listener, Patience, listening
from crawler.evidence import File
from crawler.look import Exchange
from crawler.middlewares import RobotsDenied
from rules.errors import EnvironmentTrouble
from rules.posts import FetchOutcome, FetchReason, FetchResult, Post
from spiders.accounts.answers import Answer, Part, Sought
from spiders.accounts.conversing import Access, Question, Way, conversation
from spiders.accounts.lines import Line, NoBrowser
from spiders.accounts.pacing import Pace
from spiders.accounts.pages import Refusal
from spiders.accounts.readers import unread
from spiders.accounts.redacting import redacted, secrets_of
from spiders.accounts.renewing import Fresh, Renewing
from spiders.accounts.source import Source
from storage import sessions

RETRIES = 1  # of a question that nobody answered, or that failed on their side
MOST_QUESTIONS = 120  # of one read
HIDDEN_HEADERS = frozenset({"cookie", "set-cookie", "authorization", "access-token"})

Answers = tuple[Answer, ...]

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Talk:
    """One read in the making."""

    source: Source
    access: Access
    line: Line
    pace: Pace
    state: Path | None
    stack: AsyncExitStack
    secrets: tuple[str, ...]
    cookies: tuple[sessions.Cookie, ...] = ()
    listener: Listener | None = None
    exchanges: list[Exchange] = field(default_factory=list)
    pictures: list[File] = field(default_factory=list)

    async def answers(self, question: Question) -> Answers:
        """What came back for one question. Raises RobotsDenied, NoBrowser."""
        await self._pause(question)
        if question.way is Way.ASK:
            return (await self._asked(question),)
        return await self._heard(question)

    async def _pause(self, question: Question) -> None:
        now = asyncio.get_running_loop().time()
        await asyncio.sleep(self.pace.before_question(now, question.least))

    async def _asked(self, question: Question) -> Answer:
        for left in range(RETRIES, -1, -1):
            answer = await self._once(question)
            if not left or (answer.status is not None and answer.status < 500):
                break
            await self._pause(question)
        return answer

    async def _once(self, question: Question) -> Answer:
        request = self._request(question)
        try:
            response = await self.line.fetch(request)
        except RobotsDenied:
            raise
        except Exception:  # noqa: BLE001 - whatever failed, no answer came: the parser says so
            return self._nothing(question)
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        answer = Answer(
            fetched_at=self.line.now(),
            body=response.body,
            status=response.status,
            final_url=response.url,
            asked_url=question.url,
            headers=headers,
            part=question.part,
            page=question.page,
            covers=question.covers,
            logged_in=self.access.logged_in,
            cut="dataloss" in response.flags,
        )
        self._keep(question, answer)
        return answer

    def _request(self, question: Question) -> Request:
        headers = dict(question.headers)
        cookies = sessions.cookies_for(self.cookies, question.url)
        if cookies:
            headers["Cookie"] = sessions.cookie_header(cookies)
        obeyed = not self.source.official and not self._robots_waived(question.url)
        return Request(
            question.url,
            method=question.method,
            headers=headers,
            body=question.body,
            dont_filter=True,
            meta={
                "asked_url": question.url,
                "dont_retry": True,
                "dont_merge_cookies": True,
                "download_slot": f"{self.source.name}",
                "dont_obey_robotstxt": not obeyed,
            },
        )

    def _robots_waived(self, url: str) -> bool:
        waived = self.line.job.platform_robots
        return any(
            self.access.hosts.get(key) and url.startswith(self.access.hosts[key]) for key in waived
        )

    async def _heard(self, question: Question) -> Answers:
        """Open a page or scroll it; the page itself, and what it asked for."""
        opened: Exchange | None = None
        if question.way is Way.OPEN:
            opened = await self._open(question)
        elif self.listener is not None:
            await self.listener.scroll()
        assert self.listener is not None
        parts = dict(question.heard)
        found: list[Answer] = []
        if question.way is Way.OPEN:
            found.append(
                self._nothing(question)
                if opened is None
                else self._of_exchange(opened, question, Part.PAGE)
            )
        for one in self.listener.heard():
            part = _part_of(one.url, parts)
            if part is not None:
                found.append(self._of_exchange(one, question, part))
        return tuple(found)

    async def _open(self, question: Question) -> Exchange | None:
        if self.listener is None:
            engine = await self.line.engine()
            seat = await self.stack.enter_async_context(engine.context(self.state))
            self.listener = await self.stack.enter_async_context(
                listening(seat, question.url, Patience())
            )
        opened = await self.listener.open(question.url, tuple(question.heard.values()))
        picture = await self.listener.picture()
        if picture:
            number = len(self.pictures) + 1
            self.pictures.append(File("page", f"{self.source.name}-{number}.png", picture))
        return opened

    def _of_exchange(self, one: Exchange, question: Question, part: Part) -> Answer:
        answer = Answer(
            fetched_at=self.line.now(),
            body=one.body,
            status=one.status,
            final_url=one.url,
            asked_url=one.url,
            headers=dict(one.headers),
            part=part,
            page=question.page,
            logged_in=self.access.logged_in,
        )
        self._keep(question, answer, one.method, one.request_body)
        return answer

    def _nothing(self, question: Question) -> Answer:
        return Answer(
            fetched_at=self.line.now(),
            status=None,
            asked_url=question.url,
            final_url=question.url,
            part=Part.PAGE if question.way is Way.OPEN else question.part,
            page=question.page,
            covers=question.covers,
            logged_in=self.access.logged_in,
        )

    def _keep(
        self, question: Question, answer: Answer, method: str = "", body: bytes = b""
    ) -> None:
        """The exchange for the evidence: nothing in it opens a door."""
        assert answer.status is not None
        headers = {
            name: redacted(value, self.secrets)
            for name, value in answer.headers.items()
            if name.lower() not in HIDDEN_HEADERS
        }
        sent = body or question.body
        self.exchanges.append(
            Exchange(
                at=answer.fetched_at,
                method=method or question.method,
                url=redacted(answer.final_url, self.secrets),
                kind=f"{self.source.name}/{answer.part.value}",
                status=answer.status,
                headers=headers,
                body=answer.body,
                request_body=redacted(sent.decode("utf-8", "replace"), self.secrets).encode(),
            )
        )


async def drive(
    source: Source,
    sought: Sought,
    access: Access,
    enough: Callable[[Sequence[Post]], bool],
    line: Line,
    pace: Pace,
    *,
    state: Path | None = None,
) -> SourceRead:
    """One read of one source, from its first question to its result. Raises EnvironmentTrouble.

    Whatever else breaks on the way is this read's trouble, and no other account's.
    """
    stack = AsyncExitStack()
    talk = _Talk(source, access, line, pace, state, stack, secrets_of(access), _cookies_in(state))
    try:
        async with stack:
            result = await _converse(talk, sought, enough)
    except EnvironmentTrouble:
        raise
    except Exception as error:  # noqa: BLE001 - typed: nothing was read, and nobody is accused
        result = unread(source.name, sought, _trouble(error), line.now())
    return SourceRead(result, tuple(talk.exchanges), tuple(talk.pictures))


def _trouble(error: Exception) -> Refusal:
    """Why nothing was read, where the platform has not said it."""
    if isinstance(error, RobotsDenied):
        return Refusal(FetchOutcome.BLOCKED, FetchReason.ROBOTS, detail="robots.txt")
    if isinstance(error, NoBrowser):
        return Refusal(FetchOutcome.ERROR, FetchReason.NOT_CONFIGURED, detail="no browser")
    log.error("%s: %s", type(error).__name__, (str(error).splitlines() or [""])[0][:200])
    return Refusal(FetchOutcome.ERROR, FetchReason.NETWORK, detail=type(error).__name__)


async def renew(
    source: Source, hosts: Mapping[str, str], renewing: Renewing, line: Line, pace: Pace
) -> Fresh | None:
    """Renew a token. Nothing of it goes to the evidence: all of it opens doors."""
    async with AsyncExitStack() as stack:
        talk = _Talk(source, Access(hosts=hosts), line, pace, None, stack, ())
        try:
            question = next(renewing)
            while True:
                question = renewing.send(await talk.answers(question))
        except StopIteration as end:
            fresh: Fresh | None = end.value
            return fresh


async def _converse(
    talk: _Talk, sought: Sought, enough: Callable[[Sequence[Post]], bool]
) -> FetchResult:
    speaking = conversation(talk.source, sought, talk.access, enough, talk.line.now)
    try:
        question = next(speaking)
        for _ in range(MOST_QUESTIONS):
            question = speaking.send(await talk.answers(question))
        speaking.close()
    except StopIteration as end:
        result: FetchResult = end.value
        return result
    refusal = Refusal(FetchOutcome.ERROR, FetchReason.PARSE_ERROR, detail="without end")
    return unread(talk.source.name, sought, refusal, talk.line.now())


def _part_of(url: str, parts: Mapping[Part, str]) -> Part | None:
    """Which of the parts that are listened to an address is."""
    path = url.partition("?")[0].rstrip("/")
    return next((part for part, end in parts.items() if path.endswith(end.rstrip("/"))), None)


def _cookies_in(state: Path | None) -> tuple[sessions.Cookie, ...]:
    return () if state is None else sessions.cookies_in(sessions.load(state), state)
