"""The workspace: one folder with rules.yaml, settings, profiles, database, evidence, output.

A folder with only rules.yaml is enough: every setting has a default. Nothing is made or read
here before somebody asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from cli.settings import Settings

SETTINGS_FILE = "xunjian.toml"


@dataclass(frozen=True)
class Workspace:
    """Where everything of one city lies. `root` is absolute and may not exist yet."""

    root: Path

    @property
    def rules_path(self) -> Path:
        """The register: rules.yaml, or in its place a folder rules/ with .yaml files in it."""
        single, folder = self.root / "rules.yaml", self.root / "rules"
        return folder if not single.exists() and any(folder.glob("*.yaml")) else single

    @property
    def settings_path(self) -> Path:
        return self.root / SETTINGS_FILE

    @property
    def profiles_folder(self) -> Path:
        return self.root / "profiles"

    @property
    def database_url(self) -> str:
        """The database by URL; SQLite in data/xunjian.db unless the settings name another."""
        from storage.engine import database_url  # SQLAlchemy is slow to load, too

        return self.settings.database_url or database_url(self.root)

    @property
    def data_folder(self) -> Path:
        """What the checker keeps: the database, evidence, sessions, the key of the tokens."""
        return self.root / "data"

    @property
    def bodies_folder(self) -> Path:
        """Bodies of pages, by hash."""
        return self.data_folder / "evidence"

    @property
    def evidence_folder(self) -> Path:
        """Bundles of proof, one folder a target and round."""
        return self.bodies_folder / "cases"

    @property
    def out_folder(self) -> Path:
        return self.root / "out"

    @property
    def user_agent(self) -> str:
        """How the checker names itself to the sites."""
        contact = f" (+{self.settings.contact})" if self.settings.contact else ""
        return f"xunjian/{version('xunjian')}{contact}"

    @cached_property
    def settings(self) -> Settings:
        """Settings, read once. Raises WrongFile."""
        from cli.settings import load_settings  # pydantic is slow to load, and --help needs none

        return load_settings(self.settings_path)


def workspace_of(ctx: typer.Context) -> Workspace:
    """The workspace that `--workspace` named."""
    workspace = ctx.obj
    if not isinstance(workspace, Workspace):
        raise TypeError("a command needs the workspace that cli.main puts into the context")
    return workspace
