"""Publish events of 微信 that the office's own receiver left in a folder: they only clear.

The platform pushes them to an address of the office, where some program answers, checks the
signature and decrypts; xunjian takes no calls. That program leaves each event as a file of XML in
`data/events/wechat/`. Files that are no event, or another account's, are passed by.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from crawler.account_desk import SourceRead
from rules.posts import FetchOutcome, FetchReason
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.pages import Refusal
from spiders.accounts.readers import page_of, result_of, unread
from spiders.accounts.wechat_events import MOST

SOURCE = "wechat_events"
FOLDER = Path("events") / "wechat"  # under the workspace's data folder
MOST_FILES = 20_000  # that are looked at
MOST_EVENTS = 200  # of one account, the newest by their files' names
_NONE = Refusal(FetchOutcome.ERROR, FetchReason.NOT_CONFIGURED, detail="no event")


def received(data: Path, sought: Sought, at: datetime) -> SourceRead:
    """What the events of an account come to at an instant."""
    answers = list(_events(data / FOLDER, sought, at))[:MOST_EVENTS]
    if not answers:
        return SourceRead(unread(SOURCE, sought, _NONE, at))
    return SourceRead(result_of(SOURCE, sought, answers))


def _events(folder: Path, sought: Sought, at: datetime) -> Iterator[Answer]:
    names = sorted(folder.glob("*.xml"), reverse=True)[:MOST_FILES] if folder.is_dir() else []
    for path in names:
        try:
            with path.open("rb") as file:
                body = file.read(MOST + 1)
        except OSError:
            continue
        if sought.platform_id.encode() not in body:
            continue
        answer = Answer(fetched_at=at, body=body, asked_url=path.name, final_url=path.name)
        page = page_of(SOURCE, sought, answer)
        if page.refusal is None and page.posts and page.identity.platform_id == sought.platform_id:
            yield answer
