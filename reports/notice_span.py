"""The notice of a quarter, or of any run of months: its months' notices concluded into one.

A duty that failed in several of its months stands once, with all its failing days; the register of
the last round says who is told of, and under which name; the profile's month rule holds over the
whole span. Only what people confirmed month by month is printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from reports.notice import Notice, counted, notice, read_targets, register_of
from reports.notice_lines import Line, held, in_order
from reports.submissions import Submissions, submissions
from rules.errors import RoundIncomplete
from rules.months import ACCOUNT_FAILED, ACCOUNT_PROBLEM
from rules.problems import FAMILY_OF_RULE
from rules.profiles import MonthRule
from rules.rectifying import PROVABLE
from rules.register import Register
from rules.spans import Span, span_of
from rules.submissions import Total, ranked
from rules.veto_facts import site_target
from rules.words import say
from storage.span_verdicts import failed_in, last_settled, profile_of

Key = tuple[str, str]  # target and family


def notice_of(session: Session, name: str, *, draft: bool = False) -> Notice:
    """The notice of a span by its name (`rules.spans`). Raises RoundIncomplete if none of its
    rounds is complete."""
    span = span_of(name)
    if len(span.months) == 1:
        return notice(session, span.name, draft=draft)
    parts = dict(_parts(session, span, draft=draft))
    if not parts:
        raise RoundIncomplete(say("notice.nothing", month=span.name))
    return _together(session, span, parts, draft=draft)


def _parts(session: Session, span: Span, *, draft: bool) -> Iterator[tuple[str, Notice]]:
    """The notices of the months that have a complete round."""
    for month in span.months:
        try:
            yield month, notice(session, month, draft=draft)
        except RoundIncomplete:
            continue


def _together(session: Session, span: Span, parts: Mapping[str, Notice], *, draft: bool) -> Notice:
    rounds = tuple(day for part in parts.values() for day in part.rounds)
    register = register_of(session, rounds[-1])
    found = [
        line
        for month in parts
        for line in held(session, month, register, rounds[-1], draft=draft).lines
    ]
    names = _names(register)
    merged = [_named(line, names.get(line.target, {})) for line in _merged(found)]
    lines, beyond = _by_rule(session, span, merged)
    sent = _sum([submissions(session, month, register) for month in span.months])
    read = {
        target: kind for month in parts for target, kind in read_targets(session, month).items()
    }
    stated = tuple(dict.fromkeys(_stated(span, parts)))
    return replace(
        parts[max(parts)],
        month=span.name,
        rounds=rounds,
        figures=counted(register, lines, read, sent),
        lines=tuple(in_order(lines, register)),
        submissions=sent,
        stated=stated,
        notes=(*stated, *_notes(parts), *beyond),
        unchecked=_unchecked(list(parts.values())),
    )


def _merged(lines: Iterable[Line]) -> list[Line]:
    """One line a target and family: what the latest month says, with all failing days."""
    found: dict[Key, Line] = {}
    for line in lines:
        key = (line.target, FAMILY_OF_RULE[line.rule])
        before = found.get(key)
        found[key] = line if before is None else _joined(before, line)
    return list(found.values())


def _joined(before: Line, after: Line) -> Line:
    return replace(
        after,
        rounds=tuple(sorted({*before.rounds, *after.rounds})),
        evidence=tuple(dict.fromkeys((*before.evidence, *after.evidence))),
    )


def _names(register: Register) -> Mapping[str, Mapping[str, str]]:
    """What each target is told by at the end of the span, as the fields of a line."""
    found: dict[str, Mapping[str, str]] = {
        one.target: {"account": one.name, "unit": one.unit} for one in register.accounts
    }
    for site in register.sites:
        told = {"site": site.name, "unit": site.unit}
        found[site_target(site)] = told
        found |= {column.id: told | {"column": column.name} for column in site.columns}
    return found


def _named(line: Line, told: Mapping[str, str]) -> Line:
    return replace(line, **told)  # type: ignore[arg-type]  # the names of a line are text


def _by_rule(
    session: Session, span: Span, lines: Sequence[Line]
) -> tuple[list[Line], tuple[str, ...]]:
    """The lines that the month rule lists over the span, and what it would list besides."""
    profile = profile_of(session, span)
    kept = list(lines)
    if profile.month_rule is MonthRule.LAST:
        settled = last_settled(session, span, [line.target for line in lines])
        kept = [line for line in lines if _fails_at_the_end(line, settled)]
    if not profile.list_twice:
        failed = {line.target for line in kept if line.on_list == ACCOUNT_FAILED}
        kept = [
            line for line in kept if line.on_list != ACCOUNT_PROBLEM or line.target not in failed
        ]
    if profile.month_rule is not MonthRule.TWICE:
        return kept, ()
    beyond = failed_in(session, span) - {_key(line) for line in lines}
    return kept, (say("notice.span_twice", count=len(beyond)),) if beyond else ()


def _key(line: Line) -> Key:
    return line.target, FAMILY_OF_RULE[line.rule]


def _fails_at_the_end(line: Line, settled: Mapping[str, str]) -> bool:
    """Whether the last round that could settle it failed; only of what rounds conclude."""
    last = settled.get(line.target)
    return FAMILY_OF_RULE[line.rule] not in PROVABLE or last in (None, line.rounds[-1])


def _stated(span: Span, parts: Mapping[str, Notice]) -> Iterator[str]:
    for month in span.months:
        if month in parts:
            yield from parts[month].stated
        else:
            yield say("notice.nothing_in", month=month)


def _notes(parts: Mapping[str, Notice]) -> Iterator[str]:
    for month, part in parts.items():
        for note in part.notes:
            if note not in part.stated:
                yield say("notice.of_month", month=month, note=note)


def _unchecked(parts: Sequence[Notice]) -> tuple[tuple[str, int], ...]:
    """By veto, of how many sites no month of the span says anything: not more than in any one."""
    counts = [dict(part.unchecked) for part in parts]
    least = {rule: min(one.get(rule, 0) for one in counts) for rule in counts[0]}
    return tuple((rule, count) for rule, count in least.items() if count)


def _sum(sent: Sequence[Submissions]) -> Submissions:
    """What units handed in over the months. A unit that is missing in one of them is named."""
    return Submissions(
        counties=_total([one.counties for one in sent]),
        others=_total([one.others for one in sent]),
        adjustments=tuple(row for one in sent for row in one.adjustments),
        missing=_once(one.missing for one in sent),
        uncounted=_once(one.uncounted for one in sent),
        differing=tuple(row for one in sent for row in one.differing),
        unsourced=sum(one.unsourced for one in sent),
    )


def _total(months: Iterable[Sequence[Total]]) -> tuple[Total, ...]:
    found: dict[str, list[Total]] = defaultdict(list)
    for month in months:
        for row in month:
            found[row.unit].append(row)
    return ranked(
        Total(unit, sum(one.submitted for one in rows), sum(one.adopted for one in rows))
        for unit, rows in found.items()
    )


def _once(groups: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))
