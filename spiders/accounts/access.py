"""What a source may be read with on this machine: hosts, sessions, tokens, options, links.

Nothing is asked of a platform here. A token or session that is not there is left out: the
conversation says what is lacking. What lies here but may not be used (a file that others can
read) is a refusal of its own, with the reason in the log.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from rules.errors import XunjianError
from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult
from rules.register import Account
from rules.words import say
from spiders.accounts.pages import Refusal
from spiders.accounts.questions import Access
from spiders.accounts.renewing import Fresh, Grant, Renewing, is_due, renewal
from spiders.accounts.source import Source
from storage import sessions, tokens
from storage.engine import reading, transaction

SESSIONS = "sessions"  # the folder of the session files, under the workspace's data
BRIDGE_KEYS = {"rsshub": "RSSHUB_ACCESS_KEY"}
# Words of a token that sources take as options.
OPTIONS = ("open_id", "app_id", "app_secret")
_UNUSABLE = Refusal(FetchOutcome.LOGIN_REQUIRED, FetchReason.LOGIN_WALL, detail="session file")

log = logging.getLogger(__name__)  # a child logs errors to stderr; stdout is its supervisor's


# Cookies that say whose session it is: a session filed under another account is found out.
OWNERS = {Platform.WECHAT: "slave_user"}


def _owner(account: Account, cookies: Mapping[str, str]) -> str:
    """Whose session or token it is: what a cookie of it says, else whom it was filed under."""
    return cookies.get(OWNERS.get(account.platform, "")) or account.id


class Keys:
    """The sessions and tokens of one machine. `folder` is the workspace's data folder."""

    def __init__(
        self,
        *,
        hosts: Mapping[str, str],
        folder: Path,
        database: Engine,
        environment: Mapping[str, str],
    ) -> None:
        self.hosts = hosts
        self._folder = folder
        self._database = database
        self._environment = environment
        self._seal: tokens.Seal | None = None
        self._dead: set[str] = set()
        self._told: set[str] = set()
        self._renewed: set[str] = set()

    def access(
        self, source: Source, account: Account, *, links: tuple[str, ...] = ()
    ) -> Access | Refusal:
        """What a source may be read with for an account. Raises EnvironmentTrouble."""
        options = dict(account.options.get(source.name, {}))
        token, values = self._token(source, account)
        options = {**{key: values[key] for key in OPTIONS if values.get(key)}, **options}
        try:
            cookies = self._cookies(source, account)
        except XunjianError as error:
            self._tell(str(error))
            return _UNUSABLE
        is_own = source.own and (cookies is not None or bool(token))
        return Access(
            hosts=self.hosts,
            logged_in=cookies is not None,
            cookies=cookies or {},
            token=token,
            own_id=_owner(account, cookies or {}) if is_own else None,
            options=options,
            links=links if source.links else (),
        )

    def state(self, source: Source, account: Account) -> Path | None:
        """The session file that a source is read with; None where there is none, or none alive."""
        if not source.needs_login:
            return None
        platform = account.platform.value
        path = sessions.path_of(
            self._folder / SESSIONS, platform, account.id if source.own else None
        )
        return path if path.exists() and path.name not in self._dead else None

    def look_at(self, source: Source, account: Account, result: FetchResult) -> bool:
        """Take a result in: a session that the platform took for none is dead for this child, and
        the operator is told so, once. Whether it is."""
        path = self.state(source, account)
        if path is None or result.outcome is not FetchOutcome.LOGIN_REQUIRED:
            return False
        self._bury(path, account)
        return True

    def _bury(self, path: Path, account: Account) -> None:
        self._dead.add(path.name)
        self._tell(say("session.dead", path=path, platform=account.platform.value))

    def renewing(
        self, source: Source, account: Account, now: datetime, *, refused: bool = False
    ) -> Renewing | None:
        """The conversation that renews a token which is at its end, or was not taken (`refused`).
        None where there is nothing to renew, or nothing to renew it with; once an account."""
        if not source.official or account.target in self._renewed:
            return None
        app, mine = self._filed(account)
        if mine is None:
            return None
        held = bool(mine.values.get("access_token"))
        if held and not refused and not is_due(mine.expires_at, now):
            return None
        self._renewed.add(account.target)
        return renewal(account.platform, Grant(self.hosts, app.values if app else {}, mine.values))

    def keep(self, account: Account, fresh: Fresh, now: datetime) -> None:
        """Keep a renewed token at once: the old one may not be taken any more."""
        _, mine = self._filed(account)
        values = {**(mine.values if mine else {}), **fresh.values}
        token = tokens.Token(account.platform.value, account.id, values, fresh.expires_at)
        with transaction(self._database) as session:
            tokens.keep(session, self._opened_seal(), token, now)

    def _cookies(self, source: Source, account: Account) -> dict[str, str] | None:
        """The names and values of the session's cookies; None for one that is not there or over."""
        path = self.state(source, account)
        if path is None:
            return None
        held = sessions.cookies_in(sessions.load(path), path)
        if not sessions.cookies_for(held, f"{self.hosts[account.platform.value]}/"):
            self._bury(path, account)  # all over, or of another platform: nothing would be sent
            return None
        return {one.name: one.value for one in held}

    def _token(self, source: Source, account: Account) -> tuple[str | None, Mapping[str, str]]:
        """The token of a source, and what was filed with it and with the office's application."""
        if source.bridge:
            return self._environment.get(BRIDGE_KEYS.get(source.name, "")), {}
        if not source.official and not source.own:
            return None, {}
        app, mine = self._filed(account)
        values = {**(app.values if app else {}), **(mine.values if mine else {})}
        word = "access_token" if source.official else "token"
        return values.get(word), values

    def _filed(self, account: Account) -> tuple[tokens.Token | None, tokens.Token | None]:
        """The office's own application at a platform, and what the account's owner gave."""
        platform, seal = account.platform.value, self._opened_seal()
        with reading(self._database) as session:
            app = tokens.find(session, seal, platform)
            return app, tokens.find(session, seal, platform, account.id)

    def _opened_seal(self) -> tokens.Seal:
        if self._seal is None:
            self._seal = tokens.Seal.of(self._folder, self._environment)
        return self._seal

    def _tell(self, words: str) -> None:
        """One line to the operator, once."""
        if words not in self._told:
            self._told.add(words)
            log.error("%s", words)
