"""The letters that the office can send where a firewall declines the checker: one a site.

The text is `letter.md` beside this file; what is filled in comes from the last judged round and the
register of today. Nothing is sent from here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reports.findings import named
from reports.safety import harmless
from rules.facts import UnknownReason
from rules.profiles import Profile
from rules.register import Register, Site
from rules.words import say
from storage import findings
from storage.models import Due, Round
from storage.violations import Narrow

SAMPLES_A_MONTH = 960  # one every 45 minutes
_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')  # for the name of a file


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asks: the checker's marks, the office's `contact`, whether home pages are sampled."""

    user_agent: str
    addresses: tuple[str, ...]
    contact: str
    sampling: bool


@dataclass(frozen=True, slots=True)
class SiteLetter:
    """A letter about one site, and the name of the file it goes into."""

    site: str
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters to be sent, and the sites whose letter is still open."""

    to_send: tuple[SiteLetter, ...]
    still_open: tuple[str, ...]


def letters(
    session: Session,
    narrow: Narrow,
    register: Register,
    profile: Profile,
    sender: Sender,
    today: date,
) -> Letters:
    """One letter for each site with columns blocked in the round that `narrow` names. Sites whose
    letter is open on `today` have been asked; sites that the register lost are left out."""
    blocked = _blocked(session, narrow)
    sites = {site.name: site for site in register.sites if site.name in blocked}
    still_open = [one.name for one in sites.values() if one.letter and one.letter.is_open(today)]
    looks = _looks(session, narrow) if sites else {}
    common = _common(register, profile, sender, narrow)
    made = [
        _letter(site, blocked[name], looks.get(name, 0), register, sender, common)
        for name, site in sites.items()
        if name not in still_open
    ]
    return Letters(tuple(made), tuple(still_open))


def _blocked(session: Session, narrow: Narrow) -> Mapping[str, list[str]]:
    """By site: a line for each of its columns that a firewall kept from us."""
    found: dict[str, list[str]] = defaultdict(list)
    for one, name in named(session, findings.unknowns(session, narrow)):
        if one.reason == UnknownReason.BLOCKED and name["site"]:
            column = harmless(str(name["column"]))
            found[str(name["site"])].append(f"- {column}　<{harmless(one.url)}>")
    return found


def _looks(session: Session, narrow: Narrow) -> dict[str, int]:
    """How many requests a round took of each site."""
    query = select(Due.site, func.sum(Due.looks)).join(Round, Due.round_id == Round.id)
    query = query.where(Round.check_date == narrow.round).group_by(Due.site)
    return {site: int(looks) for site, looks in session.execute(query) if site is not None}


def _common(
    register: Register, profile: Profile, sender: Sender, narrow: Narrow
) -> dict[str, object]:
    """What is the same in every letter."""
    return {
        "basis": profile.basis,
        "city": harmless(register.city),
        "days": "、".join(map(str, register.rounds.days)),
        "start": f"{register.rounds.start:%H:%M}",
        "check_date": say("letters.day", **_parts(narrow.round)),
        "user_agent": harmless(sender.user_agent),
        "product": harmless(sender.user_agent.split(" ")[0]),
        "addresses": "、".join(map(harmless, sender.addresses)) or say("letters.no_address"),
        "sampling": say("letters.sampling") if sender.sampling else "",
        "delay": f"{profile.host_delay.total_seconds():g}",
        "concurrency": profile.host_concurrency,
        "contact": harmless(sender.contact) or say("letters.no_contact"),
    }


def _parts(day: date | None) -> dict[str, int]:
    day = day or date.min
    return {"year": day.year, "month": day.month, "day": day.day}


def _letter(
    site: Site,
    columns: Sequence[str],
    looks: int,
    register: Register,
    sender: Sender,
    common: Mapping[str, object],
) -> SiteLetter:
    units = {unit.name: unit.full_name or unit.name for unit in register.units}
    requests = looks * len(register.rounds.days) + (SAMPLES_A_MONTH if sender.sampling else 0)
    text = files("reports").joinpath("letter.md").read_text(encoding="utf-8")
    name = _UNFIT.sub("_", harmless(site.name))[:80]
    return SiteLetter(
        site.name,
        say("letters.file", site=name),
        text.format(
            unit=harmless(units.get(site.unit, site.unit)),
            site=harmless(site.name),
            url=harmless(site.url),
            count=len(columns),
            columns="\n".join(columns),
            requests=requests,
            **common,
        ),
    )
