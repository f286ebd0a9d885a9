"""What units hand in to the city's portal in the month, and the pieces that it publishes of it.

What is handed in is what the office's own file says; what was adopted stands on the portal, in two
columns of pieces under the names of their sources. In the default city the numbers are published.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from io import StringIO
from random import Random
from types import MappingProxyType
from typing import Any

from demo.chance import chance
from demo.data import default_seed, published_file
from demo.naming import Body, cast_of

GOVERNMENT = "人民政府"
COUNTY, DEPARTMENT = "county", "department"
# The month whose numbers are known, and the days on which pieces appear at all.
MONTH = (date(2022, 6, 1), date(2022, 6, 30))
FIRST, LAST = date(2022, 4, 1), date(2022, 8, 5)
PIECES_A_DAY: Mapping[str, int] = MappingProxyType({COUNTY: 12, DEPARTMENT: 24})
HEAD = ("序号", "单位", "月份", "报送信息", "加减分", "调整项目", "调整原因", "批准人")
APPROVER = "赵六"
INTERVIEWED = ("人力资源和社会保障局", "民政局")  # whose heads were interviewed


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What one body handed in during the month, and how much of it the portal published."""

    body: Body
    name: str
    submitted: int
    adopted: int


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece on the portal: its day, and the source that it names."""

    day: date
    source: str


def submits_as(body: Body) -> str:
    """The name under which a body hands in: a county by its own name, an office by its printed."""
    return body.unit.removesuffix(GOVERNMENT) if body.role == "county" else body.unit


@cache
def handed_in(seed: int) -> tuple[HandedIn, ...]:
    """What the bodies of a city handed in, counties first. One office has nothing to do with it."""
    bodies = [body for body in cast_of(seed).bodies if body.group in (COUNTY, DEPARTMENT)]
    if seed == default_seed():
        known = {name: numbers for name, *numbers in _published()}
        return tuple(
            HandedIn(body, submits_as(body), *known[submits_as(body)])
            for body in bodies
            if submits_as(body) in known
        )
    draw = chance("submissions", seed)
    return tuple(_drawn(body, draw) for body in bodies[:-1])


def _published() -> list[list[Any]]:
    return [*published_file()["annex4"], *published_file()["annex5"]]


def _drawn(body: Body, draw: Random) -> HandedIn:
    submitted = draw.randint(3, 70)
    return HandedIn(body, submits_as(body), submitted, draw.randint(submitted // 3, submitted))


@cache
def pieces(seed: int, group: str) -> tuple[Piece, ...]:
    """The pieces of a group's column on the portal, oldest first."""
    draw = chance("pieces", seed, group)
    senders = [one for one in handed_in(seed) if one.body.group == group]
    found = [Piece(day, _called(one.body, draw)) for one, day in _before_and_after(senders, draw)]
    first, last = MONTH
    for one in senders:
        days = [
            first + timedelta(draw.randrange((last - first).days + 1)) for _ in range(one.adopted)
        ]
        found += [Piece(day, _called(one.body, draw)) for day in days]
    return tuple(sorted(found, key=lambda piece: piece.day))


def _before_and_after(senders: list[HandedIn], draw: Random) -> Iterator[tuple[HandedIn, date]]:
    """Pieces of other months, a few every day."""
    most = PIECES_A_DAY[senders[0].body.group]
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(number)
        if not MONTH[0] <= day <= MONTH[1]:
            yield from (
                (one, day) for one in draw.choices(senders, k=draw.randint(most // 2, most))
            )


def _called(body: Body, draw: Random) -> str:
    """A body by one of the names that stand for it on the portal; not its county's other office."""
    full = [] if body.role == COUNTY else [body.full_name]
    return draw.choice([body.unit, submits_as(body), *full, *body.aliases])


def submission_file(seed: int) -> str:
    """The office's own file of the month, as CSV: what came in, and what interviews add."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for number, one in enumerate(handed_in(seed), start=1):
        writer.writerow((number, one.name, "2022-06", one.submitted, *_adjusted(one)))
    return out.getvalue()


def _adjusted(one: HandedIn) -> tuple[object, ...]:
    if one.body.full_name.endswith(INTERVIEWED):
        return (30, "报送", "主要领导参加政务访谈", APPROVER)
    return ("", "", "", "")
