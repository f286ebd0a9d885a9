"""The words of a notice around its numbers: head, sections, annexes, as every form prints them.

The words are the catalogue's, the numbers the database's. Each sentence is made twice, from the
figures and from the rows of the annexes; where the two differ there is no notice.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.notice import Figures, Notice
from reports.notice_annexes import Annex, adjusted, annexes, name_of
from reports.notice_check import refuse_disagreement
from reports.notice_lines import Line, on
from reports.notice_period import Period, period
from reports.safety import harmless
from reports.unrectified import Unrectified
from reports.unrectified_annex import unrectified_annex
from rules.errors import XunjianError
from rules.indicators import veto_name
from rules.submissions import Total, rate
from rules.words import say


@dataclass(frozen=True, slots=True)
class Office:
    """What the office says of itself: settings, empty where the catalogue's words will do."""

    issuer: str = ""
    basis: str = ""
    best: int = 4
    signed: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs; a paragraph's lead is its own small heading."""

    heading: str
    paragraphs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A whole notice in words."""

    issuer: str
    title: str
    subject: str
    addressees: str
    opening: str
    sections: tuple[Section, ...]
    annexes: tuple[Annex, ...]
    signed: str
    year: int
    month: int
    kind: str
    draft: bool


def notice_text(
    notice: Notice, office: Office, earlier: Sequence[Sequence[Unrectified]] = ()
) -> NoticeText:
    """The words of a notice; `earlier` are the lists to append of what is not mended yet. Raises
    XunjianError where its numbers contradict its tables."""
    span = period(notice.month)
    issuer = office.issuer or say("notice_text.issuer", city=notice.city)
    subject, signed = say("notice_text.subject", kind=span.kind), office.signed
    made = NoticeText(
        issuer=harmless(issuer),
        title=say("notice_text.title", issuer=harmless(issuer), subject=subject),
        subject=subject,
        addressees=say("notice_text.addressees"),
        opening=say(
            "notice_text.opening",
            basis=harmless(office.basis) or say("notice_text.basis"),
            issuer=harmless(issuer),
            told=span.short,
        ),
        sections=tuple(_sections(notice, office, span)),
        annexes=(*annexes(notice, span), *map(unrectified_annex, earlier)),
        signed=say("notice_text.day", year=signed.year, month=signed.month, day=signed.day)
        if signed
        else say("notice_text.unsigned", year=span.year),
        year=span.year,
        month=span.month,
        kind=span.kind,
        draft=notice.draft,
    )
    refuse_disagreement(notice.figures, made.annexes)
    return made


def _sections(notice: Notice, office: Office, span: Period) -> Iterator[Section]:
    first = [("", one) for one in (*_site_sentences(notice), *_account_sentences(notice))]
    first += [("", one) for one in (*_stated(notice), *_unchecked(notice))]
    yield Section(say("notice_text.checked"), tuple(first))
    if notice.submissions.are_there:
        second = list(_submission_sentences(notice, office, span))
        yield Section(say("notice_text.portal"), tuple(second))


def _stated(notice: Notice) -> Iterator[str]:
    if notice.stated:
        yield say("notice_text.stated", stated="；".join(map(harmless, notice.stated)))


def _unchecked(notice: Notice) -> Iterator[str]:
    """The vetoes that no rate speaks of (standard, section 10)."""
    whole = [rule for rule, count in notice.unchecked if count >= notice.figures.sites]
    parts = [
        say("notice_text.vetoes_of", count=count, name=veto_name(rule))
        for rule, count in notice.unchecked
        if rule not in whole
    ]
    told = [say("notice_text.vetoes_sites", names="、".join([*map(veto_name, whole), *parts]))]
    if notice.figures.accounts:
        told.append(say("notice_text.vetoes_accounts"))
    told = told if notice.unchecked else told[1:]
    if told:
        yield say("notice_text.vetoes", names="；".join(told))


def _agreed(key: str, told: Mapping[str, Any], counted: Mapping[str, Any]) -> str:
    """A sentence, if figures and tables make it the same one."""
    sentence, other = say(key, **told), say(key, **counted)
    if sentence != other:
        raise XunjianError(say("notice.disagree", told=sentence, counted=other))
    return sentence


def _site_sentences(notice: Notice) -> Iterator[str]:
    figures, failed = notice.figures, {row["site"] for row in notice.failed_sites}
    counts = (figures.sites, figures.sites_ok, figures.sites_unknown)
    yield _checked("sites", counts, len(failed)) + _failed(failed) + _problems(notice)


def _account_sentences(notice: Notice) -> Iterator[str]:
    figures = notice.figures
    if figures.accounts:
        failed = {line.target for line in on(notice.lines, "account_failed")}
        counts = (figures.accounts, figures.accounts_ok, figures.accounts_unknown)
        yield _checked("accounts", counts, len(failed)) + _accounts_named(notice)


def _checked(what: str, counts: tuple[int, int, int], failed: int) -> str:
    """How many there are, are 合格 and could not be read; `failed` are counted in the tables."""
    count, ok, unknown = counts
    rest = count - unknown
    told = {"count": count, "ok": ok, "rate": rate(ok, rest)}
    counted = {"count": count, "ok": rest - failed, "rate": rate(rest - failed, rest)}
    sentence = _agreed(f"notice_text.{what}", told, counted)
    if not rest:
        return say(f"notice_text.{what}_unread", count=count)
    return sentence + (say("notice_text.unknown", count=unknown) if unknown else "")


def _failed(sites: set[str]) -> str:
    return say("notice_text.failed", count=len(sites)) if sites else ""


def _problems(notice: Notice) -> str:
    """How many sites and columns annex 1 names: it lowers no rate, and is no secret either."""
    rows = notice.annex1
    if not rows:
        return ""
    columns = [
        row["column"] if isinstance(row["column"], list) else [row["column"]] for row in rows
    ]
    return say(
        "notice_text.problems",
        sites=len({row["site"] for row in rows}),
        columns=sum(map(len, columns)),
    )


def _accounts_named(notice: Notice) -> str:
    named = [line for line in notice.lines if line.account is not None]
    return say("notice_text.named", count=len({line.target for line in named})) if named else ""


def _submission_sentences(
    notice: Notice, office: Office, span: Period
) -> Iterator[tuple[str, str]]:
    sent, month = notice.submissions, span.month
    rows = (*sent.counties, *sent.others)
    last = calendar.monthrange(span.year, month)[1]
    counted = (sum(one.submitted for one in rows), sum(one.adopted for one in rows))
    told = _agreed(
        "notice_text.submitted",
        _handed_in(month, last, notice.figures.submitted or 0, notice.figures.adopted or 0),
        _handed_in(month, last, *counted),
    )
    best = "；".join(_best(sent.counties, sent.others, office.best))
    told += say("notice_text.best", told=span.short, best=best) if best else ""
    yield say("notice_text.submitted_lead"), told
    if sent.adjustments:
        yield say("notice_text.adjusted_lead"), "；".join(adjusted(sent.adjustments)) + "。"


def _handed_in(month: int, last: int, submitted: int, adopted: int) -> Mapping[str, Any]:
    return {
        "month": month,
        "day": last,
        "submitted": submitted,
        "adopted": adopted,
        "rate": rate(adopted, submitted),
    }


def _best(counties: Sequence[Total], others: Sequence[Total], most: int) -> Iterator[str]:
    for key, group in (("counties", counties), ("others", others)):
        names = "、".join(name_of(one.unit) for one in group[:most] if one.adopted)
        if names:
            yield say(f"notice_text.best_{key}", units=names)


def figures_of(figures: Figures) -> Mapping[str, str]:
    """The single numbers by name, for whoever words a template of his own."""
    rest_sites = figures.sites - figures.sites_unknown
    rest_accounts = figures.accounts - figures.accounts_unknown
    numbers = {name: getattr(figures, name) for name in Figures.__slots__}
    return {name: "—" if one is None else str(one) for name, one in numbers.items()} | {
        "sites_rate": rate(figures.sites_ok, rest_sites),
        "accounts_rate": rate(figures.accounts_ok, rest_accounts),
        "adopted_rate": rate(figures.adopted or 0, figures.submitted or 0),
    }


def problems_by(lines: Sequence[Line], what: str) -> Counter[str]:
    """How many lines there are of each problem, or of each unit."""
    return Counter(name_of(getattr(line, what)) for line in lines)
