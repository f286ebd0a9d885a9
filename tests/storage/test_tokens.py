"""Tokens: sealed with this machine's key, and nowhere to be read without it."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from rules.errors import EnvironmentTrouble
from storage import tokens
from storage.engine import reading, transaction
from storage.models import TokenRow

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SECRET = "very-secret-value"
TOKEN = tokens.Token("douyin", "MS4w", {"access_token": SECRET}, NOW + timedelta(days=15))


@pytest.fixture
def seal(tmp_path: Path) -> tokens.Seal:
    return tokens.Seal.of(tmp_path / "data", {})


def test_a_token_is_found_again_and_stands_nowhere_in_the_clear(
    engine: Engine, seal: tokens.Seal
) -> None:
    with transaction(engine) as session:
        tokens.keep(session, seal, TOKEN, NOW)
    with reading(engine) as session:
        assert tokens.find(session, seal, "douyin", "MS4w") == TOKEN
        row = session.scalars(select(TokenRow)).one()
        assert SECRET not in row.sealed
        assert tokens.names(session) == [("douyin:MS4w", NOW, TOKEN.expires_at)]


def test_a_newer_token_takes_the_place_of_the_older(engine: Engine, seal: tokens.Seal) -> None:
    newer = tokens.Token("douyin", "MS4w", {"access_token": "next"})
    with transaction(engine) as session:
        tokens.keep(session, seal, TOKEN, NOW)
        tokens.keep(session, seal, newer, NOW)
    with reading(engine) as session:
        assert tokens.find(session, seal, "douyin", "MS4w") == newer


def test_another_machine_s_key_opens_nothing(
    engine: Engine, seal: tokens.Seal, tmp_path: Path
) -> None:
    with transaction(engine) as session:
        tokens.keep(session, seal, TOKEN, NOW)
    other = tokens.Seal.of(tmp_path / "other", {})
    with reading(engine) as session:
        assert tokens.find(session, other, "douyin", "MS4w") is None


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    first = tokens.Seal.of(tmp_path, {})
    assert tokens.Seal.of(tmp_path, {}) == first
    assert stat.S_IMODE((tmp_path / tokens.FILE).stat().st_mode) == 0o600


def test_the_environment_s_key_wins_and_makes_no_file(tmp_path: Path) -> None:
    other = tokens.Seal.of(tmp_path / "other", {})
    given = tokens.Seal.of(tmp_path / "data", {tokens.VARIABLE: other.key.decode()})
    assert given == other
    assert not (tmp_path / "data").exists()


def test_a_key_that_is_none_is_one_line_without_the_key(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentTrouble, match=tokens.VARIABLE) as caught:
        tokens.Seal.of(tmp_path, {tokens.VARIABLE: SECRET})
    assert SECRET not in str(caught.value)


def test_neither_a_token_nor_a_seal_shows_what_it_holds(seal: tokens.Seal) -> None:
    assert SECRET not in repr(TOKEN)
    assert seal.key.decode() not in repr(seal)
