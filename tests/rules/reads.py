"""Accounts, posts and reads of sources for tests, told in as few words as possible.

The usual check day is Monday, 2022-06-20: both readings of "one week" are the same there. On
Wednesday, 2022-07-06 they are not: 06-29 to 07-05, and 06-27 to 07-03.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from rules.account_judging import AccountMemory, judge_account
from rules.duties import AccountDuty
from rules.facts import SHANGHAI, Verdict
from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult, Identity, Post, Precision
from rules.profiles import Profile
from rules.windows import midnight
from tests.rules.sights import KAIFENG

MONDAY = date(2022, 6, 20)
WEDNESDAY = date(2022, 7, 6)
ID = "gh_0123456789ab"
OFFICE, DESK, BRIDGE = "publish_log", "api", "rsshub"


def owes(quota: int | None = None, **changes: Any) -> AccountDuty:
    """A 微信公众号 (its ids hold no time), with or without a weekly quota."""
    values: dict[str, Any] = {
        "target": f"wechat:{ID}",
        "unit": "示例县人民政府",
        "url": "",
        "account": "示例发布",
        "platform": Platform.WECHAT,
        "platform_id": ID,
        "days": 14,
        "quota": quota,
        "names": ("示例发布",),
    }
    return AccountDuty(**(values | changes))


def at(text: str) -> datetime:
    """An instant in Shanghai, in 2022: `06-19 10:05`."""
    return datetime.strptime(f"2022-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


def post(time: str | datetime | None, post_id: str | None = None, **changes: Any) -> Post:
    """A post; by its time it has its id, unless that is said."""
    when = at(time) if isinstance(time, str) else time
    return Post(post_id or f"at {when}", when, **changes)


def to_the_day(day: str, post_id: str | None = None, **changes: Any) -> Post:
    """A post of which only the day is known."""
    return post(f"{day} 00:00", post_id or day, precision=Precision.DAY, **changes)


# Older than every window: an unpinned post by which a list shows that it reaches back far enough.
OLD = post("05-01 09:00", "old")


def shown(
    *posts: Post,
    source: str = OFFICE,
    hour: int = 8,
    day: date = MONDAY,
    **changes: Any,
) -> FetchResult:
    """A read that proves what it shows, `hour` hours after the check day began; with OLD below."""
    fetched_at = midnight(day) + timedelta(hours=hour)
    values: dict[str, Any] = {
        "source": source,
        "outcome": FetchOutcome.OK,
        "fetched_at": fetched_at,
        "posts": (*posts, OLD),
        "identity": Identity(ID, "示例发布"),
        "logged_in": True,
        "complete_from": at("05-01 09:00"),
        "fresh_as_of": fetched_at,
        "can_prove_absence": True,
        "control_ok": True,
    }
    return FetchResult(**(values | changes))


def nothing(**changes: Any) -> FetchResult:
    """A read by which the platform states that there is nothing at all."""
    return shown(**({"outcome": FetchOutcome.EMPTY, "posts": ()} | changes))


def failed(
    outcome: FetchOutcome,
    reason: FetchReason | None = None,
    *posts: Post,
    hour: int = 8,
    day: date = MONDAY,
    **changes: Any,
) -> FetchResult:
    """A read that came to nothing, whatever posts it kept."""
    values: dict[str, Any] = {
        "source": OFFICE,
        "outcome": outcome,
        "reason": reason,
        "fetched_at": midnight(day) + timedelta(hours=hour),
        "posts": posts,
    }
    return FetchResult(**(values | changes))


def partial(*posts: Post, **changes: Any) -> FetchResult:
    """A read of a source that clears and never accuses: a bridge, a feed, a link."""
    values: dict[str, Any] = {
        "source": BRIDGE,
        "can_prove_absence": False,
        "complete_from": None,
        "identity": Identity(),
    }
    return shown(*posts, **(values | changes))


def twice(*posts: Post, **changes: Any) -> list[FetchResult]:
    """Two reads of one source, six hours apart, that show the same."""
    return [shown(*posts, hour=hour, **changes) for hour in (8, 14)]


def verdict(
    duty: AccountDuty,
    *results: FetchResult,
    day: date = MONDAY,
    profile: Profile = KAIFENG,
    memory: AccountMemory | None = None,
    closed_controls_ok: bool = True,
) -> Verdict:
    found: Sequence[FetchResult] = results
    return judge_account(
        duty, found, day, profile, memory=memory, closed_controls_ok=closed_controls_ok
    )
