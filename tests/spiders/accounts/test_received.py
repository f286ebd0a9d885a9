"""Publish events that a receiver left in a folder clear their account, and nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from rules.facts import SHANGHAI
from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason
from spiders.accounts import received
from spiders.accounts.answers import Sought

ID, OTHER = "gh_0123456789ab", "gh_ffffffffffff"
NOW = datetime.fromtimestamp(1794881100, SHANGHAI) + timedelta(days=1)
SENT = (
    "<xml><ToUserName>{id}</ToUserName><CreateTime>1794881100</CreateTime>"
    "<MsgType>event</MsgType><Event>MASSSENDJOBFINISH</Event><MsgID>{number}</MsgID>"
    "<Status>{status}</Status></xml>"
)


def leave(data: Path, name: str, text: str | bytes) -> None:
    folder = data / received.FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def sought(account: str = ID) -> Sought:
    return Sought(platform=Platform.WECHAT, platform_id=account)


def test_the_events_of_an_account_are_its_updates(tmp_path: Path) -> None:
    for number in (1, 2):
        text = SENT.format(id=ID, number=number, status="send success")
        leave(tmp_path, f"{number}.xml", text)
    result = received.received(tmp_path, sought(), NOW).result
    assert result.outcome is FetchOutcome.OK
    assert {post.id for post in result.posts} == {"1", "2"}
    assert not result.can_prove_absence


def test_what_is_no_event_or_another_accounts_is_passed_by(tmp_path: Path) -> None:
    leave(tmp_path, "1.xml", SENT.format(id=OTHER, number=1, status="send success"))
    leave(tmp_path, "2.xml", SENT.format(id=ID, number=2, status="err(30003)"))
    leave(tmp_path, "3.xml", f"<xml>{ID}".encode())
    leave(tmp_path, "4.xml", b"\xff" * 400_000 + ID.encode())
    leave(tmp_path, "5.xml", SENT.format(id=ID, number=5, status="send success"))
    result = received.received(tmp_path, sought(), NOW).result
    assert [post.id for post in result.posts] == ["5"]


def test_without_events_nothing_is_said(tmp_path: Path) -> None:
    result = received.received(tmp_path, sought(), NOW).result
    assert (result.outcome, result.reason) == (FetchOutcome.ERROR, FetchReason.NOT_CONFIGURED)
