"""Laying out one column in good order: its name, its address, its style, the day it opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from demo.addresses import FAMILIES
from demo.chance import chance, day_between
from demo.data import Concept, city_file
from demo.naming import Body
from demo.plan import Column, Exempt
from demo.rhythm import Quiet

HISTORIC = Exempt("历史专题，已归档")
ARCHIVED = Quiet(date(2020, 12, 30))


def make_column(
    seed: int, body: Body, family: str, style: str, concept: Concept, number: int, taken: set[str]
) -> Column:
    """A new column; `taken` are the names already used on its site and gain the new one."""
    draw = chance("column", seed, body.host, concept.key)
    free = [pair for pair in concept.names if pair[0] not in taken] or list(concept.names)
    name, path = draw.choice(free)
    taken.add(name)
    if draw.random() < 0.2:
        style = draw.choice(city_file()["styles"])
    column = Column(
        seed=seed,
        site=body.site,
        name=name,
        concept=concept,
        number=number,
        key=FAMILIES[family].column(concept.group, path, number),
        style=style,
        opened=day_between(date(2018, 3, 1), date(2020, 2, 28), draw),
        path=path,
    )
    if concept.key == "old_topic":
        return replace(column, exempt=HISTORIC, quiet=(ARCHIVED,))
    return column
