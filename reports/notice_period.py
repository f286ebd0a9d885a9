"""The span of a notice in words: 2022年6月份, 2022年第二季度, 2022年4月至6月."""

from __future__ import annotations

from dataclasses import dataclass

from rules.spans import span_of
from rules.words import say


@dataclass(frozen=True, slots=True)
class Period:
    """`kind` is how often such notices come (月度, 季度, or nothing), `whole` the span with its
    year, `short` without; `year` and `month` are those of its last month."""

    kind: str
    whole: str
    short: str
    year: int
    month: int


def period(name: str) -> Period:
    """The words of a span (`rules.spans`)."""
    span = span_of(name)
    first, last = span.first, span.last
    numbers = {"first": first.month, "last": last.month, "year": first.year}
    if span.first == span.last:
        kind, short = "month", say("notice_text.told_month", **numbers)
    elif span.quarter is not None:
        kind = "quarter"
        short = say("notice_text.told_quarter", quarter=_numeral(span.quarter))
    elif first.year == last.year:
        kind, short = "span", say("notice_text.told_span", **numbers)
    else:
        kind, short = "span", say("notice_text.told_years", last_year=last.year, **numbers)
    return Period(
        kind=say(f"notice_text.kind_{kind}"),
        whole=say("notice_text.whole", year=first.year, told=short),
        short=short
        if first.year == last.year
        else say("notice_text.whole", year=first.year, told=short),
        year=last.year,
        month=last.month,
    )


def _numeral(quarter: int) -> str:
    return say("notice_text.quarters").split("、")[quarter - 1]
