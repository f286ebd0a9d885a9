"""The one catalogue of words that users read: `say("room.key", name=value)`.

The words stand in catalogue.toml, one table a room. Identifiers stay English; nobody writes
Chinese for users anywhere else (profiles hold the printed wordings, as data).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def catalogue() -> dict[str, str]:
    """All words by their dotted key."""
    text = files("rules").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return {
        f"{room}.{key}": words
        for room, table in tomllib.loads(text).items()
        for key, words in table.items()
    }


def say(key: str, **values: object) -> str:
    """The words of `key` with its values filled in. An unknown key is a KeyError: a bug of ours."""
    return catalogue()[key].format(**values)
