"""What must agree across the entries of a register: names and ids stand once.

A unit that is in no list of units is no mistake: the list need not be complete, and the name is
printed as written. `Register.unlisted_units` tells them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from rules.errors import Mistake
from rules.fields import nearest
from rules.notes import Notes
from rules.register.entries import Account, DisclosurePlatform, Site, Unit
from rules.register.forms import Placed, absolute, place_of
from rules.yaml_tree import Node

# Where something was first written: file and line.
Place = tuple[str, int]
MOST_KNOWN = 5  # names that a message tells


class Checks:
    """Takes the entries as they are read, and notes those that repeat one before them."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], Place] = {}
        self._unit_of: dict[str, str] = {}
        self._home_of: dict[str, str] = {}
        self._platforms: list[tuple[Placed, str]] = []

    def take(self, key: str, value: Any, node: Node, notes: Notes) -> None:
        """Check one entry against those before it."""
        if key == "controls":
            self._once("doubled_control", "control", value, node, notes)
        elif key == "units":
            self._take_unit(value, notes)
        elif key == "sites":
            self._take_site(value, notes)
        elif key == "accounts":
            self._take_account(value, notes)
        elif key == "control_accounts":
            self._take_control(value, notes)
        elif key == "disclosure":
            self._platforms.append((value, notes.file))

    def late_mistakes(self) -> Iterator[Mistake]:
        """What only shows once all files are read: platforms of a site that is in none of them, or
        of a unit that has one already, perhaps by another of its names."""
        first: dict[str, str] = {}
        for placed, file in self._platforms:
            notes, one = Notes(file), placed.value
            if one.site not in self._home_of:
                known = "、".join(nearest(one.site, self._home_of).split("、")[:MOST_KNOWN])
                node = place_of(placed.node, "site")
                notes.wrong(node, "unknown_site", name=one.site, known=known)
            node = place_of(placed.node, "unit")
            here = f"{file}:{node.line}"
            place = first.setdefault(self._unit_of.get(one.unit, one.unit), here)
            if place != here:
                notes.wrong(node, "doubled_disclosure", name=one.unit, place=place)
            yield from notes.mistakes

    def with_printed_units(self, lists: dict[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
        """The lists out of their places, each unit by its one printed name."""
        named = {
            key: tuple(one.value if isinstance(one, Placed) else one for one in found)
            for key, found in lists.items()
        }
        for key in ("sites", "accounts", "disclosure"):
            named[key] = tuple(self._renamed(one) for one in named[key])
        named["disclosure"] = tuple(map(self._addressed, named["disclosure"]))
        return named

    def _addressed(self, one: DisclosurePlatform) -> DisclosurePlatform:
        home = self._home_of.get(one.site)
        if one.url is None or home is None:
            return one
        return replace(one, url=absolute(one.url, home))

    def _renamed(self, entry: Any) -> Any:
        name = self._unit_of.get(entry.unit, entry.unit)
        return entry if name == entry.unit else replace(entry, unit=name)

    def _take_unit(self, placed: Placed, notes: Notes) -> None:
        unit: Unit = placed.value
        for name in unit.names:
            if self._once("doubled_unit", "unit", name, placed.node, notes):
                self._unit_of[name] = unit.name

    def _take_site(self, placed: Placed, notes: Notes) -> None:
        site: Site = placed.value
        self._home_of[site.name] = site.url
        self._once("doubled_site", "site", site.name, place_of(placed.node, "name"), notes)
        for column, node in placed.parts:
            self._once("doubled_id", "target", column.id, place_of(node, "id"), notes)
        names = [column.name for column in site.columns]
        for name in site.adopts:
            if name not in names:
                node, known = place_of(placed.node, "adopts"), nearest(name, names)
                notes.wrong(node, "unknown_column", name=name, known=known)

    def _take_account(self, placed: Placed, notes: Notes) -> None:
        account: Account = placed.value
        identity = f"{account.platform}/{account.id}"
        self._once("doubled_account", "target", identity, place_of(placed.node, "id"), notes)

    def _take_control(self, placed: Placed, notes: Notes) -> None:
        identity = f"{placed.value.platform}/{placed.value.id}"
        node = place_of(placed.node, "id")
        self._once("doubled_account", "control account", identity, node, notes)

    def _once(self, what: str, family: str, name: str, node: Node, notes: Notes) -> bool:
        file, line = self._seen.setdefault((family, name), (notes.file, 0))
        if line == 0:
            self._seen[family, name] = (notes.file, node.line)
            return True
        notes.wrong(node, what, name=name, place=f"{file}:{line}")
        return False
