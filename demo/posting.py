"""What every account has posted by an instant, and which weeks it let pass. Pure.

Weeks are natural ones (Monday to Sunday, Shanghai). Ordinary accounts post more often than they
owe; a planted one falls short in some weeks, or falls silent for longer than two. Nobody posts at
night, nor on the morning of a check day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from demo.accounts import Account
from demo.chance import chance

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST_WEEK, LAST_WEEK = date(2022, 4, 11), date(2022, 7, 25)  # Mondays
# The weeks that June's check days look back on.
JUDGED = tuple(date(2022, 5, 30) + timedelta(weeks=n) for n in range(4))
SILENT_FROM, SILENT_UNTIL = date(2022, 5, 28), date(2022, 6, 21)
MOST_A_WEEK = 6
# Planted accounts rest on Sundays: of what is dated by the day alone, nothing then lies so near the
# edge of a week that only a person could say on which side.
WORKDAYS = 6
DAILY = 7  # the quota of accounts that post every day: the controls
OPENS, CLOSES = 9, 20  # hours of posting
THEMES = (
    "工作动态", "便民提示", "政策问答", "安全提醒", "志愿服务", "天气预警", "办事指南", "文明创建",
    "反诈宣传", "防汛提示", "招聘信息", "文化活动",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Post:
    """One publish event. `parts` articles went out in it."""

    at: datetime
    title: str
    parts: int = 1
    repost: bool = False

    @property
    def seconds(self) -> int:
        """Its time in seconds since 1970."""
        return int(self.at.timestamp())


def seen_at(day: date) -> datetime:
    """The hour at which the city's platforms stand still on a day: before anybody posts."""
    return datetime.combine(day, time(8), SHANGHAI)


def posts_of(account: Account, day: date) -> tuple[Post, ...]:
    """What an account shows on the morning of a day, the newest first."""
    until = seen_at(day)
    return tuple(post for post in _all(account) if post.at < until)


@cache
def _all(account: Account) -> tuple[Post, ...]:
    found: list[Post] = []
    monday = FIRST_WEEK
    while monday <= LAST_WEEK:
        found += _week(account, monday)
        monday += timedelta(weeks=1)
    return tuple(sorted(found, key=lambda post: post.at, reverse=True))


def _week(account: Account, monday: date) -> list[Post]:
    draw = chance("posts", account.platform, account.ident, monday)
    least = (account.weekly_min or 0) + 1
    count = DAILY if account.weekly_min == DAILY else draw.randint(least, MOST_A_WEEK)
    if account.problem == "week" and monday in short_weeks(account):
        count = (account.weekly_min or 1) - 1
    days = sorted(draw.sample(range(WORKDAYS if account.problem else 7), count))
    posts = [_post(account, monday + timedelta(days=day), draw.random()) for day in days]
    if account.problem == "stale":
        return [one for one in posts if not SILENT_FROM <= one.at.date() < SILENT_UNTIL]
    return posts


def short_weeks(account: Account) -> frozenset[date]:
    """The weeks in which a planted account falls short: one or two, never in a row, so that it is
    never silent for longer than two weeks."""
    draw = chance("short", account.platform, account.ident)
    first = draw.randrange(4)
    second = (first + draw.choice((2, 3))) % 4
    return frozenset({JUDGED[first], JUDGED[second] if abs(first - second) > 1 else JUDGED[first]})


def _post(account: Account, day: date, where: float) -> Post:
    draw = chance("post", account.platform, account.ident, day)
    minutes = OPENS * 60 + int(where * (CLOSES - OPENS) * 60)
    at = datetime.combine(day, time(minutes // 60, minutes % 60, draw.randrange(60)), SHANGHAI)
    title = f"{day.month}月{day.day}日{draw.choice(THEMES)}"
    return Post(at, title, draw.choice((1, 1, 2, 3)), repost=draw.random() < 0.2)
