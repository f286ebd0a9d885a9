"""The settings: xunjian.toml under the environment, with every mistake told at once."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, ByteSize, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from rules.durations import parse_duration
from rules.errors import Mistake, WrongFile
from rules.reviewing import unknown_families
from rules.words import say
from spiders.accounts.asking import HOSTS


def _duration(value: object) -> object:
    return parse_duration(value) if isinstance(value, str) else value


def _duration_or_none(value: object) -> object:
    return None if value == "" else _duration(value)


def _durations(value: object) -> object:
    parts = value.split(",") if isinstance(value, str) else value
    if value == "":
        return ()
    return tuple(_duration(part) for part in parts) if isinstance(parts, Iterable) else parts


def _words(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _families(words: tuple[str, ...]) -> tuple[str, ...]:
    if unknown_families(words):
        raise ValueError(unknown_families(words))
    return words


def _hosts(value: object) -> object:
    """Addresses by the names of hosts that accounts are read at."""
    if not isinstance(value, dict):
        return value
    for key, address in value.items():
        parts = urlsplit(str(address))
        if key not in HOSTS or parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{key}: {address}")
    return value


def _reasons(value: object) -> object:
    """Reasons by the names of hosts."""
    if isinstance(value, dict) and not (set(value) <= set(HOSTS) and all(value.values())):
        raise ValueError(", ".join(map(str, value)))
    return value


class Settings(BaseSettings):
    """What an operator may set in xunjian.toml, or by XUNJIAN_NAME in the environment (it wins).

    Durations are written `1s`, `20m`, `2h`; sizes `512MiB`. Each key's words are in the catalogue
    under `setting`.
    """

    model_config = SettingsConfigDict(env_prefix="XUNJIAN_", extra="forbid", frozen=True)

    database_url: str | None = None
    contact: str = ""
    addresses: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)] = ()
    proxy: str | None = None
    intranet: bool = False
    workers: Annotated[int, Field(ge=1, le=256)] = 2
    recheck_after: Annotated[tuple[timedelta, ...], NoDecode, BeforeValidator(_durations)] = (
        timedelta(minutes=20),
        timedelta(hours=2),
    )
    child_memory: ByteSize = ByteSize(1 << 30)
    child_time: Annotated[timedelta, BeforeValidator(_duration)] = timedelta(hours=1)
    body_limit: ByteSize = ByteSize(16 << 20)
    browser: str = ""
    evidence_keep: Annotated[timedelta | None, BeforeValidator(_duration_or_none)] = None
    sampling: bool = True
    platforms: Annotated[dict[str, str], BeforeValidator(_hosts)] = {}
    platform_robots: Annotated[dict[str, str], BeforeValidator(_reasons)] = {}
    confirm: Annotated[
        tuple[str, ...], NoDecode, BeforeValidator(_words), AfterValidator(_families)
    ] = ()
    notice_issuer: str = ""
    notice_basis: str = ""
    notice_best: Annotated[int, Field(ge=1, le=50)] = 4
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file's values, which come in as arguments."""
        return env_settings, init_settings


def load_settings(path: Path) -> Settings:
    """The settings of the file at `path` (it may be missing) under the environment's.

    Raises WrongFile with every mistake: unknown keys, wrong values, bad TOML.
    """
    text, values = _read_toml(path)
    try:
        return Settings(**values)
    except ValidationError as error:
        mistakes = (_mistake(path, text, dict(detail)) for detail in error.errors())
        raise WrongFile(tuple(sorted(mistakes))) from error


def _read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return "", {}
    except UnicodeDecodeError as error:
        what, write = say("setting_error.not_utf8"), say("setting_error.write_utf8")
        raise WrongFile((Mistake(str(path), 0, 0, what, write),)) from error
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongFile((_bad_toml(path, str(error)),)) from error


def _bad_toml(path: Path, message: str) -> Mistake:
    place = re.search(r"line (\d+), column (\d+)", message)
    line, column = (int(place[1]), int(place[2])) if place else (0, 0)
    what = say("setting_error.bad_toml", what=message)
    return Mistake(str(path), line, column, what, say("setting_error.write_toml"))


def _mistake(path: Path, text: str, detail: dict[str, Any]) -> Mistake:
    """One line about a key: where it stands in the file, or the variable that holds it."""
    key = str(detail["loc"][0])
    if detail["type"] == "extra_forbidden":
        what = say("setting_error.unknown_key", name=key)
        write = say("setting_error.known_keys", keys=", ".join(Settings.model_fields))
    else:
        what = say("setting_error.wrong_value", name=key, value=detail["input"])
        write = say("setting_error.write_value", what=say(f"setting.{key}"))
    variable = f"XUNJIAN_{key.upper()}"
    found = re.search(rf"^[ \t\[\"']*{re.escape(key)}\b", text, re.MULTILINE)
    if found is None or variable in os.environ:
        return Mistake(variable, 0, 0, what, write)
    line = text.count("\n", 0, found.end()) + 1
    return Mistake(str(path), line, 1, what, write)
