"""Durations as users write them in rules.yaml, profiles, settings, options: `1s`, `20m`, `2h`."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_FORM = re.compile(r"(\d{1,9})([smhd])")


def parse_duration(text: str) -> timedelta:
    """The duration that `text` writes as a whole number and a unit (s, m, h, d).

    Raises ValueError for anything else; there is no default unit, for nobody agrees on it.
    """
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is not a duration: write 1s, 20m, 2h")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def write_duration(value: timedelta) -> str:
    """`value`, in whole seconds, in the largest unit that holds it exactly; the way it is read."""
    seconds = int(value.total_seconds())
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"
