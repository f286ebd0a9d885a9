"""rules.yaml, or a folder of such files, into a Register; or all that is wrong with it, at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rules.errors import Mistake, WrongFile
from rules.fields import WRONG, nearest
from rules.notes import SIZE_LIMIT, Notes, read_text
from rules.register.checking import Checks
from rules.register.entries import Register
from rules.register.forms import LISTS, ONCE
from rules.yaml_tree import Entry, entries

SUFFIXES = (".yaml", ".yml")


def load_register(path: Path) -> Register:
    """The register in a file, or in all .yaml and .yml files of a folder (by name, not deeper).

    In a folder the lists (controls, units, sites, accounts) are joined; city, profile and rounds
    may stand once. Raises WrongFile with every mistake found.
    """
    with _without_collector():
        loading = _Loading()
        for file in _files(path):
            loading.take(file, str(file))
        return loading.finish(str(path))


@contextmanager
def _without_collector() -> Iterator[None]:
    # 280,000 columns make the cyclic collector walk millions of objects, again and again.
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.suffix in SUFFIXES and file.is_file())
    total = sum(file.stat().st_size for file in found)
    if not found or total > SIZE_LIMIT:
        notes = Notes(str(path))
        notes.wrong(None, "too_large" if found else "no_files", limit=SIZE_LIMIT // 1024 // 1024)
        raise WrongFile(tuple(notes.mistakes))
    return found


class _Loading:
    """The register under construction, over all its files."""

    def __init__(self) -> None:
        self._once: dict[str, Any] = {}
        self._once_at: dict[str, str] = {}
        self._lists: dict[str, list[Any]] = {key: [] for key in LISTS}
        self._checks = Checks()
        self._mistakes: list[Mistake] = []
        self._written = False
        self._is_cut_off = False

    def take(self, file: Path, name: str) -> None:
        """Read one file."""
        notes = Notes(name)
        text = read_text(file, notes)
        if text is not None:
            for entry in entries(text, notes):
                self._written = True
                self._take_entry(entry, notes)
        self._is_cut_off |= text is None or notes.is_cut_off
        self._mistakes += notes.mistakes

    def finish(self, name: str) -> Register:
        """The register, or all mistakes of all files, by place."""
        notes = Notes(name)
        if self._written and not self._is_cut_off:
            self._note_missing(notes)
            notes.mistakes += self._checks.late_mistakes()
        mistakes = {*self._mistakes, *notes.mistakes}
        if mistakes:
            raise WrongFile(tuple(sorted(mistakes)))
        lists = {key: tuple(found) for key, found in self._lists.items()}
        values: dict[str, Any] = {**self._once, **self._checks.with_printed_units(lists)}
        return Register(**values)

    def _note_missing(self, notes: Notes) -> None:
        if "city" not in self._once_at:
            notes.wrong(None, "missing_key", name="city")
        if not {"sites", "accounts"} & set(self._once_at):
            notes.wrong(None, "missing_key", name="sites")

    def _take_entry(self, entry: Entry, notes: Notes) -> None:
        key = entry.key.text
        if key in ONCE:
            self._take_once(entry, notes)
        elif key in LISTS:
            self._once_at.setdefault(key, "")
            self._take_listed(entry, notes)
        elif key not in self._once_at:
            self._once_at[key] = ""
            known = nearest(key, (*ONCE, *LISTS))
            notes.wrong(entry.key, "unknown_key", name=key, known=known)

    def _take_once(self, entry: Entry, notes: Notes) -> None:
        key = entry.key.text
        place = f"{notes.file}:{entry.key.line}"
        first = self._once_at.get(key, place)
        if first != place:
            if not first.startswith(f"{notes.file}:"):  # within one file it is a doubled key
                notes.wrong(entry.key, "only_once", name=key, place=first)
            return
        if entry.listed:
            if key not in self._once_at:
                notes.wrong(entry.key, "not_a_list", name=key)
            self._once_at[key] = place
            return
        self._once_at[key] = place
        value = ONCE[key](entry.value, notes)
        if value is not WRONG:
            self._once[key] = value

    def _take_listed(self, entry: Entry, notes: Notes) -> None:
        key = entry.key.text
        if not entry.listed:
            if not _is_empty(entry):
                notes.wrong(entry.value, "not_list")
            return
        value = LISTS[key](entry.value, notes)
        if value is not WRONG:
            self._lists[key].append(value)
            self._checks.take(key, value, entry.value, notes)


def _is_empty(entry: Entry) -> bool:
    return not getattr(entry.value, "items", True) or getattr(entry.value, "is_nothing", False)
