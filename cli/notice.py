"""`xunjian notice`: the month's notice, as data, as a document, as a workbook, or as plain text."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from cli.results import OutOption, database, deliver, parse_day, write_new
from cli.review import confirm_as_set
from cli.workspace import Workspace, workspace_of
from reports.figures import figure_note
from reports.notice import Notice
from reports.notice_span import notice_of
from reports.notice_text import NoticeText, Office, notice_text
from reports.tables import Format, to_json
from reports.unrectified import Unrectified, unrectified
from rules.errors import XunjianError
from rules.spans import span_of
from rules.words import say
from storage.engine import reading


class NoticeFormat(StrEnum):
    """The forms in which a notice can be had."""

    JSON = "json"
    DOCX = "docx"
    XLSX = "xlsx"
    TXT = "txt"


BINARY = frozenset({NoticeFormat.DOCX, NoticeFormat.XLSX})


@dataclass(frozen=True, slots=True)
class _Made:
    """A notice and what its forms are made of."""

    session: Session
    workspace: Workspace
    notice: Notice
    text: NoticeText
    out: Path | None
    earlier: tuple[Sequence[Unrectified], ...] = ()


def parse_span(text: str) -> str:
    """A month, a quarter or a run of months as written on the command line."""
    try:
        return span_of(text).name
    except ValueError as error:
        raise typer.BadParameter(say("notice.bad_span", text=text)) from error


def notice(
    ctx: typer.Context,
    month: Annotated[
        str | None,
        typer.Option(
            "--month",
            parser=parse_span,
            metavar="YYYY-MM[..YYYY-MM]",
            help=say("notice.month_option"),
        ),
    ] = None,
    quarter: Annotated[
        str | None,
        typer.Option(
            "--quarter", parser=parse_span, metavar="YYYYQN", help=say("notice.quarter_option")
        ),
    ] = None,
    form: Annotated[
        NoticeFormat, typer.Option("--format", help=say("notice.format_option"))
    ] = NoticeFormat.JSON,
    draft: Annotated[bool, typer.Option("--draft", help=say("notice.draft_option"))] = False,
    with_unrectified: Annotated[
        bool, typer.Option("--unrectified", help=say("notice.unrectified_option"))
    ] = False,
    day: Annotated[
        date | None,
        typer.Option("--date", parser=parse_day, metavar="D", help=say("notice.day_option")),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template", metavar="FILE", help=say("notice.template_option"), dir_okay=False
        ),
    ] = None,
    out: OutOption = None,
) -> None:
    """Print the notice of a month; what its reader must know goes to stderr as well."""
    workspace = workspace_of(ctx)
    if template is not None:
        _write_template(workspace, template)
        return
    name = month or quarter
    if name is None or (month and quarter):
        raise typer.BadParameter(say("notice.no_month"))
    if form in BINARY and out is None and sys.stdout.isatty():
        raise XunjianError(say("notice.stdout_binary"))
    with database(workspace) as engine:
        confirm_as_set(workspace, engine)
        with reading(engine) as session:
            made = notice_of(session, name, draft=draft)
            for note in (*made.notes, *_figures(session, name)):
                typer.echo(note, err=True)
            earlier = (unrectified(session, made),) if with_unrectified else ()
            text = notice_text(made, _office(workspace, day), earlier)
            content = FORMS[form](_Made(session, workspace, made, text, out, earlier))
    deliver(content, Format.JSON, out)


def _figures(session: Session, name: str) -> Iterator[str]:
    """How often the machine was wrong, for the notice's maker alone."""
    for month in span_of(name).months:
        note = figure_note(session, month)
        if note is not None:
            yield note


def _office(workspace: Workspace, day: date | None) -> Office:
    settings = workspace.settings
    return Office(settings.notice_issuer, settings.notice_basis, settings.notice_best, day)


def _own_template(workspace: Workspace) -> Path:
    return workspace.root / "templates" / "notice.docx"


def _write_template(workspace: Workspace, path: Path) -> None:
    from reports.notice_template import TEMPLATE

    write_new(path, TEMPLATE.read_bytes())
    place = _own_template(workspace)
    typer.echo(say("notice.template_written", path=path, place=place), err=True)


def _json(made: _Made) -> bytes:
    told = made.notice.to_json()
    for rows in made.earlier:
        told["unrectified"] = [row.to_json() for row in rows]
    return f"{to_json(told)}\n".encode()


def _docx(made: _Made) -> bytes:
    from reports.notice_charts import charts
    from reports.notice_docx import to_docx  # only whoever asks for a document waits for it

    own = _own_template(made.workspace)
    bars = charts(made.session, made.notice)
    return to_docx(made.notice, made.text, bars, own if own.exists() else None)


def _xlsx(made: _Made) -> bytes:
    from reports.notice_charts import charts
    from reports.notice_xlsx import to_xlsx

    bars = charts(made.session, made.notice)
    return to_xlsx(made.notice, made.text, bars, _evidence(made))


def _evidence(made: _Made) -> Path:
    """The evidence folder as seen from the workbook, so that both can be moved together."""
    folder = made.workspace.evidence_folder
    if made.out is None:
        return folder
    return Path(os.path.relpath(folder, made.out.absolute().parent))


def _txt(made: _Made) -> bytes:
    from reports.notice_plain import to_plain

    return to_plain(made.text)


FORMS: dict[NoticeFormat, Callable[[_Made], bytes]] = {
    NoticeFormat.JSON: _json,
    NoticeFormat.DOCX: _docx,
    NoticeFormat.XLSX: _xlsx,
    NoticeFormat.TXT: _txt,
}
