"""How a date may be written: one row a form. `hides` says what a reader cannot know from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
FULL = str.maketrans("0123456789-/.:", "０１２３４５６７８９－／．：")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEK = "一二三四五六日"

Write = Callable[[date, int], str]
"""(the date, the item's number) -> the date as a content system writes it."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a date; markup allowed."""

    name: str
    write: Write
    hides: str | None = None


def han(day: date) -> str:
    """二〇二二年六月二日."""
    return f"{str(day.year).translate(HAN)}年{_han_number(day.month)}月{_han_number(day.day)}日"


def _han_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = {0: "", 1: "十"}.get(tens, f"{str(tens).translate(HAN)}十")
    return ten + (str(ones).translate(HAN) if ones else "")


def unix(day: date, number: int) -> int:
    """Seconds of 09:xx in Shanghai on that day: 01:xx UTC, so that no time zone shifts it."""
    moment = datetime(day.year, day.month, day.day, 1, number % 60, 7, tzinfo=UTC)
    return int(moment.timestamp())


def _clock(number: int) -> str:
    return f"{8 + number % 10:02}:{number * 7 % 60:02}"


def _pattern(pattern: str) -> Write:
    def write(day: date, number: int) -> str:
        return pattern.format(
            y=day.year, m=day.month, d=day.day, s=day.year % 100, clock=_clock(number),
            week=WEEK[day.weekday()], month=MONTHS[day.month - 1], iso=day.isoformat(),
            views=1000 + number * 37 % 9000,
        )  # fmt: skip

    return write


_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", "{iso}"),
    ("iso-loose", "{y}-{m}-{d}"),
    ("slash", "{y}/{m}/{d}"),
    ("slash-padded", "{y}/{m:02}/{d:02}"),
    ("dot", "{y}.{m}.{d}"),
    ("dot-padded", "{y}.{m:02}.{d:02}"),
    ("compact", "{y}{m:02}{d:02}"),
    ("short-year", "{s:02}-{m:02}-{d:02}"),
    ("short-year-slash", "{s:02}/{m:02}/{d:02}"),
    ("short-year-dot", "{s:02}.{m:02}.{d:02}"),
    ("han-units", "{y}年{m}月{d}日"),
    ("han-units-padded", "{y}年{m:02}月{d:02}日"),
    ("han-units-spaced", "{y} 年 {m} 月 {d} 日"),
    ("han-brackets", "（{y}年{m:02}月{d:02}日）"),
    ("square", "[{iso}]"),
    ("round", "({iso})"),
    ("lenticular", "【{iso}】"),
    ("angle", "〔{iso}〕"),
    ("minutes", "{iso} {clock}"),
    ("seconds", "{iso} {clock}:33"),
    ("t-zone", "{iso}T{clock}:33+08:00"),
    ("dashed-clock", "{iso}-{clock}:33"),
    ("clock-first", "{clock} {y}/{m:02}/{d:02}"),
    ("han-clock", "{y}年{m:02}月{d:02}日 {clock}"),
    ("weekday", "{iso} 星期{week}"),
    ("label-release", "发布时间：{iso}"),
    ("label-date", "发布日期:{y}/{m}/{d}"),
    ("label-time", "时间：{y}.{m:02}.{d:02}"),
    ("label-posted", "发表于{iso} {clock}"),
    ("views", "{iso} 浏览次数：{views}"),
    ("views-before", "阅读({views}) {iso}"),
    ("source", "来源：办公室&nbsp;&nbsp;{iso}"),
    ("entities", "{y}&#45;{m:02}&#45;{d:02}"),
    ("spaced", "{y} - {m:02} - {d:02}"),
    ("en-dash", "{y}–{m:02}–{d:02}"),
    ("nbsp", "&nbsp;&nbsp;{iso}&nbsp;"),
    ("split-tags", "<i>{y}</i>-<i>{m:02}</i>-<i>{d:02}</i>"),
    ("year-apart", "<span>{y}-</span><span>{m:02}-{d:02}</span>"),
    ("stacked-dash", "<b>{d:02}</b><i>{y}-{m:02}</i>"),
    ("stacked-block", "<div class='day'>{d:02}</div><div class='ym'>{y}.{m:02}</div>"),
    ("stacked-slash", "<h4>{d:02}</h4><p>{y}/{m:02}</p>"),
    ("stacked-han", "<em>{d}</em><span>{y}年{m}月</span>"),
    ("stacked-month-first", "<span>{y}-{m:02}</span><strong>{d:02}</strong>"),
    ("stacked-year-below", "<p>{m:02}-{d:02}</p><p>{y}</p>"),
    ("stacked-year-above", "<p>{y}</p><p>{m:02}/{d:02}</p>"),
    ("stacked-three", "<b>{d:02}</b><b>{m:02}月</b><b>{y}</b>"),
    ("stacked-break", "{d:02}<br>{y}-{m:02}"),
    ("time-element", '<time datetime="{iso}T{clock}:00+08:00">{m}月{d}日</time>'),
    ("title-attribute", '<span title="{iso} {clock}:09">{m:02}-{d:02}</span>'),
    ("comment-after", "{iso}<!-- {y}{m:02}{d:02} -->"),
    ("no-break-hyphen", "{y}\u2011{m:02}\u2011{d:02}"),
    ("minus-sign", "{y}\u2212{m:02}\u2212{d:02}"),
    ("zero-width", "{y}\u200b-{m:02}-{d:02}\u200b"),
    ("no-unit-of-day", "{y}年{m:02}月{d:02}"),
    ("spoken-day", "{y}年{m}月{d}号"),
    ("weekday-brackets", "{iso}({week})"),
    ("views-like-a-date", "{iso} 浏览：2019{m:02}03次"),
    ("document-number-beside", "示政〔2019〕12-1号 {iso}"),
    ("phone-beside", "0371-2019-0101 {iso}"),
    ("department-beside", "<i>市统计局</i><i>{iso}</i><i>[通知]</i>"),
    ("valid-until", "{iso} 有效期至2099-12-31"),
    ("updated-later-brackets", "发布：{iso}"),
    ("font", '<font color="#999999">{iso}</font>'),
)
_YEARLESS: tuple[tuple[str, str], ...] = (
    ("month-day", "{m:02}-{d:02}"),
    ("month-day-square", "[{m:02}-{d:02}]"),
    ("month-day-slash", "{m:02}/{d:02}"),
    ("month-day-han", "{m}月{d}日"),
    ("month-day-dot", "{m:02}.{d:02}"),
    ("month-day-clock", "{m:02}-{d:02} {clock}"),
    ("month-day-stacked", "<b>{d:02}</b><i>{m}月</i>"),
)


def _seconds(day: date, number: int) -> str:
    return f'<span class="time" data-time="{unix(day, number)}"></span>'


def _milliseconds(day: date, number: int) -> str:
    return f'<span class="time" data-timestamp="{unix(day, number)}123"></span>'


FORMS: tuple[Form, ...] = (
    *(Form(name, _pattern(pattern)) for name, pattern in _PATTERNS),
    *(Form(name, _pattern(pattern), "year") for name, pattern in _YEARLESS),
    Form("han-numerals", lambda day, _: han(day)),
    Form("han-numerals-zero", lambda day, _: han(day).replace("〇", "○")),
    Form("full-width", lambda day, _: day.isoformat().translate(FULL)),
    Form("full-width-han", lambda day, _: f"{day.year}年{day.month}月{day.day}日".translate(FULL)),
    Form("unix-seconds", _seconds, "shown date"),
    Form("unix-milliseconds", _milliseconds, "shown date"),
    Form("english", _pattern("{month} {d}, {y}")),
    Form("american", _pattern("{m:02}/{d:02}/{y}"), "order of day and month"),
    Form("unreadable", _pattern("{y}年第{d}周"), "shown date"),
)


def relative(day: date, today: date, number: int) -> str:
    """今天, 昨天 and their kin where they reach, the plain date before that."""
    days = (today - day).days
    if days == 0:
        fresh = (f"{number + 1}分钟前", f"{number + 2}小时前", "今天", f"今天 {_clock(number)}")
        return fresh[number % 4]
    if days <= 2:
        return ("昨天", "前天")[days - 1] + (f" {_clock(number)}" if number % 2 else "")
    return f"{days}天前" if days <= 30 else day.isoformat()


def moved(day: date, days: int) -> date:
    """`day` moved by a number of days."""
    return day + timedelta(days=days)
