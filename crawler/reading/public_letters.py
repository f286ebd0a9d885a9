# ruff: noqa: E501 - tables, one row a line
"""Public letters (留言公开): when one was asked, whether and by whom it was answered. Pure.

For V5b and P17, which are only proposed, and for the four fields that 留言公开 must show. That a
letter waits is read off its own state or its own words, never off an answer that was not found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from crawler.reading.dates import Precision, find_dates
from crawler.reading.labelled import fields_of, label
from crawler.reading.linking import address_of, joiner
from crawler.reading.opening import tree_of
from crawler.reading.tree import Node, Tree

ASKED, ANSWERED, UNIT, ANSWER, STATE = "留言时间", "答复时间", "答复单位", "答复内容", "状态"
SHOWN = (ASKED, ANSWERED, UNIT, ANSWER)  # what 留言公开 must show (standard 2.3)
_WHEN = "(?:时间|日期)"
LABELS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        ASKED: label(f"(?:留言|来信|写信|写件|来件|提交|提问|咨询|反映|发信|投诉|诉求|问政|信件)(?:人)?{_WHEN}"),
        ANSWERED: label(f"(?:答复|回复|办理|办结|处理|回信|反馈|解答){_WHEN}"),
        UNIT: label("(?:答复|回复|办理|承办|处理|回信|反馈|受理)(?:的)?(?:单位|部门|机构|机关|人单位)|(?:答复|回复)(?:人|方)"),
        ANSWER: label("(?:答复|回复|办理|处理|反馈|官方答复|回信|解答)(?:的)?(?:内容|结果|意见|情况|信息|正文)|(?:答复|回复|回信)"),
        STATE: label("(?:办理|信件|处理|回复|答复|受理|当前|办件|留言)?状态|办理进度"),
        "题目": label("(?:信件|留言|来信|咨询|问题)?(?:标题|主题|题目)|(?:信件|留言|来信|咨询|提问|问题)(?:内容|正文|编号|类型|类别)|来信人|留言人|写信人"),
    }
)  # fmt: skip
LEAST_FIELDS = 2
WAITS = re.compile(
    r"(?:该|本)?(?:信件|留言|来信|问题)?(?:目前)?正?在?(?:(?:未|没有|尚未|还未|暂未|等?待)(?:答复|回复|办理|办结|处理|受理|解答)|(?:办理|处理|受理|交办|转办)中|暂无(?:答复|回复)|已(?:受理|转办|交办))"
)
CLOSED = re.compile(
    r"(?:已经?|予以)(?:答复|回复|办结|办理完?|处理|解决|反馈|完成|归档)|办结|(?:不予|不宜|不能|不)(?:受理|公开|答复)|无效|重复|撤[回销诉]|作废|退[回件]|评价"
)
LONGEST_STATE, LEAST_ANSWER = 12, 4  # characters
ROW_NODES, ROW_LINKS, MOST_ROWS = 60, 4, 500


class LetterState(StrEnum):
    """How far a letter has come, by what is said of it."""

    ANSWERED = "answered"
    WAITING = "waiting"
    CLOSED = "closed"  # answered elsewhere, not valid, withdrawn
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter's own page. `missing` are the labels of SHOWN that it does not show."""

    state: LetterState
    asked: date | None = None
    answered: date | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedLetter:
    """One row of a list that says of a letter that it waits."""

    url: str
    title: str
    asked: date | None


def letter_of(body: bytes, *, today: date, content_type: str | None = None) -> Letter | None:
    """The letter on a page; None where the page is no letter's form, or cannot be read."""
    tree = tree_of(body, content_type)
    found = fields_of(tree, LABELS) if tree else {}
    if len(found) < LEAST_FIELDS or not (found.keys() & {*SHOWN, STATE}):
        return None
    asked, answered = (_day(found.get(name, ""), today) for name in (ASKED, ANSWERED))
    missing = tuple(name for name in SHOWN if not found.get(name))
    return Letter(_state(found, answered), asked, answered, missing)


def waiting_letters(
    body: bytes, *, url: str, today: date, content_type: str | None = None
) -> tuple[ListedLetter, ...] | None:
    """The rows of a list of letters that say that their letter waits; None where it cannot be read.

    The day of asking is the only full date of the row; of two, one may be the day of an answer.
    """
    tree = tree_of(body, content_type)
    if tree is None:
        return None
    join = joiner(url)
    return tuple(_waiting(tree, url, today, join))


def _state(found: Mapping[str, str], answered: date | None) -> LetterState:
    """What the letter's fields say: its answer first, then its state."""
    said, answer = found.get(STATE, ""), found.get(ANSWER, "")
    if CLOSED.search(said):
        return LetterState.ANSWERED if answered else LetterState.CLOSED
    says_waits = _is_waiting(said) or _is_waiting(answer)
    if answered or (len(answer) >= LEAST_ANSWER and not _is_waiting(answer)):
        return LetterState.ANSWERED
    return LetterState.WAITING if says_waits else LetterState.UNSAID


def _is_waiting(said: str) -> bool:
    bare = said.strip("【】[]()（）·。.…")
    return len(bare) <= LONGEST_STATE and WAITS.fullmatch(bare) is not None


def _day(said: str, today: date) -> date | None:
    written = (one for one in find_dates(said[:40], today) if one.precision is Precision.FULL)
    day = next((one.date for one in written if one.date), None)
    return day if day and day <= today else None


def _waiting(
    tree: Tree, url: str, today: date, join: Callable[[str], str]
) -> Iterator[ListedLetter]:
    rows = (node for node in tree.elements("tr", "li", "dl", "dd") if _is_row(node))
    for _, row in zip(range(MOST_ROWS), rows, strict=False):
        texts = ["".join(node.text.split()) for node in tree.texts(row)]
        links = [n for n in tree.nodes[row.start : row.end] if n.tag == "a" and n.get("href")]
        if not 0 < len(links) <= ROW_LINKS or not any(map(_says_waiting, texts)):
            continue
        link = max(links, key=lambda node: len(tree.text_of(node, 200)))
        title = tree.text_of(link, 200)[:200]
        yield ListedLetter(address_of(link, url, join), title, _only_day(texts, today))


def _is_row(node: Node) -> bool:
    return 2 < node.end - node.start <= ROW_NODES


def _says_waiting(text: str) -> bool:
    return _is_waiting(text.rpartition("：")[2].rpartition(":")[2])


def _only_day(texts: list[str], today: date) -> date | None:
    days = {day for text in texts if len(text) <= 40 and (day := _day(text, today))}
    return days.pop() if len(days) == 1 else None
