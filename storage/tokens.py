"""Tokens and keys of official interfaces, sealed: without this machine's key nobody reads them.

The key comes from XUNJIAN_SECRET_KEY, else from `secret.key` in the workspace's data folder, made
at first use for its owner's eyes alone. Every function takes a session; the caller owns the
transaction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.errors import EnvironmentTrouble
from rules.words import say
from storage.files import plain_trouble, write_whole
from storage.models import TokenRow

VARIABLE = "XUNJIAN_SECRET_KEY"
FILE = "secret.key"


@dataclass(frozen=True, slots=True)
class Token:
    """What opens an interface for one account, or (`account` empty) the office's own application.

    `values` are its words by name: access_token, refresh_token, open_id, app_id, app_secret …
    """

    platform: str
    account: str
    values: Mapping[str, str] = field(repr=False)
    expires_at: datetime | None = None

    @property
    def name(self) -> str:
        """What it is filed under."""
        return f"{self.platform}:{self.account}"


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals and opens with one key."""

    key: bytes = field(repr=False)

    @classmethod
    def of(cls, folder: Path, environment: Mapping[str, str]) -> Seal:
        """The machine's seal. Raises EnvironmentTrouble for a key that is none."""
        given = environment.get(VARIABLE)
        path = folder / FILE
        if given:
            return cls._checked(given.strip().encode(), VARIABLE)
        with plain_trouble(folder):
            if not path.exists():
                folder.mkdir(parents=True, exist_ok=True)
                write_whole(path, Fernet.generate_key())  # 0600
            return cls._checked(path.read_bytes().strip(), str(path))

    @classmethod
    def _checked(cls, key: bytes, place: str) -> Seal:
        try:
            Fernet(key)
        except ValueError as error:
            raise EnvironmentTrouble(say("token.bad_key", place=place)) from error
        return cls(key)

    def close(self, values: Mapping[str, str]) -> str:
        """`values`, unreadable."""
        return Fernet(self.key).encrypt(json.dumps(dict(values)).encode()).decode()

    def open(self, sealed: str) -> dict[str, str] | None:
        """What was sealed; None where it was sealed with another key, or is no seal of ours."""
        try:
            told = json.loads(Fernet(self.key).decrypt(sealed.encode()))
        except (InvalidToken, ValueError):
            return None
        return {str(name): str(value) for name, value in told.items()}


def keep(session: Session, seal: Seal, token: Token, now: datetime) -> None:
    """Keep a token; it takes the place of the one that was there."""
    row = session.get(TokenRow, token.name) or TokenRow(name=token.name)
    row.sealed, row.expires_at, row.updated_at = seal.close(token.values), token.expires_at, now
    session.add(row)


def find(session: Session, seal: Seal, platform: str, account: str = "") -> Token | None:
    """The token of an account, or of the office's own application; None where there is none that
    this machine can open."""
    row = session.get(TokenRow, f"{platform}:{account}")
    values = seal.open(row.sealed) if row is not None else None
    if row is None or values is None:
        return None
    return Token(platform, account, values, row.expires_at)


def names(session: Session) -> list[tuple[str, datetime, datetime | None]]:
    """What there is, without what is in it: name, when it was kept, until when it holds."""
    rows = session.scalars(select(TokenRow).order_by(TokenRow.name))
    return [(row.name, row.updated_at, row.expires_at) for row in rows]
