"""`xunjian probe`: what the machine sees at an address, and what it would say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Annotated

import typer

from cli.pages import Seen, shown
from cli.read import profile_of
from cli.results import FormatOption, OutOption, database, deliver, parse_day, terminal_width
from cli.rounds_run import Options, crawl_settings
from cli.workspace import Workspace, workspace_of
from crawler.look import Look
from reports.endpoints import facts_of
from reports.tables import Format
from rules.duties import Duty, duties
from rules.facts import SHANGHAI, Truth, Verdict
from rules.judging import judge
from rules.kinds import ColumnKind, suggest_kind
from rules.profiles import Profile
from rules.register import Column, Register, Site, load_register
from rules.sights import conclude
from rules.words import say
from storage.endpoints import Endpoint, of_target
from storage.engine import reading


def web_address(text: str) -> str:
    """An address that a browser would take as it is."""
    if not text.lower().startswith(("http://", "https://")):
        raise typer.BadParameter(say("probe.no_scheme", url=text))
    return text


def probe(
    ctx: typer.Context,
    urls: Annotated[
        list[str], typer.Argument(metavar="URL...", parser=web_address, help=say("probe.urls"))
    ],
    proxy: Annotated[str | None, typer.Option(metavar="URL", help=say("option.proxy"))] = None,
    as_of: Annotated[
        date | None, typer.Option(parser=parse_day, metavar="D", help=say("probe.as_of"))
    ] = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Look once at each address and show what was read, and the verdict if it stays so."""
    workspace = workspace_of(ctx)
    today = as_of or datetime.now(SHANGHAI).date()
    known = known_register(workspace)
    looks = look_at(workspace, known, urls, today, proxy)
    profile = profile_of(workspace)
    calls = learned_calls(workspace, known, urls)
    pages = [
        with_call(_seen(look, known, profile, today), calls.get(look.answer.asked_url))
        for look in looks
    ]
    deliver(shown(pages, form, terminal_width(out)), form, out)


def known_register(workspace: Workspace) -> Register:
    """The workspace's register, or an empty one: probing needs none."""
    path = workspace.rules_path
    return load_register(path) if path.exists() else Register()


def look_at(
    workspace: Workspace, known: Register, urls: Sequence[str], today: date, proxy: str | None
) -> list[Look]:
    """One look at each address, with the settings of the workspace and what the register says."""
    from crawler.single import look_once  # Scrapy, and only once in a process

    settings = crawl_settings(workspace, Options(proxy=proxy))
    places = [_place(known, url) for url in urls]
    return look_once(
        urls,
        today=today,
        user_agent=settings.user_agent,
        proxy=settings.proxy,
        hint=places[0][1].hint if len(places) == 1 and places[0] else None,
        obey_robots=not all(place and place[0].robots_ignored for place in places),
        body_limit=settings.body_limit,
        intranet=settings.intranet,
    )


def _place(register: Register, url: str) -> tuple[Site, Column] | None:
    """The first column of the register at an address."""
    for site in register.sites:
        for column in site.columns:
            if column.url == url:
                return site, column
    return None


def _seen(look: Look, known: Register, profile: Profile, today: date) -> Seen:
    kind = suggest_kind(look.reading.column_name or "", profile)
    duty = _duty(look, known, profile, kind)
    verdict = None if duty is None else _verdict(look, duty, profile, today)
    more = {
        "outcome": look.outcome.value,
        "status_code": look.answer.status,
        "final_url": look.answer.final_url,
        "error": look.error,
        "verdict": None if verdict is None else asdict(verdict),
    }
    words = {"outcome": say(f"outcome.{look.outcome}"), "verdict": words_of(verdict)}
    return Seen(look.answer.asked_url, look.reading, kind, more, words)


def learned_calls(
    workspace: Workspace, known: Register, urls: Sequence[str]
) -> dict[str, Endpoint]:
    """The learned data calls of registered addresses; a workspace without a database has none."""
    places = {url: place for url in urls if (place := _place(known, url)) is not None}
    kept = (workspace.root / "data").exists() or bool(workspace.settings.database_url)
    if not places or not kept:
        return {}
    with database(workspace) as engine, reading(engine) as session:
        found = {url: of_target(session, column.id) for url, (_, column) in places.items()}
    return {url: call for url, call in found.items() if call is not None}


def with_call(page: Seen, call: Endpoint | None) -> Seen:
    """The page with the data call that is asked in its place, if one was learned."""
    if call is None:
        return page
    words = say("probe.endpoint", method=call.call.method, url=call.call.url, day=call.verified_on)
    more = {**page.more, "endpoint": facts_of(call)}
    return replace(page, more=more, words={**page.words, "endpoint": words})


def _duty(look: Look, known: Register, profile: Profile, kind: str | None) -> Duty | None:
    """The duty that the register names, else that of a column of the suggested kind, if any."""
    url = look.answer.asked_url
    place = _place(known, url)
    if place is not None:
        return duties(known, profile)[place[1].id]
    if kind is None:
        return None
    column = Column(url, look.reading.column_name or url, url, ColumnKind(kind))
    return duties(Register(sites=(Site(url, url, url, columns=(column,)),)), profile)[url]


def _verdict(look: Look, duty: Duty, profile: Profile, today: date) -> Verdict:
    """The verdict if a second look, late enough to count, should see the same."""
    sight = look.sight(controls_ok=True)
    again = replace(sight, at=sight.at + profile.independent_after)
    return judge(duty, conclude((sight, again)), today, profile)


def words_of(verdict: Verdict | None) -> str:
    """A verdict for a person, with its age and limit; None where the kind is not known."""
    if verdict is None:
        return say("probe.no_kind")
    if verdict.truth is Truth.UNKNOWN and verdict.reason is not None:
        return say("probe.unknown", reason=say(f"reason.{verdict.reason}"))
    key = "violation" if verdict.truth is Truth.VIOLATION else "ok"
    age, limit = _days(verdict.days, "no_age"), _days(verdict.limit, "no_limit")
    return say(f"probe.{key}", wording=verdict.wording, age=age, limit=limit)


def _days(count: int | None, otherwise: str) -> str:
    return say(f"probe.{otherwise}") if count is None else say("probe.days", days=count)
