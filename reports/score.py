"""The score sheet as a table: vetoes, deductions, bonuses, the total with its range; or all sites.

What is not checked is said so, with who fills it in; points that nobody knows yet stay out of the
total, whose range tells how many they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches

from sqlalchemy.orm import Session

from reports.safety import harmless
from reports.tables import Cell, Table
from reports.veto_words import why
from rules.errors import XunjianError
from rules.indicators import Part, veto_name
from rules.months import SITE_FAILED
from rules.score_facts import ScoreSheet, SheetLine, VetoLine
from rules.scoring import score_sheet
from rules.veto_facts import VetoStanding, site_names, site_target
from rules.words import say
from storage.proposals import list_of_proposal, proposals
from storage.vetoes import Month, judged_month, site_months
from storage.violations import Narrow, violations

SHEET_FIELDS = ("indicator", "part", "group", "item", "standing", "most", "taken", "open", "why")
FIELDS = (*SHEET_FIELDS, "decides", "firmness", "places")
ALL_FIELDS = ("site", "unit", "role", "total", "low", "high", "taken", "open", "failed", "near")


def sheets(session: Session, name: str, only: str | None = None) -> list[ScoreSheet]:
    """The sheets of a month (YYYY-MM) for all running sites, or for the one of a name.

    Raises XunjianError where no round of the month was judged, or no such site runs.
    """
    month = _month(session, name, only)
    ruled = _ruled(session, name)
    found = site_months(session, month, lambda site: only is None or only in site_names(site))
    if only is not None and not found:
        known = [site.name for site in month.register.sites]
        near = "、".join(get_close_matches(only, known, n=3, cutoff=0.3))
        hint = say("score.near", names=near) if near else ""
        raise XunjianError(say("score.no_site", site=only, near=hint))
    return [
        score_sheet(one, month.profile, name, ruled.get(site_target(one.site), {})) for one in found
    ]


def _month(session: Session, name: str, only: str | None) -> Month:
    """The month; for one site without the verdicts on all others."""
    month = judged_month(session, name, () if only else None)
    if month is None:
        raise XunjianError(say("score.no_round", month=name))
    asked = [one for one in month.register.sites if only and only in site_names(one)]
    if not asked:
        return month
    names = {former for one in asked for former in site_names(one)}
    return judged_month(session, name, names) or month


def _ruled(session: Session, name: str) -> Mapping[str, Mapping[str, str]]:
    """How each site's vetoes stand after review: status by rule, by target."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in proposals(session, Narrow(month=name)):
        if list_of_proposal(one) == SITE_FAILED:
            found[one.target][one.rule] = one.status
    for row in violations(session, Narrow(month=name)):
        if row.on_list == SITE_FAILED and row.upheld:
            found[row.target][row.rule] = row.status
    return found


def sheet_table(sheet: ScoreSheet) -> Table:
    """One site's sheet; its last row is the total."""
    rows = (*_veto_rows(sheet), *map(_row, sheet.lines), _total_row(sheet))
    words = {"standing": "sheet_standing", "part": "sheet_part", "decides": "decides"}
    return Table("score", FIELDS, rows, SHEET_FIELDS, words=words)


def _veto_rows(sheet: ScoreSheet) -> Iterator[Mapping[str, Cell]]:
    for one in sheet.vetoes:
        yield _cells(
            indicator=one.finding.rule,
            part=Part.VETO.value,
            item=veto_name(one.finding.rule),
            standing=f"veto_{one.standing}",
            why=_veto_words(one),
            places=one.finding.evidence,
        )


def _veto_words(one: VetoLine) -> str:
    status = say(f"violation_status.{one.status}") if one.status else ""
    return "；".join(filter(None, (why(one.finding), status)))


def _row(line: SheetLine) -> Mapping[str, Cell]:
    one = line.indicator
    is_bonus = one.part is Part.BONUS
    standing = f"bonus_{line.standing}" if is_bonus else line.standing.value
    return _cells(
        indicator=one.code,
        part=one.part.value,
        group=one.group,
        item=one.name,
        standing=standing,
        most=points(one.points),
        taken=points(line.taken) if one.points is not None else "",
        open=points(line.open) if one.points is not None else "",
        why=harmless("；".join(line.why)),
        decides=one.by.value,
        firmness=one.firmness,
        places=line.places,
    )


def _total_row(sheet: ScoreSheet) -> Mapping[str, Cell]:
    is_scored = sheet.high is not None
    return _cells(
        item=say("score.sum"),
        standing=said(sheet),
        most="100" if is_scored else "",
        taken=points(sheet.taken) if is_scored else "",
        open=points(sheet.open) if is_scored else "",
        why=_note(sheet),
    )


def _note(sheet: ScoreSheet) -> str:
    """What the pass mark makes of the total."""
    if sheet.high is None or sheet.low is None:
        return ""
    if sheet.high < sheet.pass_mark:
        return say("score.under", mark=sheet.pass_mark)
    return say("score.perhaps_under", mark=sheet.pass_mark) if sheet.low < sheet.pass_mark else ""


def _cells(**values: Cell) -> Mapping[str, Cell]:
    blank: dict[str, Cell] = dict.fromkeys(FIELDS, "")
    return blank | {"places": ()} | values


def points(number: Decimal | None) -> str:
    """Points without needless noughts."""
    if number is None:
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def said(sheet: ScoreSheet) -> str:
    """The total in words: a number, a range with what is not checked, or why there is none."""
    if any(one.standing is VetoStanding.FAILED for one in sheet.vetoes):
        return say("score.failed")
    if sheet.low is None or sheet.high is None:
        return say("score.not_scored")
    if sheet.low == sheet.high:
        return say("score.total", low=points(sheet.low))
    told = {"low": points(sheet.low), "high": points(sheet.high), "open": points(sheet.open)}
    return say("score.range", **told)


def all_table(found: Sequence[ScoreSheet]) -> Table:
    """A row for each site."""
    rows = tuple(_of_site(one) for one in found)
    return Table("scores", ALL_FIELDS, rows, ALL_FIELDS, words={"role": "site_role"})


def _of_site(sheet: ScoreSheet) -> Mapping[str, Cell]:
    return {
        "site": sheet.site.name,
        "unit": sheet.site.unit,
        "role": sheet.site.role.value,
        "total": said(sheet),
        "low": points(sheet.low),
        "high": points(sheet.high),
        "taken": points(sheet.taken),
        "open": points(sheet.open),
        "failed": _vetoes(sheet, VetoStanding.FAILED),
        "near": _vetoes(sheet, VetoStanding.WARN, VetoStanding.PROPOSED),
    }


def _vetoes(sheet: ScoreSheet, *standings: VetoStanding) -> str:
    names = (veto_name(one.finding.rule) for one in sheet.vetoes if one.standing in standings)
    return "、".join(names)
