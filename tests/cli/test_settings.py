"""Settings: defaults, the file, the environment on top, and every mistake told at once."""

from __future__ import annotations

import json
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from cli.init import sample_settings
from cli.settings import Settings, load_settings
from rules.errors import WrongFile
from rules.words import catalogue


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"XUNJIAN_{name.upper()}", raising=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "xunjian.toml"


def test_without_a_file_everything_has_a_default(file: Path) -> None:
    settings = load_settings(file)
    assert settings.recheck_after == (timedelta(minutes=20), timedelta(hours=2))
    assert settings.database_url is None


def test_the_file_is_read_and_the_environment_wins(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('workers = 3\nrecheck_after = ["1s"]\nbody_limit = "1MiB"\n', "utf-8")
    assert load_settings(file).workers == 3
    assert load_settings(file).body_limit == 1 << 20
    monkeypatch.setenv("XUNJIAN_WORKERS", "5")
    monkeypatch.setenv("XUNJIAN_RECHECK_AFTER", "2s,3m")
    settings = load_settings(file)
    assert settings.workers == 5
    assert settings.recheck_after == (timedelta(seconds=2), timedelta(minutes=3))


def test_an_empty_recheck_after_means_no_looking_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUNJIAN_RECHECK_AFTER", "")
    assert load_settings(file).recheck_after == ()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("wokers = 2\n", [(1, "wokers")]),
        ("\nworkers = 0\n", [(2, "workers")]),
        ('recheck_after = ["20"]\n', [(1, "20")]),
        ('log_level = "loud"\nworkers = "x"\nfoo = 1\n', [(1, "loud"), (2, "x"), (3, "foo")]),
        ("workers = = 2\n", [(1, "TOML")]),
        ("[workers]\nx = 1\n", [(1, "workers")]),
    ],
)
def test_every_mistake_has_its_line(file: Path, text: str, places: list[tuple[int, str]]) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(WrongFile) as caught:
        load_settings(file)
    mistakes = caught.value.mistakes
    assert [mistake.line for mistake in mistakes] == [line for line, _ in places]
    assert all(word in str(m) for m, (_, word) in zip(mistakes, places, strict=True))
    assert all(mistake.file == str(file) and mistake.write for mistake in mistakes)


def test_a_file_that_is_not_utf8_is_one_mistake(file: Path) -> None:
    file.write_bytes('contact = "市局"\n'.encode("gb18030"))
    with pytest.raises(WrongFile) as caught:
        load_settings(file)
    assert len(caught.value.mistakes) == 1


def test_a_wrong_variable_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("workers = 3\n", "utf-8")
    monkeypatch.setenv("XUNJIAN_WORKERS", "many")
    with pytest.raises(WrongFile, match="XUNJIAN_WORKERS"):
        load_settings(file)


def test_the_sample_shows_every_setting_with_its_default(file: Path) -> None:
    lines = sample_settings().splitlines()
    live = "\n".join(line.removeprefix("# ") for line in lines if " = " in line)
    assert set(tomllib.loads(live)) == set(Settings.model_fields)
    file.write_text(live, "utf-8")
    shown, default = load_settings(file).model_dump(), Settings().model_dump()
    assert {k: v or None for k, v in shown.items()} == {k: v or None for k, v in default.items()}


def test_every_setting_has_words() -> None:
    assert [n for n in Settings.model_fields if f"setting.{n}" not in catalogue()] == []


def test_platforms_may_be_moved_by_the_file_and_by_the_environment(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(
        '[platforms]\nrsshub = "http://10.0.0.5:1200"\n[platform_robots]\nweibo = "书面批准"\n',
        "utf-8",
    )
    settings = load_settings(file)
    assert settings.platforms == {"rsshub": "http://10.0.0.5:1200"}
    assert settings.platform_robots == {"weibo": "书面批准"}
    moved = '{"rsshub": "http://10.0.0.6", "weibo": "http://weibo.test"}'
    monkeypatch.setenv("XUNJIAN_PLATFORMS", moved)
    assert load_settings(file).platforms == json.loads(moved)  # it wins name by name


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[platforms]\nwiebo = "http://a.test"\n', "platforms"),
        ('[platforms]\nweibo = "a.test"\n', "platforms"),
        ('[platforms]\nweibo = "ftp://a.test"\n', "platforms"),
        ("platforms = 3\n", "platforms"),
        ('[platform_robots]\nwiebo = "x"\n', "platform_robots"),
        ('[platform_robots]\nweibo = ""\n', "platform_robots"),
    ],
)
def test_a_wrong_platform_is_one_line(file: Path, text: str, key: str) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(WrongFile, match=key) as caught:
        load_settings(file)
    assert len(caught.value.mistakes) == 1
    assert "\n" not in str(caught.value)
