"""`xunjian init`: a workspace to start from, with every key explained and nothing overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import typer
from pydantic import ByteSize

from cli.settings import Settings
from cli.workspace import workspace_of
from rules.durations import write_duration
from rules.errors import XunjianError
from rules.words import say


def init(ctx: typer.Context) -> None:
    """Write rules.yaml and xunjian.toml. Raises XunjianError if either is there."""
    workspace = workspace_of(ctx)
    samples = {workspace.root / "rules.yaml": sample_rules()}
    samples[workspace.settings_path] = sample_settings()
    there = [path for path in (workspace.rules_path, *samples) if path.exists()]
    if there:
        raise XunjianError(say("init.there", paths="、".join(sorted({str(p) for p in there}))))
    workspace.root.mkdir(parents=True, exist_ok=True)
    for path, text in samples.items():
        _write_new(path, text)
        typer.echo(say("init.written", path=path), err=True)
    typer.echo(say("init.next"), err=True)


def _write_new(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(text)


def sample_rules() -> str:
    """A register with one site, every other key in comments."""
    return files("cli").joinpath("samples/rules.yaml").read_text(encoding="utf-8")


def sample_settings() -> str:
    """Every setting with its words and its default, all in comments."""
    lines = [f"# {say('init.settings_head')}", ""]
    for name, field in Settings.model_fields.items():
        default = field.get_default()
        lines += [f"# {say(f'setting.{name}')}", f"# {name} = {written(default)}", ""]
    return "\n".join(lines)


def written(value: object) -> str:
    """A setting's value as TOML writes it."""
    if isinstance(value, timedelta):
        return f'"{write_duration(value)}"'
    if isinstance(value, ByteSize):
        return f'"{int(value) >> 20}MiB"'
    if isinstance(value, int):
        return str(value).lower()  # of a flag, too
    if isinstance(value, Mapping):
        rows = (f"{name} = {written(one)}" for name, one in value.items())
        return f"{{{', '.join(rows)}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(written(part) for part in value)}]"
    return f'"{value or ""}"'
