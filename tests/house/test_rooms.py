"""The house: what may stand where, and what keeps it installable."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from cli.examining import pins
from tests.conftest import ROOT, may_not_skip

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ROOMS = ("cli", "crawler", "demo", "reports", "rules", "spiders", "storage")
LOCKS = ("requirements.txt", "requirements-dev.txt")
NAMELESS = {"utils", "helpers", "manager", "common", "misc"}


def sources() -> Iterator[Path]:
    """The program's own modules, tests apart."""
    yield ROOT / "scheduler.py"
    for room in ROOMS:
        yield from (ROOT / room).rglob("*.py")


def imports(path: Path) -> set[str]:
    """The modules that a file imports, by their dotted names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_reading_imports_the_plain_facts_alone() -> None:
    ours = {
        name
        for path in (ROOT / "crawler" / "reading").rglob("*.py")
        for name in imports(path)
        if name.split(".")[0] in ROOMS and not name.startswith("crawler.reading")
    }
    assert ours <= {"rules.facts"}


@pytest.mark.parametrize("room", ["rules", "crawler/reading"])
def test_what_is_pure_reads_no_clock_and_opens_no_line(room: str) -> None:
    banned = {"socket", "http.client", "urllib.request", "subprocess", "requests", "time"}
    found = {name for path in (ROOT / room).rglob("*.py") for name in imports(path)}
    assert found & banned == set()


def test_migrations_do_not_hide_the_package() -> None:
    assert not (ROOT / "alembic" / "__init__.py").exists()
    assert any(Requirement(line).name == "alembic" for line in PROJECT["project"]["dependencies"])


def test_the_crawlers_package_loads_nothing() -> None:
    assert (ROOT / "crawler" / "__init__.py").read_text("utf-8").strip() == ""


def test_every_module_is_named_for_what_it_does() -> None:
    assert [path for path in sources() if path.stem in NAMELESS] == []


def test_every_module_says_what_it_is() -> None:
    texts = {path: path.read_text("utf-8") for path in sources()}
    mute = [path for path, text in texts.items() if text and not ast.get_docstring(ast.parse(text))]
    assert mute == []


def wanted(lock: str) -> list[str]:
    groups = PROJECT["dependency-groups"]
    more = groups["dev"] if lock == "requirements-dev.txt" else []
    return [*PROJECT["project"]["dependencies"], *groups["build"], *more]


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_file_holds_what_the_project_asks_for(lock: str) -> None:
    pinned = dict(pins((ROOT / lock).read_text("utf-8")))
    for line in wanted(lock):
        asked = Requirement(line)
        version = pinned.get(asked.name.lower(), pinned.get(f"{asked.name}[binary]"))
        assert version is not None, f"{asked.name} is not in {lock}: make lock"
        assert asked.specifier.contains(version), f"{asked} but {version}: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_file_has_hashes_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert re.search(r"://|--index|--find-links", text) is None
    entries = re.split(r"^(?=\S)", text, flags=re.MULTILINE)
    named = [entry for entry in entries if re.match(r"[a-z0-9]", entry)]
    assert len(named) > 50
    assert [entry for entry in named if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("script", ["scripts/setup.sh", ".ci/run"])
def test_scripts_can_be_run(script: str) -> None:
    path = ROOT / script
    assert path.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", path], check=False).returncode == 0


@pytest.mark.parametrize(
    ("asked", "marks", "corpus", "must"),
    [
        ("1", {"browser"}, False, True),
        ("1", {"postgres", "long"}, False, True),
        ("1", {"corpus"}, True, True),
        ("1", {"corpus"}, False, False),
        ("1", {"corpus", "postgres"}, False, True),
        ("1", {"long"}, True, False),
        ("", {"browser"}, True, False),
        ("0", {"browser"}, True, False),
    ],
)
def test_where_everything_must_run_no_skip_is_silent(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    asked: str,
    marks: set[str],
    corpus: bool,
    must: bool,
) -> None:
    monkeypatch.setenv("XUNJIAN_NO_SKIP", asked)
    monkeypatch.setenv("XUNJIAN_CORPUS", str(tmp_path if corpus else tmp_path / "nowhere"))
    assert may_not_skip(marks) is must


def test_a_skip_fails_there(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XUNJIAN_NO_SKIP", "1")
    pytester.makeini("[pytest]\nmarkers =\n    browser: x\n")
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text("utf-8"))
    pytester.makepyfile(
        "import pytest\n"
        "@pytest.mark.browser\n"
        "def test_skips_in_its_body():\n    pytest.skip('none')\n"
        "@pytest.mark.browser\n"
        "@pytest.mark.skipif(True, reason='none')\n"
        "def test_skips_by_mark():\n    pass\n"
        "def test_may_skip():\n    pytest.skip('none')\n"
        "@pytest.mark.browser\n"
        "@pytest.mark.xfail\n"
        "def test_fails_as_expected():\n    assert False\n"
    )
    outcomes = pytester.runpytest_subprocess("-p", "no:cacheprovider").parseoutcomes()
    # pytest counts a failure before a test's body as an error.
    assert outcomes == {"failed": 1, "errors": 1, "skipped": 1, "xfailed": 1}
