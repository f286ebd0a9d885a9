"""V3 首页不更新: whether two weeks passed in which nothing new stood on home page or columns.

Standard 2.1: no update on the home page within two weeks; where it is only a way to the columns,
none on any of the second-level pages. A fresh date anywhere clears; what accuses is a home page
that was read, and columns that were read with certainty. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rules.facts import Truth, UnknownReason
from rules.profiles import Profile
from rules.veto_facts import SiteMonth, Surveyed, VetoFinding, VetoStanding

RULE = "V3"
WINDOW = 14  # days
HOME_CHECK = "home_news"  # of the survey: `what` of its first place is the newest date, or empty
LEAST_READ = 3  # columns without which nothing is said of a site
# A column that stays unknown for one of these may well have been updated.
PERHAPS_UPDATED = frozenset(
    {
        UnknownReason.BACKDATED,
        UnknownReason.DISAGREEMENT,
        UnknownReason.UNDATED,
        UnknownReason.YEAR_INFERRED,
        UnknownReason.LOW_CONFIDENCE,
    }
)


@dataclass(frozen=True, slots=True)
class HomeSeen:
    """The home page, shown stale by a survey on a day. `newest` is None where it shows no date at
    all: it is judged by its columns alone."""

    day: date
    newest: date | None


def home_seen(surveyed: Surveyed | None) -> HomeSeen | None:
    """What a survey proved against the home page; None: nothing that could accuse anybody."""
    if surveyed is None or surveyed.check.truth is not Truth.VIOLATION:
        return None
    words = surveyed.check.places[0].what if surveyed.check.places else ""
    try:
        return HomeSeen(surveyed.day, date.fromisoformat(words) if words else None)
    except ValueError:
        return None


def home_not_updated(month: SiteMonth, profile: Profile) -> VetoFinding:
    """Whether the site's home page failed in the windows that end on the month's check days."""
    surveyed = month.survey.get(HOME_CHECK)
    home = home_seen(surveyed)
    dates = [*month.newest_dates(), *([home.newest] if home and home.newest else [])]
    last = month.days[-1] if month.days else None
    failing = tuple(day for day in month.days if home and _has_failed(month, home, day, dates))
    newest = max((one for one in dates if last and one <= last), default=None)
    if failing:
        return _finding(VetoStanding.FAILED, "home_stale", failing[-1], newest, failing)
    if last is not None and any(_is_within(one, last) or one > last for one in dates):
        if _is_near(month, last, dates, profile):
            return _finding(VetoStanding.WARN, "home_near", last, newest)
        return _finding(VetoStanding.OK, "home_fresh", last, newest)
    if surveyed is not None and surveyed.check.truth is Truth.OK:
        return VetoFinding(RULE, VetoStanding.OK, "surveyed")
    return _finding(VetoStanding.UNCHECKED, _why_not(month, home), last, newest)


def _finding(
    standing: VetoStanding,
    why: str,
    last: date | None,
    newest: date | None,
    failing: tuple[date, ...] = (),
) -> VetoFinding:
    age = (last - newest).days if last and newest else None
    told = {"newest": newest or "—", "days": "—" if age is None else age, "day": last or "—"}
    return VetoFinding(RULE, standing, why, told, failing, newest)


def _is_within(one: date, day: date) -> bool:
    return timedelta() <= day - one <= timedelta(days=WINDOW)


def _has_failed(month: SiteMonth, home: HomeSeen, day: date, dates: Iterable[date]) -> bool:
    """Whether nothing at all speaks of an update in the two weeks before a check day.

    What the home page shows later says nothing more of an earlier day than what it shows then, and
    what it showed earlier nothing of a later one.
    """
    if day > home.day or any(_is_within(one, day) for one in dates):
        return False
    return _are_read(month, day, every=home.newest is None)


def _is_near(month: SiteMonth, last: date, dates: Iterable[date], profile: Profile) -> bool:
    """Whether the last check day is past the warning line by columns enough to say so, and no
    survey saw the home page updated."""
    surveyed = month.survey.get(HOME_CHECK)
    if surveyed is not None and surveyed.check.truth is Truth.OK:
        return False
    age = (last - max(dates)).days
    return age >= profile.warn_from(WINDOW) and _are_read(month, last, every=False)


def _are_read(month: SiteMonth, day: date, *, every: bool) -> bool:
    """Whether the columns of a round speak for the site: enough of them were read with certainty,
    and none that was not may hide an update; where they alone speak (`every`), all of them."""
    verdicts = [one.verdict for one in month.seen.get(day, {}).values()]
    read = [one for one in verdicts if one.truth is not Truth.UNKNOWN and one.newest is not None]
    unread = [one for one in verdicts if one.truth is Truth.UNKNOWN]
    if len(read) < LEAST_READ or any(one.reason in PERHAPS_UPDATED for one in unread):
        return False
    return not (every and unread) and len(read) >= len(unread)


def _why_not(month: SiteMonth, home: HomeSeen | None) -> str:
    if not month.days:
        return "home_no_round"
    return "home_unseen" if home is None else "home_doubtful"
