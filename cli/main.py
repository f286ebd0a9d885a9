"""The command `xunjian`: one table of commands, and the one place where errors become lines.

A command lives in cli/NAME.py as a function of the same name. It gets its workspace with
`workspace_of(ctx)`, returns an `Exit` (nothing means DONE) or raises a XunjianError, and is
imported only when it is run, so that `--help` stays quick and nobody drags Scrapy in by accident.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from typer._click.exceptions import ClickException, UsageError  # Typer has no public name for these
from typer.core import TyperCommand

from cli.workspace import Workspace
from rules.errors import EnvironmentTrouble, WrongFile, XunjianError
from rules.words import say

INTERRUPTED = 130  # as a shell reports SIGINT
BROKEN = 1  # a bug of ours, which the table of exit codes has no row for

# Every command and the panel of `--help` it stands in; the words of both are in the catalogue.
COMMANDS: dict[str, str] = {
    "init": "prepare",
    "check": "prepare",
    "probe": "prepare",
    "read": "prepare",
    "login": "prepare",
    "doctor": "prepare",
    "crawl": "rounds",
    "schedule": "rounds",
    "sample": "rounds",
    "survey": "rounds",
    "rounds": "rounds",
    "violations": "results",
    "unknowns": "results",
    "warnings": "results",
    "availability": "results",
    "disclosure": "results",
    "score": "results",
    "review": "results",
    "appeal": "results",
    "rectify": "results",
    "export-case": "results",
    "explain": "results",
    "evidence": "results",
    "endpoints": "results",
    "import-checks": "results",
    "import-posts": "results",
    "import-submissions": "results",
    "rejudge": "results",
    "notice": "results",
    "demo": "demo",
}


class NoWorkspace(XunjianError):
    """The folder that `--workspace` names is not there; only `init` may make it."""


class RunCommand(TyperCommand):
    """A command at work: it logs to stderr, and Ctrl-C ends it with a line and 130."""

    def invoke(self, ctx: Any) -> Any:
        from cli.log import log_to_stderr  # here and not above: help needs no log

        log_to_stderr(_log_level(ctx.obj))
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            typer.echo(say("cli.interrupted"), err=True)
            return INTERRUPTED


def _log_level(workspace: Workspace) -> str:
    """The level that the settings name; wrong settings are said by whoever needs them."""
    if not workspace.settings_path.exists() and "XUNJIAN_LOG_LEVEL" not in os.environ:
        return "info"  # pydantic need not be loaded to know that
    try:
        return workspace.settings.log_level
    except WrongFile:
        return "info"


class LateCommand(TyperCommand):
    """The name and one-line help of a command whose module is imported only when it is run."""

    def make_context(self, info_name: Any, args: Any, parent: Any = None, **extra: Any) -> Any:
        return command_of(str(self.name)).make_context(info_name, args, parent=parent, **extra)


def command_of(name: str) -> Any:
    """The real command `name` with all its parameters (imports its module)."""
    single = typer.Typer(add_completion=False)
    plain = name.replace("-", "_")
    function = getattr(import_module(f"cli.{plain}"), plain)
    single.command(name, cls=RunCommand, help=say(f"command.{name}"))(function)
    return typer.main.get_command(single)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"xunjian {version('xunjian')}")
        raise typer.Exit


def _open(
    ctx: typer.Context,
    workspace: Annotated[
        Path, typer.Option("--workspace", metavar="DIR", help=say("cli.workspace_option"))
    ] = Path(),
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help=say("cli.version_option")
        ),
    ] = False,
) -> None:
    if ctx.invoked_subcommand != "init" and not workspace.is_dir():
        raise NoWorkspace(say("cli.no_workspace", path=workspace))
    ctx.obj = Workspace(workspace.absolute())


def _placeholder() -> None:
    """Stands for a command until its module is imported."""


def application() -> typer.Typer:
    """The Typer application with every command of the table."""
    app = typer.Typer(
        name="xunjian",
        help=say("cli.about"),
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_open)
    for name, panel in COMMANDS.items():
        words, heading = say(f"command.{name}"), say(f"panel.{panel}")
        late = app.command(name, cls=LateCommand, help=words, rich_help_panel=heading)
        late(_placeholder)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line (default: this process's) and return its exit code."""
    command = typer.main.get_command(application())
    try:
        result = command.main(arguments, prog_name="xunjian", standalone_mode=False)
    except Exception as error:  # noqa: BLE001  last resort
        return _report(error)
    return int(result or 0)


def _report(error: Exception) -> int:
    """Say in one line a mistake what went wrong, and give the exit code."""
    if os.environ.get("XUNJIAN_DEBUG") == "1":
        traceback.print_exception(error, file=sys.stderr)
    words, code = _words_and_code(error)
    if words:
        typer.echo(words, err=True)
    return code


def _words_and_code(error: Exception) -> tuple[str, int]:
    if isinstance(error, XunjianError):
        return str(error), int(error.exit_code)
    if isinstance(error, UsageError):
        path = error.ctx.command_path if error.ctx else "xunjian"
        usage = say("cli.usage", what=error.format_message(), command=path)
        return (usage if error.format_message() else ""), error.exit_code
    if isinstance(error, ClickException):
        return error.format_message(), error.exit_code
    if isinstance(error, typer.Abort):
        return say("cli.interrupted"), INTERRUPTED
    if _is_environment(error):
        what = " ".join(str(error).split())
        return say("cli.environment", what=what), int(EnvironmentTrouble.exit_code)
    return say("cli.broken", what=f"{type(error).__name__}: {error}"), BROKEN


def _is_environment(error: Exception) -> bool:
    """Disk, network or database: what the machine did to us. SQLAlchemy only if already loaded."""
    database = sys.modules.get("sqlalchemy.exc")
    kinds = (OSError,) if database is None else (OSError, database.DBAPIError)
    return isinstance(error, kinds)


if __name__ == "__main__":
    sys.exit(main())
