"""Chance that always falls the same: every draw is named, and the name is its seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


def chance(*name: object) -> random.Random:
    """A generator of its own for the thing called `name`: equal names, equal draws, anywhere."""
    return random.Random("|".join(map(str, name)))  # noqa: S311  invented content, no secret


def shuffled(items: Sequence[T], draw: random.Random) -> list[T]:
    """A new list of `items` in the order that `draw` gives them."""
    return draw.sample(list(items), len(items))


def day_between(first: date, last: date, draw: random.Random) -> date:
    """One day of the span, both ends included."""
    return first + timedelta(days=draw.randint(0, (last - first).days))
