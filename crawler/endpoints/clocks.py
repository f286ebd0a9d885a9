"""Values that are the present instant, in the forms that scripts write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from rules.facts import SHANGHAI

NEAR = timedelta(days=1)  # a stamp so near to the present is the present: some are rounded
ROLLING = timedelta(days=40)  # a date so near, but not today, is reckoned from today
UNITS: Mapping[str, float] = MappingProxyType({"ms": 1000.0, "s": 1.0, "min": 1 / 60})
ISO = "iso"  # UTC, as JSON has it
# Civil forms (Asia/Shanghai), and how near they must be; a year counts only under such a name.
DAY, MONTH, YEAR = timedelta(days=1), timedelta(days=31), timedelta(days=366)
FORMS: Mapping[str, timedelta] = MappingProxyType(
    {
        "%Y-%m-%d %H:%M:%S": DAY,
        "%Y-%m-%d %H:%M": DAY,
        "%Y%m%d%H%M%S": DAY,
        "%Y%m%d%H%M": DAY,
        "%Y-%m-%d": DAY,
        "%Y/%m/%d": DAY,
        "%Y.%m.%d": DAY,
        "%Y%m%d": DAY,
        "%Y-%m": MONTH,
        "%Y%m": MONTH,
        "%Y": YEAR,
    }
)
YEAR_NAMES = re.compile(r"year|nian|niandu|^(?:y|yy|yyyy|nd|nf)$", re.IGNORECASE)
DATE = re.compile(r"(?<!\d)(20\d\d)[-/.年]?(\d\d?)[-/.月]?(\d\d?)(?!\d)")
ISO_STAMP = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def clock_form(value: str, name: str, now: datetime) -> str | None:
    """The form in which `value` is the present instant (`now`, aware); None: it is not."""
    if re.fullmatch(r"\d{8,13}", value):
        for unit, factor in UNITS.items():
            if abs(float(value) / factor - now.timestamp()) <= NEAR.total_seconds():
                return unit
    if ISO_STAMP.fullmatch(value) and abs(datetime.fromisoformat(value) - now) <= NEAR:
        return ISO
    if not re.fullmatch(r"20\d\d[\d\-/.: ]{0,16}", value):
        return None
    return next((form for form in FORMS if _is_now(value, form, name, now)), None)


def _is_now(value: str, form: str, name: str, now: datetime) -> bool:
    if form == "%Y" and not YEAR_NAMES.search(name):
        return False
    try:
        stamp = datetime.strptime(value, form).replace(tzinfo=SHANGHAI)
    except ValueError:
        return False
    if stamp.strftime(form) != value:
        return False
    same = now.astimezone(SHANGHAI).strftime(form) == value
    return same or (FORMS[form] is DAY and abs(stamp.date() - _day(now)) <= NEAR)


def clock_value(form: str, now: datetime) -> str | None:
    """The present instant in a form; None for a form that nobody knows."""
    if form in UNITS:
        return str(int(now.timestamp() * UNITS[form]))
    if form == ISO:
        return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03}Z"
    return now.astimezone(SHANGHAI).strftime(form) if form in FORMS else None


def is_day(value: str) -> bool:
    """Whether a value is nothing but a date, perhaps with a time."""
    found = DATE.match(value)
    rest = value[found.end() :] if found else value
    return (
        found is not None
        and _date(*map(int, found.groups())) is not None
        and (re.fullmatch(r"(?:[ T][\d:]{4,8})?", rest) is not None)
    )


def is_rolling(value: str, now: datetime) -> bool:
    """Whether a date stands in `value` that was surely reckoned from today, nobody knows how."""
    return any(
        day is not None and abs(day - _day(now)) <= ROLLING
        for day in (_date(*map(int, found)) for found in DATE.findall(value))
    )


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(now: datetime) -> date:
    return now.astimezone(SHANGHAI).date()
