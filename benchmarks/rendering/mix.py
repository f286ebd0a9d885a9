"""The pages of the benchmark: mostly honest ones, and a small share that no renderer likes."""

from __future__ import annotations

import random
from collections.abc import Callable

# Behaviours of the misbehaving server (tests/misbehaving) and how many of 1,000 pages each has.
HONEST = {
    "fresh": 300,
    "scripted": 190,
    "called": 150,
    "framed": 80,
    "in_shadow": 50,
    "in_frameset": 40,
    "missing": 40,
    "lets_browsers_in": 30,
    "alerts": 20,
    "pops_up": 20,
    "wants_a_cookie": 20,
    "gbk_unsaid": 20,
}
NASTY = {
    "downloads": 5,
    "keeps_a_worker": 4,
    "opens_windows_for_ever": 4,
    "alerts_for_ever": 3,
    "eats_memory": 3,
    "hangs": 3,
    "never_rests": 3,
    "opens_many_sockets": 3,
    "reset_at_once": 3,
    "asks_for_a_thousand": 2,
    "endless": 2,
    "goes_on_for_ever": 2,
    "gzip_bomb": 1,
    "silent": 2,
}
PAGES_A_SITE = 25


def addresses(count: int, seed: int, url: Callable[[str, int], str]) -> list[list[str]]:
    """The addresses of so many pages, site by site; `url(name, place)` gives one."""
    chance = random.Random(seed)  # noqa: S311 - nobody's secret
    table = HONEST | NASTY
    names = chance.choices([*table], [*table.values()], k=count)
    pages = [f"{url(name, place)}?page={place}" for place, name in enumerate(names)]
    return [pages[place:][:PAGES_A_SITE] for place in range(0, count, PAGES_A_SITE)]


def name_of(url: str) -> str:
    """The behaviour that an address asks for."""
    return url.partition("?")[0].rpartition("/")[2]
