"""The month of June 2022 in a workspace, on each database."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.databases import engine, postgres_server, sqlite_at_head
from tests.months import write_june

__all__ = ["engine", "postgres_server", "sqlite_at_head"]

RULES = """\
city: 示例市
profile: national
rounds: {days: [6, 13, 20, 27], start: "08:00", timezone: Asia/Shanghai}
controls: [http://control.example.test/]
units:
  - {name: 甲区政府, group: county}
sites:
  - name: 甲区政府网
    unit: 甲区政府
    role: portal
    url: http://jia.example.test/
    columns:
      - {name: 基层动态, url: /dt/, kind: news, level: 1}
"""


@pytest.fixture
def june(engine: Engine) -> Engine:
    """A database that holds the month."""
    write_june(engine)
    return engine


@pytest.fixture
def workspace(june: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose database holds the month."""
    monkeypatch.setenv("XUNJIAN_DATABASE_URL", june.url.render_as_string(hide_password=False))
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path
