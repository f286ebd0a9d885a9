"""Running a command line in this process, as the console script does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from cli.main import main


@dataclass(frozen=True)
class Ran:
    """What one command line came to."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]

REGISTER = """\
city: 试验市
controls: [http://control.test/]
units:
  - {name: 甲局}
sites:
  - name: 甲网
    unit: 甲局
    url: http://jia.test/
    columns:
      - {name: 工作动态, url: /dt/, kind: news}
      - {name: 通知公告, url: /gg/, kind: notice}
      - {name: 领导信息, url: /ld/, kind: leaders}
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """`run("check", "--format", "json")`."""
    monkeypatch.delenv("XUNJIAN_DEBUG", raising=False)

    def run_now(*arguments: str | Path) -> Ran:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    yield run_now
    structlog.reset_defaults()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with a small, right register."""
    folder = tmp_path / "workspace"
    folder.mkdir()
    (folder / "rules.yaml").write_text(REGISTER, encoding="utf-8")
    return folder
