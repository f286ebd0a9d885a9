"""`xunjian review`: what waits for a person's decision, and the decisions, singly or by file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from cli.results import (
    FormatOption,
    MonthOption,
    OutOption,
    Request,
    RoundOption,
    SiteOption,
    answer,
    database,
    write_new,
)
from cli.sheets import read_sheet
from cli.workspace import Workspace, workspace_of
from reports.figures import figure_table
from reports.review_form import review_form, review_table
from reports.tables import Format
from rules.errors import WrongFile, XunjianError
from rules.notes import Notes
from rules.reviewing import (
    LONGEST,
    OFFERED,
    Decision,
    Dismissal,
    Reference,
    Ruling,
    Standing,
    dismissal_words,
    reference_of,
    refusal,
    written_rulings,
)
from rules.sheets import bare
from rules.words import say
from storage.engine import reading, transaction
from storage.reviews import Decided, confirm_by_setting, decide, standing
from storage.violations import Narrow

ACTIONS = {"confirm": Decision.CONFIRMED, "dismiss": Decision.DISMISSED}
REASONS = "、".join(f"{one.value}（{say(f'dismissal.{one}').split('、')[0]}）" for one in OFFERED)


@dataclass(frozen=True, slots=True)
class Said:
    """What the command line says of a decision."""

    by: str
    reason: str
    note: str


def review(
    ctx: typer.Context,
    action: Annotated[
        str, typer.Argument(metavar="[confirm|dismiss]", help=say("review.action"))
    ] = "list",
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID...]", help=say("review.ids"))
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=say("review.by"))] = "",
    reason: Annotated[
        str, typer.Option("--reason", metavar="R", help=say("review.reason", known=REASONS))
    ] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=say("review.note"))] = "",
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help=say("review.export"), dir_okay=False),
    ] = None,
    import_: Annotated[
        Path | None,
        typer.Option("--import", metavar="FILE", help=say("review.import"), dir_okay=False),
    ] = None,
    figures: Annotated[bool, typer.Option("--figures", help=say("review.figures"))] = False,
    month: MonthOption = None,
    round_: RoundOption = None,
    site: SiteOption = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Print what waits, a row for each duty, problem and month; or take decisions."""
    _one_way(action, ids, export, import_)
    workspace, narrow = workspace_of(ctx), Narrow(month, round_, site)
    with database(workspace) as engine:
        confirm_as_set(workspace, engine)
        if action in ACTIONS:
            _decide(engine, ACTIONS[action], ids or [], Said(by, reason, note))
            return
        if import_ is not None:
            _import(engine, import_)
            return
        if export is not None:
            _export(engine, narrow, export)
            return
    answer(ctx, figure_table if figures else review_table, Request(narrow, form, out))


def _one_way(action: str, ids: list[str] | None, export: Path | None, import_: Path | None) -> None:
    if action not in (*ACTIONS, "list") or (action == "list" and ids):
        raise typer.BadParameter(say("review.bad_action", action=action))
    if sum((action in ACTIONS, export is not None, import_ is not None)) > 1:
        raise typer.BadParameter(say("review.one_way"))


def confirm_as_set(workspace: Workspace, engine: Engine) -> None:
    """Confirm what the setting `confirm` leaves to no person; says how much it was."""
    families = workspace.settings.confirm
    if not families:
        return
    with transaction(engine) as session:
        count = confirm_by_setting(session, families, say("review.by_setting"), datetime.now(UTC))
    if count:
        typer.echo(say("review.auto", count=count), err=True)


def _export(engine: Engine, narrow: Narrow, path: Path) -> None:
    with reading(engine) as session:
        content, count = review_form(session, narrow, as_csv=path.suffix.lower() == ".csv")
    write_new(path, content)
    typer.echo(say("review.form", path=path, count=count), err=True)


def _import(engine: Engine, file: Path) -> None:
    """Take the good rows. Raises WrongFile with every bad one, after these have been kept."""
    notes = Notes(str(file))
    sheet = read_sheet(file, notes)
    with transaction(engine) as session:
        known = standing(session)
        rulings = [] if sheet is None else list(written_rulings(sheet, known, notes))
        done = decide(session, rulings, datetime.now(UTC))
    if rulings or not notes.mistakes:
        _tell(done)
    if notes.mistakes:
        raise WrongFile(tuple(sorted(notes.mistakes)))


def _decide(engine: Engine, decision: Decision, ids: list[str], said: Said) -> None:
    """Decide on each finding named, or on none. Raises XunjianError."""
    with transaction(engine) as session:
        rulings = list(_rulings(ids, decision, said, standing(session)))
        done = decide(session, rulings, datetime.now(UTC))
    _tell(done)


def _rulings(
    ids: list[str], decision: Decision, said: Said, known: Mapping[Reference, Standing]
) -> Iterator[Ruling]:
    if not ids:
        raise XunjianError(say("review.no_ids"))
    reason = _reason(decision, said)
    by, note = said.by.strip(), said.note.strip()
    if not by or len(by) > LONGEST["reviewer"]:
        raise XunjianError(say("review.no_name", limit=LONGEST["reviewer"]))
    if len(note) > LONGEST["decision_note"]:
        raise XunjianError(say("review.long_note", limit=LONGEST["decision_note"]))
    for text in dict.fromkeys(ids):
        reference = reference_of(text)
        if reference is None or reference not in known:
            raise XunjianError(say("review.bad_id", found=text))
        wrong = refusal(known[reference], decision)
        if wrong is not None:
            raise XunjianError(say(f"review.{wrong.removeprefix('review_')}", found=reference))
        yield Ruling(reference, decision, reason, note, by)


def _reason(decision: Decision, said: Said) -> Dismissal | None:
    if decision is Decision.CONFIRMED:
        if said.reason:
            raise XunjianError(say("review.needless"))
        return None
    reason = dismissal_words().get(bare(said.reason))
    if reason is None:
        raise XunjianError(say("review.no_reason", known=REASONS))
    if reason is Dismissal.OTHER and not said.note.strip():
        raise XunjianError(say("review.no_note"))
    return reason


def _tell(done: Decided) -> None:
    count = done.new + done.same
    typer.echo(say("review.done", count=count, new=done.new, same=done.same), err=True)
