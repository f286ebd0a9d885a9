"""Personal numbers that a page shows in full (隐私, P26), masked before anybody sees them. Pure.

An identity number counts by its own checksum and date of birth, so that order numbers and account
numbers do not; a mobile number only beside a word that gives it to a person. Proposed only: a
contact published on purpose is shown as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawler.reading.opening import tree_of

ID_NUMBER = re.compile(r"(?<![\dA-Za-z])[1-8]\d{5}(?:19|20)\d{9}[\dXx](?![\dA-Za-z])")
MOBILE = re.compile(r"(?<![\d-])1[3-9]\d{9}(?![\d-])")
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
PERSON = re.compile(
    r"姓名|户主|申请人|当事人|被处罚人|身份证|本人|家庭|法定代表人|受助人|学生|考生|村民"
)
OFFICE = re.compile(
    r"联系电话|联系方式|咨询|热线|投诉|举报|监督|客服|服务电话|联系人|经办|值班|采购|代理|招标|报名"
)
NEAR = 40  # characters around a mobile number
MOST_FOUND, MOST_TEXT = 50, 2_000_000


@dataclass(frozen=True, slots=True)
class PrivateNumber:
    """One number, masked: its head and tail alone; `kind` is id or mobile."""

    kind: str
    masked: str


def private_numbers(
    body: bytes, *, content_type: str | None = None
) -> tuple[PrivateNumber, ...] | None:
    """The personal numbers that a page shows, masked, each once; None where it cannot be read."""
    tree = tree_of(body, content_type)
    if tree is None:
        return None
    return numbers_in(tree.text_of(tree.root, MOST_TEXT))


def numbers_in(text: str) -> tuple[PrivateNumber, ...]:
    """The personal numbers in a text, masked, each once."""
    found = dict.fromkeys(_masked("id", number) for number in _ids(text))
    found |= dict.fromkeys(_masked("mobile", number) for number in _mobiles(text))
    return tuple(found)[:MOST_FOUND]


def is_id_number(number: str) -> bool:
    """Whether 18 characters are a citizen's number: province, day of birth and checksum agree."""
    body, check = number[:17], number[17:].upper()
    if PROVINCES.match(number) is None or not _is_day(number[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return CHECKS[total % 11] == check


def masked_text(text: str) -> str:
    """A text with every number of these shapes masked, whatever it is: for what is kept."""
    hidden = ID_NUMBER.sub(lambda match: _mask(match[0]), text)
    return MOBILE.sub(lambda match: _mask(match[0]), hidden)


def _ids(text: str) -> Iterator[str]:
    return (match[0] for match in ID_NUMBER.finditer(text) if is_id_number(match[0]))


def _mobiles(text: str) -> Iterator[str]:
    """Mobile numbers near a word for a person, and near none that offers a contact."""
    for match in MOBILE.finditer(text):
        near = text[max(0, match.start() - NEAR) : match.end() + NEAR]
        if PERSON.search(near) and not OFFICE.search(near):
            yield match[0]


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _masked(kind: str, number: str) -> PrivateNumber:
    return PrivateNumber(kind, _mask(number))


def _mask(number: str) -> str:
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"
