"""`xunjian login`: the sessions and tokens that accounts are read with.

A person signs in by hand in a headed browser, with an account that belongs to the office or the
unit; nothing types a password. A server without a screen gets its session from a desk machine by
`--export` and `--import`. Nothing secret is ever printed.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qs, urlsplit

import typer

from cli.results import FormatOption, OutOption, database, deliver, terminal_width
from cli.token_files import read_tokens
from cli.workspace import Workspace, workspace_of
from crawler.browser.finding import find_browser
from reports.tables import Format, Table, render
from rules.errors import EnvironmentTrouble, XunjianError
from rules.facts import SHANGHAI
from rules.platforms import Platform
from rules.register import Account, Register, load_register
from rules.words import say
from spiders.accounts.access import SESSIONS
from spiders.accounts.asking import hosts_of
from storage import sessions, tokens
from storage.engine import reading, transaction

LOGIN_PAGES = {
    Platform.WECHAT: "https://mp.weixin.qq.com/",
    Platform.WEIBO: "https://weibo.com/login.php",
    Platform.DOUYIN: "https://www.douyin.com/",
    Platform.KUAISHOU: "https://www.kuaishou.com/",
    Platform.BILIBILI: "https://passport.bilibili.com/login",
    Platform.XIAOHONGSHU: "https://www.xiaohongshu.com/explore",
    Platform.CHANNELS: "https://channels.weixin.qq.com/login.html",
}
# Whose session is the unit's own, and not the office's.
OWN = frozenset({Platform.WECHAT, Platform.CHANNELS})
ALL = "all"
NOWHERE = "/.xunjian/"


def login(
    ctx: typer.Context,
    platform: Annotated[
        str | None, typer.Argument(metavar="PLATFORM", help=say("login.platform"))
    ] = None,
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help=say("login.export"), dir_okay=False),
    ] = None,
    import_: Annotated[
        Path | None,
        typer.Option("--import", metavar="FILE", help=say("login.import"), dir_okay=False),
    ] = None,
    account: Annotated[
        str | None, typer.Option("--account", metavar="NAME", help=say("login.account"))
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help=say("login.list"))] = False,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Sign in by hand, or bring in what was signed in or authorised elsewhere; or list it."""
    workspace = workspace_of(ctx)
    if list_:
        deliver(render(_kept(workspace), form, width=terminal_width(out)), form, out)
    elif platform is None:
        raise typer.BadParameter(say("login.no_platform"))
    elif import_ is not None and import_.suffix != ".json":
        _take_tokens(workspace, import_, _known(platform, ALL))
    else:
        _session(workspace, Platform(_known(platform)), account, export, import_)


def _known(platform: str, *more: str) -> str:
    words = (*LOGIN_PAGES, *more) if not more else (*Platform, *more)
    if platform not in words:
        known = "、".join(words)
        raise XunjianError(say("login.unknown_platform", name=platform, known=known))
    return platform


def _take_tokens(workspace: Workspace, path: Path, platform: str) -> None:
    """Seal what stands in a token file."""
    found = read_tokens(path, platform)
    seal, now = tokens.Seal.of(workspace.data_folder, os.environ), datetime.now(UTC)
    with database(workspace) as engine, transaction(engine) as session:
        for token in found:
            tokens.keep(session, seal, token, now)
    typer.echo(say("login.kept_tokens", count=len(found)), err=True)
    ids = {one.target for one in load_register(workspace.rules_path).accounts}
    ids |= {one.as_account().target for one in _register(workspace).control_accounts}
    strange = [one.name for one in found if one.account and one.name not in ids]
    if strange:
        typer.echo(say("login.strange", count=len(strange), first=strange[0]), err=True)


def _session(
    workspace: Workspace,
    platform: Platform,
    account: str | None,
    export: Path | None,
    import_: Path | None,
) -> None:
    owner = None if export is not None and account is None else _owner(workspace, platform, account)
    if import_ is not None:
        state = _brought(import_)
    else:
        state = signed_in(LOGIN_PAGES[platform], workspace.settings.browser)
    _must_open(state, platform, hosts_of(workspace.settings.platforms)[platform.value])
    ident = owner.id if owner is not None else None
    folder = workspace.data_folder / SESSIONS
    path = export.absolute() if export else sessions.path_of(folder, platform.value, ident)
    sessions.save(path, state)
    typer.echo(say("login.kept_session", path=path), err=True)


def _brought(path: Path) -> dict[str, Any]:
    """A session that was made elsewhere: whoever brings it may have left it open to others."""
    try:
        path.chmod(0o600)
    except OSError as error:
        raise XunjianError(say("session.unread", path=path, what=error.strerror)) from error
    return sessions.load(path)


def _must_open(state: Mapping[str, Any], platform: Platform, host: str) -> None:
    """Refuse a session of which nothing would be sent: another platform's, or one that is over."""
    cookies = sessions.cookies_in(state, Path(platform.value))
    if not sessions.cookies_for(cookies, f"{host}/"):
        raise XunjianError(say("login.opens_nothing", platform=platform.label, host=host))


def _register(workspace: Workspace) -> Register:
    return load_register(workspace.rules_path)


def _owner(workspace: Workspace, platform: Platform, name: str | None) -> Account | None:
    """Whose own session it is; None: the office's, for all accounts of its platform."""
    if platform not in OWN:
        if name is not None:
            raise XunjianError(say("login.not_own", platform=platform.label))
        return None
    register = _register(workspace)
    everybody = (*register.accounts, *(one.as_account() for one in register.control_accounts))
    here = [one for one in everybody if one.platform is platform]
    found = [one for one in here if name in (one.id, one.name)]
    if len(found) != 1:
        raise XunjianError(say("login.whose", platform=platform.label, name=name or ""))
    return found[0]


def signed_in(address: str, configured: str) -> dict[str, Any]:
    """The session after a person has signed in by hand. Raises EnvironmentTrouble without a screen
    or a browser."""
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        raise EnvironmentTrouble(say("login.no_screen"))
    path = find_browser(configured)
    if path is None:
        raise EnvironmentTrouble(say("browser.none"))
    typer.echo(say("login.sign_in", address=address), err=True)
    return _by_hand(path, address, lambda: typer.prompt("", default="", show_default=False))


def _by_hand(path: str, address: str, wait: Any, *, headless: bool = False) -> dict[str, Any]:
    """Open a page, wait until the person says so, and take what the browser remembers then."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(
            executable_path=path, headless=headless, chromium_sandbox=not as_root
        )
        try:
            context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
            context.new_page().goto(address, wait_until="domcontentloaded")
            wait()
            state: dict[str, Any] = json.loads(json.dumps(context.storage_state()))
            state["cookies"] += _records_token([page.url for page in context.pages])
        except Error as error:
            what = (str(error).splitlines() or [""])[0]
            raise EnvironmentTrouble(say("login.broke", what=what)) from error
        finally:
            browser.close()
    return state


def _records_token(addresses: Sequence[str]) -> list[dict[str, Any]]:
    """The number that 公众平台 gives in its address after a login, which 发表记录 wants back: kept
    beside the cookies, on a path that nobody asks for, so that it is sent to nobody as one."""
    for address in addresses:
        parts = urlsplit(address)
        token = parse_qs(parts.query).get("token", [""])[0]
        if f"https://{parts.hostname}/" == LOGIN_PAGES[Platform.WECHAT] and token.isdecimal():
            kept = {"name": "token", "value": token, "path": NOWHERE, "domain": parts.hostname}
            return [{**kept, "expires": -1, "httpOnly": True, "secure": True, "sameSite": "Lax"}]
    return []


def _kept(workspace: Workspace) -> Table:
    """What sessions and tokens there are: names and times, nothing that opens a door."""
    served = _served(_register(workspace).accounts, workspace.data_folder / SESSIONS)
    kept = (*_kept_sessions(workspace), *_kept_tokens(workspace))
    rows = tuple({**one, "accounts_served": served[one["what"], one["name"]]} for one in kept)
    names = ("what", "name", "kept_at", "expires_at", "accounts_served")
    return Table("logins", names, rows, names, words={"what": "login_kind"})


def _served(accounts: Sequence[Account], folder: Path) -> Mapping[tuple[str, str], int]:
    """How many accounts of the register a session or token is for, by kind and name."""
    found: Counter[tuple[str, str]] = Counter()
    for one in accounts:
        owner = one.id if one.platform in OWN else None
        found["session", sessions.path_of(folder, one.platform.value, owner).stem] += 1
        found["token", one.target] += 1
        found["token", f"{one.platform.value}:"] += 1
    return found


def _kept_sessions(workspace: Workspace) -> Iterator[dict[str, Any]]:
    for path in sorted((workspace.data_folder / SESSIONS).glob("*.json")):
        at = datetime.fromtimestamp(path.stat().st_mtime, SHANGHAI)
        yield {"what": "session", "name": path.stem, "kept_at": at, "expires_at": None}


def _kept_tokens(workspace: Workspace) -> Iterator[dict[str, Any]]:
    with database(workspace) as engine, reading(engine) as session:
        for name, kept, expires in tokens.names(session):
            yield {"what": "token", "name": name, "kept_at": kept, "expires_at": expires}
