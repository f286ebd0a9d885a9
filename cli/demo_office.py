"""The demo's office at work: what operators, the person who reviews and the notice's maker do.

Each step is a command as they would type it; the person is a program of the pretend city, which
gets the exported file and hands it back decided.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date

import typer

from cli.results import deliver, terminal_width
from cli.workspace import Workspace
from reports.tables import Format, Table, render
from rules.errors import Exit, XunjianError
from rules.words import say

FORMS = ("json", "txt", "xlsx", "docx")  # the last one tells what must be known of the notice
FIELDS = ("place", "printed", "ours", "why")
MOST_UNEXPLAINED = 20  # rows; the rest is counted


def authorise(workspace: Workspace) -> None:
    """What an operator does once: bring in what the units authorised."""
    xunjian(workspace, "login", "all", "--import", str(workspace.root / "tokens.toml"))


def hand_in(workspace: Workspace, day: date) -> None:
    """What an operator does before a round: bring in what units handed in for their accounts."""
    posts = workspace.root / "posts" / f"{day}.csv"
    xunjian(workspace, "import-posts", str(posts), "--as-of", str(day))


def survey(workspace: Workspace, month: str, day: date, proxy: str) -> int:
    """The month's survey, after its last round: platforms, site checks, what the portal adopted.

    Its exit code: a survey may be left incomplete or blind, as a round may.
    """
    arguments = ("--month", month, "--as-of", str(day), "--proxy", proxy)
    return xunjian(workspace, "survey", *arguments, allowed=(Exit.INCOMPLETE, Exit.BLIND))


def bring_submissions(workspace: Workspace) -> None:
    """What units handed in to the portal."""
    xunjian(workspace, "import-submissions", str(workspace.root / "submissions.csv"))


def review(workspace: Workspace, month: str, seed: int) -> None:
    """The person takes the exported findings and hands them back decided."""
    exported, back = workspace.root / "review.csv", workspace.root / "decisions.csv"
    xunjian(workspace, "review", "--month", month, "--export", str(exported))
    city("decide", str(exported), "--out", str(back), "--seed", str(seed))
    xunjian(workspace, "review", "--import", str(back))


def notice(workspace: Workspace, month: str) -> None:
    """The month's notice in all its forms, in `out/`."""
    workspace.out_folder.mkdir(exist_ok=True)
    for form in FORMS:
        out = workspace.out_folder / f"notice-{month}.{form}"
        arguments = ("--month", month, "--format", form, "--out", str(out))
        xunjian(workspace, "notice", *arguments, quiet=form != FORMS[-1])


def compare(workspace: Workspace, month: str) -> bool:
    """Print how the notice differs from the published one; whether all of it is explained."""
    stem = workspace.out_folder / f"notice-{month}"
    told = json.loads(city("compare", f"{stem}.json", f"{stem}.txt"))
    unexplained = sum(not row["why"] for row in told["differences"])
    slips = len(told["differences"]) - unexplained
    rows = [row | {"why": row["why"] or say("demo.unexplained")} for row in told["differences"]]
    table = Table("differences", FIELDS, tuple(rows[: slips + MOST_UNEXPLAINED]), FIELDS)
    deliver(render(table, Format.TABLE, width=terminal_width(None)), Format.TABLE, None)
    for remark in told["remarks"]:
        typer.echo(say("demo.remark", words=remark))
    key = "demo.differs" if unexplained else "demo.equal"
    typer.echo(say(key, count=unexplained, slips=slips))
    return not unexplained


def xunjian(
    workspace: Workspace, *arguments: str, quiet: bool = False, allowed: Sequence[Exit] = ()
) -> int:
    """A command as an operator would run it, and its exit code, 0 or one that is `allowed`.

    What it prints as data is of no interest here, nor, if `quiet`, what it says beside it.
    Raises XunjianError where it failed: it has said why.
    """
    command = [sys.executable, "-m", "cli.main", "--workspace", str(workspace.root), *arguments]
    said = subprocess.DEVNULL if quiet else None
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=said)  # noqa: S603 - ours
    if done.returncode not in (Exit.DONE, *allowed):
        raise XunjianError(say("demo.step_failed", command=arguments[0], code=done.returncode))
    return done.returncode


def city(*arguments: str) -> str:
    """A command of the pretend city, and what it prints."""
    command = [sys.executable, "-m", "demo", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ours
    return done.stdout
