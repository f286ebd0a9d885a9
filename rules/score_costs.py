"""What each inner row of an item costs a site: by the month's columns, or by its survey. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from rules.facts import Truth
from rules.indicators import ANY_KIND, By, Form, Indicator, Inner, Times, indicators, spoken_of
from rules.problems import Family
from rules.register import Column
from rules.score_facts import NOTHING, Cost
from rules.site_checks import Doubt, SiteCheck
from rules.veto_facts import Fault, SiteMonth
from rules.words import say

PLACES_SHOWN = 20


def costs(one: Indicator, month: SiteMonth, *, is_filled: bool) -> list[Cost]:
    """What the rows of a deduction cost; `is_filled`: a person told what only a person can tell."""
    most = one.points or NOTHING
    if not one.inner:
        return [] if is_filled else [Cost(open=most, why=say("score.fill"))]
    used: set[str] = set()
    found = [_cost(inner, most, month, used, is_filled=is_filled) for inner in one.inner]
    if not is_filled and _may_be_missing(one, month):
        found.append(Cost(open=most, why=say("score.no_column")))
    return found


def _may_be_missing(one: Indicator, month: SiteMonth) -> bool:
    """Whether the register holds no column that the item asks for: only a person can say whether
    the site has none, or the register lacks it."""
    asked = {kind for inner in one.inner for kind in inner.kinds} - {ANY_KIND}
    has = any(column.kind in asked for column in month.site.columns)
    return one.form is Form.SCORE and bool(asked) and not has


def _cost(
    inner: Inner, most: Decimal, month: SiteMonth, used: set[str], *, is_filled: bool
) -> Cost:
    if inner.kinds:
        return _of_columns(inner, month, used)
    if inner.check:
        cost = _of_survey(inner, most, month)
        is_decided = is_filled and inner.by is not By.MACHINE
        return replace(cost, open=NOTHING) if is_decided else cost
    if is_filled:
        return Cost()
    return Cost(open=min(inner.points, most), why=say("score.fill_what", what=inner.what))


def _of_columns(inner: Inner, month: SiteMonth, used: set[str]) -> Cost:
    """What confirmed columns cost; those that wait for review, or were not read, stay open. A
    column costs once within an item that counts each."""
    faults = [one for one in month.faults if _is_meant(inner, one) and one.column.id not in used]
    sure = {one.column.id: one for one in faults if one.confirmed}
    waiting = {one.column.id: one for one in faults if one.column.id not in sure}
    is_each = inner.times is Times.EACH
    if is_each:
        used |= {*sure, *waiting}
    unread = [] if inner.family or inner.blank else list(_unread(inner, month))
    taken = inner.points * (len(sure) if is_each else min(len(sure), 1))
    left = len(waiting) + len(unread)
    open_ = inner.points * left if is_each else (inner.points if left and not sure else NOTHING)
    words = [say("score.columns", what=inner.what, names=_names(sure.values()))] if sure else []
    if waiting and open_:
        words.append(say("score.waiting", what=inner.what, names=_names(waiting.values())))
    if unread and open_:
        words.append(say("score.unread", count=len(unread)))
    places = tuple(one.column.url for one in (*sure.values(), *waiting.values()))
    return Cost(taken, open_, "；".join(words), places[:PLACES_SHOWN])


def _names(faults: Iterable[Fault]) -> str:
    return "、".join(one.column.name for one in faults)


def _is_meant(inner: Inner, fault: Fault) -> bool:
    if not _is_of_kind(inner, fault.column):
        return False
    if inner.family:
        return fault.family == inner.family
    if inner.blank:
        return fault.family is Family.BLANK
    if fault.family is Family.UNDATED:
        return True  # 稿件发布页未注明发布时间的视为不更新
    return fault.family is Family.STALE and (fault.days or 0) > (inner.over or 0)


def _is_of_kind(inner: Inner, column: Column) -> bool:
    if inner.level is not None and column.level != inner.level:
        return False
    if ANY_KIND in inner.kinds:
        return inner.family is not None or column.kind not in spoken_of(indicators())
    return column.kind in inner.kinds


def _unread(inner: Inner, month: SiteMonth) -> Iterator[Column]:
    """The columns of the row that no round of the month could verify."""
    for column in month.site.columns:
        if _is_of_kind(inner, column) and not _is_verified(column, month):
            yield column


def _is_verified(column: Column, month: SiteMonth) -> bool:
    verdicts = (judged[column.id].verdict for judged in month.seen.values() if column.id in judged)
    return any(one.truth is not Truth.UNKNOWN for one in verdicts)


def _of_survey(inner: Inner, most: Decimal, month: SiteMonth) -> Cost:
    """What a check of the survey costs; what is only proposed, or was not seen, stays open."""
    surveyed = month.survey.get(inner.check or "")
    if surveyed is None or surveyed.check.truth is Truth.UNKNOWN:
        if surveyed is not None and surveyed.check.reason == Doubt.NOT_APPLICABLE:
            return Cost()
        once = inner.times is Times.ONCE
        why = say("score.unsurveyed_what", what=inner.what)
        return Cost(open=inner.points if once else most, why=why)
    check = surveyed.check
    if check.truth is Truth.OK:
        return Cost()
    amount = min(most, _amount(inner, check))
    places = tuple(place.url for place in check.places)[:PLACES_SHOWN]
    words = say("score.surveyed", what=inner.what, count=check.count)
    if inner.by is By.MACHINE:
        return Cost(amount, NOTHING, words, places)
    return Cost(NOTHING, amount, say("score.proposed", words=words), places)


def _amount(inner: Inner, check: SiteCheck) -> Decimal:
    if inner.times is Times.ONCE:
        return inner.points
    if inner.times is Times.PART:
        return inner.points * sum(len(place.what.split("、")) for place in check.places)
    if inner.times is Times.EACH:
        return inner.points * check.count
    home = sum(1 for place in check.places if place.home)
    return (inner.home or inner.points) * home + inner.points * (check.count - home)
