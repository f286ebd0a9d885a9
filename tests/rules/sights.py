"""Sights, duties and observations for tests of judging, told in as few words as possible."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from rules.duties import Duty
from rules.facts import Client, Observation, Outcome, Sight, Verdict
from rules.judging import conclude, judge
from rules.kinds import ColumnKind
from rules.profiles import Limit, Profile, load_profile
from rules.register import SiteRole

NATIONAL: Profile = load_profile("national", None)
KAIFENG: Profile = load_profile("kaifeng-2022", None)
CHECK_DAY = date(2022, 6, 20)
START = datetime(2022, 6, 20, 0, 0, tzinfo=UTC)


def days_ago(days: int, check_day: date = CHECK_DAY) -> date:
    return check_day - timedelta(days=days)


def duty(limit: Limit = 14, kind: ColumnKind = ColumnKind.NEWS, **changes: object) -> Duty:
    values: dict[str, object] = {
        "target": "示例区/动态",
        "unit": "示例区",
        "url": "http://www.example.test/dt/",
        "site": "示例区",
        "column": "动态",
        "kind": kind,
        "level": 1,
        "role": SiteRole.PORTAL,
        "limit": limit,
    }
    return Duty(**{**values, **changes})  # type: ignore[arg-type]


def read(
    newest: date | None = None,
    *,
    minute: int = 0,
    confidence: float = 0.9,
    controls_ok: bool | None = True,
    signs: tuple[str, ...] = (),
    client: Client = Client.HTTP,
) -> Sight:
    """A sight that read a list."""
    return Sight(
        at=START + timedelta(minutes=minute),
        client=client,
        outcome=Outcome.READ,
        newest=newest,
        item_count=15,
        confidence=confidence,
        signs=signs,
        controls_ok=controls_ok,
    )


def saw(
    outcome: Outcome,
    *,
    minute: int = 0,
    client: Client = Client.HTTP,
    controls_ok: bool | None = True,
) -> Sight:
    """A sight that read nothing."""
    at = START + timedelta(minutes=minute)
    return Sight(at=at, client=client, outcome=outcome, controls_ok=controls_ok)


def twice(newest: date, **changes: object) -> tuple[Sight, ...]:
    """Two independent sights that agree."""
    return tuple(
        read(newest, minute=minute, **changes)  # type: ignore[arg-type]
        for minute in (0, 20)
    )


def judged(
    owed: Duty,
    *sights: Sight,
    profile: Profile = KAIFENG,
    check_day: date = CHECK_DAY,
    closed_controls_ok: bool = True,
    earlier: tuple[Observation, ...] = (),
) -> Verdict:
    return judge(
        owed,
        conclude(sights),
        check_day,
        profile,
        closed_controls_ok=closed_controls_ok,
        earlier=earlier,
    )
