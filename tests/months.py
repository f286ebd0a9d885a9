"""A month of rounds in a database, small enough to know by heart, for storage, reports, commands.

Two sites of three columns and a third that was never read; rounds on 6, 13 and 20 June 2022, the
last of them unfinished. What the verdicts are stands in `SEEN`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from rules.kinds import ColumnKind
from rules.months import ViolationRecord
from rules.platforms import Platform
from rules.profiles import load_profile
from rules.register import Account, Column, Register, Site, Standing, Unit
from storage.engine import transaction
from storage.models import (
    Due,
    DueState,
    ProfileText,
    RegisterText,
    Round,
    RoundStatus,
    Sample,
    VerdictRow,
    Violation,
)
from storage.violations import replace_month

HOSTILE = "=cmd|'/C calc'!A0\x1b[31m\u202e"
NEWS, POLICY, STATS, MUTE = "甲区/动态", "甲区/政策", "乙局/统计", "丙局/公告"

REGISTER = Register(
    city="示例市",
    units=(Unit("甲区政府"), Unit("乙局"), Unit("丙局")),
    sites=(
        Site(
            "甲区政府网",
            "甲区政府",
            "http://jia.example.test/",
            columns=(
                Column(NEWS, "基层动态", "http://jia.example.test/dt/", ColumnKind.NEWS),
                Column(POLICY, "政策文件", "http://jia.example.test/zc/", ColumnKind.POLICY),
            ),
        ),
        Site(
            "乙局网",
            "乙局",
            "http://yi.example.test/",
            columns=(Column(STATS, HOSTILE, "http://yi.example.test/tj/", ColumnKind.STATS),),
        ),
        Site(
            "丙局网",
            "丙局",
            "http://bing.example.test/",
            columns=(Column(MUTE, "公告", "http://bing.example.test/gg/", ColumnKind.NOTICE),),
        ),
        Site("丁局网", "乙局", "http://ding.example.test/", status=Standing.CLOSED),
    ),
    accounts=(Account("甲发布", "甲区政府", Platform.WEIBO, "1234567890"),),
)

DAYS = (date(2022, 6, 6), date(2022, 6, 13), date(2022, 6, 20))

# (truth, reason, newest, days, limit, warn) of each target on each judged check day.
SEEN: Mapping[date, Mapping[str, tuple[str, str | None, date | None, int | None, int, bool]]] = {
    DAYS[0]: {
        NEWS: ("violation", None, date(2022, 5, 20), 17, 14, False),
        POLICY: ("ok", None, date(2022, 6, 1), 5, 184, False),
        STATS: ("unknown", "blocked", None, None, 92, False),
        MUTE: ("unknown", "blocked", None, None, 184, False),
    },
    DAYS[1]: {
        NEWS: ("violation", None, date(2022, 5, 20), 24, 14, False),
        POLICY: ("ok", None, date(2021, 12, 20), 175, 184, True),
        STATS: ("ok", None, date(2022, 6, 1), 12, 92, False),
        MUTE: ("unknown", "blocked", None, None, 184, False),
    },
}


def at(day: date, hour: int = 0) -> datetime:
    """08:00 in Shanghai on a day, some hours later."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)


def record(target: str = NEWS, **changes: object) -> ViolationRecord:
    """A violation of 甲区's news column in both judged rounds, or one unlike it."""
    values: dict[str, object] = {
        "month": "2022-06",
        "target": target,
        "family": "stale",
        "list": "site",
        "site": "甲区政府网",
        "account": None,
        "unit": "甲区政府",
        "column": "基层动态",
        "kind": "news",
        "platform": None,
        "problem": "超过2周未更新",
        "rule": "P01",
        "newest": date(2022, 5, 20),
        "days": 24,
        "limit": 14,
        "url": "http://jia.example.test/dt/",
        "outcome": "read",
        "rounds": (DAYS[0], DAYS[1]),
        "first_failed": DAYS[0],
        "last_failed": DAYS[1],
    }
    return ViolationRecord(**{**values, **changes})  # type: ignore[arg-type]


UNREACHABLE = record(
    STATS,
    family="unreachable",
    site="乙局网",
    unit="乙局",
    column=HOSTILE,
    kind="stats",
    problem="栏目打不开",
    rule="P07",
    newest=None,
    days=None,
    limit=None,
    url="http://yi.example.test/tj/?q=1",
    outcome="timeout",
    rounds=(DAYS[1],),
    first_failed=DAYS[1],
)


def write_june(engine: Engine) -> None:
    """The rounds, their verdicts and the violation table."""
    text = REGISTER.to_snapshot()
    with transaction(engine) as session:
        session.add(RegisterText(hash="register", text=text))
        national = load_profile("national", None).to_snapshot()
        session.add(ProfileText(hash="profile", name="national", text=national))
        session.add(ProfileText(hash="other", name="own", text="{}"))
        session.flush()
        for day in DAYS:
            _write_round(session, day)
        replace_month(session, "2022-06", [record(), UNREACHABLE])
        for row in session.scalars(select(Violation)):
            row.evidence = ["ab" * 32]


def _write_round(session: Session, day: date) -> None:
    judged = SEEN.get(day, {})
    row = Round(
        check_date=day,
        status=RoundStatus.COMPLETE if judged else RoundStatus.INCOMPLETE,
        opened_at=at(day),
        closed_at=at(day, 2) if judged else None,
        register_hash="register",
        profile_hash="profile",
        report={"over_budget": day == DAYS[1]},
    )
    session.add(row)
    session.flush()
    for site in REGISTER.sites:
        for column in site.columns:
            done = bool(judged) or column.id == NEWS
            session.add(
                Due(
                    round_id=row.id,
                    target=column.id,
                    target_kind="column",
                    site=site.name,
                    url=column.url,
                    host_group=site.url,
                    shard=0,
                    state=DueState.DONE if done else DueState.RECHECK,
                    looks=2,
                )
            )
    for number in range(3):
        session.add(
            Sample(
                round_id=row.id,
                purpose="control",
                url="http://control.example.test/",
                at=at(day),
                ok=number > 0,
                outcome="read",
                elapsed_ms=5,
            )
        )
    for target in judged:
        session.add(_verdict(row, target, "profile"))
        # A rejudging under another profile stands beside it and must not be counted.
        session.add(_verdict(row, target, "other"))


def _verdict(row: Round, target: str, profile: str) -> VerdictRow:
    truth, reason, newest, days, limit, warn = SEEN[row.check_date][target]
    return VerdictRow(
        round_id=row.id,
        target=target,
        profile_hash=profile,
        truth=truth,
        reason=reason,
        newest=newest,
        days=days,
        limit=limit,
        warn=warn,
        outcome="read",
        signs=[],
        judged_at=at(row.check_date, 2),
    )
