"""`xunjian check`: is the register right? All mistakes at once, or what each site owes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

import typer

from cli.results import FormatOption, OutOption, deliver, terminal_width
from cli.workspace import Workspace, workspace_of
from reports.tables import Cell, Format, Table, render
from rules.duties import Duty, duties
from rules.errors import Mistake, WrongFile
from rules.facts import SHANGHAI
from rules.kinds import ColumnKind
from rules.profiles import Decides, Profile, load_profile
from rules.register import Register, Site, Standing, load_register
from rules.words import say

FIELDS = ("site", "unit", "role", "status", "columns", "due", "limits", "no_limit", "exempt")
EXAMPLES = 3  # named in one warning; the rest are counted


@dataclass(frozen=True, slots=True)
class Files:
    """What the workspace's files say, once they are right."""

    register: Register
    profile: Profile
    duties: Mapping[str, Duty]


def check(ctx: typer.Context, form: FormatOption = Format.TABLE, out: OutOption = None) -> None:
    """Print what each site owes, warnings to stderr. Raises WrongFile with every mistake."""
    read = read_files(workspace_of(ctx))
    today = datetime.now(SHANGHAI).date()
    for line in (*warnings(read, today), summary(read)):
        typer.echo(line, err=True)
    table = site_table(read, today)
    deliver(render(table, form, width=terminal_width(out)), form, out)


def read_files(workspace: Workspace) -> Files:
    """The register, its profile and the settings. Raises WrongFile with all their mistakes."""
    mistakes: dict[Mistake, None] = {}  # in the order found, each once
    register, profile = Register(), None
    with _noting(mistakes):
        register = load_register(workspace.rules_path)
        profile = load_profile(register.profile, workspace.profiles_folder)
    for path in sorted(workspace.profiles_folder.glob("*.yaml")):
        with _noting(mistakes):
            load_profile(path.stem, workspace.profiles_folder)
    with _noting(mistakes):
        _ = workspace.settings
    if profile is None or mistakes:
        raise WrongFile(tuple(mistakes))
    return Files(register, profile, duties(register, profile))


@contextmanager
def _noting(mistakes: dict[Mistake, None]) -> Iterator[None]:
    """Note what is wrong in one file and go on to the next."""
    try:
        yield
    except WrongFile as error:
        mistakes.update(dict.fromkeys(error.mistakes))


def summary(read: Files) -> str:
    """The whole register in one line."""
    register = read.register
    running = sum(site.status is Standing.RUNNING for site in register.sites)
    return say(
        "check.summary",
        city=register.city,
        profile=register.profile,
        sites=len(register.sites),
        running=running,
        columns=len(read.duties),
        accounts=len(register.accounts),
        days="、".join(map(str, register.rounds.days)),
    )


def site_table(read: Files, today: date) -> Table:
    """A row a site: how many columns, how many due, under which limits."""
    rows = tuple(_site_row(site, read, today) for site in read.register.sites)
    return Table("sites", FIELDS, rows, FIELDS, {"role": "site_role", "status": "standing"})


def _site_row(site: Site, read: Files, today: date) -> dict[str, Cell]:
    owed = [read.duties[column.id] for column in site.columns]
    running = site.status is Standing.RUNNING
    exempt = sum(duty.is_exempt(today) for duty in owed)
    limits = Counter(duty.days for duty in owed if duty.days is not None)
    return {
        "site": site.name,
        "unit": site.unit,
        "role": site.role.value,
        "status": site.status.value,
        "columns": len(owed),
        "due": len(owed) if running else 0,
        "limits": {str(days): limits[days] for days in sorted(limits)},
        "no_limit": sum(duty.days is None for duty in owed),
        "exempt": exempt,
    }


def warnings(read: Files, today: date) -> Iterator[str]:
    """What is allowed, but perhaps not meant."""
    register = read.register
    if not register.controls:
        yield say("check.no_controls")
    yield from _groups(read, today)
    yield from _uncontrolled(register)
    for site in register.sites:
        if not site.columns and site.status is Standing.RUNNING:
            yield say("check.no_columns", site=site.name)
        if site.robots_ignored is not None:
            yield say("check.robots_ignored", site=site.name, reason=site.robots_ignored)


def _uncontrolled(register: Register) -> Iterator[str]:
    """Platforms whose accounts nobody can prove silent: none of them is known to be busy."""
    controlled = {one.platform for one in register.control_accounts}
    counts = Counter(one.platform for one in register.accounts if one.status is Standing.RUNNING)
    bare = {one: count for one, count in counts.items() if one not in controlled}
    if bare:
        names = "、".join(f"{platform.label} {count}" for platform, count in bare.items())
        yield say("check.no_control_accounts", names=names)


def _groups(read: Files, today: date) -> Iterator[str]:
    """The warnings about columns, each with a few examples."""
    owed = read.duties.values()
    groups = {
        "no_limit": [d for d in owed if d.days is None and d.kind is not ColumnKind.LINKOUT],
        "person": [d for d in owed if d.days is not None and d.decides is Decides.PERSON],
        "expired": [d for d in owed if d.exempt is not None and not d.is_exempt(today)],
        "shared": _sharing(read),
    }
    for key, found in groups.items():
        if found:
            names = "、".join(f"{duty.site}/{duty.column}" for duty in found[:EXAMPLES])
            more = say("check.and_more") if len(found) > EXAMPLES else ""
            yield say(f"check.{key}", count=len(found), names=names + more)


def _sharing(read: Files) -> list[Duty]:
    """Columns whose address another column has, too: both are checked, perhaps by mistake."""
    seen = Counter(duty.url for duty in read.duties.values())
    return [duty for duty in read.duties.values() if seen[duty.url] > 1]
