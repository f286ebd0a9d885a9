"""The documents tell the truth: commands, options, settings, exit codes, samples, links."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from cli.init import written
from cli.main import BROKEN, COMMANDS, INTERRUPTED, command_of
from cli.settings import Settings
from rules.account_source_names import LAYOUT, SOURCE_FORMS, TIME_FORMS
from rules.errors import Exit
from rules.register import forms, load_register
from tests.conftest import ROOT

READMES = ("README.md", "README.zh-CN.md")
PAGES = tuple(
    sorted(str(path.relative_to(ROOT)) for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))
)


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def first_cells(text: str, heading: str) -> list[str]:
    """The codes in the first column of the table that follows a heading row."""
    table = text.split(heading, 1)[1].split("\n\n", 1)[0]
    return [row.split("|")[1].strip().strip("`") for row in table.splitlines()[2:]]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    ("page", "heading"), [(READMES[0], "| command |"), (READMES[1], "| 命令 |")]
)
def test_the_readmes_list_every_command(page: str, heading: str) -> None:
    assert first_cells(text_of(page), heading) == list(COMMANDS)


@pytest.mark.parametrize(
    ("page", "heading"), [(READMES[0], "| exit code |"), (READMES[1], "| 退出码 |")]
)
def test_the_readmes_list_every_exit_code(page: str, heading: str) -> None:
    codes = sorted({*(int(code) for code in Exit), BROKEN, INTERRUPTED})
    assert [int(cell) for cell in first_cells(text_of(page), heading)] == codes


def options_of(name: str) -> set[str]:
    found = {option for param in command_of(name).params for option in param.opts}
    return {option for option in found if option.startswith("--")} - {"--help"}


def test_every_command_and_option_has_its_line() -> None:
    sections = re.split(r"^## ", text_of("docs/commands.md"), flags=re.MULTILINE)[1:]
    documented = {
        section.split("\n", 1)[0]: set(re.findall(r"^\| `(--[a-z-]+)", section, re.MULTILINE))
        for section in sections
    }
    assert documented == {name: options_of(name) for name in COMMANDS}


def test_every_setting_has_its_line_with_its_default() -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \| (.+?) \|", text_of("docs/settings.md"), re.MULTILINE)
    assert [name for name, _ in rows] == list(Settings.model_fields)
    for name, told in rows:
        default = written(Settings.model_fields[name].get_default())
        assert default in ('""', told.strip("`"), f'"{told.strip("`")}"'), name


@pytest.mark.parametrize("page", READMES)
def test_the_sample_register_is_right(page: str, tmp_path: Path) -> None:
    (sample,) = blocks(text_of(page), "yaml")
    (tmp_path / "rules.yaml").write_text(sample, "utf-8")
    assert load_register(tmp_path / "rules.yaml").sites


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        ("Top", {*forms.ONCE, *forms.LISTS}),
        ("rounds", forms._ROUNDS),
        ("units", forms._UNIT),
        ("sites", forms._SITE),
        ("columns", forms._COLUMN),
        ("accounts", forms._ACCOUNT),
    ],
)
def test_every_key_of_the_register_has_its_line(heading: str, keys: Iterable[str]) -> None:
    section = text_of("docs/rules.md").split(f"\n## {heading}\n", 1)[1]
    assert set(first_cells(section, "| key |")) == set(keys)


def test_every_source_of_accounts_has_its_line_with_platforms_and_options() -> None:
    section = text_of("docs/rules.md").split("\n## sources\n", 1)[1]
    row = r"^\| `([a-z_]+)` \| ([a-z, ]+) \|[^|\n]*\|[^|\n]*\|([^|\n]*)\|$"
    told = {}
    for name, platforms, options in re.findall(row, section, re.MULTILINE):
        keys = set(re.findall(r"`([a-z_]+)`", options))
        keys |= set(LAYOUT) if "places below" in options else set()
        told[name] = platforms, keys, set(re.findall(r"\*`([a-z_]+)`\*", options))
    everywhere = SOURCE_FORMS["import"].platforms
    assert told == {
        name: (
            "all" if form.platforms == everywhere else ", ".join(form.platforms),
            set(form.keys),
            set(form.needed),
        )
        for name, form in SOURCE_FORMS.items()
    }
    places = section.split("\n| place |", 1)[1]
    listed = re.findall(r"^\| (`.+?`) \|", places, re.MULTILINE)
    assert set(re.findall(r"`([a-z_]+)`", " ".join(listed))) == set(LAYOUT)
    (forms_told,) = re.findall(r"^\| `form` \|(.*)\|$", places, re.MULTILINE)
    assert re.findall(r"`([a-z_0-9]+)`", forms_told) == list(TIME_FORMS)


def bare_blocks(text: str) -> list[str]:
    """The shell blocks of a page without their comments."""
    return [re.sub(r"\s*#.*", "", block) for block in blocks(text, "sh")]


def test_the_readmes_are_twins() -> None:
    ours, theirs = map(text_of, READMES)
    assert ours.count("\n## ") == theirs.count("\n## ")
    assert bare_blocks(ours) == bare_blocks(theirs)


def command_lines() -> Iterator[tuple[str, list[str]]]:
    """Every line of a shell block on any page that runs xunjian or make."""
    for page in PAGES:
        for block in blocks(text_of(page), "sh"):
            for line in block.splitlines():
                words = shlex.split(line, comments=True)
                if words and words[0].removeprefix(".venv/bin/") in ("xunjian", "make"):
                    yield page, words


@pytest.mark.parametrize(("page", "words"), list(command_lines()))
def test_every_command_line_on_a_page_can_be_typed(page: str, words: list[str]) -> None:
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", text_of("Makefile"), re.MULTILINE), page
        return
    rest = words[3:] if words[1] == "--workspace" else words[1:]
    given = {word for word in rest if word.startswith("--")}
    assert given <= options_of(rest[0]), page


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", text_of(page))
    assert [t for t in targets if not ((ROOT / page).parent / t).exists()] == []


@pytest.mark.parametrize("page", sorted(str(p.relative_to(ROOT)) for p in ROOT.glob("docs/*.md")))
def test_the_index_names_every_page(page: str) -> None:
    assert page == "docs/README.md" or f"({Path(page).name})" in text_of("docs/README.md")


def test_make_help_lists_every_target() -> None:
    command = ["make", "--no-print-directory", "help"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    (targets,) = re.findall(r"^\.PHONY: (.*)$", text_of("Makefile"), re.MULTILINE)
    assert [name for name in targets.split() if f"make {name} " not in listed] == []
