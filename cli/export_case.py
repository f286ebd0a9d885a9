"""`xunjian export-case`: the pages of a dismissed finding, saved as a case for the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.results import database
from cli.workspace import Workspace, workspace_of
from crawler.cases import BODIES, CASE, PROFILES
from rules.errors import XunjianError
from rules.words import say
from storage.bodies import BodyStore
from storage.cases import Case, case_of, finding_of
from storage.engine import reading
from storage.files import plain_trouble, write_whole
from storage.models import ViolationStatus


def export_case(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="ID", help=say("case.id"))],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help=say("case.out"), file_okay=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=say("case.force"))] = False,
) -> None:
    """Write case.json, the profiles and the pages into a folder of their own."""
    workspace = workspace_of(ctx)
    with database(workspace) as engine, reading(engine) as session:
        row = finding_of(session, number)
        if row.status != ViolationStatus.DISMISSED and not force:
            status = say(f"violation_status.{row.status}")
            raise XunjianError(say("case.not_dismissed", id=number, status=status))
        case = case_of(session, row)
    folder = out or workspace.out_folder / "cases" / number.upper()
    if folder.exists() and any(folder.iterdir()):
        raise XunjianError(say("results.there", path=folder))
    _write(workspace, case, folder, number)


def _write(workspace: Workspace, case: Case, folder: Path, number: str) -> None:
    store = BodyStore(workspace.bodies_folder)
    kept = [name for name in case.bodies if name in store]
    if case.bodies and not kept:
        raise XunjianError(say("case.gone", id=number))
    with plain_trouble(folder):
        for name in kept:
            write_whole(folder / BODIES / f"{name}.bin", store.get(name))
        for name, text in case.profiles.items():
            write_whole(folder / PROFILES / f"{name}.json", text.encode())
        told = json.dumps(case.told, ensure_ascii=False, indent=1) + "\n"
        write_whole(folder / CASE, told.encode())
    lost = len(case.bodies) - len(kept)
    typer.echo(say("case.written", path=folder, count=len(kept)), err=True)
    if lost:
        typer.echo(say("case.lost", count=lost), err=True)
    typer.echo(say("case.private"), err=True)
