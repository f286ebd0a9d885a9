"""What all tests share: the saved real pages, and no silent skips where everything must run."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MUST_RUN = ("browser", "postgres", "corpus")


def corpus_folder() -> Path:
    """Where the saved real pages lie (they are not part of the project)."""
    return Path(os.environ.get("XUNJIAN_CORPUS") or ROOT.parent / "shared" / "corpus")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the saved real pages; skips where there is none."""
    if not corpus_folder().is_dir():
        pytest.skip("no saved pages: set XUNJIAN_CORPUS")
    return corpus_folder()


def may_not_skip(marks: set[str]) -> bool:
    """Whether a test with these marks must run here: under XUNJIAN_NO_SKIP=1, as in .ci/run."""
    if os.environ.get("XUNJIAN_NO_SKIP") != "1":
        return False
    needed = marks.intersection(MUST_RUN)
    return bool(needed - {"corpus"}) or ("corpus" in needed and corpus_folder().is_dir())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where the test must run."""
    report = yield
    expected_to_fail = hasattr(report, "wasxfail")
    if (
        report.skipped
        and not expected_to_fail
        and may_not_skip({mark.name for mark in item.iter_markers()})
    ):
        report.outcome = "failed"
        report.longrepr = f"skipped, but here it must run: {report.longrepr}"
    return report
