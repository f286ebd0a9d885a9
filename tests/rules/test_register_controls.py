"""Control accounts (对照账号) in the register: read, kept, and refused in one line where wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from rules.errors import WrongFile
from rules.platforms import Platform
from rules.register import ControlAccount, Register, load_register

HEAD = "city: 示例市\nsites: []\n"
TWO = """control_accounts:
  - {platform: weibo, id: "1000000001", name: 示例发布, every: 2d}
  - {platform: wechat, id: gh_0123456789ab, name: 示例发布, sources: [{wechat_album: {album: "7"}}]}
"""


def register(tmp_path: Path, text: str) -> Register:
    path = tmp_path / "rules.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return load_register(path)


def test_control_accounts_are_read_and_kept(tmp_path: Path) -> None:
    found = register(tmp_path, TWO)
    assert found.control_accounts == (
        ControlAccount(Platform.WEIBO, "1000000001", "示例发布", timedelta(days=2)),
        ControlAccount(
            Platform.WECHAT,
            "gh_0123456789ab",
            "示例发布",
            sources=("wechat_album",),
            options={"wechat_album": {"album": "7"}},
        ),
    )
    assert Register.from_snapshot(found.to_snapshot()) == found


def test_as_an_account_it_is_asked_like_any_other(tmp_path: Path) -> None:
    account = register(tmp_path, TWO).control_accounts[1].as_account()
    assert (account.target, account.options) == (
        "wechat:gh_0123456789ab",
        {"wechat_album": {"album": "7"}},
    )


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ("{platform: weibo, name: 甲}", 4),
        ('{platform: weibo, id: "1", name: 甲, every: 30d}', 4),
        ('{platform: weibo, id: "1", name: 甲, every: often}', 4),
        ('{platform: weibo, id: "1", name: 甲, sources: [douyin_page]}', 4),
        ('{platform: myspace, id: "1", name: 甲}', 4),
        ('{platform: weibo, id: "1", name: 甲}\n  - {platform: weibo, id: "1", name: 乙}', 5),
    ],
)
def test_a_wrong_one_is_told_by_its_line(tmp_path: Path, wrong: str, line: int) -> None:
    with pytest.raises(WrongFile) as caught:
        register(tmp_path, f"control_accounts:\n  - {wrong}\n")
    assert [mistake.line for mistake in caught.value.mistakes] == [line]
