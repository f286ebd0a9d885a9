"""错链、死链 and files: links, pictures and attachments of the sampled pages (P09, P12).

Dead is: no such name, 404, 410, and in both passes 5xx or no answer in time. Refusals (401, 403,
405, 412, 418, 429, 521), challenges, log-ins and whatever is our own fault never are. HEAD goes
first; only what it does not clear is fetched. A dead page must be dead in the browser as well.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum

from crawler.addresses import host_of
from crawler.look import Look
from crawler.reading.file_kinds import FileState, attachment_state, picture_state
from crawler.reading.page_links import LinkKind, file_ending
from rules.facts import Outcome
from rules.site_checks import Doubt, Place, SiteCheck, doubtful, found_at
from rules.words import say
from spiders.survey.asking import Asker
from spiders.survey.checks import SiteSeen
from spiders.survey.further import shown_by
from spiders.survey.linked import Named, by_cause, each, named_on, of_kind, of_places
from spiders.survey.marked import nothing_read
from spiders.survey.pages import Pages

CODES = ("dead_link", "external_link", "wrong_link", "picture", "attachment")
MOST = {"dead_link": 300, "external_link": 60, "picture": 80, "attachment": 40}
MOST_SILENCES = 10  # links of a host without an answer in time; its others are let be
UNJUDGED_SHARE = 0.5  # of what was asked; more of it unread, and nothing is said of the site
GONE = (404, 410)
REFUSALS = frozenset(
    {
        Outcome.CHALLENGE,
        Outcome.LOGIN,
        Outcome.RATE_LIMITED,
        Outcome.ROBOTS_DENIED,
        Outcome.REFUSED,
        Outcome.OUR_FAULT,
        Outcome.TLS_FAILURE,
        Outcome.CONNECT_FAILURE,
        Outcome.BROKEN_ANSWER,
        Outcome.REDIRECT_LOOP,
    }
)


class State(StrEnum):
    """What one look at an address says of it."""

    GOOD = "good"
    DEAD = "dead"
    WRONG = "wrong"  # it leads to something else than its words: proposed only
    UNJUDGED = "unjudged"


Verdict = tuple[State, str]


async def check_links(seen: SiteSeen, pages: Pages, ask: Asker) -> tuple[SiteCheck, ...]:
    """All of it, for the pages of this pass; the second time only what was broken before."""
    if not pages.shown:
        return nothing_read(CODES)
    named = named_on(pages, seen.site.url)

    silent: list[str] = []

    async def link(one: Named) -> Verdict:
        if silent.count(host_of(one.link.url)) >= MOST_SILENCES:
            return State.UNJUDGED, ""
        found = await link_verdict(one, ask, second=bool(seen.before))
        if found[1] == say(f"outcome.{Outcome.TIMEOUT}"):
            silent.append(host_of(one.link.url))
        return found

    async def picture(one: Named) -> Verdict:
        return await file_verdict(one, ask, picture_state)

    async def attachment(one: Named) -> Verdict:
        ending = file_ending(one.link.url)
        return await file_verdict(one, ask, lambda body: attachment_state(body, ending))

    def wanted(code: str, kind: LinkKind, *, own: bool) -> tuple[Named, ...]:
        if seen.before:
            return of_places(seen.before[code].places, kind, own=own)
        return of_kind(named, kind, own=own, most=MOST[code])

    inner = await _looked(wanted("dead_link", LinkKind.LINK, own=True), link)
    outer = await _looked(wanted("external_link", LinkKind.LINK, own=False), link)
    shown = await _looked(wanted("picture", LinkKind.PICTURE, own=True), picture)
    files = await _looked(wanted("attachment", LinkKind.ATTACHMENT, own=True), attachment)
    wrong = (
        inner
        if not seen.before
        else await _looked(
            of_places(seen.before["wrong_link"].places, LinkKind.LINK, own=True), link
        )
    )
    return (
        _result("dead_link", inner, State.DEAD, ask),
        _result("external_link", outer, State.DEAD, ask),
        _result("wrong_link", wrong, State.WRONG, ask),
        _result("picture", shown, State.DEAD, ask),
        _result("attachment", files, State.DEAD, ask),
    )


Looked = Sequence[tuple[Named, Verdict]]


async def _looked(named: Sequence[Named], look: Callable[[Named], Awaitable[Verdict]]) -> Looked:
    return list(zip(named, await each(named, look), strict=True))


def _result(code: str, looked: Looked, state: State, ask: Asker) -> SiteCheck:
    """The check of what was looked at; where most of it could not be judged, nothing is said."""
    places: list[Place] = [one.place(why) for one, (found, why) in looked if found is state]
    unjudged = sum(1 for _, (found, _) in looked if found is State.UNJUDGED)
    if not places and unjudged > UNJUDGED_SHARE * len(looked):
        return doubtful(code, Doubt.UNREAD if ask.has_browser else Doubt.NO_BROWSER)
    evidence = [f"{why} {one.link.url}" for one, (found, why) in looked if found is state]
    return found_at(code, by_cause(places), evidence)


async def link_verdict(one: Named, ask: Asker, *, second: bool) -> Verdict:
    """A link: cleared by HEAD, else fetched, and the second time by the browser."""
    head = await ask.head(one.link.url, referer=one.parent)
    if _is_fine(head):
        return State.GOOD, ""
    look = await ask.get(one.link.url, referer=one.parent)
    state, why = verdict_of(look)
    if state is not State.DEAD or not second or look.outcome is Outcome.DNS_FAILURE:
        return state, why
    seen = await ask.see(one.link.url)
    if seen is None:  # some servers keep 404 and 500 for programs (standard, 5.3)
        return State.UNJUDGED, why
    return (State.GOOD, "") if shown_by(seen) is not None else (state, why)


def _is_fine(head: Look) -> bool:
    status = head.answer.status or 0
    return 200 <= status < 300 and head.outcome is not Outcome.NOT_FOUND


def verdict_of(look: Look) -> Verdict:
    """What an answer says of an address (standard 5.4, P09)."""
    status = look.answer.status
    if look.outcome in REFUSALS:
        return State.UNJUDGED, say(f"outcome.{look.outcome}")
    if look.outcome is Outcome.DNS_FAILURE or look.outcome is Outcome.TIMEOUT:
        return State.DEAD, say(f"outcome.{look.outcome}")
    if status in GONE:
        return State.DEAD, str(status)
    if look.outcome is Outcome.SERVER_ERROR and status is not None and status >= 500:
        return State.DEAD, str(status)
    if look.outcome is Outcome.NOT_FOUND:
        return State.WRONG, say(f"outcome.{look.outcome}")
    return (State.GOOD, "") if status and 200 <= status < 300 else (State.UNJUDGED, str(status))


async def file_verdict(one: Named, ask: Asker, state_of: Callable[[bytes], FileState]) -> Verdict:
    """A picture or an attachment: its answer, then its first bytes. Asked for from its own page."""
    look = await ask.sniff(one.link.url, referer=one.parent)
    state, why = verdict_of(look)
    if state is State.WRONG:  # an error page in place of the file
        return State.DEAD, why
    if state is not State.GOOD or look.outcome is Outcome.SUSPENDED:
        return (State.UNJUDGED, why) if state is State.GOOD else (state, why)
    found = state_of(look.answer.body)
    if found in (FileState.EMPTY, FileState.PAGE):
        return State.DEAD, say(f"check_place.{found}")
    return State.GOOD, ""
