"""Minutes of fuzzing led by coverage find no exception that leaves the reader."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APART = ROOT / "build" / "atheris"  # pip install --target build/atheris atheris
SECONDS = 60


def _environment() -> dict[str, str]:
    path = os.pathsep.join([str(APART), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "PYTHONPATH": path}


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=_environment(), capture_output=True,
        text=True, errors="replace", timeout=SECONDS * 4, check=False,
    )  # fmt: skip


@pytest.mark.long
@pytest.mark.timeout(SECONDS * 5)
@pytest.mark.parametrize("seed", ["1", "2"])
def test_fuzzing_led_by_coverage_finds_no_exception(seed: str) -> None:
    if _run("-c", "import atheris").returncode:
        pytest.skip("atheris missing: pip install atheris, or --target build/atheris")
    done = _run("-m", "tests.fuzz.guided", str(SECONDS), seed)
    assert done.returncode == 0, done.stderr[-4000:]
