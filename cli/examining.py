"""What a machine and a workspace need to inspect a city, examined part by part for `doctor`."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cli.workspace import Workspace
from crawler.browser.finding import candidates
from rules.errors import EnvironmentTrouble, WrongFile, XunjianError
from rules.facts import SHANGHAI, Outcome
from rules.words import say

LITTLE_DISK, NO_DISK = 2 << 30, 200 << 20  # bytes; a round of a city with its bodies: some 200 MB
CLOCK_OFF = timedelta(minutes=10)
DAY_OFF = timedelta(hours=12)  # a clock this wrong moves every age by a day


class Standing(StrEnum):
    """How one part stands: `missing` is required, `poor` can be lived with."""

    FINE = "fine"
    POOR = "poor"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one part."""

    part: str
    standing: Standing
    detail: str


def _python(_workspace: Workspace) -> Iterator[Finding]:
    fine = sys.version_info >= (3, 11)
    detail = f"{sys.version.split()[0]} {sys.executable}"
    yield Finding("python", Standing.FINE if fine else Standing.MISSING, detail)


def _packages(_workspace: Workspace) -> Iterator[Finding]:
    """Whether what is installed is what the lock file names."""
    path = Path(__file__).resolve().parent.parent / "requirements.txt"
    if not path.exists():
        yield Finding("packages", Standing.POOR, say("doctor.no_lock", path=path))
        return
    odd = [name for name, pinned in pins(path.read_text("utf-8")) if _installed(name) != pinned]
    detail = say("doctor.not_locked", names="、".join(odd)) if odd else say("doctor.locked")
    yield Finding("packages", Standing.POOR if odd else Standing.FINE, detail)


def pins(text: str) -> Iterator[tuple[str, str]]:
    """Name and version of each pinned requirement that holds on every machine (no marker)."""
    for line in text.splitlines():
        if "==" in line and ";" not in line and not line.startswith((" ", "#")):
            name, _, pinned = line.removesuffix("\\").strip().partition("==")
            yield name, pinned


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _time_zone(_workspace: Workspace) -> Iterator[Finding]:
    try:
        now = datetime.now(ZoneInfo("Asia/Shanghai"))
    except ZoneInfoNotFoundError:
        yield Finding("time_zone", Standing.MISSING, say("doctor.no_zone"))
        return
    yield Finding("time_zone", Standing.FINE, say("doctor.now", now=f"{now:%Y-%m-%d %H:%M:%S}"))


def _settings(workspace: Workspace) -> Iterator[Finding]:
    try:
        _ = workspace.settings
    except WrongFile as error:
        for mistake in error.mistakes:
            yield Finding("settings", Standing.MISSING, str(mistake))
        return
    there = workspace.settings_path.exists()
    yield Finding("settings", Standing.FINE, say("doctor.set" if there else "doctor.defaults"))


def _disk(workspace: Workspace) -> Iterator[Finding]:
    free = shutil.disk_usage(workspace.root).free
    standing = Standing.FINE if free > LITTLE_DISK else Standing.POOR
    if free < NO_DISK or not _writable(workspace.root):
        standing = Standing.MISSING
    key = "doctor.disk" if _writable(workspace.root) else "doctor.read_only"
    yield Finding("disk", standing, say(key, path=workspace.root, free=f"{free / (1 << 30):.1f}"))


def _writable(folder: Path) -> bool:
    """Whether a file can be made there; asked by making one, for root may write anywhere but not
    on a read-only disk."""
    trial = folder / ".xunjian-doctor"
    try:
        trial.touch()
        trial.unlink()
    except OSError:
        return False
    return True


def _database(workspace: Workspace) -> Iterator[Finding]:
    from storage.engine import open_database

    if _settings_are_wrong(workspace):
        return
    url = workspace.database_url
    local = workspace.root / "data" / "xunjian.db"
    if workspace.settings.database_url is None and not local.exists():
        yield Finding("database", Standing.FINE, say("doctor.no_database", path=local))
        return
    try:
        engine = open_database(url)
    except XunjianError as error:
        yield Finding("database", Standing.MISSING, str(error))
        return
    kind = engine.dialect.name
    engine.dispose()
    detail = f"{kind} {sqlite3.sqlite_version if kind == 'sqlite' else ''}".strip()
    yield Finding("database", Standing.FINE, detail)


def _settings_are_wrong(workspace: Workspace) -> bool:
    try:
        return workspace.settings is None
    except WrongFile:
        return True


def _lock(workspace: Workspace) -> Iterator[Finding]:
    from crawler.lock import alone

    path = workspace.root / "data" / "xunjian.lock"
    if not path.exists():
        yield Finding("lock", Standing.FINE, say("doctor.idle"))
        return
    try:
        with alone(path):
            yield Finding("lock", Standing.FINE, say("doctor.idle"))
    except EnvironmentTrouble:
        yield Finding("lock", Standing.POOR, say("doctor.busy"))


def _browser(_workspace: Workspace) -> Iterator[Finding]:
    for path in candidates():
        found = _says(path, "--version")
        if found:
            yield Finding("browser", Standing.FINE, f"{found} {path}")
            return
    yield Finding("browser", Standing.POOR, say("doctor.no_browser"))


def _says(*command: str) -> str:
    """What a command prints, on one line; nothing if it cannot run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
    return " ".join(done.stdout.split())


def _fonts(_workspace: Workspace) -> Iterator[Finding]:
    families = _says("fc-list", ":lang=zh", "family")
    noto = sorted(Path("/usr/share/fonts").glob("*/noto/NotoSansCJK*"))
    if families or noto:
        detail = noto[0].name if noto else families[:60]
        yield Finding("fonts", Standing.FINE, detail)
    else:
        yield Finding("fonts", Standing.POOR, say("doctor.no_fonts"))


def _network(workspace: Workspace) -> Iterator[Finding]:
    """The register's controls, asked the way a round asks them, and our clock beside theirs."""
    from cli.probe import known_register, look_at

    if _settings_are_wrong(workspace):
        return
    try:
        register = known_register(workspace)
    except WrongFile as error:
        yield Finding("network", Standing.POOR, say("doctor.wrong", count=len(error.mistakes)))
        return
    if not register.controls:
        yield Finding("network", Standing.POOR, say("doctor.no_controls"))
        return
    looks = look_at(workspace, register, register.controls, datetime.now(SHANGHAI).date(), None)
    answered = [look for look in looks if look.outcome is Outcome.READ]
    for look in looks:
        good = look.outcome is Outcome.READ
        standing = Standing.FINE if good else Standing.POOR if answered else Standing.MISSING
        words = say(f"outcome.{look.outcome}")
        yield Finding("network", standing, f"{look.answer.asked_url} {words}")
    for look in answered[:1]:
        told = (look.answer.headers or {}).get("date")
        yield from clock(told, look.answer.at)


def clock(told: str | None, at: datetime) -> Iterator[Finding]:
    """Our clock (`at`, aware) beside a server's Date header; nothing where that says nothing."""
    try:
        theirs = parsedate_to_datetime(told or "")
    except ValueError:
        return
    if theirs.tzinfo is None:
        return
    off = abs(at - theirs)
    poor = Standing.POOR if off > CLOCK_OFF else Standing.FINE
    standing = Standing.MISSING if off > DAY_OFF else poor
    seconds = int(off.total_seconds())
    yield Finding("clock", standing, say("doctor.clock", seconds=seconds))


# In the order in which they are printed.
PARTS: Sequence[Callable[[Workspace], Iterator[Finding]]] = (
    _python,
    _packages,
    _time_zone,
    _settings,
    _disk,
    _database,
    _lock,
    _browser,
    _fonts,
    _network,
)
