"""A profile by name: built-in, or profiles/NAME.yaml of the workspace, with what it extends."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from rules.errors import Mistake, WrongFile
from rules.fields import WRONG, nearest
from rules.notes import Notes, decoded
from rules.notes import read_text as read_file
from rules.profiles.entries import KindRow, Profile
from rules.profiles.forms import ADDED, KEYS, NAME
from rules.yaml_tree import Entry, Node, Scalar, Sequence, entries

ROOT = "national"
Values = dict[str, Any]


def built_in_profiles() -> tuple[str, ...]:
    """The names of the profiles that come with the program, the root first."""
    folder = files("rules").joinpath("profiles")
    names = {one.name[:-5] for one in folder.iterdir() if one.name.endswith(".yaml")}
    return (ROOT, *sorted(names - {ROOT}))


def load_profile(name: str, own_folder: Path | None) -> Profile:
    """The profile `name`, from `own_folder`/NAME.yaml or built in, all it extends applied.

    Raises WrongFile with every mistake of its chain: an unknown name, a cycle, a wrong value.
    """
    chain = _chain(name, own_folder)
    merged: Values = {}
    for values in reversed(chain):
        _apply(values, merged)
    return _built(name, merged)


def _chain(name: str, own_folder: Path | None) -> list[Values]:
    """The values of the profile and of all it extends, nearest first."""
    chain: list[Values] = []
    names: list[str] = []
    mistakes: list[Mistake] = []
    asked: tuple[Notes, Node | None] = (Notes(f"profiles/{name}.yaml"), None)
    while name not in names:
        names.append(name)
        values, notes, extends = _one(name, own_folder, asked)
        mistakes += notes.mistakes
        chain.append(values)
        if "extends" not in values:
            break
        name, asked = values["extends"], (Notes(notes.file), extends)
    else:
        notes, node = asked
        notes.wrong(node, "profile_cycle", chain=" → ".join([*names, name]))
        mistakes += notes.mistakes
    if mistakes:
        raise WrongFile(tuple(sorted(set(mistakes))))
    return chain


def _one(
    name: str, own_folder: Path | None, asked: tuple[Notes, Node | None]
) -> tuple[Values, Notes, Node | None]:
    """One profile's own values, its notes, and the node of its `extends`."""
    if NAME.fullmatch(name) is None:
        return _unknown(name, own_folder, *asked)
    path = None if own_folder is None else own_folder / f"{name}.yaml"
    own = path is not None and path.is_file()
    if own and name in built_in_profiles():
        notes = Notes(str(path))
        notes.wrong(None, "built_in_profile", name=name)
        return {}, notes, None
    if own:
        assert path is not None
        notes = Notes(str(path))
        text = read_file(path, notes)
    elif name in built_in_profiles():
        notes = Notes(f"{name}.yaml")
        data = files("rules").joinpath("profiles", f"{name}.yaml").read_bytes()
        text = decoded(data, notes)
    else:
        return _unknown(name, own_folder, *asked)
    values, extends = _values(text or "", notes) if text is not None else ({}, None)
    if own:
        values.setdefault("extends", ROOT)
    return values, notes, extends


def _unknown(
    name: str, own_folder: Path | None, notes: Notes, node: Node | None
) -> tuple[Values, Notes, Node | None]:
    own = [] if own_folder is None else sorted(one.stem for one in own_folder.glob("*.yaml"))
    known = [*built_in_profiles(), *own]
    notes.wrong(node, "unknown_profile", name=name, known=nearest(name, known))
    return {}, notes, None


def _values(text: str, notes: Notes) -> tuple[Values, Node | None]:
    values: Values = {}
    extends: Node | None = None
    for entry in _whole_entries(text, notes):
        key = entry.key.text
        if key not in KEYS:
            notes.wrong(entry.key, "unknown_key", name=key, known=nearest(key, KEYS))
            continue
        if key == "extends":
            extends = entry.value
        value = KEYS[key](entry.value, notes)
        if value is not WRONG:
            values[key] = value
    own_name = Path(notes.file).stem
    if values.get("name", own_name) != own_name:
        notes.wrong(None, "profile_name", name=values["name"], file=own_name)
    return values, extends


def _whole_entries(text: str, notes: Notes) -> list[Entry]:
    """The entries with a value, lists put together again (no key of a profile takes one)."""
    found: dict[str, Entry] = {}
    for entry in entries(text, notes):
        if isinstance(entry.value, Scalar) and entry.value.is_nothing:
            continue
        whole = entry
        if entry.listed:
            whole = Entry(entry.key, Sequence([], entry.value.line, entry.value.column), False)
        found.setdefault(entry.key.text, whole)
    return list(found.values())


def _apply(values: Values, merged: Values) -> None:
    """Lay one profile's values over those of the profiles it extends."""
    for key, value in values.items():
        if key == "kinds":
            table = merged.setdefault("kinds", {})
            for kind, row in value.items():
                table[kind] = {**table.get(kind, {}), **row}
        elif key in ADDED:
            merged[key] = {**merged.get(key, {}), **value}
        elif key != "limits":
            merged[key] = value
    for kind, limit in values.get("limits", {}).items():
        merged["kinds"][kind] = {**merged["kinds"][kind], "limit": limit}


def _built(name: str, merged: Values) -> Profile:
    values = {key: value for key, value in merged.items() if key != "extends"}
    values["name"] = name
    values["kinds"] = {kind: KindRow(kind=kind, **row) for kind, row in merged["kinds"].items()}
    return Profile(**values)
