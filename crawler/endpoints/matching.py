"""Whether what a call carries is the very list that the rendered page shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from rules.facts import CONFIDENCE_FLOOR, Item, PageReading, PageState

SHARE = 0.8  # of the shown titles must be found
LEAST = 3  # of them, or all
ELLIPSIS = ("...", "…", "⋯")
SHORTEST_STEM = 6  # characters of a title that was cut short


def norm(title: str) -> str:
    """A title without what typesetting adds or takes."""
    return re.sub(r"[\s\u200b\ufeff]+", "", normalize("NFKC", title)).casefold()


def stem(title: str) -> str | None:
    """The beginning of a title that the page cut short; None where it did not."""
    text = norm(title).rstrip("]】)")
    cut = text.rstrip(".…⋯")
    return cut if text != cut and len(cut) >= SHORTEST_STEM else None


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles that a page shows, ready to be looked for: each with its places in the list."""

    whole: Mapping[str, Sequence[int]]
    stems: Mapping[str, Sequence[int]]
    count: int

    @classmethod
    def of(cls, items: Sequence[Item]) -> Titles:
        """Those of a main list."""
        whole: dict[str, list[int]] = {}
        stems: dict[str, list[int]] = {}
        for place, item in enumerate(items):
            whole.setdefault(norm(item.title), []).append(place)
            if (cut := stem(item.title)) is not None:
                stems.setdefault(cut, []).append(place)
        return cls(whole, stems, len(items))

    def places(self, titles: Iterable[str]) -> list[int | None]:
        """For each title the item that shows it; of items alike, each is taken once, in order."""
        taken: set[int] = set()
        found = []
        for title in titles:
            place = next((one for one in self._shows(norm(title)) if one not in taken), None)
            if place is not None:
                taken.add(place)
            found.append(place)
        return found

    def _shows(self, text: str) -> Sequence[int]:
        if text in self.whole or not self.stems or not text:
            return self.whole.get(text, ())
        return next((at for cut, at in self.stems.items() if text.startswith(cut)), ())

    def suffices(self, found: int) -> bool:
        """Whether so many of them are the list."""
        return found >= SHARE * self.count and found >= min(LEAST, self.count) and found > 0


def carries(found: PageReading, shown: PageReading, base: str) -> bool:
    """Whether a reading of an answer is the rendered list: its titles, its newest date and the
    addresses of its items, and nothing in between that the page leaves out.

    `base` is what the address of an item without one of its own would be.
    """
    if found.state is not PageState.LIST or found.confidence < CONFIDENCE_FLOOR:
        return False
    if found.newest is None or found.newest != shown.newest:
        return False
    titles = Titles.of(shown.items)
    places = titles.places(item.title for item in found.items)
    strays = [item for item, place in zip(found.items, places, strict=True) if place is None]
    hits = len(places) - len(strays)
    if not titles.suffices(hits) or _among(strays, shown.items) > titles.count - hits:
        return False
    pairs = [(found.items[at], shown.items[to]) for at, to in enumerate(places) if to is not None]
    return _share_of_addresses(pairs, base) >= SHARE


def _among(strays: Sequence[Item], shown: Sequence[Item]) -> int:
    """How many entries that the page does not show are newer than most that it shows."""
    dates: list[date] = sorted(item.date for item in shown if item.date)
    if not dates:
        return 0
    floor = dates[len(dates) // 5]
    return sum(item.date is not None and item.date > floor for item in strays)


def _share_of_addresses(pairs: Sequence[tuple[Item, Item]], base: str) -> float:
    told = [(ours, theirs) for ours, theirs in pairs if theirs.url != base]
    return sum(ours.url == theirs.url for ours, theirs in told) / len(told) if told else 1.0
