"""How days are written on the pages. One row a form; `FORMS` names them for the list styles."""

from __future__ import annotations

from datetime import date

FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")
DIGITS = "〇一二三四五六七八九"


def chinese_date(day: date) -> str:
    """2022年6月6日."""
    return f"{day.year}年{day.month}月{day.day}日"


def padded_chinese_date(day: date) -> str:
    """2022年06月06日."""
    return f"{day:%Y}年{day:%m}月{day:%d}日"


def full_width(day: date) -> str:
    """２０２２－０６－０６."""
    return day.isoformat().translate(FULL_WIDTH)


def chinese_digits(day: date) -> str:
    """二〇二二年六月六日."""
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_chinese_number(day.month)}月{_chinese_number(day.day)}日"


def _chinese_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


def relative(day: date, today: date) -> str:
    """今天, 昨天, 3天前; after six days the date itself."""
    age = (today - day).days
    return {0: "今天", 1: "昨天"}.get(age, f"{age}天前" if age < 7 else day.isoformat())


def time_of_day(serial: int) -> str:
    """An hour of office for an item."""
    return f"{8 + serial % 10:02d}:{serial * 7 % 60:02d}:{serial * 13 % 60:02d}"
