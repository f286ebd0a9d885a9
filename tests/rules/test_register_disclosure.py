"""Disclosure platforms (政府信息公开平台) in the register: read, kept, refused where wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.errors import WrongFile
from rules.register import DisclosurePlatform, Register, load_register

HEAD = """city: 示例市
units:
  - {name: 市医保局, full_name: 市医疗保障局, aliases: [医保局]}
sites:
  - {name: 市医保局, unit: 市医保局, url: "http://ybj.example.test/index.html"}
"""
ONE = "disclosure:\n  - {unit: 医保局, site: 市医保局, url: /zfxxgk/}\n"


def register(folder: Path, text: str) -> Register:
    path = folder / "rules.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return load_register(path)


def test_a_platform_is_read_under_its_units_name_with_its_sites_address(tmp_path: Path) -> None:
    found = register(tmp_path, ONE)
    assert found.disclosure == (
        DisclosurePlatform("市医保局", "市医保局", "http://ybj.example.test/zfxxgk/"),
    )
    assert found.disclosure[0].target == "platform:市医保局"
    assert found.full_name("市医保局") == "市医疗保障局"
    assert found.full_name("无名单位") == "无名单位"


def test_a_platform_without_an_address_is_found_from_the_home_page(tmp_path: Path) -> None:
    found = register(tmp_path, "disclosure:\n  - {unit: 市医保局, site: 市医保局}\n")
    assert found.disclosure[0].url is None


def test_a_platform_may_stand_before_its_site_and_in_another_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ONE, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(HEAD, encoding="utf-8")
    assert load_register(tmp_path).disclosure[0].url == "http://ybj.example.test/zfxxgk/"


def test_the_snapshot_keeps_platforms_and_reads_those_written_without(tmp_path: Path) -> None:
    found = register(tmp_path, ONE)
    assert Register.from_snapshot(found.to_snapshot()) == found
    assert Register.from_snapshot('{"city":"示例市"}').disclosure == ()


@pytest.mark.parametrize(
    ("wrong", "line", "column"),
    [
        ("{unit: 市医保局}", 7, 5),
        ("{unit: 市医保局, site: 市财政局}", 7, 24),
        ("{unit: 市医保局, site: 市医保局, url: www.a.cn/x}", 7, 35),
        ("{unit: 市医保局, site: 市医保局}\n  - {unit: 医保局, site: 市医保局}", 8, 12),
        ("{unit: 市医保局, site: 市医保局, link: /a}", 7, 30),
    ],
)
def test_a_wrong_one_is_told_by_its_place(
    tmp_path: Path, wrong: str, line: int, column: int
) -> None:
    with pytest.raises(WrongFile) as caught:
        register(tmp_path, f"disclosure:\n  - {wrong}\n")
    assert [(one.line, one.column) for one in caught.value.mistakes] == [(line, column)]
