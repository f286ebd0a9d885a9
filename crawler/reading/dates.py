"""Dates as people write them on Chinese pages: one table of forms, one scan of a text.

For lists, articles, addresses and data. Says what is written and where, never whether it is a
date of publication: that is `roles`. `today` is a Shanghai date; a date that no calendar has
(6月31日) is no date. A new form is a new row of FORMS with a row in its test.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum

from rules.facts import SHANGHAI

EARLIEST_YEAR = 1990  # older than any government page

FULL_WIDTH = {ord("０") + i: str(i) for i in range(10)} | {
    ord(wide): narrow
    for wide, narrow in zip("（）［］．－／：　—–―−‐‑〔〕", "()[].-/: ------[]", strict=True)
}
_WIDE = re.compile(f"[{''.join(map(chr, FULL_WIDTH))}]")
CHINESE_DIGITS = {char: i for i, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "○": 0, "O": 0, "０": 0, "0": 0, "Ｏ": 0, "◯": 0,
}  # fmt: skip
MONTHS = {
    name: i + 1
    for i, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    )
}


class Precision(IntEnum):
    """How much of a date is written."""

    DAY = 1  # 02 of a stacked date
    YEAR = 2  # 2022
    MONTH = 3  # 6月
    YEAR_MONTH = 4  # 2022-06
    NO_YEAR = 5  # 06-02
    FULL = 6


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written: its parts, its place in the (normalised) text, the form's name.

    `weak` forms are digits that may mean something else: they count only where a date stands alone.
    """

    form: str
    precision: Precision
    year: int
    month: int
    day: int
    start: int
    end: int
    weak: bool = False

    @property
    def date(self) -> date | None:
        """The civil date, if all of it is written."""
        return date(self.year, self.month, self.day) if self.precision is Precision.FULL else None


Parts = tuple[Precision, int, int, int]  # precision, year, month, day; 0 where not written
Reader = Callable[["re.Match[str]", str, date], Parts | None]


@dataclass(frozen=True, slots=True)
class Form:
    """One row: how it looks, how its groups are read. Groups inside the pattern have no names."""

    name: str
    pattern: str
    read: Reader
    weak: bool = False


def _numbers(match: re.Match[str], name: str) -> list[int]:
    """The runs of digits of the match, in order."""
    return [int(run) for run in re.findall(r"\d+", match.group(name))]


def _full(match: re.Match[str], name: str, _today: date) -> Parts | None:
    numbers = _numbers(match, name)
    return (Precision.FULL, numbers[0], numbers[1], numbers[2])


def _short(match: re.Match[str], name: str, today: date) -> Parts | None:
    year, month, day = _numbers(match, name)[:3]
    century = 2000 if year <= (today.year % 100) + 1 else 1900
    return (Precision.FULL, century + year, month, day)


def _eight(match: re.Match[str], name: str, _today: date) -> Parts | None:
    run = match.group(name)
    return (Precision.FULL, int(run[:4]), int(run[4:6]), int(run[6:8]))


def _no_year(match: re.Match[str], name: str, _today: date) -> Parts | None:
    month, day = _numbers(match, name)[:2]
    return (Precision.NO_YEAR, 0, month, day)


def _year_month(match: re.Match[str], name: str, _today: date) -> Parts | None:
    year, month = _numbers(match, name)[:2]
    return (Precision.YEAR_MONTH, year, month, 0)


def _year(match: re.Match[str], name: str, _today: date) -> Parts | None:
    return (Precision.YEAR, _numbers(match, name)[0], 0, 0)


def _month(match: re.Match[str], name: str, _today: date) -> Parts | None:
    return (Precision.MONTH, 0, _numbers(match, name)[0], 0)


def _month_word(match: re.Match[str], name: str, _today: date) -> Parts | None:
    return (Precision.MONTH, 0, MONTHS[match.group(name)[:3].lower()], 0)


def _day(match: re.Match[str], name: str, _today: date) -> Parts | None:
    return (Precision.DAY, 0, 0, _numbers(match, name)[0])


def _chinese_number(text: str) -> int:
    """十 = 10, 十二 = 12, 二十一 = 21, 〇六 = 6, 三〇 = 30."""
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (CHINESE_DIGITS.get(tens, 1) if tens else 1) * 10 + CHINESE_DIGITS.get(ones, 0)
    return int("".join(str(CHINESE_DIGITS[char]) for char in text))


def _chinese(match: re.Match[str], name: str, _today: date) -> Parts | None:
    year, rest = re.split(r"\s*年\s*", match.group(name), maxsplit=1)
    month, rest = re.split(r"\s*月\s*", rest, maxsplit=1)
    parts = [_chinese_number(part.strip()) for part in (year, month, rest.rstrip("日号 "))]
    return (Precision.FULL, parts[0], parts[1], parts[2])


def _english(match: re.Match[str], name: str, _today: date) -> Parts | None:
    text = match.group(name)
    month = next(MONTHS[word] for word in re.findall(r"[a-z]{3}", text.lower()) if word in MONTHS)
    numbers = [int(run) for run in re.findall(r"\d+", text)]
    year = next(number for number in numbers if number > 1000)
    if re.search(r"(?:GMT|UTC|\+0000)$", text):
        return _shanghai(datetime(year, month, numbers[0], *_clock(text), tzinfo=UTC))
    return (Precision.FULL, year, month, numbers[0])


def _clock(text: str) -> tuple[int, int]:
    found = re.search(r"(\d\d):(\d\d)", text)
    return (int(found.group(1)), int(found.group(2))) if found else (0, 0)


def _utc(match: re.Match[str], name: str, _today: date) -> Parts | None:
    numbers = _numbers(match, name)
    return _shanghai(datetime(*numbers[:5], tzinfo=UTC))  # type: ignore[misc, arg-type]


def _shanghai(instant: datetime) -> Parts:
    return _on(instant.astimezone(SHANGHAI).date())


AGO_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "小时": 0, "分钟": 0, "秒": 0}
DAY_WORDS = {"今天": 0, "今日": 0, "刚刚": 0, "刚才": 0, "昨天": 1, "昨日": 1, "前天": 2}


def _ago(match: re.Match[str], name: str, today: date) -> Parts | None:
    run = match.group(name)
    count = int(re.match(r"\d+", run).group())  # type: ignore[union-attr]
    unit = next(unit for unit in AGO_DAYS if unit in run)
    return _on(today - timedelta(days=count * AGO_DAYS[unit]))


def _day_word(match: re.Match[str], name: str, today: date) -> Parts | None:
    return _on(today - timedelta(days=DAY_WORDS[match.group(name)[:2]]))


def _on(day: date) -> Parts:
    return (Precision.FULL, day.year, day.month, day.day)


_Y = r"(?:19|20)\d\d"
_M = r"(?:1[0-2]|0?[1-9])"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
_MM = r"(?:1[0-2]|0[1-9])"
_DD = r"(?:3[01]|[12]\d|0[1-9])"
# 2020-12-0108:30 has its time glued to the day.
# And "2020-5-2..." has lost its last digit.
_END = r"(?:(?![\d…]|\.\.)|(?=\s?\d{1,2}:\d\d))"
_CN = r"[〇零○◯OＯ0一二三四五六七八九]"
_CN_TO_31 = r"[〇零一二三四五六七八九十]{1,3}"
_JAN = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_ZONE = r"(?: \d\d:\d\d:\d\d (?:GMT|UTC|\+0000))?"

# Order matters: at one place the first row that fits wins. Origins: standard.md 5.1, the saved
# pages, and the formats of several hundred public feed routes (list_shapes).
FORMS: tuple[Form, ...] = (
    Form("utc", rf"(?<!\d){_Y}-{_MM}-{_DD}T\d\d:\d\d(?::\d\d(?:\.\d{{1,9}})?)?Z", _utc),
    Form("cn", rf"(?<!\d){_Y}\s?年\s?{_M}\s?月\s?{_D}\s?[日号]?(?!\d)", _full),
    Form("dashed", rf"(?<![\d.]){_Y}\s?-\s?{_M}\s?-\s?{_D}{_END}(?!-\d(?!\d?:\d\d))", _full),
    Form("slashed", rf"(?<![\d.]){_Y}\s?/\s?{_M}\s?/\s?{_D}{_END}(?!/\d)", _full),
    Form("dotted", rf"(?<![\d.]){_Y}\s?\.\s?{_M}\s?\.\s?{_D}(?!\d)(?!\.\d)", _full),
    Form("mixed", rf"(?<!\d){_Y}\s?年\s?{_M}\s?[-/.]\s?{_D}(?!\d)", _full),
    Form("cn_numerals", rf"{_CN}{{4}}\s?年\s?{_CN_TO_31}\s?月\s?{_CN_TO_31}\s?[日号]", _chinese),
    Form("english", rf"(?<!\d)\d{{1,2}}[ -]{_JAN}\.?,?[ -]\d{{4}}{_ZONE}(?!\d)", _english),
    Form("month_first", rf"(?<![A-Za-z]){_JAN}\.? \d{{1,2}},? \d{{4}}(?!\d)", _english),
    Form("java", rf"(?<![A-Za-z]){_JAN} \d\d \d\d:\d\d:\d\d [A-Z]{{3}} \d{{4}}(?!\d)", _english),
    Form("cn_short_year", rf"(?<!\d)\d\d\s?年\s?{_M}\s?月\s?{_D}\s?日", _short),
    Form("short_dash", rf"(?<![\d.\-/])\d\d-{_MM}-{_DD}{_END}(?!-\d)", _short, weak=True),
    Form("short_slash", rf"(?<![\d.\-/])\d\d/{_MM}/{_DD}{_END}(?!/\d)", _short, weak=True),
    Form("short_dot", rf"(?<![\d.\-/])\d\d\.{_MM}\.{_DD}(?![\d.])", _short, weak=True),
    Form("glued", rf"(?<!\d){_Y}-{_MM}-{_DD}(?=\d)", _full, weak=True),
    Form("fourteen", rf"(?<![\d.]){_Y}{_MM}{_DD}[0-2]\d[0-5]\d[0-5]\d(?!\d)", _eight, weak=True),
    Form("eight", rf"(?<![\d.\-]){_Y}{_MM}{_DD}(?![\d.])", _eight, weak=True),
    Form("year_month_cn", rf"(?<!\d){_Y}\s?年\s?{_M}\s?月(?!\s?\d)", _year_month),
    Form("month_day_cn", rf"(?<![\d年]){_M}\s?月\s?{_D}\s?[日号]", _no_year),
    Form("month_day", rf"(?<![\d.\-/:年]){_M}[-/]{_D}(?![\d\-/%月])(?!\.\d)", _no_year, weak=True),
    Form("month_day_dot", rf"(?<![\d.\-/:年]){_MM}\.{_DD}(?![\d\-/%.])", _no_year, weak=True),
    Form("ago", r"(?<!\d)\d{1,3}\s?(?:天|日|周|星期|小时|分钟|秒)钟?(?:之|以)?前", _ago),
    Form(
        "day_word",
        r"(?:今天|今日|昨天|昨日|前天|刚刚|刚才)(?![\u4e00-\u9fff])",
        _day_word,
        weak=True,
    ),
    Form("year_month", rf"(?<![\d.\-/]){_Y}\s?[-/.]\s?{_M}(?![\d\-/.])", _year_month, weak=True),
    Form("year", rf"(?<![\d.])(?<!\d[-/]){_Y}(?:\s?年)?(?!\d)(?![\-/.]\d)", _year, weak=True),
    Form("month", rf"(?<![\d年]){_M}\s?月(?!\s?\d)", _month, weak=True),
    Form("month_name", rf"(?<![A-Za-z]){_JAN}(?![a-zA-Z])", _month_word, weak=True),
    Form("day", rf"(?<![\d.\-/:]){_D}\s?日?(?![\d\-/.:%月年])", _day, weak=True),
)
_BY_NAME = {form.name: form for form in FORMS}
# Bare years, months and days are pieces of stacked dates: looked for in short texts only.
_PIECES = frozenset({"year", "month", "month_name", "day"})
_PIECE_LENGTH = 14
_ROWS = {form.name: f"(?P<{form.name}>{form.pattern})" for form in FORMS}
# Every form begins with one of these: places that cannot begin one are passed over at once.
_FIRST = r"(?=[0-9〇零○◯OＯ一二三四五六七八九今昨前刚JFMASOND])"
_SCAN = re.compile(
    f"{_FIRST}(?:{'|'.join(row for name, row in _ROWS.items() if name not in _PIECES)})"
)
_SCAN_PIECES = re.compile(f"{_FIRST}(?:{'|'.join(_ROWS.values())})")
# A text in which none of these is found holds no date.
WORTH = re.compile(
    r"\d|[〇零○一二三四五六七八九][年月]|[今昨][天日]|前天|刚[刚才]|\b[A-Z][a-z]{2}\b"
)


def normalise(text: str) -> str:
    """Full-width digits and marks made narrow, one for one, so that places stay the same."""
    return text.translate(FULL_WIDTH) if _WIDE.search(text) else text


def find_dates(text: str, today: date) -> list[Written]:
    """All dates and pieces of dates written in `text`, in order. Impossible dates are left out."""
    if not WORTH.search(text):
        return []
    text = normalise(text)
    scan = _SCAN_PIECES if len(text) <= _PIECE_LENGTH else _SCAN
    return [found for match in scan.finditer(text) if (found := _written(match, today))]


def _written(match: re.Match[str], today: date) -> Written | None:
    name = match.lastgroup or ""
    form = _BY_NAME[name]
    try:
        parts = form.read(match, name, today)
    except (ValueError, OverflowError, KeyError, StopIteration):
        return None
    if parts is None or not _possible(*parts, today):
        return None
    return Written(name, *parts, match.start(), match.end(), form.weak)


def _possible(precision: Precision, year: int, month: int, day: int, today: date) -> bool:
    if precision is Precision.FULL:
        return EARLIEST_YEAR <= year <= today.year + 1 and _exists(year, month, day)
    if precision is Precision.NO_YEAR:
        return _exists(2000, month, day)  # a leap year: 29 February may be meant
    return not year or EARLIEST_YEAR <= year <= today.year + 1


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


# Stacked dates: pieces in texts of their own, one above the other. Rows: the precisions in order.
_P = Precision
STACKED: tuple[tuple[Precision, ...], ...] = (
    (_P.DAY, _P.YEAR_MONTH),
    (_P.YEAR_MONTH, _P.DAY),
    (_P.NO_YEAR, _P.YEAR),
    (_P.YEAR, _P.NO_YEAR),
    (_P.YEAR, _P.MONTH, _P.DAY),
    (_P.YEAR, _P.DAY, _P.DAY),  # 2022 - 06 - 02, every number in an element of its own
    (_P.DAY, _P.MONTH, _P.YEAR),
    (_P.MONTH, _P.DAY, _P.YEAR),
    (_P.MONTH, _P.DAY),
    (_P.DAY, _P.MONTH),
)


def stack(pieces: Sequence[Written]) -> Parts | None:
    """The date that neighbouring pieces make together, by the longest row of STACKED that fits."""
    shape = tuple(piece.precision for piece in pieces)
    if shape not in STACKED:
        return None
    year, month, day = (
        max(getattr(piece, part) for piece in pieces) for part in ("year", "month", "day")
    )
    if shape == (_P.YEAR, _P.DAY, _P.DAY):
        month, day = pieces[1].day, pieces[2].day
    if not _exists(year or 2000, month, day):
        return None
    return (Precision.FULL if year else Precision.NO_YEAR, year, month, day)


# Dates in addresses, with the systems that write them so. The first row that fits wins.
ADDRESS_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("trs", re.compile(r"/t((?:19|20)\d\d)(\d\d)(\d\d)_\d+")),  # t20220602_123.html
    ("hanweb", re.compile(r"/art/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/")),
    ("folders", re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/")),
    ("dashed", re.compile(r"/((?:19|20)\d\d)-(\d\d)-?/?(\d\d)[/_.]")),
    ("month_day_folder", re.compile(r"/((?:19|20)\d\d)/(\d\d)(\d\d)/")),
    ("eight", re.compile(r"[/_-]((?:19|20)\d\d)([01]\d)([0-3]\d)(?:[/_.-]|\d{4,6}\D)")),
)


def address_date(url: str, today: date) -> date | None:
    """The date in an address, or None. It corroborates; alone it proves nothing (standard 5.1)."""
    for _name, pattern in ADDRESS_FORMS:
        found = pattern.search(url)
        if found:
            year, month, day = (int(part) for part in found.groups())
            if EARLIEST_YEAR <= year <= today.year + 1 and _exists(year, month, day):
                return date(year, month, day)
    return None


def unix_date(number: float, today: date) -> date | None:
    """The Shanghai date of Unix seconds or milliseconds, if it is one of the years of the web."""
    seconds = number / 1000 if number > 100_000_000_000 else number
    if not 631_152_000 <= seconds <= 4_102_444_800:  # 1990 to 2100
        return None
    day = datetime.fromtimestamp(seconds, SHANGHAI).date()
    return day if day.year <= today.year + 1 else None
