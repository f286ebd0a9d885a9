"""Times as platforms write them: one table of forms, strictly read, anything else is None.

A naive time is Shanghai's. Ten digits are seconds, thirteen milliseconds. Names of days and months
are English whatever the machine's locale, and a weekday that its date does not have makes the
whole None. Forms that count from now (3小时前, 昨天) need the instant at which they were shown;
where they name no minute, only the day is believed. A new form is a new row of FORMS and its test.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from rules.facts import SHANGHAI
from rules.posts import Precision
from spiders.accounts.payloads import whole

FIRST_YEAR, LAST_YEAR = 2005, 2099  # no platform here is older
LONGEST = 60  # characters; no form is longer
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_ZONE = r"(?P<zone>Z|GMT|UTC?|[+-]\d{2}:?\d{2}|[+-]\d{2})"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
_MONTH = r"(?P<month>[A-Za-z]{3})"
_WEEKDAY = r"(?P<weekday>[A-Za-z]{3,9})"
_NAMED_DAYS = {"今天": 0, "昨天": 1, "前天": 2}


@dataclass(frozen=True, slots=True)
class Moment:
    """An aware instant and how exactly it is known; a day stands at its first instant.

    `guessed`: the year was not written. Such a time clears, and never proves that others are old.
    """

    at: datetime
    precision: Precision
    guessed: bool = False


Match = re.Match[str]
Reader = Callable[[Match, datetime], "Moment | None"]


@dataclass(frozen=True, slots=True)
class Form:
    """One row: its name, how it looks as a whole, how it is read."""

    name: str
    pattern: re.Pattern[str]
    read: Reader


def read_time(raw: object, shown_at: datetime, form: str | None = None) -> Moment | None:
    """The moment that a platform wrote; None for what is not exactly one of the forms.

    `form`: only this row may match, for sources whose form is configured.
    """
    number = whole(raw)
    text = str(number) if number is not None else raw
    if not isinstance(text, str) or len(text) > LONGEST:
        return None
    said = " ".join(text.split())
    for row in FORMS:
        match = row.pattern.fullmatch(said) if form in (None, row.name) else None
        if match is not None:
            return _kept(row, match, shown_at)
    return None


def _kept(row: Form, match: Match, shown_at: datetime) -> Moment | None:
    try:
        moment = row.read(match, shown_at.astimezone(SHANGHAI))
    except (ValueError, OverflowError):
        return None
    if moment is None or not FIRST_YEAR <= moment.at.year <= LAST_YEAR:
        return None
    return moment


def _part(match: Match, name: str) -> str | None:
    return match.groupdict().get(name)


def _number(match: Match, name: str) -> int:
    return int(_part(match, name) or 0)


def zone_of(text: str | None) -> tzinfo:
    """The zone that a time names; Shanghai where it names none."""
    if text is None:
        return SHANGHAI
    if text in ("Z", "GMT", "UT", "UTC"):
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        raise ValueError(f"{text} is no zone")
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _precision(match: Match) -> Precision:
    if _part(match, "hour") is None:
        return Precision.DAY
    return Precision.MINUTE if _part(match, "second") is None else Precision.SECOND


def _written(match: Match, year: int, month: int, day: int) -> Moment | None:
    """The date of these numbers at the clock time of the match, if its weekday agrees."""
    clock = (_number(match, "hour"), _number(match, "minute"), _number(match, "second"))
    at = datetime(year, month, day, *clock, tzinfo=zone_of(_part(match, "zone")))
    weekday = _part(match, "weekday")
    if weekday and weekday[:3].lower() != _DAYS[at.weekday()]:
        return None
    return Moment(at, _precision(match))


def _numeric(match: Match, _now: datetime) -> Moment | None:
    return _written(match, _number(match, "year"), _number(match, "month"), _number(match, "day"))


def _english(match: Match, _now: datetime) -> Moment | None:
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    return _written(match, _number(match, "year"), month, _number(match, "day"))


def _yearless(match: Match, now: datetime) -> Moment | None:
    """The latest such day that has come already."""
    month, day = _number(match, "month"), _number(match, "day")
    years = (now.year - back for back in range(5))
    there = (year for year in years if _exists(year, month, day))
    shown = (_written(match, year, month, day) for year in there)
    found = next((moment for moment in shown if moment and moment.at <= now), None)
    return replace(found, guessed=True) if found else None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        datetime(year, month, day, tzinfo=SHANGHAI)
    except ValueError:
        return False
    return True


def _stamp(divisor: int) -> Reader:
    def read(match: Match, _now: datetime) -> Moment:
        return Moment(datetime.fromtimestamp(int(match[0]) / divisor, UTC), Precision.SECOND)

    return read


def _named_day(match: Match, now: datetime) -> Moment | None:
    day = now - timedelta(days=_NAMED_DAYS[match["named"]])
    return _written(match, day.year, day.month, day.day)


def _ago(unit: str, precision: Precision) -> Reader:
    def read(match: Match, now: datetime) -> Moment:
        at = now - timedelta(**{unit: int(match["count"])})
        if unit in ("days", "weeks"):
            at = at.replace(hour=0, minute=0, second=0, microsecond=0)
        return Moment(at, precision)

    return read


def _now(_match: Match, now: datetime) -> Moment:
    return Moment(now, Precision.MINUTE)


def _form(name: str, pattern: str, read: Reader) -> Form:
    return Form(name, re.compile(pattern, re.ASCII), read)


def _dashed(mark: str) -> str:
    return rf"(?P<year>\d{{4}}){mark}(?P<month>\d{{1,2}}){mark}(?P<day>\d{{1,2}})"


_CHINESE_DAY = r"(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日"
FORMS: tuple[Form, ...] = (
    _form("seconds", r"\d{10}", _stamp(1)),
    _form("milliseconds", r"\d{13}", _stamp(1000)),
    _form(
        "ctime",  # Tue Nov 17 10:05:00 +0800 2026
        rf"{_WEEKDAY} {_MONTH} (?P<day>\d{{1,2}}) {_CLOCK} {_ZONE} (?P<year>\d{{4}})",
        _english,
    ),
    _form(
        "rfc822",  # Tue, 17 Nov 2026 10:05:00 +0800
        rf"(?:{_WEEKDAY}, ?)?(?P<day>\d{{1,2}}) {_MONTH} (?P<year>\d{{4}}) "
        rf"{_CLOCK}(?: {_ZONE})?",
        _english,
    ),
    _form("iso", rf"{_dashed('-')}(?:[T ]{_CLOCK} ?{_ZONE}?)?", _numeric),
    _form("slashes", rf"{_dashed('/')}(?: {_CLOCK})?", _numeric),
    _form("dots", rf"{_dashed('[.]')}(?: {_CLOCK})?", _numeric),
    _form("chinese", rf"(?P<year>\d{{4}}) ?年 ?{_CHINESE_DAY}(?: ?{_CLOCK})?", _numeric),
    _form("chinese_yearless", rf"{_CHINESE_DAY}(?: ?{_CLOCK})?", _yearless),
    _form("yearless", rf"(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?: {_CLOCK})?", _yearless),
    _form("named_day", rf"(?P<named>今天|昨天|前天)(?: ?{_CLOCK})?", _named_day),
    _form("now", r"刚刚", _now),
    _form("seconds_ago", r"(?P<count>\d{1,2}) ?秒(?:钟)?前", _ago("seconds", Precision.MINUTE)),
    _form("minutes_ago", r"(?P<count>\d{1,2}) ?分钟前", _ago("minutes", Precision.MINUTE)),
    _form("hours_ago", r"(?P<count>\d{1,2}) ?个?小时前", _ago("hours", Precision.DAY)),
    _form("days_ago", r"(?P<count>\d{1,3}) ?天前", _ago("days", Precision.DAY)),
    _form("weeks_ago", r"(?P<count>\d{1,2}) ?周前", _ago("weeks", Precision.DAY)),
)
